// Owns what happens to a native call that does not come back: it is left alone, and no other is started beside it.
import type { Clock } from '../sessions/ports.ts'

export type NativeAnswer<T> =
  | { readonly kind: 'answered'; readonly value: T }
  | { readonly kind: 'rejected'; readonly error: unknown }
  | { readonly kind: 'timed-out' }

export interface NativeCalls {
  /** Makes the call, or answers `timed-out` at once while an earlier call is still stuck. */
  run<T>(call: () => Promise<T>): Promise<NativeAnswer<T>>
  /** A call has timed out and not come back since. */
  readonly stuck: boolean
  /** Tells when a stuck call came back after all. */
  onRecovered(listener: () => void): () => void
}

/**
 * One native call at a time, each given `timeoutMs`. Each of keytar's calls blocks one of libuv's four threads until the
 * keychain answers, which a prompt or a hung daemon can delay for ever: a second or third stuck call would starve files and
 * name look-ups of the whole process, so a stuck one refuses all others until it settles.
 */
export const createNativeCalls = (clock: Clock, timeoutMs: number): NativeCalls => {
  const listeners = new Set<() => void>()
  let stuck = false

  return {
    get stuck() {
      return stuck
    },
    run: async <T>(call: () => Promise<T>): Promise<NativeAnswer<T>> => {
      if (stuck) return { kind: 'timed-out' }
      let timedOut = false
      const settle = (answer: NativeAnswer<T>): NativeAnswer<T> => {
        if (timedOut) {
          stuck = false
          for (const listener of listeners) listener()
        }
        return answer
      }
      const answer = call().then(
        (value) => settle({ kind: 'answered', value }),
        (error: unknown) => settle({ kind: 'rejected', error }),
      )
      const late = Promise.withResolvers<NativeAnswer<T>>()
      using timer = clock.after(timeoutMs, () => {
        timedOut = true
        stuck = true
        late.resolve({ kind: 'timed-out' })
      })
      void timer // held only to be cancelled when this ends
      return await Promise.race([answer, late.promise])
    },
    onRecovered(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}
