// Owns the second factors: a TOTP code, a code that was sent, the choice between several, and having set one up.
import {
  codeMismatch,
  invalidParameter,
  notAuthorized,
  passwordAttemptsExceeded,
  ServiceError,
} from '../errors.ts'
import { requiredParameter } from '../input.ts'
import { askFor, continueSignIn } from '../sign-in.ts'
import type { AnswerChallenge } from './answer.ts'

const REFUSALS = {
  locked: passwordAttemptsExceeded,
  wrong: codeMismatch,
  reused: () => new ServiceError('ExpiredCodeException', 'Your software token has already been used once.'),
}

/** A wrong code leaves the Session good for another try until the user is locked out. */
export const answerSoftwareToken: AnswerChallenge<'SOFTWARE_TOKEN_MFA'> = async (
  context,
  session,
  user,
  responses,
) => {
  const { world, pool } = context
  const code = requiredParameter(responses, 'SOFTWARE_TOKEN_MFA_CODE')
  const verdict = user.takeTotpCode(code, world.clock.now(), pool.allowsTotpReuse)
  if (verdict !== 'right') throw REFUSALS[verdict]()
  session.consume()
  return continueSignIn(context, user, { mfa: true })
}

/** SMS_MFA and EMAIL_OTP: the code that was sent, under the challenge's own name. */
export const answerSentCode: AnswerChallenge<'SMS_MFA' | 'EMAIL_OTP'> = async (
  context,
  session,
  user,
  responses,
) => {
  const { name, code } = session.pending.challenge
  const given = requiredParameter(responses, `${name}_CODE`)
  const verdict = user.takeCode(given === code, context.world.clock.now())
  if (verdict !== 'right') throw REFUSALS[verdict]()
  session.consume()
  return continueSignIn(context, user, { mfa: true })
}

/** ANSWER names a factor; EMAIL_MFA is what the documentation calls EMAIL_OTP. */
export const answerSelection: AnswerChallenge<'SELECT_MFA_TYPE'> = async (
  context,
  session,
  user,
  responses,
) => {
  const given = requiredParameter(responses, 'ANSWER')
  const wanted = given === 'EMAIL_MFA' ? 'EMAIL_OTP' : given
  const factor = user.secondFactors.find((candidate) => candidate === wanted)
  // [inf] That it is refused is certain, the sentence is not.
  if (factor === undefined) throw invalidParameter('Invalid MFA type selected')
  session.consume()
  return askFor(context, user, factor)
}

/** Wants the Session that VerifySoftwareToken answered with. */
export const answerMfaSetup: AnswerChallenge<'MFA_SETUP'> = async (context, session, user) => {
  if (session.pending.challenge.verified !== true) throw notAuthorized('Invalid session for the user.')
  session.consume()
  return continueSignIn(context, user, { mfa: true })
}
