// Owns what sessions read out of their tokens: lifetimes, groups, roles, who it is. Keeps no decoded token, so that an idle
// session costs little more than its record.
import { fail, ok, type Result } from '../failure.ts'
import type { DecodedJwt } from './api.ts'
import { decodeJWT, getExpiration, getIssuedAt } from './jwt.ts'
import type { TokenSet } from './session.ts'

/** Instants are epoch milliseconds by the server's clock. */
export interface TokenFacts {
  readonly issuedAt: number
  /** When the first of both tokens runs out: from then on the session needs new ones. */
  readonly expiresAt: number
  /** When the last of both runs out: until then a service that verifies offline accepts one of them. */
  readonly lastExpiresAt: number
  readonly accessExpiresAt: number
  readonly groups: string[]
  readonly roles: string[]
  /** What the identity pool gives without being asked for another: the role of the group with the lowest precedence. */
  readonly preferredRole: string | undefined
  /** Names the sign-in that these tokens come from, refreshed or not. */
  readonly originJti: string | undefined
  /** RevokeToken works only for tokens that carry `origin_jti` (cognito.md, "Signing out"). */
  readonly isRevocable: boolean
  readonly clientId: string | undefined
}

/** Who signed in, as the tokens of the sign-in say. */
export interface Identity {
  readonly username: string
  readonly userId: string
  readonly signedInAt: number
}

const none: string[] = []
Object.freeze(none)

const textOf = (token: DecodedJwt, claim: string): string | undefined => {
  const value = token.payload[claim]
  return typeof value === 'string' && value !== '' ? value : undefined
}

const textsOf = (token: DecodedJwt, claim: string): string[] => {
  const value = token.payload[claim]
  if (!Array.isArray(value)) return none
  const texts = value.filter((item): item is string => typeof item === 'string')
  return texts.length === 0 ? none : texts
}

interface DecodedTokens {
  readonly id: DecodedJwt
  readonly access: DecodedJwt
}

/** A new token set is read for its facts and then to be handed out; only the last one is kept, so that many cost no memory. */
let lastDecoded: { readonly tokens: TokenSet; readonly both: DecodedTokens } | undefined

/** Both tokens, decoded. Fails with `token.malformed`. Shared with whoever asked before: not to be changed. */
export const decodeBoth = (tokens: TokenSet): Result<DecodedTokens> => {
  if (lastDecoded?.tokens === tokens) return ok(lastDecoded.both)
  const id = decodeJWT(tokens.idToken)
  if (!id.ok) return id
  const access = decodeJWT(tokens.accessToken)
  if (!access.ok) return access
  const both = { id: id.value, access: access.value }
  lastDecoded = { tokens, both }
  return ok(both)
}

/** The facts of a token set. Fails with `token.malformed` where a token is no JWT or has no expiry. */
export const readFacts = (tokens: TokenSet): Result<TokenFacts> => {
  const both = decodeBoth(tokens)
  if (!both.ok) return both
  const { id, access } = both.value
  const idExpiresAt = getExpiration(id)
  const accessExpiresAt = getExpiration(access)
  const issuedAt = getIssuedAt(access) ?? getIssuedAt(id)
  if (idExpiresAt === undefined || accessExpiresAt === undefined || issuedAt === undefined) {
    return fail('token.malformed', {
      detail: 'The token does not say when it was issued or when it expires.',
    })
  }
  const originJti = textOf(access, 'origin_jti')
  const accessGroups = textsOf(access, 'cognito:groups')
  return ok({
    issuedAt,
    expiresAt: Math.min(idExpiresAt, accessExpiresAt),
    lastExpiresAt: Math.max(idExpiresAt, accessExpiresAt),
    accessExpiresAt,
    groups: accessGroups.length > 0 ? accessGroups : textsOf(id, 'cognito:groups'),
    roles: textsOf(id, 'cognito:roles'),
    preferredRole: textOf(id, 'cognito:preferred_role'),
    originJti,
    isRevocable: originJti !== undefined,
    clientId: textOf(access, 'client_id'),
  })
}

/** Who the tokens are for. Fails with `token.malformed` where they do not say. */
export const readIdentity = (tokens: TokenSet): Result<Identity> => {
  const both = decodeBoth(tokens)
  if (!both.ok) return both
  const { id, access } = both.value
  const userId = textOf(id, 'sub') ?? textOf(access, 'sub')
  const username = textOf(id, 'cognito:username') ?? textOf(access, 'username') ?? userId
  if (userId === undefined || username === undefined) {
    return fail('token.malformed', { detail: 'The token does not say whom it is for.' })
  }
  const authTime = id.payload['auth_time']
  const signedInAt = typeof authTime === 'number' ? authTime * 1_000 : getIssuedAt(id)
  return signedInAt === undefined ? fail('token.malformed') : ok({ username, userId, signedInAt })
}
