// Owns RespondToAuthChallenge: whose Session an answer comes with, and which challenge then judges it.
import { type AuthAnswer, type AuthContext, beginAuth } from '../auth-context.ts'
import type { AnswerAnyone, AnswerChallenge } from '../challenges/answer.ts'
import { answerCustom } from '../challenges/custom.ts'
import { answerDeviceSrp, answerDeviceVerifier } from '../challenges/device.ts'
import { answerChoice, answerPassword, answerPasswordSrp } from '../challenges/first-factor.ts'
import { answerInvented } from '../challenges/invented.ts'
import { answerNewPassword } from '../challenges/new-password.ts'
import { answerPasswordVerifier } from '../challenges/password-verifier.ts'
import {
  answerMfaSetup,
  answerSelection,
  answerSentCode,
  answerSoftwareToken,
} from '../challenges/second-factor.ts'
import { assertSecretHash } from '../client-secret.ts'
import { requireKnownDevice } from '../devices.ts'
import { invalidParameter, notAuthorized } from '../errors.ts'
import { type Input, optionalString, requiredParameter, requiredString, stringMap } from '../input.ts'
import type { ChallengeName, PendingChallenge } from '../sessions.ts'
import type { World } from '../world.ts'

type Responses = Readonly<Record<string, string>>

/** What judges the answer to a challenge whose Session has been opened. */
type Judge = (context: AuthContext, given: string | undefined, responses: Responses) => Promise<AuthAnswer>

const judged =
  <N extends ChallengeName>(name: N, judge: AnswerChallenge<N>): Judge =>
  (context, given, responses) =>
    answer(context, name, given, responses, judge)

const judgedForAnyone =
  <N extends ChallengeName>(name: N, judge: AnswerAnyone<N>): Judge =>
  (context, given, responses) =>
    answerAnyone(context, name, given, responses, judge)

const JUDGES: ReadonlyMap<string, Judge> = new Map<string, Judge>([
  ['PASSWORD_VERIFIER', answerVerifier],
  ['NEW_PASSWORD_REQUIRED', judged('NEW_PASSWORD_REQUIRED', answerNewPassword)],
  ['SOFTWARE_TOKEN_MFA', judged('SOFTWARE_TOKEN_MFA', answerSoftwareToken)],
  ['SMS_MFA', judgedForAnyone('SMS_MFA', answerSentCode)],
  ['SMS_OTP', judgedForAnyone('SMS_OTP', answerSentCode)],
  ['EMAIL_OTP', judgedForAnyone('EMAIL_OTP', answerSentCode)],
  ['SELECT_MFA_TYPE', judged('SELECT_MFA_TYPE', answerSelection)],
  ['MFA_SETUP', judged('MFA_SETUP', answerMfaSetup)],
  ['SELECT_CHALLENGE', judgedForAnyone('SELECT_CHALLENGE', answerChoice)],
  ['PASSWORD', judgedForAnyone('PASSWORD', answerPassword)],
  ['PASSWORD_SRP', judgedForAnyone('PASSWORD_SRP', answerPasswordSrp)],
  ['CUSTOM_CHALLENGE', judgedForAnyone('CUSTOM_CHALLENGE', answerCustom)],
  ['DEVICE_SRP_AUTH', judged('DEVICE_SRP_AUTH', answerDeviceSrp)],
  ['DEVICE_PASSWORD_VERIFIER', judged('DEVICE_PASSWORD_VERIFIER', answerDeviceVerifier)],
  ['WEB_AUTHN', judged('WEB_AUTHN', refuseCredential)],
])

/** RespondToAuthChallenge (API reference): the next challenge, or tokens. */
export async function respondToAuthChallenge(world: World, input: Input): Promise<AuthAnswer> {
  const name = requiredString(input, 'ChallengeName')
  const responses = stringMap(input, 'ChallengeResponses')
  const given = optionalString(input, 'Session')
  const context = beginAuth(world, requiredString(input, 'ClientId'), responses['DEVICE_KEY'])
  const isInvented = world.sessions.inventedName(given) === name
  const judge = isInvented ? judged('INVENTED', answerInvented) : JUDGES.get(name)
  if (judge === undefined) {
    throw invalidParameter(
      `1 validation error detected: Value '${name}' at 'challengeName' failed to satisfy constraint: Member must satisfy enum value set: [${[...JUDGES.keys()].join(', ')}]`,
    )
  }
  return judge(context, given, responses)
}

async function answerVerifier(
  context: AuthContext,
  given: string | undefined,
  responses: Responses,
): Promise<AuthAnswer> {
  const session = open(context, 'PASSWORD_VERIFIER', given ?? sessionOfBlock(context.world, responses))
  assertSubject(context, session.pending, responses, session.pending.username)
  // DEVICE_KEY has to come with this answer (API reference): a client that leaves it out has dropped the device.
  return answerPasswordVerifier({ ...context, passed: session.pending.passed }, session, responses)
}

/** [inf] This server knows no passkey, so whatever it is shown is a wrong one. */
async function refuseCredential(): Promise<AuthAnswer> {
  throw notAuthorized('Invalid WebAuthn credential.')
}

/** The context of a sign-in that goes on: what it has shown before counts. */
const resumed = (context: AuthContext, { passed, deviceKey }: PendingChallenge): AuthContext => ({
  ...(deviceKey !== undefined && { deviceKey }),
  ...context,
  passed,
})

const open = <N extends ChallengeName>(context: AuthContext, name: N, session: string | undefined) =>
  context.world.sessions.open(session, { clientId: context.client.id, name }, context.world.clock.now())

/** Without a Session the SECRET_BLOCK names the attempt: that is all that clients older than Sessions send. */
const sessionOfBlock = (world: World, responses: Responses) =>
  world.sessions.sessionOfSecretBlock(requiredParameter(responses, 'PASSWORD_CLAIM_SECRET_BLOCK')) ??
  'no such block'

function answer<N extends ChallengeName>(
  context: AuthContext,
  name: N,
  given: string | undefined,
  responses: Responses,
  judge: AnswerChallenge<N>,
): Promise<AuthAnswer> {
  return answerAnyone(context, name, given, responses, (resumedContext, session, { user }) => {
    if (user === undefined) throw notAuthorized('Invalid session for the user.')
    return judge(resumedContext, session, user, responses)
  })
}

async function answerAnyone<N extends ChallengeName>(
  context: AuthContext,
  name: N,
  given: string | undefined,
  responses: Responses,
  judge: AnswerAnyone<N>,
): Promise<AuthAnswer> {
  const session = open(context, name, given)
  const { pending } = session
  assertSubject(context, pending, responses, responses['USERNAME'] ?? '')
  // Before the answer is judged: a client may drop a forgotten device and send the same answer again.
  if (pending.user !== undefined) requireKnownDevice(context.pool, pending.user, context.deviceKey)
  return judge(resumed(context, pending), session, pending, responses)
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
