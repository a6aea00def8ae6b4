// Owns reading a JSON Web Token: header, payload, signature, times. Verifies nothing; that is the issuer's affair.
import { fail, ok, type Result } from '../failure.ts'
import type { DecodedJwt } from './api.ts'

const base64url = /^[A-Za-z0-9_-]*$/
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

type JsonObject = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const decodePart = (part: string): JsonObject | undefined => {
  // A length of 4n+1 encodes no whole byte (RFC 4648 section 5, unpadded as RFC 7515 section 2 demands).
  if (part.length % 4 === 1 || part.includes('+') || part.includes('/')) return undefined
  const bytes = Buffer.from(part, 'base64url')
  // Node leaves out what is not of the alphabet, and then a byte at least is missing; of plain base64 it takes the two above.
  if (bytes.length !== Math.floor((part.length * 3) / 4)) return undefined
  try {
    const value: unknown = JSON.parse(utf8.decode(bytes))
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** A pool signs with few keys, so that most tokens begin with a header that has been seen: decoded once, by its text. */
const headers = new Map<string, JsonObject>()
const mostHeaders = 100

const decodeHeader = (part: string): JsonObject | undefined => {
  const known = headers.get(part)
  if (known !== undefined) return known
  const header = decodePart(part)
  if (header === undefined) return undefined
  if (headers.size >= mostHeaders) headers.clear()
  headers.set(part, Object.freeze(header))
  return header
}

/**
 * Splits and decodes a compact JWS (RFC 7515 section 7.1). The signature comes back as it stands in the token.
 * Fails with `token.malformed`, never with an exception; the failure does not repeat the token.
 */
export const decodeJWT = (raw: string): Result<DecodedJwt> => {
  const parts = raw.split('.')
  const [first, second, signature] = parts
  if (parts.length !== 3 || first === undefined || second === undefined || signature === undefined) {
    return fail('token.malformed', { detail: `A token has 3 parts; this has ${parts.length}.` })
  }
  const header = decodeHeader(first)
  const payload = decodePart(second)
  if (header === undefined || payload === undefined || !base64url.test(signature)) {
    return fail('token.malformed')
  }
  return ok({ header, payload, signature })
}

const numericDate = (token: string | DecodedJwt, claim: 'exp' | 'iat'): number | undefined => {
  let decoded: DecodedJwt
  if (typeof token === 'string') {
    const result = decodeJWT(token)
    if (!result.ok) return undefined
    decoded = result.value
  } else {
    decoded = token
  }
  const seconds = decoded.payload[claim]
  return typeof seconds === 'number' && Number.isFinite(seconds) ? seconds * 1_000 : undefined
}

/** `exp` in epoch milliseconds by the server's clock; undefined where the token has none or is not a JWT. */
export const getExpiration = (token: string | DecodedJwt): number | undefined => numericDate(token, 'exp')

/** `iat` in epoch milliseconds by the server's clock; undefined where the token has none or is not a JWT. */
export const getIssuedAt = (token: string | DecodedJwt): number | undefined => numericDate(token, 'iat')

/**
 * Whether the token has not expired at `atMs`, epoch milliseconds by the server's clock. A token without `exp` is not
 * valid: Cognito always sets it. Says nothing of the signature, nor of a revocation.
 */
export const isValid = (token: string | DecodedJwt, atMs: number): boolean => {
  const expiresAt = getExpiration(token)
  return expiresAt !== undefined && atMs < expiresAt
}
