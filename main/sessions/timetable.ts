// Owns when each session is refreshed by itself: from its state to a deadline, through the rate limit, to the refresher.
import type { Book, Entry } from './book.ts'
import { refreshesAt } from './lifetimes.ts'
import type { Limiter } from './limiter.ts'
import type { Clock, RandomSource } from './ports.ts'
import { createRatedLane, rateKey } from './rated-lane.ts'
import type { Scheduler } from './scheduler.ts'
import type { SessionState } from './state.ts'

/** More than so many at once are spread, so that a laptop lid is no stampede. */
const fewAtOnce = 5
const spreadPerSessionMs = 10
const longestSpreadMs = 5_000

export interface Timetable {
  /** Reads the deadline of a session anew, after anything about it changed. */
  arm(entry: Entry): void
  forget(profileId: string): void
  /** A reason to try at once what waits for a back-off, and all that is overdue; many are spread. */
  hurry(): void
}

export interface TimetableOptions {
  readonly book: Book
  readonly scheduler: Scheduler
  readonly limiter: Limiter
  readonly clock: Clock
  readonly random: RandomSource
  /** Settles when it is over, however it went. */
  readonly refresh: (profileId: string) => Promise<void>
}

/** When a session is due for a refresh, by our own clock; undefined while nothing is to be done by itself. */
export const dueAt = (state: SessionState, leadSeconds: number): number | undefined => {
  if (state.status !== 'live') return undefined
  const { session, health } = state
  if (health.kind === 'good') {
    return refreshesAt(session.facts, leadSeconds, session.spread) - session.offsetMs
  }
  return health.kind === 'offline' ? health.retryAt : undefined
}

export const createTimetable = (options: TimetableOptions): Timetable => {
  const { book, scheduler, limiter, clock, random, refresh } = options
  const lane = createRatedLane({
    find: (profileId) => book.get(profileId),
    scheduler,
    limiter,
    clock,
    onTurn: (entry) => go(entry),
  })

  /**
   * The first refresh at each service in this run measures our clock; the others wait for it. Where the clock was wrong, they may not be
   * due at all.
   */
  const firsts = new Map<string, 'under-way' | 'over'>()
  const behindFirst = new Map<string, Set<string>>()

  const goOn = (key: string): void => {
    firsts.set(key, 'over')
    for (const id of behindFirst.get(key) ?? []) {
      const entry = book.get(id)
      if (entry !== undefined) arm(entry)
    }
    behindFirst.delete(key)
  }

  const go = (entry: Entry): void => {
    const key = rateKey(entry)
    const first = firsts.get(key)
    if (first === 'over') void refresh(entry.id)
    else if (first === 'under-way') behindFirst.set(key, (behindFirst.get(key) ?? new Set()).add(entry.id))
    else {
      firsts.set(key, 'under-way')
      void refresh(entry.id).then(() => goOn(key))
    }
  }

  const dueOf = (entry: Entry): number | undefined => dueAt(entry.state, entry.profile.refreshLeadSeconds)

  const arm = (entry: Entry): void => {
    const due = dueOf(entry)
    if (due === undefined) lane.clear(entry.id)
    else if (!lane.isAdmitted(entry.id) || due > clock.now()) lane.set(entry.id, due)
  }

  return {
    arm,
    forget: (profileId) => lane.clear(profileId),
    hurry() {
      const now = clock.now()
      const waiting: string[] = []
      const overdue: string[] = []
      for (const entry of book.all()) {
        const due = lane.isAdmitted(entry.id) ? undefined : dueOf(entry)
        if (due === undefined) continue
        if (entry.state.status === 'live' && entry.state.health.kind === 'offline') waiting.push(entry.id)
        else if (due <= now) overdue.push(entry.id)
      }
      const count = waiting.length + overdue.length
      const windowMs = count <= fewAtOnce ? 0 : Math.min(longestSpreadMs, count * spreadPerSessionMs)
      const soon = (): number => now + Math.floor(random() * windowMs)
      for (const id of waiting) book.apply(id, { kind: 'retry-moved', retryAt: soon() })
      for (const id of overdue) lane.set(id, soon())
    },
  }
}
