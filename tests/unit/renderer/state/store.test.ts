import { expect, it, vi } from 'vitest'
import { createStore } from '../../../../renderer/state/store.ts'

it('listeners hear of another value once, and not of the same one', () => {
  const store = createStore({ n: 1 })
  const heard = vi.fn<() => void>()
  const stop = store.subscribe(heard)
  store.set((value) => value)
  expect(heard).not.toHaveBeenCalled()
  store.set(({ n }) => ({ n: n + 1 }))
  expect(heard).toHaveBeenCalledTimes(1)
  expect(store.get()).toEqual({ n: 2 })
  stop()
  store.set(() => ({ n: 3 }))
  expect(heard).toHaveBeenCalledTimes(1)
})
