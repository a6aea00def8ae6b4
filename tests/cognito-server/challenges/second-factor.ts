// Owns the second factors: a TOTP code, a code that was sent, the choice between several, and having set one up.
import { askFor, sendCode } from '../announcements.ts'
import {
  codeMismatch,
  invalidParameter,
  notAuthorized,
  passwordAttemptsExceeded,
  ServiceError,
} from '../errors.ts'
import { requiredParameter } from '../input.ts'
import { continueSignIn } from '../sign-in.ts'
import type { AnswerAnyone, AnswerChallenge } from './answer.ts'

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

/**
 * A code that was sent, under the challenge's own name. One that stood for a password leaves no second factor to ask for
 * [inf]; one sent to an address being set up makes that address a factor.
 */
export const answerSentCode: AnswerAnyone<'SMS_MFA' | 'SMS_OTP' | 'EMAIL_OTP'> = async (
  context,
  session,
  { user },
  responses,
) => {
  const { challenge } = session.pending
  const given = requiredParameter(responses, `${challenge.name}_CODE`)
  if (user === undefined) throw codeMismatch()
  const verdict = user.takeCode(given === challenge.code, context.world.clock.now())
  if (verdict !== 'right') throw REFUSALS[verdict]()
  session.consume()
  if (challenge.name === 'EMAIL_OTP' && challenge.role === 'set-up')
    user.addEmailFactor(challenge.address ?? '')
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

/** TOTP wants the Session that VerifySoftwareToken answered with; EMAIL names an address, which a code then proves. */
export const answerMfaSetup: AnswerChallenge<'MFA_SETUP'> = async (context, session, user, responses) => {
  const address = responses['EMAIL']
  if (address !== undefined && context.pool.mfaSetups.includes('EMAIL_OTP')) {
    if (!/^[^@\s]+@[^@\s]+$/.test(address)) throw invalidParameter('Invalid email address format.')
    session.consume()
    return sendCode(context, { username: user.username, user }, 'EMAIL_OTP', 'set-up', address)
  }
  if (session.pending.challenge.verified !== true) throw notAuthorized('Invalid session for the user.')
  session.consume()
  return continueSignIn(context, user, { mfa: true })
}
