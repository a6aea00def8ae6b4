// Owns PASSWORD_VERIFIER: the client's proof, by SRP, that it knows the password.
import { invalidParameter, notAuthorized, passwordAttemptsExceeded, wrongPassword } from '../errors.ts'
import { requiredParameter } from '../input.ts'
import type { Challenge, OpenSession } from '../sessions.ts'
import { type AuthAnswer, type AuthContext, continueSignIn } from '../sign-in.ts'
import { claimsMatch, expectedClaim } from '../srp.ts'
import { parseSrpTimestamp } from '../srp-timestamp.ts'

type PasswordVerifier = Extract<Challenge, { name: 'PASSWORD_VERIFIER' }>

/** Right or wrong, one answer uses up the SECRET_BLOCK and its Session. */
export async function answerPasswordVerifier(
  context: AuthContext,
  session: OpenSession<PasswordVerifier>,
  responses: Readonly<Record<string, string>>,
): Promise<AuthAnswer> {
  const { world, pool } = context
  const signature = requiredParameter(responses, 'PASSWORD_CLAIM_SIGNATURE')
  const secretBlock = requiredParameter(responses, 'PASSWORD_CLAIM_SECRET_BLOCK')
  const timestamp = requiredParameter(responses, 'TIMESTAMP')
  const claimedAt = parseSrpTimestamp(timestamp)
  if (claimedAt === undefined) {
    throw invalidParameter('TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.')
  }
  session.consume()
  const { user, username, challenge } = session.pending
  const now = world.clock.now()
  // [inf] That it is checked is on record, the sentence is not.
  if (Math.abs(now - claimedAt) > world.srpToleranceSeconds * 1000) {
    throw notAuthorized('TIMESTAMP is too far from the time of the server.')
  }
  if (user?.isPasswordLocked(now)) throw passwordAttemptsExceeded()
  const identity = { poolName: pool.name, userId: username }
  const expected = expectedClaim(challenge.exchange, identity, challenge.secretBlock, timestamp)
  const proven = secretBlock === challenge.secretBlock && claimsMatch(expected, signature)
  user?.notePassword(proven, now)
  if (!proven || user === undefined) throw wrongPassword()
  return continueSignIn(context, user)
}
