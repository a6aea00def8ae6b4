// Owns the binding of a store to React.
import { useSyncExternalStore } from 'react'
import type { Store } from './store.ts'

/** Part of a store's value. `select` must answer the same object for the same value: pick, do not build. */
export const useStore = <S, T>(store: Store<S>, select: (value: S) => T): T =>
  useSyncExternalStore(store.subscribe, () => select(store.get()))
