// Owns the one ticking clock of the window: once a second, only while something listens and the window is visible.

const tickMs = 1_000

let current = Date.now()
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()

const tick = (): void => {
  current = Date.now()
  for (const listener of listeners) listener()
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

/** Epoch milliseconds as of the last tick: stable between ticks, fresh to a second while nothing listens. */
export const readNow = (): number => {
  // The machine's clock may have been set back meanwhile.
  if (timer === undefined && !document.hidden && Math.abs(Date.now() - current) >= tickMs)
    current = Date.now()
  return current
}
