// Owns the end of a question that waits too long, told as the SDK's handlers listen for it. Knows no request.
import type { Clock } from '../sessions/ports.ts'

/**
 * What the SDK uses of an AbortSignal and no more: a real one, with its event target, costs a forced refresh a tenth of its time.
 */
export interface DeadlineSignal {
  readonly aborted: boolean
  /** Why it was aborted; undefined before. */
  readonly reason: unknown
  /** Never called: whoever sees `addEventListener` uses that. */
  onabort: null
  addEventListener(type: 'abort', listener: () => void): void
  removeEventListener(type: 'abort', listener: () => void): void
}

export interface Deadline extends Disposable {
  readonly signal: DeadlineSignal
}

/** Aborts its signal after `ms` unless it is disposed before. */
export const startDeadline = (clock: Clock, ms: number): Deadline => {
  const listeners = new Set<() => void>()
  let reason: unknown
  const timer = clock.after(ms, () => {
    reason = new DOMException('The answer took too long', 'AbortError')
    for (const listener of listeners) listener()
  })
  return {
    signal: {
      get aborted() {
        return reason !== undefined
      },
      get reason() {
        return reason
      },
      onabort: null,
      addEventListener: (_, listener) => void listeners.add(listener),
      removeEventListener: (_, listener) => void listeners.delete(listener),
    },
    [Symbol.dispose]: () => timer[Symbol.dispose](),
  }
}
