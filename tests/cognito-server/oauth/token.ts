// Owns the endpoints that clients call without a browser: /oauth2/token, /oauth2/revoke and /oauth2/userInfo.
import { ServiceError } from '../errors.ts'
import type { Reply } from '../protocol.ts'
import type { Chain } from '../refresh-tokens.ts'
import { assertMaySignIn } from '../sign-in.ts'
import type { SignedRequest } from '../sigv4.ts'
import { mintTokens, unverifiedClaims, verifyAccessToken } from '../tokens.ts'
import type { User } from '../users.ts'
import type { ClientContext, World } from '../world.ts'
import { requireCaller } from './client-authentication.ts'
import { provesChallenge } from './grants.ts'
import { json, oauthError } from './replies.ts'

const required = (form: URLSearchParams, name: string): string => {
  const value = form.get(name)
  if (value === null || value === '') throw oauthError('invalid_request', `${name} is missing`)
  return value
}

/** The token endpoint (RFC 6749, sections 4.1.3 and 6). */
export async function token(world: World, request: SignedRequest): Promise<Reply> {
  const form = new URLSearchParams(request.body.toString('utf8'))
  const caller = requireCaller(world, request, form)
  switch (required(form, 'grant_type')) {
    case 'authorization_code':
      return exchangeCode(world, caller, form)
    case 'refresh_token':
      return refreshTokens(world, caller, form)
    case 'client_credentials':
      throw oauthError('unauthorized_client')
    default:
      throw oauthError('unsupported_grant_type')
  }
}

/** A code that is tried is used up, whatever comes of it. */
async function exchangeCode(world: World, caller: ClientContext, form: URLSearchParams): Promise<Reply> {
  const { pool, client } = caller
  const now = world.clock.now()
  const grant = world.grants.takeCode(required(form, 'code'), now)
  const redirectUri = required(form, 'redirect_uri')
  const user = grant === undefined ? undefined : pool.userBySub(grant.sub)
  if (grant === undefined || user === undefined || grant.clientId !== client.id)
    throw oauthError('invalid_grant')
  const { request } = grant
  const isProven = provesChallenge(request.codeChallenge, form.get('code_verifier') ?? undefined)
  if (redirectUri !== request.redirectUri || !isProven) throw oauthError('invalid_grant')
  assertStillWelcome(user)
  const owner = {
    sub: user.sub,
    clientId: client.id,
    lifetimeSeconds: client.refreshTokenSeconds,
    scopes: request.scopes,
  }
  const { chain, refreshToken } = pool.refreshTokens.open(owner, now)
  return grantTokens(world, { ...caller, user, chain }, refreshToken, request.nonce)
}

/** No device can be named here, so the tokens of one are of no use. */
async function refreshTokens(world: World, caller: ClientContext, form: URLSearchParams): Promise<Reply> {
  const { pool, client } = caller
  const given = required(form, 'refresh_token')
  const known = pool.refreshTokens.chainOf(given)
  const user = known === undefined ? undefined : pool.userBySub(known.sub)
  const isBound = pool.deviceTracking !== undefined && known?.deviceKey !== undefined
  if (user === undefined || isBound) throw oauthError('invalid_grant')
  assertStillWelcome(user)
  const outcome = pool.refreshTokens.use(given, client.id, client.rotation, world.clock.now())
  if (outcome.kind !== 'valid') throw oauthError('invalid_grant')
  return grantTokens(world, { ...caller, user, chain: outcome.chain }, outcome.rotatedTo)
}

function assertStillWelcome(user: User): void {
  try {
    assertMaySignIn(user)
  } catch (error) {
    if (error instanceof ServiceError) throw oauthError('invalid_grant', error.message)
    throw error
  }
}

/** An ID token only for the scope `openid` (OpenID Connect Core, section 3.1.2.1). */
async function grantTokens(
  world: World,
  context: ClientContext & { user: User; chain: Chain },
  refreshToken: string | undefined,
  nonce?: string,
): Promise<Reply> {
  const { AccessToken, IdToken, ExpiresIn, TokenType } = await mintTokens(world, context, nonce)
  const scopes = context.chain.scopes ?? ['openid']
  return json({
    ...(scopes.includes('openid') && { id_token: IdToken }),
    access_token: AccessToken,
    ...(refreshToken !== undefined && { refresh_token: refreshToken }),
    expires_in: ExpiresIn,
    token_type: TokenType,
  })
}

/** The revocation endpoint (RFC 7009): a token that is not known is no error, one that is not a refresh token is. */
export async function revoke(world: World, request: SignedRequest): Promise<Reply> {
  const form = new URLSearchParams(request.body.toString('utf8'))
  const { pool, client } = requireCaller(world, request, form)
  const given = required(form, 'token')
  if (!client.tokenRevocation) throw oauthError('invalid_request')
  if (unverifiedClaims(given) !== undefined) throw oauthError('unsupported_token_type')
  const chain = pool.refreshTokens.chainOf(given)
  if (chain !== undefined && chain.clientId !== client.id) throw oauthError('invalid_client')
  if (chain !== undefined) chain.revoked = true
  return { ...json({}), body: '' }
}

/** The UserInfo endpoint (OpenID Connect Core, section 5.3). Cognito's booleans are strings here. */
export async function userInfo(world: World, request: SignedRequest): Promise<Reply> {
  const given = /^Bearer (?<token>\S+)$/i.exec(request.headers['authorization'] ?? '')?.groups?.['token']
  if (given === undefined) throw oauthError('invalid_request', 'Access token is missing', 401)
  const { user, scopes } = await believed(world, given)
  if (!scopes.includes('openid')) {
    throw oauthError('invalid_token', 'Access token does not contain openid scope', 401)
  }
  return json({ sub: user.sub, ...Object.fromEntries(user.attributes), username: user.username })
}

async function believed(world: World, given: string) {
  try {
    return await verifyAccessToken(world, given)
  } catch (error) {
    if (error instanceof ServiceError) throw oauthError('invalid_token', error.message, 401)
    throw error
  }
}
