// Owns an estimate of how long Cognito refuses a user after wrong passwords. It tells nobody, so what was tried from here is counted.
// Source: user pool guide, "Lockout behavior for failed sign-in attempts": from the fifth on, 2^(n-5) seconds, at most 15 minutes.
import type { Failure } from '../failure.ts'
import { issuerOf, type Profile } from '../profiles/profile.ts'
import type { Clock } from './ports.ts'

const freeTries = 5
const longestMs = 15 * 60_000

/** Milliseconds that Cognito refuses a user after so many wrong passwords in a row. */
export const lockMs = (wrongTries: number): number =>
  wrongTries < freeTries ? 0 : Math.min(1_000 * 2 ** (wrongTries - freeTries), longestMs)

const spoken = (ms: number): string => {
  const seconds = Math.ceil(ms / 1_000)
  if (seconds < 60) return seconds === 1 ? 'one second' : `${seconds} seconds`
  const minutes = Math.ceil(seconds / 60)
  return minutes === 1 ? 'one minute' : `${minutes} minutes`
}

export interface Lockouts {
  /** Takes note of a refused sign-in, and adds to it how long there is no use in another, where that is known. */
  refused(profile: Profile, username: string, failure: Failure): Failure
  /** The password was right. */
  passed(profile: Profile, username: string): void
}

interface Tries {
  readonly wrong: number
  /** By our own clock. */
  readonly lockedUntil: number
}

export const createLockouts = (clock: Clock, offsetMs: () => number): Lockouts => {
  const tries = new Map<string, Tries>()
  /** Cognito counts per user, whichever app client asks. */
  const keyOf = (profile: Profile, username: string): string =>
    `${issuerOf(profile)} ${username.toLowerCase()}`

  const withWait = (failure: Failure, known: Tries): Failure => {
    const waitMs = known.lockedUntil - clock.now()
    if (waitMs <= 0) return failure
    return {
      ...failure,
      remedy: `Wait ${spoken(waitMs)} before the next try; each wrong one doubles the wait, up to about 15 minutes.`,
      retryAt: known.lockedUntil + offsetMs(),
    }
  }

  return {
    refused(profile, username, failure) {
      const key = keyOf(profile, username)
      const known = tries.get(key)
      // A try that is refused unseen does not count.
      if (failure.code === 'sign-in.locked-out') return known ? withWait(failure, known) : failure
      if (failure.code !== 'sign-in.wrong-password') return failure
      const isForgotten = known !== undefined && clock.now() - known.lockedUntil >= longestMs
      const wrong = isForgotten ? 1 : (known?.wrong ?? 0) + 1
      const next = { wrong, lockedUntil: clock.now() + lockMs(wrong) }
      tries.set(key, next)
      return withWait(failure, next)
    },
    passed(profile, username) {
      tries.delete(keyOf(profile, username))
    },
  }
}
