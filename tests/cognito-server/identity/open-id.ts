// Owns the tokens by which an identity pool vouches for an identity to STS (the basic flow): signing and believing them.
// Source: identity pools guide, "Identity pools authentication flow".
import { type JWTPayload, errors as joseErrors, jwtVerify, SignJWT } from 'jose'
import { ServiceError } from '../errors.ts'
import { keysOfPool, type SigningKey } from '../keys.ts'
import type { World } from '../world.ts'
import type { Identity, IdentityPool } from './identity-pool.ts'

const ISSUER = 'https://cognito-identity.amazonaws.com'
const LIFETIME_SECONDS = 600

/** Identity pools of a server share the key of its first user pool, in a role that no user pool's token can play. */
const signingKey = async (): Promise<SigningKey> => (await keysOfPool(0)).id

/** A token for this identity that STS takes for ten minutes; `amr` says how it came to be known. */
export async function signOpenIdToken(
  world: World,
  pool: IdentityPool,
  identity: Identity,
  providerNames: readonly string[],
): Promise<string> {
  const key = await signingKey()
  const now = world.clock.nowSeconds()
  const amr = providerNames.length === 0 ? ['unauthenticated'] : ['authenticated', ...providerNames]
  return new SignJWT({ amr })
    .setProtectedHeader({ kid: key.kid, alg: 'RS512', typ: 'JWS' })
    .setIssuer(ISSUER)
    .setSubject(identity.id)
    .setAudience(pool.id)
    .setIssuedAt(now)
    .setExpirationTime(now + LIFETIME_SECONDS)
    .sign(key.privateKey)
}

/** The pool and login state of a token that STS believes; InvalidIdentityToken or ExpiredTokenException otherwise. */
export async function believeOpenIdToken(
  world: World,
  token: string,
): Promise<{ pool: IdentityPool; isAuthenticated: boolean }> {
  const claims = await verify(world, token)
  const pool = world.identityPools.get(String(claims.aud))
  if (pool?.identity(String(claims.sub)) === undefined) throw invalidIdentityToken()
  const { amr } = claims
  return { pool, isAuthenticated: Array.isArray(amr) && amr.includes('authenticated') }
}

const invalidIdentityToken = () =>
  new ServiceError(
    'InvalidIdentityToken',
    'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)',
  )

async function verify(world: World, token: string): Promise<JWTPayload> {
  try {
    const options = { algorithms: ['RS512'], issuer: ISSUER, currentDate: new Date(world.clock.now()) }
    return (await jwtVerify(token, (await signingKey()).publicKey, options)).payload
  } catch (error) {
    if (error instanceof joseErrors.JWTExpired) {
      throw new ServiceError('ExpiredTokenException', 'Token expired')
    }
    if (error instanceof joseErrors.JOSEError) throw invalidIdentityToken()
    throw error
  }
}
