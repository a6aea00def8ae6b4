// Owns doing many things a few at a time.

/** Runs `work` for every item, at most `limit` at once, in order. Rejects with the first rejection, after what runs ended. */
export const inParallel = async <T>(
  limit: number,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> => {
  const waiting = items.values()
  const runner = async (): Promise<void> => {
    // One iterator shared by all runners: each takes the next item that nobody has taken.
    for (const item of waiting) await work(item)
  }
  const runs = await Promise.allSettled(Array.from({ length: Math.min(limit, items.length) }, runner))
  for (const run of runs) if (run.status === 'rejected') throw run.reason
}
