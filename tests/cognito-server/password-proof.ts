// Owns how a sign-in comes to be asked for a password: by SRP or in clear, whichever flow or challenge wants it.

import { type AuthAnswer, type AuthContext, type Subject, sendChallenge } from './auth-context.ts'
import { invalidParameter, passwordAttemptsExceeded, wrongPassword } from './errors.ts'
import { continueSignIn } from './sign-in.ts'
import { parsePublicValue, startExchange } from './srp.ts'

/** Answers SRP_A with PASSWORD_VERIFIER, for users who are not there as for those who are. */
export function startSrp(
  context: AuthContext,
  { username, user }: Subject,
  srpA: string,
  leadsTo: 'sign-in' | 'custom' = 'sign-in',
): AuthAnswer {
  const A = parsePublicValue(srpA)
  // [inf] RFC 5054, section 2.5.4, has the server abort; how Cognito words it is not on record.
  if (A === undefined) throw invalidParameter('Invalid SRP_A value')
  const verifier = user?.srpVerifier ?? context.pool.decoyVerifier(username.toLowerCase())
  const exchange = startExchange(A, verifier, context.world.random)
  const secretBlock = context.world.random(800).toString('base64')
  return sendChallenge(
    context,
    { username, user },
    { name: 'PASSWORD_VERIFIER', exchange, secretBlock, leadsTo },
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

/** Takes a password in clear; NotAuthorizedException for a wrong one and for a user who is locked or not there. */
export async function checkPassword(
  context: AuthContext,
  { user }: Subject,
  password: string,
): Promise<AuthAnswer> {
  const now = context.world.clock.now()
  if (user?.isPasswordLocked(now)) throw passwordAttemptsExceeded()
  const right = user?.hasPassword(password) ?? false
  user?.notePassword(right, now)
  if (!right || user === undefined) throw wrongPassword()
  return continueSignIn(context, user)
}
