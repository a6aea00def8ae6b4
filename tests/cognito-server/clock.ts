// Owns the server's idea of now: the machine's clock plus an offset that tests move. Knows nothing of tokens or timers.

/** Time as the whole server sees it: token lifetimes, lockouts, Session expiry, signatures and the Date header. */
export interface ServerClock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Whole seconds since the epoch, as tokens count them (RFC 7519, NumericDate). */
  nowSeconds(): number
  /** Moves the clock by that many milliseconds; negative moves it back. */
  advance(milliseconds: number): void
  /** Sets the clock to this instant; it goes on running from there. */
  set(epochMilliseconds: number): void
}

/** A clock on top of `base` (the machine's by default; a constant function makes a clock that stands still). */
export function createServerClock(base: () => number = Date.now): ServerClock {
  let offset = 0
  const now = () => base() + offset
  return {
    now,
    nowSeconds: () => Math.floor(now() / 1000),
    advance(milliseconds) {
      offset += milliseconds
    },
    set(epochMilliseconds) {
      offset = epochMilliseconds - base()
    },
  }
}
