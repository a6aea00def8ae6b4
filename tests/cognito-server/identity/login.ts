// Owns whether an identity pool believes a login: provider, issuer, signature, lifetime and audience of an ID token, in
// the order in which Cognito complains.
import { type JWTPayload, errors as joseErrors, jwtVerify } from 'jose'
import type { IdentityProviderConfig } from '../config.ts'
import { notAuthorized } from '../errors.ts'
import { providerNameOf, type UserPool } from '../pool.ts'
import { chainOf, keyOf, unverifiedClaims } from '../tokens.ts'
import type { World } from '../world.ts'
import type { IdentityPool, Login } from './identity-pool.ts'

const invalid = (reason: string) => notAuthorized(`Invalid login token. ${reason}`)
const unsupported = () => notAuthorized('Token is not from a supported provider of this identity pool.')

/** Amplify makes the key out of the token's issuer. On AWS that is the same name; here it may be a local one. */
const isNameOf = (pool: UserPool, name: string) =>
  name === providerNameOf(pool.id) || name === pool.issuer.replace(/^https?:\/\//, '')

/** Believes one entry of Logins, or refuses it with NotAuthorizedException. */
export async function requireLogin(
  world: World,
  identityPool: IdentityPool,
  providerName: string,
  token: string,
): Promise<Login> {
  const pool = [...world.pools.values()].find((candidate) => isNameOf(candidate, providerName))
  const providers = identityPool.config.providers.filter((provider) => provider.userPoolId === pool?.id)
  if (pool === undefined || providers.length === 0) throw unsupported()
  const claims = await verifyIdToken(world, pool, token)
  const provider = providers.find(({ clientId }) => clientId === claims.aud)
  if (provider === undefined || claims.sub === undefined) throw unsupported()
  if (provider.serverSideTokenCheck) assertStillSignedIn(pool, claims)
  return {
    providerName: providerNameOf(pool.id),
    sub: claims.sub,
    claims,
    provider: provider satisfies IdentityProviderConfig,
  }
}

async function verifyIdToken(world: World, pool: UserPool, token: string): Promise<JWTPayload> {
  const claimed = unverifiedClaims(token)
  if (claimed === undefined) throw invalid('Not a valid OpenId Connect identity token.')
  if (claimed.iss !== pool.issuer) throw invalid("Issuer doesn't match providerName")
  if (claimed.aud === undefined) throw invalid('Missing a required claim: aud')
  try {
    const { payload } = await jwtVerify(token, keyOf(pool), {
      algorithms: ['RS256'],
      currentDate: new Date(world.clock.now()),
    })
    if (payload['token_use'] !== 'id') throw invalid('Not a valid OpenId Connect identity token.')
    return payload
  } catch (error) {
    if (error instanceof joseErrors.JWTExpired) {
      throw invalid(`Token expired: ${world.clock.nowSeconds()} >= ${claimed.exp}`)
    }
    if (error instanceof joseErrors.JOSEError) throw invalid("Couldn't verify signed token.")
    throw error
  }
}

/** ServerSideTokenCheck: asks the user pool whether this sign-in still stands. */
function assertStillSignedIn(pool: UserPool, claims: JWTPayload): void {
  const user = pool.userBySub(String(claims.sub))
  const chain = chainOf(pool, claims)
  // [inf] The check is documented, its sentence is not.
  if (user === undefined || user.disabled || (chain?.revoked ?? true))
    throw invalid('Token has been revoked.')
}
