// Owns time: one ordered queue of wall-clock deadlines, one timer for the earliest, and noticing that the clock was set.
// Knows nothing of sessions; what is due calls back by its name.
import { createDueQueue, type DueItem } from './due-queue.ts'
import type { Clock } from './ports.ts'

/** setTimeout takes a signed 32-bit number of milliseconds; more fires at once. */
export const longestTimerMs = 2 ** 31 - 1
/** Wall clocks are slewed by up to 500 ppm; less than twice that plus this is no jump. */
const jumpToleranceMs = 2_000

/** A kind of deadline, with one instant per name. */
export interface Lane {
  /** Calls back once, at or soon after `dueAt` by our own clock. Replaces the deadline of that name. */
  set(name: string, dueAt: number): void
  clear(name: string): void
  dueAt(name: string): number | undefined
}

export interface Scheduler {
  lane(onDue: (name: string) => void): Lane
  /** Looks at the clock, and runs nothing yet: deadlines are moved along where it was set back. */
  observe(): void
  /** Looks at the clock: runs what is due and arms the timer anew. */
  look(): void
  readonly size: number
  dispose(): void
}

export interface SchedulerOptions {
  readonly clock: Clock
  /**
   * The wall clock was set back by `-byMs`; deadlines have been moved along already. A jump forward is not told: it can't be
   * told from a sleep, and reading the deadlines again serves both.
   */
  readonly onClockSetBack: (byMs: number) => void
}

interface Deadline extends DueItem {
  readonly name: string
  readonly items: Map<string, Deadline>
  readonly onDue: (name: string) => void
}

export const createScheduler = ({ clock, onClockSetBack }: SchedulerOptions): Scheduler => {
  const queue = createDueQueue<Deadline>()
  let seen = { wall: clock.now(), steady: clock.monotonic() }
  let timer: { readonly handle: Disposable; readonly dueAt: number } | undefined
  let isDisposed = false
  let isRunning = false

  const observe = (): void => {
    const wall = clock.now()
    const steady = clock.monotonic()
    const elapsed = steady - seen.steady
    const jump = wall - seen.wall - elapsed
    seen = { wall, steady }
    // A sleep moves it on: what goes back was set.
    if (jump >= -(jumpToleranceMs + elapsed / 1_000)) return
    queue.shift(jump)
    onClockSetBack(jump)
  }

  const disarm = (): void => {
    timer?.handle[Symbol.dispose]()
    timer = undefined
  }

  const arm = (): void => {
    const first = queue.first()
    if (isDisposed || isRunning) return
    if (first === undefined) {
      disarm()
      return
    }
    // One that fires too early looks, and is armed anew: that costs less than a timer for every change.
    if (timer !== undefined && timer.dueAt <= first.dueAt) return
    disarm()
    const delay = Math.min(longestTimerMs, Math.max(1, Math.ceil(first.dueAt - clock.now())))
    timer = { dueAt: first.dueAt, handle: clock.after(delay, look) }
  }

  const takeDue = (): Deadline[] => {
    const now = clock.now()
    const due: Deadline[] = []
    for (let first = queue.first(); first !== undefined && first.dueAt <= now; first = queue.first()) {
      queue.take(first)
      first.items.delete(first.name)
      due.push(first)
    }
    return due
  }

  const look = (): void => {
    if (isDisposed) return
    disarm()
    isRunning = true
    try {
      observe()
      for (const { onDue, name } of takeDue()) onDue(name)
    } finally {
      isRunning = false
      arm()
    }
  }

  return {
    observe,
    lane(onDue) {
      const items = new Map<string, Deadline>()
      return {
        set(name, dueAt) {
          const known = items.get(name)
          if (known?.dueAt === dueAt) return
          const item = known ?? { name, items, onDue, dueAt, place: -1 }
          items.set(name, item)
          item.dueAt = dueAt
          queue.put(item)
          arm()
        },
        clear(name) {
          const item = items.get(name)
          if (item === undefined) return
          items.delete(name)
          queue.take(item)
          arm()
        },
        dueAt: (name) => items.get(name)?.dueAt,
      }
    },
    look,
    get size() {
      return queue.size
    },
    dispose() {
      isDisposed = true
      disarm()
    },
  }
}
