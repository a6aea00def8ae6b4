// Owns a clock to turn, and seeded randomness.
import type { Clock, RandomSource } from '../../../main/sessions/ports.ts'

export const minutes = 60_000
export const hours = 60 * minutes
export const days = 24 * hours

/** Lets everything run that only waits for promises and for the end of the turn. */
export const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

/** Uniform numbers from a seed (mulberry32). */
export const seededRandom = (seed: number): RandomSource => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export interface FakeClock extends Clock {
  /** How many timers are armed. */
  readonly armed: number
  /** When the earliest of them fires, by this clock. */
  readonly firesAt: number | undefined
  /** How many were ever armed. */
  readonly armings: number
  /** Time passes; timers fire on the way, and everything they lead to runs. */
  advance(ms: number): Promise<void>
  /** The machine sleeps: the wall clock goes on, timers and the steady clock do not. */
  sleep(ms: number): void
  /** Somebody sets the wall clock. */
  set(byMs: number): void
}

export const fakeClock = (start = Date.UTC(2026, 1, 3, 4, 5, 6)): FakeClock => {
  let wall = start
  let steady = 1_000
  let armings = 0
  const timers = new Set<{ at: number; callback: () => void }>()
  const next = () => [...timers].toSorted((one, other) => one.at - other.at)[0]
  return {
    now: () => wall,
    monotonic: () => steady,
    after(delayMs, callback) {
      if (!(delayMs >= 0 && delayMs <= 2 ** 31 - 1)) throw new Error(`a timer of ${delayMs} ms`)
      const timer = { at: steady + delayMs, callback }
      timers.add(timer)
      armings += 1
      return { [Symbol.dispose]: () => timers.delete(timer) }
    },
    get armed() {
      return timers.size
    },
    get firesAt() {
      const first = next()
      return first && wall + first.at - steady
    },
    get armings() {
      return armings
    },
    async advance(ms) {
      await settle()
      const end = steady + ms
      for (let first = next(); first !== undefined && first.at <= end; first = next()) {
        wall += first.at - steady
        steady = first.at
        timers.delete(first)
        first.callback()
        await settle()
      }
      wall += end - steady
      steady = end
      await settle()
    },
    sleep(ms) {
      wall += ms
    },
    set(byMs) {
      wall += byMs
    },
  }
}
