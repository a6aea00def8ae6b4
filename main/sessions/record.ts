// Owns making records and live sessions out of grants: what a sign-in and a refresh store. Pure.
import { ok, type Result } from '../failure.ts'
import { readFacts, readIdentity, type TokenFacts } from './facts.ts'
import { fallbackOffsetMs, measuredOffsetMs, restoredOffsetMs } from './lifetimes.ts'
import type { RefreshGrant, TokenGrant } from './ports.ts'
import type { SessionRecord, SignInDetails } from './session.ts'
import type { LiveSession } from './state.ts'

interface Circumstances {
  /** Our own clock. */
  readonly localNow: number
  readonly spread: number
  readonly generation: number
}

/** The record, carrying the refresh tokens of earlier sessions that still have to be revoked; its own is never one of them. */
export const owing = <R extends SessionRecord>(record: R, tokens: readonly string[]): R => {
  const owed = [...new Set(tokens)].filter((token) => token !== record.tokens.refreshToken)
  return { ...record, owedRevocations: owed.length === 0 ? undefined : owed }
}

/** The session, its record carrying what is owed. */
export const withOwed = (session: LiveSession, tokens: readonly string[]): LiveSession => ({
  ...session,
  record: owing(session.record, tokens),
})

const live = (record: SessionRecord, facts: TokenFacts, offsetMs: number, spread: number): LiveSession => ({
  record,
  facts,
  offsetMs,
  fallbackOffsetMs: undefined,
  spread,
  origin: record.generation,
  unsaved: false,
  credentials: undefined,
})

/** The session that a sign-in begins. Fails with `token.malformed`. */
export const sessionOfSignIn = (
  profileId: string,
  grant: TokenGrant,
  details: SignInDetails,
  { localNow, spread, generation }: Circumstances,
): Result<LiveSession> => {
  const facts = readFacts(grant.tokens)
  if (!facts.ok) return facts
  const identity = readIdentity(grant.tokens)
  if (!identity.ok) return identity
  const offsetMs = measuredOffsetMs(grant.clockOffsetMs, facts.value.issuedAt, localNow)
  const record: SessionRecord = {
    version: 1,
    profileId,
    generation,
    tokens: grant.tokens,
    ...identity.value,
    signInDetails: details,
    clockOffsetMs: offsetMs,
    ...(grant.device === undefined ? {} : { device: { key: grant.device.key } }),
  }
  return ok(live(record, facts.value, offsetMs, spread))
}

/** The session after a refresh. Fails with `token.malformed`. */
export const sessionOfRefresh = (
  before: LiveSession,
  grant: RefreshGrant,
  { localNow, spread, generation }: Circumstances,
): Result<LiveSession> => {
  const facts = readFacts(grant.tokens)
  if (!facts.ok) return facts
  const offsetMs = measuredOffsetMs(grant.clockOffsetMs, facts.value.issuedAt, localNow)
  const record: SessionRecord = {
    ...before.record,
    generation,
    tokens: grant.tokens,
    refreshedAt: localNow + offsetMs,
    clockOffsetMs: offsetMs,
    refreshOperation: grant.operation,
    rotates: grant.rotated,
    identityId: before.credentials?.identityId ?? before.record.identityId,
  }
  return ok(live(record, facts.value, offsetMs, spread))
}

/** The session with another refresh token and nothing else new: all that could be used of an answer. */
export const withRefreshToken = (
  before: LiveSession,
  refreshToken: string,
  generation: number,
): LiveSession => ({
  ...before,
  record: {
    ...before.record,
    generation,
    tokens: { ...before.record.tokens, refreshToken },
    rotates: true,
  },
})

/**
 * The session that a stored record continues. Without `localNow`, by our own clock, it has no stored offset to fall back on. Fails with
 * `token.malformed`.
 */
export const sessionOfRecord = (
  record: SessionRecord,
  spread: number,
  localNow?: number,
): Result<LiveSession> => {
  const facts = readFacts(record.tokens)
  if (!facts.ok) return facts
  const stored = record.clockOffsetMs
  return ok({
    ...live(record, facts.value, restoredOffsetMs(stored), spread),
    fallbackOffsetMs:
      localNow === undefined ? undefined : fallbackOffsetMs(stored, facts.value.issuedAt, localNow),
  })
}
