// Owns InitiateAuth: which flows an app client allows, and the first step of each.
import { assertSecretHash } from '../client-secret.ts'
import type { AuthFlowName } from '../config.ts'
import {
  invalidParameter,
  passwordAttemptsExceeded,
  passwordResetRequired,
  userNotFound,
  wrongPassword,
} from '../errors.ts'
import { type Input, requiredParameter, requiredString, stringMap } from '../input.ts'
import type { Client } from '../pool.ts'
import { type AuthAnswer, type AuthContext, continueSignIn, sendChallenge } from '../sign-in.ts'
import { parsePublicValue, startExchange } from '../srp.ts'
import { requireClient, type World } from '../world.ts'
import { refreshByInitiateAuth } from './refresh.ts'

type Parameters = Readonly<Record<string, string>>

const KNOWN_FLOWS =
  'USER_SRP_AUTH, REFRESH_TOKEN_AUTH, REFRESH_TOKEN, CUSTOM_AUTH, ADMIN_NO_SRP_AUTH, USER_PASSWORD_AUTH, ADMIN_USER_PASSWORD_AUTH, USER_AUTH'

/** InitiateAuth (API reference): a challenge, or tokens for a refresh or a password without a second factor. */
export async function initiateAuth(world: World, input: Input): Promise<AuthAnswer> {
  const flow = requiredString(input, 'AuthFlow')
  const context = { world, ...requireClient(world, requiredString(input, 'ClientId')) }
  const parameters = stringMap(input, 'AuthParameters')
  switch (flow) {
    case 'USER_SRP_AUTH':
      assertAllowed(context.client, 'ALLOW_USER_SRP_AUTH', 'USER_SRP_AUTH is not enabled for the client.')
      return startSrp(context, parameters)
    case 'USER_PASSWORD_AUTH':
      assertAllowed(context.client, 'ALLOW_USER_PASSWORD_AUTH', flowNotEnabled(flow))
      return checkPassword(context, parameters)
    case 'REFRESH_TOKEN_AUTH':
    case 'REFRESH_TOKEN':
      assertAllowed(context.client, 'ALLOW_REFRESH_TOKEN_AUTH', flowNotEnabled('REFRESH_TOKEN_AUTH'))
      return refreshByInitiateAuth(context, parameters)
    case 'USER_AUTH':
    case 'CUSTOM_AUTH':
      throw invalidParameter(flowNotEnabled(flow))
    case 'ADMIN_NO_SRP_AUTH':
    case 'ADMIN_USER_PASSWORD_AUTH':
      throw invalidParameter('Initiate Auth method not supported.')
    default:
      throw invalidParameter(
        `1 validation error detected: Value '${flow}' at 'authFlow' failed to satisfy constraint: Member must satisfy enum value set: [${KNOWN_FLOWS}]`,
      )
  }
}

const flowNotEnabled = (flow: string) => `${flow} flow not enabled for this client`

function assertAllowed(client: Client, flow: AuthFlowName, refusal: string): void {
  if (!client.explicitAuthFlows.includes(flow)) throw invalidParameter(refusal)
}

/** The user a name stands for. Unknown names are told of only by app clients of the legacy kind. */
function findUser(context: AuthContext, parameters: Parameters) {
  const typed = requiredParameter(parameters, 'USERNAME')
  assertSecretHash(context.client, typed, parameters['SECRET_HASH'])
  const user = context.pool.findUser(typed)
  if (user === undefined && context.client.preventUserExistenceErrors === 'legacy') throw userNotFound()
  if (user?.status === 'RESET_REQUIRED') throw passwordResetRequired()
  return { typed, user }
}

function startSrp(context: AuthContext, parameters: Parameters): AuthAnswer {
  const { typed, user } = findUser(context, parameters)
  const A = parsePublicValue(requiredParameter(parameters, 'SRP_A'))
  // [inf] RFC 5054, section 2.5.4, has the server abort; how Cognito words it is not on record.
  if (A === undefined) throw invalidParameter('Invalid SRP_A value')
  const username = user?.username ?? typed
  const verifier = user?.srpVerifier ?? context.pool.decoyVerifier(typed.toLowerCase())
  const exchange = startExchange(A, verifier, context.world.random)
  const secretBlock = context.world.random(800).toString('base64')
  return sendChallenge(
    context,
    { username, user },
    { name: 'PASSWORD_VERIFIER', exchange, secretBlock },
    {
      // Numbers go out as Java prints them: no padding, odd lengths included.
      SRP_B: exchange.B.toString(16),
      SALT: exchange.salt.toString(16),
      SECRET_BLOCK: secretBlock,
      USER_ID_FOR_SRP: username,
      USERNAME: username,
    },
  )
}

async function checkPassword(context: AuthContext, parameters: Parameters): Promise<AuthAnswer> {
  const { user } = findUser(context, parameters)
  const password = requiredParameter(parameters, 'PASSWORD')
  const now = context.world.clock.now()
  if (user?.isPasswordLocked(now)) throw passwordAttemptsExceeded()
  const right = user?.hasPassword(password) ?? false
  user?.notePassword(right, now)
  if (!right || user === undefined) throw wrongPassword()
  return continueSignIn(context, user)
}
