// Owns what to do about a page whose process died: load it again once; a page that dies again so soon gets a question instead.

/** A second death within this many milliseconds will not be the last. */
const soonMs = 60_000

/** `now` gives milliseconds that never jump. */
export const createLostPageRule = (now: () => number): (() => 'reload' | 'ask') => {
  let reloadedAt = -Infinity
  return () => {
    const at = now()
    if (at - reloadedAt < soonMs) return 'ask'
    reloadedAt = at
    return 'reload'
  }
}
