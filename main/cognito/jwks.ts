// Owns the user pools' public keys: fetched once per issuer, kept, fetched again when a token names a key they lack.
import type { JSONWebKeySet, JWTVerifyGetKey } from 'jose'
import { fail, failure, ok, type Result } from '../failure.ts'
import { toFailure } from './errors.ts'
import { trustingFetch } from './system-certificates.ts'

/** How long a fetch of keys may take. */
const timeoutMs = 5_000
/** Keys are not fetched again sooner than this, whatever `kid` a token names. */
const cooldownMs = 30_000
/** Keys older than this are fetched anew. Pools rotate theirs rarely. */
const maxAgeMs = 60 * 60_000

export interface IssuerKeys {
  readonly find: JWTVerifyGetKey
  /** Whether the keys were fetched so recently that an unknown `kid` may be a new one. */
  isCoolingDown(): boolean
}

export type KeysOf = (issuer: string) => Promise<IssuerKeys>

const jwksUrl = (issuer: string): URL => new URL(`${issuer}/.well-known/jwks.json`)

/** One key set per issuer, shared by all verifications. */
export const issuerKeys = (): KeysOf => {
  const known = new Map<string, IssuerKeys>()
  return async (issuer) => {
    const { createRemoteJWKSet, customFetch } = await import('jose')
    const cached = known.get(issuer)
    if (cached !== undefined) return cached
    const find = createRemoteJWKSet(jwksUrl(issuer), {
      timeoutDuration: timeoutMs,
      cooldownDuration: cooldownMs,
      cacheMaxAge: maxAgeMs,
      [customFetch]: trustingFetch,
    })
    const keys: IssuerKeys = { find, isCoolingDown: () => find.coolingDown }
    known.set(issuer, keys)
    return keys
  }
}

const isKeySet = (body: unknown): body is JSONWebKeySet =>
  typeof body === 'object' &&
  body !== null &&
  'keys' in body &&
  Array.isArray(body.keys) &&
  body.keys.length > 0

/**
 * Reaches a user pool without signing in. `config.pool-not-found` where the endpoint knows no such pool,
 * `network.*` and `service.*` where it does not answer like a user pool.
 */
export const countKeys = async (issuer: string): Promise<Result<number>> => {
  try {
    const response = await trustingFetch(jwksUrl(issuer), {
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      headers: { accept: 'application/json' },
    })
    const { status } = response
    const contentType = response.headers.get('content-type')?.split(';', 1)[0]
    const detail = [`HTTP ${status}`, contentType, jwksUrl(issuer).href].filter(Boolean).join(', ')
    const body: unknown = await response.json().catch(() => undefined)
    if (response.ok && isKeySet(body)) return ok(body.keys.length)
    if (status === 429) return fail('service.throttled', { detail })
    if (status >= 500) return fail('service.unavailable', { detail })
    // Cognito answers for a pool it does not know in JSON; a portal or another server does not.
    const isPoolsAnswer = body !== undefined && (status === 400 || status === 404)
    return fail(isPoolsAnswer ? 'config.pool-not-found' : 'network.bad-answer', { detail })
  } catch (error) {
    return { ok: false, failure: failureOfFetch(error) }
  }
}

/** What a failed fetch means; a bug is rethrown. */
export const failureOfFetch = (error: unknown) => {
  const { code, detail } = toFailure(error, 'sign-in')
  return failure(code, { detail })
}
