// Owns RespondToAuthChallenge: whose Session an answer comes with, and which challenge then judges it.
import type { AnswerChallenge } from '../challenges/answer.ts'
import { answerNewPassword } from '../challenges/new-password.ts'
import { answerPasswordVerifier } from '../challenges/password-verifier.ts'
import {
  answerMfaSetup,
  answerSelection,
  answerSentCode,
  answerSoftwareToken,
} from '../challenges/second-factor.ts'
import { assertSecretHash } from '../client-secret.ts'
import { invalidParameter, notAuthorized } from '../errors.ts'
import { type Input, optionalString, requiredParameter, requiredString, stringMap } from '../input.ts'
import type { ChallengeName, PendingChallenge } from '../sessions.ts'
import type { AuthAnswer, AuthContext } from '../sign-in.ts'
import { requireClient, type World } from '../world.ts'

type Responses = Readonly<Record<string, string>>

/** RespondToAuthChallenge (API reference): the next challenge, or tokens. */
export async function respondToAuthChallenge(world: World, input: Input): Promise<AuthAnswer> {
  const name = requiredString(input, 'ChallengeName')
  const context = { world, ...requireClient(world, requiredString(input, 'ClientId')) }
  const responses = stringMap(input, 'ChallengeResponses')
  const given = optionalString(input, 'Session')
  switch (name) {
    case 'PASSWORD_VERIFIER': {
      const session = open(context, name, given ?? sessionOfBlock(world, responses))
      assertSubject(context, session.pending, responses, session.pending.username)
      return answerPasswordVerifier(context, session, responses)
    }
    case 'NEW_PASSWORD_REQUIRED':
      return answer(context, name, given, responses, answerNewPassword)
    case 'SOFTWARE_TOKEN_MFA':
      return answer(context, name, given, responses, answerSoftwareToken)
    case 'SMS_MFA':
    case 'EMAIL_OTP':
      return answer(context, name, given, responses, answerSentCode)
    case 'SELECT_MFA_TYPE':
      return answer(context, name, given, responses, answerSelection)
    case 'MFA_SETUP':
      return answer(context, name, given, responses, answerMfaSetup)
    default:
      throw invalidParameter(
        `1 validation error detected: Value '${name}' at 'challengeName' failed to satisfy constraint: Member must satisfy enum value set: [PASSWORD_VERIFIER, NEW_PASSWORD_REQUIRED, SOFTWARE_TOKEN_MFA, SMS_MFA, EMAIL_OTP, SELECT_MFA_TYPE, MFA_SETUP]`,
      )
  }
}

const open = <N extends ChallengeName>(context: AuthContext, name: N, session: string | undefined) =>
  context.world.sessions.open(session, { clientId: context.client.id, name }, context.world.clock.now())

/** Without a Session the SECRET_BLOCK names the attempt: that is all that clients older than Sessions send. */
const sessionOfBlock = (world: World, responses: Responses) =>
  world.sessions.sessionOfSecretBlock(requiredParameter(responses, 'PASSWORD_CLAIM_SECRET_BLOCK')) ??
  'no such block'

async function answer<N extends ChallengeName>(
  context: AuthContext,
  name: N,
  given: string | undefined,
  responses: Responses,
  judge: AnswerChallenge<N>,
): Promise<AuthAnswer> {
  const session = open(context, name, given)
  const { user } = session.pending
  if (user === undefined) throw notAuthorized('Invalid session for the user.')
  assertSubject(context, session.pending, responses, responses['USERNAME'] ?? '')
  return judge(context, session, user, responses)
}

/** USERNAME has to be the user the Session was issued to, and SECRET_HASH to be made over `hashedName`. */
function assertSubject(
  context: AuthContext,
  pending: PendingChallenge,
  responses: Responses,
  hashedName: string,
): void {
  const typed = requiredParameter(responses, 'USERNAME')
  assertSecretHash(context.client, hashedName, responses['SECRET_HASH'])
  const isSameUser =
    pending.user === undefined ? typed === pending.username : context.pool.findUser(typed) === pending.user
  if (!isSameUser) throw notAuthorized('Invalid session for the user.')
}
