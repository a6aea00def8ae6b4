// Owns what an AuthenticationResult holds. Decodes, never verifies (verify.ts does).
import type { AuthenticationResultType } from '@aws-sdk/client-cognito-identity-provider'
import { fail, ok, type Result } from '../failure.ts'
import type { TokenSet } from '../sessions/session.ts'

/**
 * The tokens of an answer. A refresh without rotation brings no refresh token: the earlier one stays.
 * `network.bad-answer` where a token is missing.
 */
export const tokensIn = (
  result: AuthenticationResultType | undefined,
  earlierRefreshToken?: string,
): Result<TokenSet> => {
  const { IdToken: idToken, AccessToken: accessToken } = result ?? {}
  const refreshToken = result?.RefreshToken || earlierRefreshToken
  if (!idToken || !accessToken || !refreshToken) {
    const missing = Object.entries({ idToken, accessToken, refreshToken }).filter(([, token]) => !token)
    const names = missing.map(([name]) => name).join(', ')
    return fail('network.bad-answer', { detail: `The answer holds no ${names}.` })
  }
  return ok({ idToken, accessToken, refreshToken })
}

/** The `username` claim of an access token: the user's real name in the pool, whatever alias was typed. */
export const usernameIn = (accessToken: string): string | undefined => {
  try {
    const claims: unknown = JSON.parse(
      Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString('utf8'),
    )
    const username: unknown =
      typeof claims === 'object' && claims !== null ? Reflect.get(claims, 'username') : undefined
    return typeof username === 'string' ? username : undefined
  } catch {
    return undefined
  }
}
