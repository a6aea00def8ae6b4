// Owns the one ticking clock of the window: once a second, only while something listens and the window is visible. It notices on the
// way when the machine's clock was set.

const tickMs = 1_000

let current = Date.now()
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()
const jumpListeners = new Set<() => void>()

/** Two readings of the time, in milliseconds: one that somebody may set, one that only goes on. */
export interface Reading {
  readonly wall: number
  readonly steady: number
}

/** Clocks are slewed by up to 500 ppm; less than twice that plus this is no jump. */
const jumpToleranceMs = 2_000

/** Whether the clock was set between two readings, or the machine slept. */
export const hasJumped = (before: Reading, after: Reading): boolean => {
  const elapsed = after.steady - before.steady
  return Math.abs(after.wall - before.wall - elapsed) > jumpToleranceMs + elapsed / 1_000
}

const read = (): Reading => ({ wall: Date.now(), steady: performance.now() })
let lastReading = read()

const tick = (): void => {
  const reading = read()
  const isJump = hasJumped(lastReading, reading)
  lastReading = reading
  current = reading.wall
  for (const listener of listeners) listener()
  if (isJump) for (const listener of jumpListeners) listener()
}

/** The next tick falls on the next full second, so that every countdown in the window steps together. */
const arm = (): void => {
  clearTimeout(timer)
  timer = setTimeout(
    () => {
      tick()
      arm()
    },
    tickMs - (Date.now() % tickMs),
  )
}

const pause = (): void => {
  clearTimeout(timer)
  timer = undefined
}

const onVisibility = (): void => {
  if (document.hidden) pause()
  else {
    tick()
    arm()
  }
}

/** Listens to the clock. Answers the unsubscriber. */
export const subscribeToNow = (listener: () => void): (() => void) => {
  listeners.add(listener)
  if (listeners.size === 1) {
    document.addEventListener('visibilitychange', onVisibility)
    if (!document.hidden) arm()
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    document.removeEventListener('visibilitychange', onVisibility)
    pause()
  }
}

/** Hears at the next tick that the machine's clock was set; does not make it tick. Answers the unsubscriber. */
export const subscribeToJumps = (listener: () => void): (() => void) => {
  jumpListeners.add(listener)
  return () => {
    jumpListeners.delete(listener)
  }
}

/** Epoch milliseconds as of the last tick: stable between ticks, fresh to a second while nothing listens. */
export const readNow = (): number => {
  // The machine's clock may have been set back meanwhile.
  if (timer === undefined && !document.hidden && Math.abs(Date.now() - current) >= tickMs)
    current = Date.now()
  return current
}
