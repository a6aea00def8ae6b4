// Owns one refresh from the request to what it means for the session: made while no other process makes one, its result kept only
// while the session is still the same, a rotated token stored before it is used. Knows neither when a refresh is due nor how many
// asked for it.
import { type Failure, failure } from '../failure.ts'
import type { ActivityLog } from './activity.ts'
import { type Adopted, createAdopt, isDeed } from './adopt.ts'
import type { Book, Entry } from './book.ts'
import { createLookElsewhere } from './elsewhere.ts'
import type { Keeper } from './keeper.ts'
import { noTries, oneMore, refreshRetryDelayMs, type Tries } from './lifetimes.ts'
import type { OpenPool } from './pool-access.ts'
import type { Clock, Issuer, RandomSource, RefreshGrant, RefreshResult, SessionLock } from './ports.ts'
import { sessionOfRefresh, withOwed, withRefreshToken } from './record.ts'
import type { EndedCode, TokenSet } from './session.ts'
import type { LiveSession } from './state.ts'
import { hidesNewer, isEndedCode, isOfVault, refreshVerdict, unsavedOf } from './verdicts.ts'

export type RefreshOutcome =
  | { readonly kind: 'renewed'; readonly session: LiveSession }
  | { readonly kind: 'failed'; readonly failure: Failure }
  /**
   * The session was signed out or replaced meanwhile and the answer was dropped. `orphan` is what Cognito issued: whoever
   * replaced the session sees to its revocation.
   */
  | { readonly kind: 'superseded'; readonly orphan: TokenSet | undefined }

export type ClientMetadata = Readonly<Record<string, string>> | undefined

export interface RefreshOptions {
  readonly book: Book
  readonly keeper: Keeper
  readonly issuer: Issuer
  readonly openPool: OpenPool
  readonly lock: SessionLock
  readonly clock: Clock
  readonly random: RandomSource
  readonly activity: ActivityLog
  /** Refresh tokens of earlier sessions of this profile, to be stored along. */
  readonly owedRevocations: (profileId: string) => readonly string[]
  /** Somebody signed in anew in another process: what this one had must not live on at Cognito. */
  readonly owe: (profileId: string, refreshToken: string) => void
  /** The service of this profile said what time it is. */
  readonly onOffset: (offsetMs: number, entry: Entry) => void
  readonly reportBug: (error: unknown) => void
}

/** What failed before this attempt, without a success in between. */
interface Streak {
  readonly tries: Tries
  readonly failure: Failure | undefined
}

export const superseded: RefreshOutcome = { kind: 'superseded', orphan: undefined }
const noStreak: Streak = { tries: noTries, failure: undefined }

/** Refreshes a live session once. Never throws: a bug becomes `internal.bug` and needs attention. */
export type RefreshAttempt = (
  entry: Entry,
  session: LiveSession,
  metadata: ClientMetadata,
) => Promise<RefreshOutcome>

export const createRefreshAttempt = (options: RefreshOptions): RefreshAttempt => {
  const { book, keeper, issuer, openPool, lock, clock, random, activity } = options
  const lookElsewhere = createLookElsewhere(keeper, random)
  const adopt = createAdopt(options)

  /** What a refusal means for the session (verdicts.ts). An outage is told once, not at every try. */
  const refused = (
    entry: Entry,
    session: LiveSession,
    failure: Failure,
    streak: Streak,
    durationMs?: number,
  ): RefreshOutcome => {
    const { generation: basedOn, rotates } = session.record
    // Unknown before the first refresh: then it may.
    const mayHaveRotated = failure.mayBeDone === true && rotates !== false
    const tries = oneMore(streak.tries, mayHaveRotated)
    const isKept =
      refreshVerdict(failure.code) === 'passing'
        ? book.apply(entry.id, {
            kind: 'refresh-delayed',
            basedOn,
            failure,
            retryAt: clock.now() + refreshRetryDelayMs(tries, random),
            tries,
          })
        : book.apply(entry.id, { kind: 'refresh-refused', basedOn, failure })
    if (!isKept) return superseded
    if (streak.failure?.code !== failure.code) {
      activity.add(entry.id, { kind: 'refresh-failed', durationMs, requestId: failure.requestId, failure })
    }
    return { kind: 'failed', failure }
  }

  /** Stores what takes the session's place; undefined where something else did meanwhile. */
  const replace = async (
    entry: Entry,
    before: LiveSession,
    next: LiveSession,
  ): Promise<LiveSession | undefined> => {
    const owing = withOwed(next, options.owedRevocations(entry.id))
    const write = await keeper.save(entry.profile, owing.record)
    const session = { ...owing, unsaved: unsavedOf(write) }
    const basedOn = before.record.generation
    return book.apply(entry.id, { kind: 'refreshed', basedOn, session }) ? session : undefined
  }

  /** The answer is of no use, but for a refresh token in it: with the old one, the next try would be a reuse. */
  const keepRotated = async (
    entry: Entry,
    before: LiveSession,
    { failure, refreshToken }: { failure: Failure; refreshToken: string },
    streak: Streak,
    durationMs: number,
  ): Promise<RefreshOutcome> => {
    const { generation, tokens } = before.record
    const orphaned: RefreshOutcome = { kind: 'superseded', orphan: { ...tokens, refreshToken } }
    if (!book.isCurrent(entry.id, generation)) return orphaned
    const kept = await replace(entry, before, withRefreshToken(before, refreshToken, generation + 1))
    if (kept === undefined) return orphaned
    activity.add(entry.id, { kind: 'rotated' })
    return refused(entry, kept, failure, streak, durationMs)
  }

  const commit = async (
    entry: Entry,
    before: LiveSession,
    grant: RefreshGrant,
    streak: Streak,
    durationMs: number,
  ): Promise<RefreshOutcome> => {
    const { generation } = before.record
    const orphaned: RefreshOutcome = { kind: 'superseded', orphan: grant.tokens }
    if (!book.isCurrent(entry.id, generation)) return orphaned
    const renewal = sessionOfRefresh(before, grant, {
      localNow: clock.now(),
      spread: random(),
      generation: generation + 1,
    })
    if (!renewal.ok) {
      const unreadable = failure('network.bad-answer', { requestId: grant.requestId })
      const { refreshToken } = grant.tokens
      return grant.rotated
        ? keepRotated(entry, before, { failure: unreadable, refreshToken }, streak, durationMs)
        : refused(entry, before, unreadable, streak, durationMs)
    }
    const renewed = await replace(entry, before, renewal.value)
    if (renewed === undefined) return orphaned
    if (grant.rotated) activity.add(entry.id, { kind: 'rotated' })
    activity.add(entry.id, { kind: 'refreshed', durationMs, requestId: grant.requestId })
    options.onOffset(renewed.offsetMs, entry)
    // The session as it stands now: credentials may have been added meanwhile.
    return { kind: 'renewed', session: entry.state.status === 'live' ? entry.state.session : renewed }
  }

  const end = async (
    entry: Entry,
    session: LiveSession,
    failure: Failure,
    code: EndedCode,
    durationMs: number,
  ): Promise<RefreshOutcome> => {
    const basedOn = session.record.generation
    const at = clock.now() + session.offsetMs
    const record = { ...session.record, generation: basedOn + 1, ended: { code, at } }
    if (!book.apply(entry.id, { kind: 'ended', basedOn, record, failure })) return superseded
    activity.add(entry.id, { kind: 'ended', durationMs, requestId: failure.requestId, failure })
    await keeper.save(entry.profile, record)
    return { kind: 'failed', failure }
  }

  const ask = async (
    entry: Entry,
    session: LiveSession,
    metadata: ClientMetadata,
  ): Promise<RefreshResult> => {
    const access = await openPool(entry.profile, metadata)
    return access.ok ? issuer.refresh(access.value, session.record) : access
  }

  const streakOf = (entry: Entry): Streak => {
    const health = entry.state.status === 'live' ? entry.state.health : undefined
    return health?.kind === 'refreshing' ? { tries: health.tries, failure: health.earlier } : noStreak
  }

  /** Held by nobody else. */
  const attempt = async (
    entry: Entry,
    session: LiveSession,
    metadata: ClientMetadata,
    streak: Streak,
  ): Promise<RefreshOutcome> => {
    const goOn = (adopted: Adopted): RefreshOutcome | Promise<RefreshOutcome> =>
      adopted.kind === 'refresh' ? attempt(entry, adopted.session, metadata, noStreak) : adopted

    const before = await lookElsewhere(entry, session)
    if (isDeed(before)) return goOn(adopt(entry, session, before))
    if (!book.isCurrent(entry.id, session.record.generation)) return superseded
    if (before.kind === 'unknown') {
      // What Cognito said while the store could not be read is not asked for again until it can be.
      const waitsForStore = streak.failure !== undefined && isOfVault(streak.failure.code)
      if (waitsForStore || hidesNewer(before.failure.code))
        return refused(entry, session, before.failure, streak)
    }

    const startedAt = clock.monotonic()
    const answer = await ask(entry, session, metadata)
    const durationMs = clock.monotonic() - startedAt
    if (answer.ok) return commit(entry, session, answer.value, streak, durationMs)

    const { failure, rotatedTo: refreshToken } = answer
    if (refreshToken !== undefined) {
      return keepRotated(entry, session, { failure, refreshToken }, streak, durationMs)
    }
    if (!book.isCurrent(entry.id, session.record.generation)) return superseded
    if (!isEndedCode(failure.code)) return refused(entry, session, failure, streak, durationMs)
    // Before a session is declared over: a process that takes no lock may have rotated its token.
    const after = await lookElsewhere(entry, session)
    if (after.kind === 'unknown')
      return refused(entry, session, { ...after.failure, requestId: failure.requestId }, streak, durationMs)
    return isDeed(after)
      ? goOn(adopt(entry, session, after))
      : end(entry, session, failure, failure.code, durationMs)
  }

  return async (entry, session, metadata) => {
    try {
      book.apply(entry.id, { kind: 'refresh-started' })
      const streak = streakOf(entry)
      const work = (): Promise<RefreshOutcome> => attempt(entry, session, metadata, streak)
      // What stays in this process needs no lock: nobody else has it.
      if (entry.profile.storage === 'memory') return await work()
      const held = await lock.hold(entry.id, work)
      return held.kind === 'done' ? held.value : refused(entry, session, failure('session.busy'), streak)
    } catch (error) {
      options.reportBug(error)
      const current = entry.state.status === 'live' ? entry.state.session : session
      return refused(entry, current, failure('internal.bug'), noStreak)
    }
  }
}
