// Owns ending sessions at Cognito: one refresh token, or everything of a user. Clearing what is stored here is sessions'.
import { type FailureCode, ok, type Result } from '../failure.ts'
import type { Acknowledged, PoolAccess } from '../sessions/ports.ts'
import { type Endpoint, userPoolEndpoint } from './endpoints.ts'
import type { UserPoolApi } from './user-pool.ts'

type UserPool = (endpoint: Endpoint) => Promise<UserPoolApi>

/** With these there is nothing left to revoke, which is what was wanted. */
const alreadyOver: readonly FailureCode[] = [
  'session.ended',
  'session.revoked',
  'session.reused',
  'session.user-gone',
]

/**
 * RevokeToken: ends the refresh token and every access token that came from it. A token that is dead already is a success.
 * `config.revocation-off` where the app client does not allow it.
 */
export const revoke = async (
  userPool: UserPool,
  { profile, clientSecret }: PoolAccess,
  refreshToken: string,
): Promise<Result<Acknowledged>> => {
  const pool = await userPool(userPoolEndpoint(profile))
  const answer = await pool.revokeToken({
    ClientId: profile.clientId,
    // Raw, not a hash: RevokeToken is like GetTokensFromRefreshToken here.
    ClientSecret: clientSecret,
    Token: refreshToken,
  })
  if (answer.ok) return ok({ requestId: answer.value.requestId })
  const { code, requestId } = answer.failure
  return alreadyOver.includes(code) ? ok({ requestId }) : answer
}

/**
 * GlobalSignOut: ends every refresh token of the user. `token.scope-missing` without aws.cognito.signin.user.admin,
 * `token.expired` and `session.revoked` where the access token is no longer good for it.
 */
export const globalSignOut = async (
  userPool: UserPool,
  { profile }: PoolAccess,
  accessToken: string,
): Promise<Result<Acknowledged>> => {
  const pool = await userPool(userPoolEndpoint(profile))
  const answer = await pool.globalSignOut({ AccessToken: accessToken })
  return answer.ok ? ok({ requestId: answer.value.requestId }) : answer
}
