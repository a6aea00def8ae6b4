import { expect, test } from 'vitest'
import type { UnavailableReason, VaultState } from '../../../main/sessions/ports.ts'
import { createItemIndex } from '../../../main/vault/item-index.ts'
import { createMemoryStore } from '../../../main/vault/memory-store.ts'
import { createVaultItems } from '../../../main/vault/vault-items.ts'
import { createFakeStore, type FakeStore } from './fake-store.ts'

const world = (store: FakeStore = createFakeStore()) => {
  const index = createItemIndex(undefined, { now: () => 0 })
  const items = createVaultItems(store, index)
  const states: VaultState[] = []
  items.onStateChange((state) => states.push(state))
  return { store, index, items, states }
}

const unsaved = (reason: UnavailableReason) => ({ kind: 'unsaved', reason })

test('the store is probed before its first use, and once', async () => {
  const { store, items } = world()
  expect(items.state).toEqual({ kind: 'locked', backend: 'Fake' })
  await items.read('a')
  await items.write('a', 'secret')
  expect(store.calls).toEqual(['probe', 'read a', 'write a'])
  expect(items.state).toEqual({ kind: 'unlocked', backend: 'Fake' })
})

test.for<[UnavailableReason, VaultState['kind']]>([
  ['no-service', 'absent'],
  ['locked', 'locked'],
  ['timed-out', 'locked'],
  ['denied', 'locked'],
])('a probe that finds %s shows the keychain as %s', async ([reason, kind]) => {
  const { store, items } = world()
  store.refusal = reason
  expect((await items.probe()).kind).toBe(kind)
})

test('while the keychain is locked it is left alone until the next probe', async () => {
  const { store, items } = world()
  store.refusal = 'locked'
  await items.probe()
  store.calls.length = 0
  expect(await items.read('a')).toEqual({ kind: 'unavailable', reason: 'locked' })
  expect(await items.write('a', 'secret')).toEqual(unsaved('locked'))
  expect(await items.remove('b')).toEqual({ kind: 'saved' })
  expect(store.calls).toEqual([])
})

test('what the keychain did not take is read from memory, and saved by the probe that finds it open', async () => {
  const { store, items, states } = world()
  await items.probe()
  store.refusal = 'locked'
  expect(await items.write('a', 'new')).toEqual(unsaved('locked'))
  expect(await items.write('a', 'newer')).toEqual(unsaved('locked'))
  expect(await items.read('a')).toEqual({ kind: 'found', value: 'newer' })
  expect(items.unsaved()).toEqual(['a'])
  store.refusal = undefined
  await items.probe()
  expect(store.values.get('a')).toBe('newer')
  expect(items.unsaved()).toEqual([])
  expect(states.map(({ kind }) => kind)).toEqual(['unlocked', 'locked', 'unlocked'])
})

test('listeners hear of an open keychain only when what waited is in it', async () => {
  const { store, items } = world()
  store.refusal = 'locked'
  await items.write('a', 'new')
  const seen: (string | undefined)[] = []
  items.onStateChange(() => seen.push(store.values.get('a')))
  store.refusal = undefined
  await items.probe()
  expect(seen).toEqual(['new'])
})

test('an item refused on its own closes nothing for the others', async () => {
  const { store, items } = world()
  await items.probe()
  store.refusal = 'denied'
  expect(await items.write('a', 'secret')).toEqual(unsaved('denied'))
  store.refusal = undefined
  expect(items.state.kind).toBe('unlocked')
  expect(await items.write('b', 'secret')).toEqual({ kind: 'saved' })
})

test('an item removed while the keychain is locked reads as absent, and goes when it is open', async () => {
  const { store, items, index } = world()
  await items.write('a', 'old')
  store.refusal = 'locked'
  await items.probe()
  expect(await items.remove('a')).toEqual(unsaved('locked'))
  expect(await items.read('a')).toEqual({ kind: 'absent' })
  expect(store.values.has('a')).toBe(true)
  store.refusal = undefined
  await items.probe()
  expect(store.values.has('a')).toBe(false)
  expect(await index.list('removals')).toEqual([])
})

test('removed while locked and written anew while locked: the new one is what remains', async () => {
  const { store, items, index } = world()
  await items.write('a', 'old')
  store.refusal = 'locked'
  await items.probe()
  await items.remove('a')
  await items.write('a', 'new')
  expect(await items.read('a')).toEqual({ kind: 'found', value: 'new' })
  // A crash here: the removal is still remembered, so that the old one does not come back.
  expect(await index.list('removals')).toEqual(['a'])
  store.refusal = undefined
  await items.probe()
  expect(store.values.get('a')).toBe('new')
  expect(await index.list('removals')).toEqual([])
})

test('a keychain that closes in the middle of promoting keeps the rest in memory', async () => {
  const { store, items } = world()
  store.refusal = 'locked'
  await items.write('a', '1')
  await items.write('b', '2')
  store.refusal = undefined
  const write = store.write.bind(store)
  store.write = async (account, value) => {
    if (account === 'b') store.refusal = 'locked'
    return write(account, value)
  }
  expect((await items.probe()).kind).toBe('locked')
  expect(items.unsaved()).toEqual(['b'])
  expect(await items.read('b')).toEqual({ kind: 'found', value: '2' })
})

test('a call that settles late leads to a probe by itself', async () => {
  const { store, items } = world()
  await items.probe()
  store.refusal = 'timed-out'
  await items.write('a', 'secret')
  store.refusal = undefined
  const changed = new Promise<VaultState>((resolve) => {
    items.onStateChange(resolve)
  })
  store.recover()
  expect((await changed).kind).toBe('unlocked')
  expect(store.values.get('a')).toBe('secret')
})

test('an item kept in memory by choice never touches the keychain', async () => {
  const { store, items } = world()
  expect(await items.write('a', 'secret', 'memory')).toEqual({ kind: 'saved' })
  expect(await items.read('a', 'memory')).toEqual({ kind: 'found', value: 'secret' })
  expect(await items.read('b', 'memory')).toEqual({ kind: 'absent' })
  expect(await items.remove('a')).toEqual({ kind: 'saved' })
  expect(await items.read('a', 'memory')).toEqual({ kind: 'absent' })
  expect(store.calls).toEqual([])
})

test.for(['read', 'write'] as const)(
  'a profile switched to memory takes its item out of the keychain at the next %s',
  async (how) => {
    const { store, items } = world()
    await items.write('a', 'secret')
    await (how === 'read' ? items.read('a', 'memory') : items.write('a', 'secret', 'memory'))
    expect(store.values.has('a')).toBe(false)
    expect(await items.read('a', 'memory')).toEqual({ kind: 'found', value: 'secret' })
  },
)

test('a profile switched to the keychain keeps its item, and the next write saves it', async () => {
  const { store, items } = world()
  await items.write('a', 'secret', 'memory')
  expect(await items.read('a')).toEqual({ kind: 'found', value: 'secret' })
  await items.write('a', 'newer')
  expect(store.values.get('a')).toBe('newer')
})

test('a damaged item that cannot be copied stays where it is', async () => {
  const { store, items } = world(createFakeStore(new Map([['a', 'damaged']])))
  await items.probe()
  store.refusal = 'locked'
  expect(await items.setAside('a', 'set-aside/x/a', 'damaged')).toBe(false)
  expect(store.values.get('a')).toBe('damaged')
})

test('accounts lists what is stored and what is held, without what is to be removed', async () => {
  const { store, items } = world()
  await items.write('kv/x/1', 'a')
  await items.write('kv/x/2', 'b')
  await items.write('session/y', 'c')
  store.refusal = 'locked'
  await items.write('kv/x/3', 'd')
  await items.remove('kv/x/2')
  expect((await items.accounts('kv/x/')).toSorted()).toEqual(['kv/x/1', 'kv/x/3'])
})

test('a store in memory says so and is always at hand', async () => {
  const items = createVaultItems(createMemoryStore(), createItemIndex(undefined, { now: () => 0 }))
  expect(items.state).toEqual({ kind: 'memory' })
  expect(await items.probe()).toEqual({ kind: 'memory' })
  expect(await items.write('a', 'secret')).toEqual({ kind: 'saved' })
  expect(await items.read('a')).toEqual({ kind: 'found', value: 'secret' })
})
