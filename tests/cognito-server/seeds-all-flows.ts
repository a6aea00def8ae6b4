// Owns the seed `all-flows`: one user for every way into a user pool, named after what is asked of them. Plain data; its
// passwords and secrets are published on purpose and protect nothing.
import type { ClientConfig, IdentityPoolConfig, PoolConfig, ServerConfig, UserConfig } from './config.ts'

/** Everybody's password, but for the temporary one. */
export const FLOWS_PASSWORD = 'Every-Way-In-1'
export const FLOWS_TEMPORARY_PASSWORD = 'Temporary-1969'
export const FLOWS_TOTP_SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
export const FLOWS_CLIENT_SECRET = '1example0client0secret0of0the0flows0pool0only0m4x8p'

/** What the seed's app clients call back; `withCallbackUrls` exchanges them for a test's own. */
export const FLOWS_CALLBACKS = [
  'http://localhost:45011/callback',
  'http://127.0.0.1:45011/callback',
  'sesame://auth/callback',
]
const FLOWS_LOGOUTS = ['http://localhost:45011/signed-out', 'sesame://auth/signed-out']

const everyFlow: ClientConfig = {
  id: 'replaced by each pool',
  explicitAuthFlows: [
    'ALLOW_USER_SRP_AUTH',
    'ALLOW_USER_PASSWORD_AUTH',
    'ALLOW_USER_AUTH',
    'ALLOW_CUSTOM_AUTH',
    'ALLOW_REFRESH_TOKEN_AUTH',
  ],
  callbackUrls: FLOWS_CALLBACKS,
  logoutUrls: FLOWS_LOGOUTS,
}

/** The same three ways in every pool: public, with a secret, and with a secret and rotation. */
const clientsOf = (pool: string): ClientConfig[] => [
  { ...everyFlow, id: `${pool}public0000000000000000` },
  { ...everyFlow, id: `${pool}secret0000000000000000`, secret: FLOWS_CLIENT_SECRET },
  {
    ...everyFlow,
    id: `${pool}rotate0000000000000000`,
    secret: FLOWS_CLIENT_SECRET,
    explicitAuthFlows:
      everyFlow.explicitAuthFlows?.filter((flow) => flow !== 'ALLOW_REFRESH_TOKEN_AUTH') ?? [],
    rotation: { graceSeconds: 10 },
  },
]

const reachable = (username: string, phone: string) => ({
  email: `${username}@example.com`,
  email_verified: 'true',
  phone_number: phone,
  phone_number_verified: 'true',
})

const person = (username: string, more: Partial<UserConfig> = {}): UserConfig => ({
  username,
  password: FLOWS_PASSWORD,
  attributes: reachable(username, '+491701234567'),
  ...more,
})

/** Choice, codes, custom rounds, MFA of every kind, managed login, and the steps around a sign-in. */
const everything: PoolConfig = {
  id: 'eu-central-1_FlowsAll1',
  clients: clientsOf('flows'),
  signInAliases: ['email', 'phone_number', 'preferred_username'],
  requiredAttributes: ['email', 'name'],
  totpReuse: 'allowed',
  firstFactors: ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'],
  customAuth: {
    rounds: [
      {
        parameters: { question: 'Which engine did Ada write for?', hint: 'Not the Difference' },
        answer: 'analytical',
      },
      { parameters: { question: 'In which year?' }, answer: '1843' },
    ],
  },
  identityProviders: [
    { name: 'Corp', users: [{ sub: '007', attributes: { email: 'kay@corp.example', name: 'Kay' } }] },
  ],
  users: [
    person('plain', { attributes: { ...reachable('plain', '+491701234501'), preferred_username: 'simple' } }),
    person('choice', { attributes: reachable('choice', '+491701234502') }),
    person('passkey', { attributes: reachable('passkey', '+491701234503'), hasPasskey: true }),
    person('totp', {
      attributes: reachable('totp', '+491701234504'),
      totpSecret: FLOWS_TOTP_SECRET,
      totpDeviceName: 'A phone',
    }),
    person('sms', { attributes: reachable('sms', '+491701234505'), codeFactors: ['SMS_MFA'] }),
    person('mail', { attributes: reachable('mail', '+491701234506'), codeFactors: ['EMAIL_OTP'] }),
    person('several', {
      attributes: reachable('several', '+491701234507'),
      codeFactors: ['SMS_MFA', 'EMAIL_OTP'],
      totpSecret: FLOWS_TOTP_SECRET,
    }),
    person('newcomer', {
      password: FLOWS_TEMPORARY_PASSWORD,
      attributes: { email: 'newcomer@example.com', email_verified: 'true' },
      status: 'FORCE_CHANGE_PASSWORD',
    }),
    person('unconfirmed', { attributes: { email: 'unconfirmed@example.com' }, status: 'UNCONFIRMED' }),
    person('reset', { attributes: reachable('reset', '+491701234508'), status: 'RESET_REQUIRED' }),
    person('disabled', { attributes: reachable('disabled', '+491701234509'), disabled: true }),
    person('future', {
      attributes: reachable('future', '+491701234510'),
      inventedChallenge: { name: 'RETINA_SCAN', parameters: { EYE: 'left', TIMEOUT: '60' }, answer: 'brown' },
    }),
  ],
}

/** Insists on a second factor, and lets it be set up on the way in. */
const mfaSetup: PoolConfig = {
  id: 'eu-central-1_FlowsMfa1',
  clients: clientsOf('setup'),
  mfa: 'on',
  mfaSetups: ['SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'],
  totpReuse: 'allowed',
  users: [person('setup'), person('setup-too')],
}

/** Insists on TOTP alone, so that nothing is there to choose. */
const totpSetup: PoolConfig = {
  ...mfaSetup,
  id: 'eu-central-1_FlowsTotp1',
  clients: clientsOf('totps'),
  mfaSetups: ['SOFTWARE_TOKEN_MFA'],
}

const devicesAlways: PoolConfig = {
  id: 'eu-central-1_FlowsDev1',
  clients: clientsOf('devic'),
  deviceTracking: { challengeRequiredOnNewDevice: true },
  totpReuse: 'allowed',
  users: [person('desk'), person('desk-totp', { totpSecret: FLOWS_TOTP_SECRET })],
}

const devicesAsked: PoolConfig = {
  ...devicesAlways,
  id: 'eu-central-1_FlowsDev2',
  clients: clientsOf('asked'),
  deviceTracking: { challengeRequiredOnNewDevice: true, deviceOnlyRememberedOnUserPrompt: true },
}

/** Remembers devices, and asks for the second factor all the same. */
const devicesBesides: PoolConfig = {
  ...devicesAlways,
  id: 'eu-central-1_FlowsDev3',
  clients: clientsOf('besid'),
  deviceTracking: {},
}

const pools = [everything, mfaSetup, totpSetup, devicesAlways, devicesAsked, devicesBesides]

const identityPool: IdentityPoolConfig = {
  id: 'eu-central-1:f10f10f1-0000-4000-8000-00000000f10f',
  providers: pools.flatMap(({ id, clients }) =>
    clients.map((client) => ({ userPoolId: id, clientId: client.id })),
  ),
  roles: { authenticated: 'arn:aws:iam::111122223333:role/SesameFlows' },
}

/** Pools by what they are for; every one has three app clients: public, with a secret, and rotating with a secret. */
export const FLOWS = { everything, mfaSetup, totpSetup, devicesAlways, devicesAsked, devicesBesides }

export const allFlows = { pools, identityPools: [identityPool] } satisfies ServerConfig

/** The same world with other callbacks and log-out addresses for every app client that has some. */
export const withCallbackUrls = (config: ServerConfig, callbackUrls: readonly string[]): ServerConfig => ({
  ...config,
  pools: config.pools.map((pool) => ({
    ...pool,
    clients: pool.clients.map((client) =>
      client.callbackUrls === undefined ? client : { ...client, callbackUrls, logoutUrls: callbackUrls },
    ),
  })),
})
