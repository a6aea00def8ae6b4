// Owns what USER_AUTH begins with: the choice between first factors, a password under its own challenge name, and codes
// that stand for a password.

import { sendCode } from '../announcements.ts'
import { type AuthAnswer, type AuthContext, type Subject, sendChallenge } from '../auth-context.ts'
import { invalidParameter } from '../errors.ts'
import { availableChallenges, type FirstChallenge } from '../first-factors.ts'
import { requiredParameter } from '../input.ts'
import { checkPassword, startSrp } from '../password-proof.ts'
import type { AnswerAnyone } from './answer.ts'

type Parameters = Readonly<Record<string, string>>

/** USER_AUTH: the preferred challenge where it is on offer, and SELECT_CHALLENGE otherwise. */
export async function startByChoice(
  context: AuthContext,
  subject: Subject,
  parameters: Parameters,
): Promise<AuthAnswer> {
  const offered = offeredTo(context, subject)
  const wanted = offered.find((name) => name === parameters['PREFERRED_CHALLENGE'])
  if (wanted !== undefined) return begin(context, subject, wanted, parameters)
  return {
    ...sendChallenge(context, subject, { name: 'SELECT_CHALLENGE' }, {}),
    AvailableChallenges: offered,
  }
}

const offeredTo = ({ pool }: AuthContext, { user }: Subject) =>
  availableChallenges(pool.firstFactors, pool.mfa, user)

/** A password that came along is checked at once; one that did not is asked for by a challenge of its own [inf]. */
async function begin(
  context: AuthContext,
  subject: Subject,
  name: FirstChallenge,
  parameters: Parameters,
): Promise<AuthAnswer> {
  const { PASSWORD, SRP_A } = parameters
  if (name === 'EMAIL_OTP' || name === 'SMS_OTP') return sendCode(context, subject, name, 'first')
  if (name === 'PASSWORD' && PASSWORD !== undefined) return checkPassword(context, subject, PASSWORD)
  if (name === 'PASSWORD_SRP' && SRP_A !== undefined) return startSrp(context, subject, SRP_A)
  return sendChallenge(context, subject, { name }, name === 'WEB_AUTHN' ? webAuthnParameters(context) : {})
}

/** ANSWER names a challenge; its own parameters may come along. */
export const answerChoice: AnswerAnyone<'SELECT_CHALLENGE'> = async (
  context,
  session,
  subject,
  responses,
) => {
  const wanted = requiredParameter(responses, 'ANSWER')
  const name = offeredTo(context, subject).find((candidate) => candidate === wanted)
  // [inf] That it is refused is certain, the sentence is not.
  if (name === undefined) throw invalidParameter(`Challenge ${wanted} is not available for the user.`)
  session.consume()
  return begin(context, subject, name, responses)
}

export const answerPassword: AnswerAnyone<'PASSWORD'> = async (context, session, subject, responses) => {
  const password = requiredParameter(responses, 'PASSWORD')
  session.consume()
  return checkPassword(context, subject, password)
}

export const answerPasswordSrp: AnswerAnyone<'PASSWORD_SRP'> = async (
  context,
  session,
  subject,
  responses,
) => {
  const srpA = requiredParameter(responses, 'SRP_A')
  session.consume()
  return startSrp(context, subject, srpA)
}

/** PublicKeyCredentialRequestOptions (WebAuthn, section 5.5): right in shape, but this server judges no credential. */
function webAuthnParameters({ world, pool }: AuthContext): Record<string, string> {
  const options = {
    challenge: world.random(32).toString('base64url'),
    timeout: 180_000,
    rpId: `${pool.name.toLowerCase()}.example.com`,
    userVerification: 'preferred',
  }
  return { CREDENTIAL_REQUEST_OPTIONS: JSON.stringify(options) }
}
