// A clock that stands still until a test moves it.
import type { Clock } from '../../../main/sessions/ports.ts'

export interface ManualClock extends Clock {
  /** Moves time on; what becomes due is called in order of its due time, each at its own instant. */
  advance(ms: number): void
  /** How many timers are armed. */
  readonly armed: number
}

export const createManualClock = (start = 1_795_000_000_000): ManualClock => {
  let elapsed = 0
  const timers = new Set<{ due: number; callback: () => void }>()
  return {
    now: () => start + elapsed,
    monotonic: () => elapsed,
    after(delayMs, callback) {
      const timer = { due: elapsed + delayMs, callback }
      timers.add(timer)
      return { [Symbol.dispose]: () => void timers.delete(timer) }
    },
    advance(ms) {
      const end = elapsed + ms
      for (;;) {
        const next = [...timers].filter(({ due }) => due <= end).toSorted((a, b) => a.due - b.due)[0]
        if (next === undefined) break
        timers.delete(next)
        elapsed = next.due
        next.callback()
      }
      elapsed = end
    },
    get armed() {
      return timers.size
    },
  }
}
