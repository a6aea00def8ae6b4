// A pool for the flows beyond a password, and aws-amplify pointed at a server.
import { Amplify } from 'aws-amplify'
import { cognitoUserPoolsTokenProvider } from 'aws-amplify/auth/cognito'
import { ConsoleLogger } from 'aws-amplify/utils'
import type { PoolConfig } from '../../cognito-server/config.ts'
import type { CognitoServer } from '../../cognito-server/index.ts'
import { PASSWORD, TOTP_SECRET } from './kit.ts'

export const FLOWS_POOL = 'eu-west-1_Flows001'

const everyFlow = [
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_USER_PASSWORD_AUTH',
  'ALLOW_USER_AUTH',
  'ALLOW_CUSTOM_AUTH',
  'ALLOW_REFRESH_TOKEN_AUTH',
] as const satisfies PoolConfig['clients'][number]['explicitAuthFlows']

export const flowsPool: PoolConfig = {
  id: FLOWS_POOL,
  signInAliases: ['email'],
  clients: [
    { id: 'flows', explicitAuthFlows: everyFlow },
    { id: 'flows-legacy', explicitAuthFlows: everyFlow, preventUserExistenceErrors: 'legacy' },
    { id: 'flows-srp-only' },
  ],
  firstFactors: ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'],
  customAuth: {
    rounds: [
      { parameters: { question: 'Which engine?', hint: 'Not the first one' }, answer: 'analytical' },
      { parameters: { question: 'Which year?' }, answer: '1842' },
    ],
  },
  users: [
    {
      username: 'ada',
      password: PASSWORD,
      hasPasskey: true,
      attributes: {
        email: 'ada@example.com',
        email_verified: 'true',
        phone_number: '+491701234567',
        phone_number_verified: 'true',
      },
    },
    {
      username: 'grace',
      password: PASSWORD,
      totpSecret: TOTP_SECRET,
      attributes: { email: 'grace@example.com', email_verified: 'true' },
    },
  ],
}

/** Points Amplify at a server, with a store of its own. It keeps one configuration per process. */
export function configureAmplify(server: CognitoServer, userPoolId: string, userPoolClientId: string): void {
  // It warns of every custom endpoint, at every configuration.
  ConsoleLogger.LOG_LEVEL = 'ERROR'
  Amplify.configure({ Auth: { Cognito: { userPoolId, userPoolClientId, userPoolEndpoint: server.url } } })
  const items = new Map<string, string>()
  cognitoUserPoolsTokenProvider.setKeyValueStorage({
    setItem: async (key, value) => void items.set(key, value),
    getItem: async (key) => items.get(key) ?? null,
    removeItem: async (key) => void items.delete(key),
    clear: async () => items.clear(),
  })
}
