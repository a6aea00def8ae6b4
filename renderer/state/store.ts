// Owns the small core every piece of renderer state sits in: a value, an update, listeners. Knows nothing of React.

export interface Store<S> {
  readonly get: () => S
  /** Replaces the value; listeners hear of it only if it is another one. */
  readonly set: (update: (value: S) => S) => void
  /** Answers the unsubscriber. */
  readonly subscribe: (listener: () => void) => () => void
}

/** A store that starts with `initial`. */
export const createStore = <S>(initial: S): Store<S> => {
  let value = initial
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set: (update) => {
      const next = update(value)
      if (Object.is(next, value)) return
      value = next
      for (const listener of listeners) listener()
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}
