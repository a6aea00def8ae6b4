// Owns InitiateAuth: which flows an app client allows, and the first step of each.
import { type AuthAnswer, type AuthContext, beginAuth, type Subject } from '../auth-context.ts'
import { askRound, scriptOf } from '../challenges/custom.ts'
import { startByChoice } from '../challenges/first-factor.ts'
import { assertSecretHash } from '../client-secret.ts'
import type { AuthFlowName } from '../config.ts'
import { requireKnownDevice } from '../devices.ts'
import { invalidParameter, passwordResetRequired, userNotFound } from '../errors.ts'
import { type Input, requiredParameter, requiredString, stringMap } from '../input.ts'
import { checkPassword, startSrp } from '../password-proof.ts'
import type { Client } from '../pool.ts'
import type { World } from '../world.ts'
import { refreshByInitiateAuth } from './refresh.ts'

type Parameters = Readonly<Record<string, string>>

const KNOWN_FLOWS =
  'USER_SRP_AUTH, REFRESH_TOKEN_AUTH, REFRESH_TOKEN, CUSTOM_AUTH, ADMIN_NO_SRP_AUTH, USER_PASSWORD_AUTH, ADMIN_USER_PASSWORD_AUTH, USER_AUTH'

/** InitiateAuth (API reference): a challenge, or tokens for a refresh or a password without a second factor. */
export async function initiateAuth(world: World, input: Input): Promise<AuthAnswer> {
  const flow = requiredString(input, 'AuthFlow')
  const parameters = stringMap(input, 'AuthParameters')
  const context = beginAuth(world, requiredString(input, 'ClientId'), parameters['DEVICE_KEY'])
  switch (flow) {
    case 'USER_SRP_AUTH':
      assertAllowed(context.client, 'ALLOW_USER_SRP_AUTH', 'USER_SRP_AUTH is not enabled for the client.')
      return startSrp(context, findUser(context, parameters), requiredParameter(parameters, 'SRP_A'))
    case 'USER_PASSWORD_AUTH':
      assertAllowed(context.client, 'ALLOW_USER_PASSWORD_AUTH', flowNotEnabled(flow))
      return checkPassword(context, findUser(context, parameters), requiredParameter(parameters, 'PASSWORD'))
    case 'REFRESH_TOKEN_AUTH':
    case 'REFRESH_TOKEN':
      assertAllowed(context.client, 'ALLOW_REFRESH_TOKEN_AUTH', flowNotEnabled('REFRESH_TOKEN_AUTH'))
      return refreshByInitiateAuth(context, parameters)
    case 'USER_AUTH':
      assertAllowed(context.client, 'ALLOW_USER_AUTH', flowNotEnabled(flow))
      return startByChoice(context, findUser(context, parameters), parameters)
    case 'CUSTOM_AUTH':
      assertAllowed(context.client, 'ALLOW_CUSTOM_AUTH', flowNotEnabled(flow))
      return startCustom(context, parameters)
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
function findUser(context: AuthContext, parameters: Parameters): Subject {
  const typed = requiredParameter(parameters, 'USERNAME')
  assertSecretHash(context.client, typed, parameters['SECRET_HASH'])
  const user = context.pool.findUser(typed)
  if (user === undefined && context.client.preventUserExistenceErrors === 'legacy') throw userNotFound()
  if (user?.status === 'RESET_REQUIRED') throw passwordResetRequired()
  return { username: user?.username ?? typed, user }
}

/** CHALLENGE_NAME=SRP_A asks for the password before the Lambda's own rounds. */
function startCustom(context: AuthContext, parameters: Parameters): AuthAnswer {
  scriptOf(context)
  const subject = findUser(context, parameters)
  if (subject.user !== undefined) requireKnownDevice(context.pool, subject.user, context.deviceKey)
  const first = parameters['CHALLENGE_NAME']
  if (first === undefined) return askRound(context, subject, 0, 0)
  // [inf] That it is refused is certain, the sentence is not.
  if (first !== 'SRP_A') throw invalidParameter(`Unsupported CHALLENGE_NAME ${first}`)
  return startSrp(context, subject, requiredParameter(parameters, 'SRP_A'), 'custom')
}
