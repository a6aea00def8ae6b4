// Owns the rate of refreshes per region, under Cognito's quotas (cognito.md, "Numbers"). Pure bookkeeping: it answers how long
// to wait and arms no timer of its own.

export interface Limiter {
  /** Takes the next slot of this key and answers in how many milliseconds it is; 0 means now. */
  reserve(key: string, nowMs: number): number
}

export interface LimiterOptions {
  /** Cognito admits 120 refreshes per second, account and region; others share that quota. */
  readonly perSecond?: number
  /** How many may go at once after a pause. */
  readonly burst?: number
}

/** The generic cell rate algorithm (ITU-T I.371): one number per key, no queue. `nowMs` is monotonic. */
export const createLimiter = ({ perSecond = 100, burst = 10 }: LimiterOptions = {}): Limiter => {
  const intervalMs = 1_000 / perSecond
  const toleranceMs = intervalMs * (burst - 1)
  const theoreticalArrivals = new Map<string, number>()
  return {
    reserve(key, nowMs) {
      const arrival = Math.max(nowMs, theoreticalArrivals.get(key) ?? nowMs)
      theoreticalArrivals.set(key, arrival + intervalMs)
      return Math.max(0, arrival - toleranceMs - nowMs)
    },
  }
}
