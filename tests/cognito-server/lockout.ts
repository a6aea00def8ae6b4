// Owns Cognito's lockout after wrong passwords or codes: pure rules over a small state, no clock of its own.
// Source: user pool guide, "Lockout behavior for failed sign-in attempts".

/** Failures counted since the last success or pause; times are milliseconds since the epoch. */
export interface LockoutState {
  readonly failures: number
  readonly lockedUntil: number
  readonly lastFailureAt: number
}

export const NO_FAILURES: LockoutState = { failures: 0, lockedUntil: 0, lastFailureAt: 0 }

const FREE_FAILURES = 5
const LONGEST_LOCK_MS = 15 * 60 * 1000
const FORGET_AFTER_MS = 15 * 60 * 1000

/** Whether attempts are refused unseen at this moment; a refused attempt does not count as a failure. */
export function isLockedOut(state: LockoutState, now: number): boolean {
  return now < state.lockedUntil
}

/** The state after one more failure: from the fifth on, a lock of 2^(n-5) seconds, at most 15 minutes. */
export function afterFailure(state: LockoutState, now: number): LockoutState {
  const forgotten = now - Math.max(state.lastFailureAt, state.lockedUntil) >= FORGET_AFTER_MS
  const failures = forgotten ? 1 : state.failures + 1
  const lockMs =
    failures < FREE_FAILURES ? 0 : Math.min(1000 * 2 ** (failures - FREE_FAILURES), LONGEST_LOCK_MS)
  return { failures, lockedUntil: now + lockMs, lastFailureAt: now }
}
