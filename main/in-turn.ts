// Owns that pieces of work run one after the other, in the order they were handed over. Knows nothing of what they do.

/** Runs `work` once all handed over before has settled, however it went. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>

export const createTurns = (): InTurn => {
  let last: Promise<unknown> = Promise.resolve()
  return async (work) => {
    const before = last
    const turn = Promise.withResolvers<void>()
    last = turn.promise
    await before
    try {
      return await work()
    } finally {
      turn.resolve()
    }
  }
}
