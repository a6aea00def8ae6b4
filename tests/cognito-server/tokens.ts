// Owns the JWTs: what is in an ID and an access token, how long they live, and whether an access token that comes back is
// to be believed.
import { createHash, type KeyObject } from 'node:crypto'
import { decodeJwt, type JWTPayload, errors as joseErrors, jwtVerify, SignJWT } from 'jose'
import { notAuthorized, userDisabled, userNotFound } from './errors.ts'
import type { SigningKey } from './keys.ts'
import type { Client, UserPool } from './pool.ts'
import { randomUuid } from './random.ts'
import type { Chain } from './refresh-tokens.ts'
import type { User } from './users.ts'
import type { World } from './world.ts'

export interface MintedTokens {
  readonly AccessToken: string
  readonly IdToken: string
  /** Seconds that the access token lives. */
  readonly ExpiresIn: number
  readonly TokenType: 'Bearer'
}

/**
 * Signs the two tokens of a sign-in or of a refresh; `auth_time` and `origin_jti` are the chain's and stay. `nonce` goes
 * into the ID token that answers the request it came with, and into no later one.
 */
export async function mintTokens(
  world: World,
  context: { pool: UserPool; client: Client; user: User; chain: Chain },
  nonce?: string,
): Promise<MintedTokens> {
  const { pool, client, chain } = context
  const now = world.clock.nowSeconds()
  const AccessToken = await sign(
    pool.keys.access,
    accessClaims(world, context),
    now,
    client.accessTokenSeconds,
  )
  const claims = {
    ...idClaims(world, context),
    ...(nonce !== undefined && { nonce }),
    ...(chain.scopes !== undefined && { at_hash: accessTokenHash(AccessToken) }),
  }
  const IdToken = await sign(pool.keys.id, claims, now, client.idTokenSeconds)
  return { AccessToken, IdToken, ExpiresIn: client.accessTokenSeconds, TokenType: 'Bearer' }
}

/** OpenID Connect Core, section 3.1.3.6. */
const accessTokenHash = (token: string) =>
  createHash('sha256').update(token).digest().subarray(0, 16).toString('base64url')

function sign(key: SigningKey, claims: JWTPayload, now: number, lifetimeSeconds: number): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ kid: key.kid, alg: 'RS256' })
    .setIssuedAt(now)
    .setExpirationTime(now + lifetimeSeconds)
    .sign(key.privateKey)
}

interface TokenContext {
  readonly pool: UserPool
  readonly client: Client
  readonly user: User
  readonly chain: Chain
}

function commonClaims(world: World, { pool, client, user, chain }: TokenContext): JWTPayload {
  const groups = pool.groupsOf(user).map((group) => group.name)
  return {
    sub: user.sub,
    iss: pool.issuer,
    ...(groups.length > 0 && { 'cognito:groups': groups }),
    ...(client.tokenRevocation && { origin_jti: chain.originJti }),
    event_id: chain.eventId,
    auth_time: Math.floor(chain.authenticatedAt / 1000),
    jti: randomUuid(world.random),
  }
}

function accessClaims(world: World, context: TokenContext): JWTPayload {
  return {
    ...commonClaims(world, context),
    client_id: context.client.id,
    token_use: 'access',
    scope: (context.chain.scopes ?? context.client.scopes).join(' '),
    username: context.user.username,
    version: 2,
  }
}

/** Attributes are strings; these few are something else in a token. */
function claimValue(name: string, value: string): unknown {
  if (name === 'identities') return JSON.parse(value)
  return name === 'email_verified' || name === 'phone_number_verified' ? value === 'true' : value
}

function idClaims(world: World, context: TokenContext): JWTPayload {
  const { pool, client, user } = context
  const attributes = [...user.attributes].map(([name, value]) => [name, claimValue(name, value)])
  return {
    ...Object.fromEntries(attributes),
    ...commonClaims(world, context),
    ...roleClaims(pool, user),
    aud: client.id,
    token_use: 'id',
    'cognito:username': user.username,
  }
}

/** `cognito:preferred_role` is the role of the one most important group; two that tie leave it out. */
function roleClaims(pool: UserPool, user: User): JWTPayload {
  const groups = pool.groupsOf(user).filter((group) => group.roleArn !== undefined)
  const roles = [...new Set(groups.map((group) => group.roleArn))]
  if (roles.length === 0) return {}
  const lowest = groups[0]?.precedence
  const preferred = new Set(
    groups.filter((group) => group.precedence === lowest).map((group) => group.roleArn),
  )
  return {
    'cognito:roles': roles,
    ...(preferred.size === 1 && { 'cognito:preferred_role': [...preferred][0] }),
  }
}

/** Payload without any check, for finding out whose token it claims to be; undefined where it is no JWT. */
export function unverifiedClaims(token: string): JWTPayload | undefined {
  try {
    return decodeJwt(token)
  } catch {
    return undefined
  }
}

/** The same for the API's own operations, which want the scope `aws.cognito.signin.user.admin`. */
export async function requireAccessToken(world: World, token: string): Promise<TokenContext> {
  const verified = await verifyAccessToken(world, token)
  if (!verified.scopes.includes('aws.cognito.signin.user.admin')) {
    throw notAuthorized('Access Token does not have required scopes')
  }
  return verified
}

/** Believes an access token or refuses it as Cognito does: NotAuthorizedException for a forged, expired or revoked one. */
export async function verifyAccessToken(
  world: World,
  token: string,
): Promise<TokenContext & { readonly scopes: readonly string[] }> {
  const pool = [...world.pools.values()].find(
    (candidate) => candidate.issuer === unverifiedClaims(token)?.iss,
  )
  if (pool === undefined) throw notAuthorized('Invalid Access Token')
  const claims = await verifyAccess(world, pool, token)
  const chain = chainOf(pool, claims)
  const client = pool.clients.get(String(claims['client_id']))
  if (chain === undefined || client === undefined) throw notAuthorized('Invalid Access Token')
  const user = pool.userBySub(chain.sub)
  if (user === undefined) throw userNotFound()
  if (chain.revoked) throw notAuthorized('Access Token has been revoked')
  if (user.disabled) throw userDisabled()
  return { pool, client, user, chain, scopes: String(claims['scope']).split(' ') }
}

async function verifyAccess(world: World, pool: UserPool, token: string): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, keyOf(pool), {
      algorithms: ['RS256'],
      issuer: pool.issuer,
      currentDate: new Date(world.clock.now()),
    })
    if (payload['token_use'] !== 'access') throw notAuthorized('Invalid Access Token')
    return payload
  } catch (error) {
    if (error instanceof joseErrors.JWTExpired) throw notAuthorized('Access Token has expired')
    if (error instanceof joseErrors.JOSEError) throw notAuthorized('Invalid Access Token')
    throw error
  }
}

/** Finds the key that a token names, as a verifier does who has read the pool's JWK set. */
export const keyOf =
  (pool: UserPool) =>
  ({ kid }: { kid?: string }): KeyObject => {
    const key = pool.keys.find(kid)
    if (key === undefined) throw new joseErrors.JWKSNoMatchingKey()
    return key.publicKey
  }

/** The sign-in that a verified token belongs to. */
export function chainOf(pool: UserPool, claims: JWTPayload): Chain | undefined {
  const originJti = claims['origin_jti']
  return typeof originJti === 'string'
    ? pool.refreshTokens.chainByOriginJti(originJti)
    : pool.refreshTokens.chainByEventId(String(claims['event_id']))
}
