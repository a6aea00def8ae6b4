// Owns telling ahead of time that a sign-in ends: its refresh token runs out, and only a person can sign in again. Each warning
// comes once per sign-in and run, unless the clock was wrong when it came. How a person hears of it is not its affair.
import type { Book, Entry } from './book.ts'
import { refreshTokenEndsAt } from './lifetimes.ts'
import type { Clock } from './ports.ts'
import type { Scheduler } from './scheduler.ts'

/** How long before the end, in seconds: 3 days, 1 day, 1 hour. */
export const defaultEndWarnings: readonly number[] = [259_200, 86_400, 3_600]

/** More time left than was warned of, by this much: the clock was wrong then. Less is a clock set right by a little. Milliseconds. */
const warnedInErrorMs = 10 * 60_000

export interface Endings {
  /** Reads the deadline of a session anew, after anything about it changed. */
  arm(entry: Entry): void
  forget(profileId: string): void
  /** Seconds before the end at which to warn; none for never. */
  setWarnings(seconds: readonly number[]): void
}

export interface EndingsOptions {
  readonly book: Book
  readonly scheduler: Scheduler
  readonly clock: Clock
  /** `endsAt` by the server's clock. */
  readonly onEnding: (entry: Entry, endsAt: number) => void
}

/**
 * The warning to give next and when, both by how long before the end; undefined when none is left. One that is due already stands
 * for all earlier ones. Milliseconds.
 */
export const nextWarning = (
  warnings: readonly number[],
  leftMs: number,
  warnedMs: number | undefined,
): { readonly beforeMs: number; readonly inMs: number } | undefined => {
  if (leftMs <= 0) return undefined
  let lastDue = Number.POSITIVE_INFINITY
  let firstToCome = Number.NEGATIVE_INFINITY
  // Read with every change of a session, so no array is made.
  for (const seconds of warnings) {
    const beforeMs = seconds * 1_000
    if (warnedMs !== undefined && beforeMs >= warnedMs) continue
    if (beforeMs >= leftMs) lastDue = Math.min(lastDue, beforeMs)
    else firstToCome = Math.max(firstToCome, beforeMs)
  }
  const beforeMs = Number.isFinite(lastDue) ? lastDue : firstToCome
  return Number.isFinite(beforeMs) ? { beforeMs, inMs: Math.max(0, leftMs - beforeMs) } : undefined
}

/** Whether a warning of `beforeMs` before the end came too early to have told anything. Milliseconds. */
export const wasInError = (beforeMs: number, leftMs: number): boolean => leftMs > beforeMs + warnedInErrorMs

export const createEndings = ({ book, scheduler, clock, onEnding }: EndingsOptions): Endings => {
  let warnings = defaultEndWarnings
  /** What was warned of, for as long as the sign-in is the same. */
  const given = new Map<string, { readonly signedInAt: number; readonly beforeMs: number }>()

  const endOf = ({ state, profile }: Entry) => {
    if (state.status !== 'live') return undefined
    const { session, health } = state
    const { signedInAt } = session.record
    const localNow = clock.now()
    const now = localNow + session.offsetMs
    const endsAt = refreshTokenEndsAt(signedInAt, profile.refreshTokenLifetimeSeconds)
    // Tokens that ran out are about to be refreshed, which measures the clock: it may have jumped.
    const isClockDoubtful = now >= session.facts.expiresAt && health.kind !== 'attention'
    return { endsAt, localNow, leftMs: endsAt - now, signedInAt, isClockDoubtful }
  }

  /** A warning in error is forgotten for good: it is given again when its time comes. */
  const warnedOf = ({ id }: Entry, end: { signedInAt: number; leftMs: number }): number | undefined => {
    const before = given.get(id)
    if (before === undefined) return undefined
    if (before.signedInAt === end.signedInAt && !wasInError(before.beforeMs, end.leftMs))
      return before.beforeMs
    given.delete(id)
    return undefined
  }

  const next = (entry: Entry) => {
    const end = endOf(entry)
    if (end === undefined) return undefined
    const warning = nextWarning(warnings, end.leftMs, warnedOf(entry, end))
    if (warning === undefined || (warning.inMs <= 0 && end.isClockDoubtful)) return undefined
    return { ...end, ...warning }
  }

  const arm = (entry: Entry): void => {
    const warning = next(entry)
    if (warning === undefined) lane.clear(entry.id)
    else lane.set(entry.id, warning.localNow + warning.inMs)
  }

  const lane = scheduler.lane((profileId) => {
    const entry = book.get(profileId)
    const warning = entry && next(entry)
    if (entry === undefined || warning === undefined) return
    if (warning.inMs <= 0) {
      given.set(profileId, warning)
      onEnding(entry, warning.endsAt)
    }
    arm(entry)
  })

  return {
    arm,
    forget(profileId) {
      given.delete(profileId)
      lane.clear(profileId)
    },
    setWarnings(seconds) {
      warnings = seconds
      for (const entry of book.all()) arm(entry)
    },
  }
}
