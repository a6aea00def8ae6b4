// Owns when each session is refreshed by itself: from its state to a deadline, through the rate limit, to the refresher.
import { regionOf } from '../profiles/profile.ts'
import type { Book, Entry } from './book.ts'
import { refreshesAt } from './lifetimes.ts'
import type { Limiter } from './limiter.ts'
import type { Clock, RandomSource } from './ports.ts'
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
  readonly refresh: (profileId: string) => void
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

/** Requests that share a quota: one account's in one region, as far as anybody can tell, or those of one endpoint. */
export const rateKey = ({ profile }: Pick<Entry, 'profile'>): string =>
  profile.endpoints.userPool ?? regionOf(profile.userPoolId)

export const createTimetable = (options: TimetableOptions): Timetable => {
  const { book, scheduler, limiter, clock, random, refresh } = options
  /** Sessions that hold a slot of the rate limit and wait for it. */
  const admitted = new Set<string>()

  const lane = scheduler.lane((profileId) => {
    const entry = book.get(profileId)
    if (entry === undefined) return
    if (!admitted.delete(profileId)) {
      const waitMs = limiter.reserve(rateKey(entry), clock.monotonic())
      if (waitMs > 0) {
        admitted.add(profileId)
        lane.set(profileId, clock.now() + waitMs)
        return
      }
    }
    refresh(profileId)
  })

  const dueOf = (entry: Entry): number | undefined => dueAt(entry.state, entry.profile.refreshLeadSeconds)

  return {
    arm(entry) {
      const due = dueOf(entry)
      if (due === undefined) {
        admitted.delete(entry.id)
        lane.clear(entry.id)
      } else if (!admitted.has(entry.id) || due > clock.now()) {
        admitted.delete(entry.id)
        lane.set(entry.id, due)
      }
    },
    forget(profileId) {
      admitted.delete(profileId)
      lane.clear(profileId)
    },
    hurry() {
      const now = clock.now()
      const waiting: string[] = []
      const overdue: string[] = []
      for (const entry of book.all()) {
        const due = admitted.has(entry.id) ? undefined : dueOf(entry)
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
