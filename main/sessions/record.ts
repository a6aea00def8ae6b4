// Owns making records and live sessions out of grants: what a sign-in and a refresh store. Pure.
import { ok, type Result } from '../failure.ts'
import { readFacts, readIdentity, type TokenFacts } from './facts.ts'
import { measuredOffsetMs, restoredOffsetMs } from './lifetimes.ts'
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

/** What a refresh makes of a session. */
export interface Renewal {
  readonly session: LiveSession
  /** False when the new tokens could not be read: then only a rotated refresh token was taken over. */
  readonly isReadable: boolean
}

/** The session after a refresh. A rotated refresh token is kept even where the tokens beside it make no sense. */
export const sessionOfRefresh = (
  before: LiveSession,
  grant: RefreshGrant,
  { localNow, spread, generation }: Circumstances,
): Renewal => {
  const read = readFacts(grant.tokens)
  const facts = read.ok ? read.value : before.facts
  const offsetMs = read.ok ? measuredOffsetMs(grant.clockOffsetMs, facts.issuedAt, localNow) : before.offsetMs
  const record: SessionRecord = {
    ...before.record,
    generation,
    tokens: read.ok ? grant.tokens : { ...before.record.tokens, refreshToken: grant.tokens.refreshToken },
    refreshedAt: localNow + offsetMs,
    clockOffsetMs: offsetMs,
    refreshOperation: grant.operation,
    rotates: grant.rotated,
    identityId: before.credentials?.identityId ?? before.record.identityId,
  }
  return { session: live(record, facts, offsetMs, spread), isReadable: read.ok }
}

/** The session that a stored record continues. Fails with `token.malformed`. */
export const sessionOfRecord = (record: SessionRecord, spread: number): Result<LiveSession> => {
  const facts = readFacts(record.tokens)
  return facts.ok ? ok(live(record, facts.value, restoredOffsetMs(record.clockOffsetMs), spread)) : facts
}
