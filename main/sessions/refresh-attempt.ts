// Owns one refresh from the request to what it means for the session: made while no other process makes one, its result kept only
// while the session is still the same, a rotated token stored before it is used. Knows neither when a refresh is due nor how many
// asked for it.
import { type Failure, failure, type Result } from '../failure.ts'
import type { ActivityLog } from './activity.ts'
import type { Book, Entry } from './book.ts'
import { createLookElsewhere, type Elsewhere } from './elsewhere.ts'
import type { Keeper } from './keeper.ts'
import { retryDelayMs } from './lifetimes.ts'
import type { OpenPool } from './pool-access.ts'
import type { Clock, Issuer, RandomSource, RefreshGrant, SessionLock } from './ports.ts'
import { sessionOfRefresh, withOwed } from './record.ts'
import type { EndedCode, TokenSet } from './session.ts'
import type { LiveSession } from './state.ts'
import { isEndedCode, refreshVerdict, unsavedOf } from './verdicts.ts'

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
  readonly attempts: number
  readonly failure: Failure | undefined
}

export const superseded: RefreshOutcome = { kind: 'superseded', orphan: undefined }
const noStreak: Streak = { attempts: 0, failure: undefined }

/** Refreshes a live session once. Never throws: a bug becomes `internal.bug` and needs attention. */
export type RefreshAttempt = (
  entry: Entry,
  session: LiveSession,
  metadata: ClientMetadata,
) => Promise<RefreshOutcome>

export const createRefreshAttempt = (options: RefreshOptions): RefreshAttempt => {
  const { book, keeper, issuer, openPool, lock, clock, random, activity } = options
  const lookElsewhere = createLookElsewhere(keeper, random)

  /** What a refusal means for the session (verdicts.ts). An outage is told once, not at every try. */
  const refused = (
    entry: Entry,
    session: LiveSession,
    failure: Failure,
    streak: Streak,
    durationMs?: number,
  ): RefreshOutcome => {
    const basedOn = session.record.generation
    const attempts = streak.attempts + 1
    const isKept =
      refreshVerdict(failure.code) === 'passing'
        ? book.apply(entry.id, {
            kind: 'refresh-delayed',
            basedOn,
            failure,
            retryAt: clock.now() + retryDelayMs(attempts, random),
            attempts,
          })
        : book.apply(entry.id, { kind: 'refresh-refused', basedOn, failure })
    if (!isKept) return superseded
    if (streak.failure?.code !== failure.code) {
      activity.add(entry.id, { kind: 'refresh-failed', durationMs, requestId: failure.requestId, failure })
    }
    return { kind: 'failed', failure }
  }

  const commit = async (
    entry: Entry,
    before: LiveSession,
    grant: RefreshGrant,
    durationMs: number,
  ): Promise<RefreshOutcome> => {
    const basedOn = before.record.generation
    const orphaned: RefreshOutcome = { kind: 'superseded', orphan: grant.tokens }
    if (!book.isCurrent(entry.id, basedOn)) return orphaned
    const renewal = sessionOfRefresh(before, grant, {
      localNow: clock.now(),
      spread: random(),
      generation: basedOn + 1,
    })
    const session = withOwed(renewal.session, options.owedRevocations(entry.id))
    const write = await keeper.save(entry.profile, session.record)
    const renewed = { ...session, unsaved: unsavedOf(write) }
    if (!book.apply(entry.id, { kind: 'refreshed', basedOn, session: renewed })) return orphaned
    if (grant.rotated) activity.add(entry.id, { kind: 'rotated' })
    if (!renewal.isReadable)
      return refused(entry, renewed, failure('network.bad-answer'), noStreak, durationMs)
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

  /** Takes over what another process made of the session; undefined where it still has to be refreshed here, from `session` on. */
  const adopt = (
    entry: Entry,
    before: LiveSession,
    elsewhere: Exclude<Elsewhere, { kind: 'nothing' }>,
  ): RefreshOutcome | { readonly kind: 'refresh'; readonly session: LiveSession } => {
    const basedOn = before.record.generation
    if (!book.isCurrent(entry.id, basedOn)) return superseded
    switch (elsewhere.kind) {
      case 'signed-out':
        book.apply(entry.id, { kind: 'signed-out', isRevocationPending: false })
        activity.add(entry.id, { kind: 'signed-out', detail: 'by another Sesame' })
        return superseded
      case 'ended': {
        const why = failure(elsewhere.code)
        book.apply(entry.id, { kind: 'ended', basedOn, record: elsewhere.record, failure: why })
        activity.add(entry.id, { kind: 'ended', failure: why })
        return { kind: 'failed', failure: why }
      }
      case 'newer': {
        const { session, isSameSignIn } = elsewhere
        const { refreshToken } = before.record.tokens
        const isSeenTo = session.record.owedRevocations?.includes(refreshToken) === true
        if (!isSameSignIn && before.facts.isRevocable && !isSeenTo) options.owe(entry.id, refreshToken)
        // That process may end before they are revoked.
        for (const token of session.record.owedRevocations ?? []) options.owe(entry.id, token)
        book.apply(
          entry.id,
          isSameSignIn ? { kind: 'refreshed', basedOn, session } : { kind: 'signed-in', session },
        )
        activity.add(entry.id, {
          kind: isSameSignIn ? 'refreshed' : 'signed-in',
          detail: 'by another Sesame',
        })
        const current = entry.state.status === 'live' ? entry.state.session : session
        const isValid = clock.now() + session.offsetMs < session.facts.expiresAt
        return { kind: isValid ? 'renewed' : 'refresh', session: current }
      }
      default:
        return elsewhere satisfies never
    }
  }

  const ask = async (
    entry: Entry,
    session: LiveSession,
    metadata: ClientMetadata,
  ): Promise<Result<RefreshGrant>> => {
    const access = await openPool(entry.profile, metadata)
    return access.ok ? issuer.refresh(access.value, session.record) : access
  }

  const streakOf = (entry: Entry): Streak => {
    const health = entry.state.status === 'live' ? entry.state.health : undefined
    return health?.kind === 'refreshing' ? { attempts: health.attempts, failure: health.earlier } : noStreak
  }

  /** Held by nobody else. `asked` counts the requests made: after a refusal the store is read once more. */
  const attempt = async (
    entry: Entry,
    session: LiveSession,
    metadata: ClientMetadata,
    streak: Streak,
    asked = 0,
  ): Promise<RefreshOutcome> => {
    const elsewhere = await lookElsewhere(entry, session)
    if (elsewhere.kind !== 'nothing') {
      const adopted = adopt(entry, session, elsewhere)
      return adopted.kind === 'refresh' ? attempt(entry, adopted.session, metadata, noStreak, asked) : adopted
    }
    if (!book.isCurrent(entry.id, session.record.generation)) return superseded
    const startedAt = clock.monotonic()
    const answer = await ask(entry, session, metadata)
    const durationMs = clock.monotonic() - startedAt
    if (answer.ok) return commit(entry, session, answer.value, durationMs)

    const { failure } = answer
    if (!book.isCurrent(entry.id, session.record.generation)) return superseded
    if (!isEndedCode(failure.code)) return refused(entry, session, failure, streak, durationMs)
    // Before a session is declared over: a process that takes no lock may have rotated its token.
    const other = asked === 0 ? await lookElsewhere(entry, session) : undefined
    if (other === undefined || other.kind === 'nothing')
      return end(entry, session, failure, failure.code, durationMs)
    const adopted = adopt(entry, session, other)
    return adopted.kind === 'refresh'
      ? attempt(entry, adopted.session, metadata, noStreak, asked + 1)
      : adopted
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
