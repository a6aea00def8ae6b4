// Owns the lock of sessions in a process that may be about to leave: what is done under it may bring tokens that are nowhere else, so
// it is waited for; whoever has not begun by then does not begin at all. Which lock is behind it is not its affair.
import type { Held, SessionLock } from './ports.ts'

export interface LeavingLock extends SessionLock {
  /** From now on nothing begins under this lock: whoever waits for another process, or asks, is told `busy` at once. */
  leave(): void
  /** Settles when all that has begun under it is done. */
  settled(): Promise<void>
}

const busy = { kind: 'busy' } as const

export const createLeavingLock = (lock: SessionLock): LeavingLock => {
  const waiting = new Set<() => void>()
  const working = new Set<Promise<unknown>>()
  let isLeaving = false

  return {
    async hold<T>(name: string, work: () => Promise<T>): Promise<Held<T>> {
      if (isLeaving) return busy
      const { promise, resolve, reject } = Promise.withResolvers<Held<T>>()
      const giveUp = (): void => resolve(busy)
      waiting.add(giveUp)
      const begin = async (): Promise<Held<T>> => {
        // Too late to be let in: nobody waits for what it would bring.
        if (isLeaving) return busy
        waiting.delete(giveUp)
        working.add(promise)
        return { kind: 'done', value: await work() }
      }
      lock.hold(name, begin).then((held) => resolve(held.kind === 'done' ? held.value : held), reject)
      try {
        return await promise
      } finally {
        waiting.delete(giveUp)
        working.delete(promise)
      }
    },
    leave() {
      isLeaving = true
      for (const giveUp of waiting) giveUp()
    },
    async settled() {
      await Promise.allSettled(working)
    },
  }
}
