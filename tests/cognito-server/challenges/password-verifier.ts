// Owns PASSWORD_VERIFIER: the client's proof, by SRP, that it knows the password.
import type { AuthAnswer, AuthContext } from '../auth-context.ts'
import { requireKnownDevice } from '../devices.ts'
import { passwordAttemptsExceeded, wrongPassword } from '../errors.ts'
import type { Challenge, OpenSession } from '../sessions.ts'
import { continueSignIn } from '../sign-in.ts'
import { assertTimely, isProven, readClaim } from './claim.ts'
import { askRound } from './custom.ts'

type PasswordVerifier = Extract<Challenge, { name: 'PASSWORD_VERIFIER' }>

/**
 * Right or wrong, one answer uses up the SECRET_BLOCK and its Session. Only a right one that names a forgotten device
 * does not: AWS's clients drop the device and send the same answer again.
 */
export async function answerPasswordVerifier(
  context: AuthContext,
  session: OpenSession<PasswordVerifier>,
  responses: Readonly<Record<string, string>>,
): Promise<AuthAnswer> {
  const { world, pool } = context
  const claim = readClaim(responses)
  const { user, username, challenge } = session.pending
  const now = world.clock.now()
  const proven = isProven(claim, challenge, { poolName: pool.name, userId: username })
  if (proven && user !== undefined) requireKnownDevice(pool, user, context.deviceKey)
  session.consume()
  assertTimely(world, claim)
  if (user?.isPasswordLocked(now)) throw passwordAttemptsExceeded()
  user?.notePassword(proven, now)
  if (!proven || user === undefined) throw wrongPassword()
  if (challenge.leadsTo === 'custom') return askRound(context, { username, user }, 0, 0)
  return continueSignIn(context, user)
}
