import { expect, test } from 'vitest'
import * as z from 'zod'
import type { UnavailableReason, VaultState } from '../../../main/sessions/ports.ts'
import { createGenerations } from '../../../main/vault/generations.ts'
import { bodyText, encodeWhole } from '../../../main/vault/item.ts'
import { createItemIndex } from '../../../main/vault/item-index.ts'
import { createMemoryStore } from '../../../main/vault/memory-store.ts'
import { createPlaces } from '../../../main/vault/places.ts'
import type { SecretStore } from '../../../main/vault/secret-store.ts'
import type { Spill, Spilled } from '../../../main/vault/spill.ts'
import { createVaultItems, type Storage } from '../../../main/vault/vault-items.ts'
import { createFakeStore, type FakeStore } from './fake-store.ts'

const clock = { now: () => 1_000 }

/** An encrypted folder, without disk and encryption. */
const fakeSpill = () => {
  const files = new Map<string, Spilled>()
  const spill: Spill = {
    put: async (item) => {
      files.set(item.account, item)
      return true
    },
    read: async (account) => {
      const value = files.get(account)
      return value === undefined ? { kind: 'absent' } : { kind: 'found', value }
    },
    release: async (account) => {
      files.delete(account)
      return true
    },
    forget: async (account) => {
      files.delete(account)
      return true
    },
    all: async () => [...files.values()],
  }
  return { spill, files }
}

const itemsOn = (
  store: SecretStore,
  { index = createItemIndex(undefined, clock), spill = undefined as Spill | undefined } = {},
) => {
  const places = createPlaces(store, { list: (account) => index.addAccount(account), stamp: () => 'then' })
  const vault = createVaultItems({ store, generations: createGenerations(places), index, spill })
  return {
    ...vault,
    state: () => vault.state,
    read: (account: string, storage?: Storage) => vault.read(account, z.string(), storage),
  }
}

const world = (store: FakeStore = createFakeStore(), spill?: Spill) => {
  const index = createItemIndex(undefined, clock)
  const items = itemsOn(store, { index, spill })
  const states: VaultState[] = []
  items.onStateChange((state) => states.push(state))
  /** What a body is in the store, whichever its place and generation; undefined for none. */
  const stored = (account: string): string | undefined => {
    const texts = [store.values.get(account), store.values.get(`${account}#2`)]
    const there = texts.filter((text) => text !== undefined)
    if (there.length > 1) throw new Error('two generations were left')
    return there.map((text): { body: string } => JSON.parse(text))[0]?.body
  }
  return { store, index, items, states, stored }
}

const unsaved = (reason: UnavailableReason) => ({ kind: 'unsaved', reason })

test('the store is probed before its first use, and once', async () => {
  const { store, items } = world()
  expect(items.state()).toEqual({ kind: 'locked', backend: 'Fake' })
  await items.read('a')
  await items.write('a', 'secret')
  expect(store.calls.filter((call) => call === 'probe')).toHaveLength(1)
  expect(store.calls[0]).toBe('probe')
  expect(items.state()).toEqual({ kind: 'unlocked', backend: 'Fake' })
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
  const { store, items, states, stored } = world()
  await items.probe()
  store.refusal = 'locked'
  expect(await items.write('a', 'new')).toEqual(unsaved('locked'))
  expect(await items.write('a', 'newer')).toEqual(unsaved('locked'))
  expect(await items.read('a')).toEqual({ kind: 'found', value: 'newer' })
  expect(items.unsaved()).toEqual(['a'])
  store.refusal = undefined
  await items.probe()
  expect(stored('a')).toBe('newer')
  expect(items.unsaved()).toEqual([])
  expect(states.map(({ kind }) => kind)).toEqual(['unlocked', 'locked', 'unlocked'])
})

test('listeners hear of an open keychain only when what waited is in it', async () => {
  const { store, items, stored } = world()
  store.refusal = 'locked'
  await items.write('a', 'new')
  const seen: (string | undefined)[] = []
  items.onStateChange(() => seen.push(stored('a')))
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
  expect(items.state().kind).toBe('unlocked')
  expect(await items.write('b', 'secret')).toEqual({ kind: 'saved' })
})

test('an item removed while the keychain is locked reads as absent, and goes when it is open', async () => {
  const { store, items, index, stored } = world()
  await items.write('a', 'old')
  store.refusal = 'locked'
  await items.probe()
  expect(await items.remove('a')).toEqual(unsaved('locked'))
  expect(await items.read('a')).toEqual({ kind: 'absent' })
  expect(stored('a')).toBe('old')
  store.refusal = undefined
  await items.probe()
  expect(stored('a')).toBeUndefined()
  expect(await index.removals()).toEqual([])
})

test('removed while locked and written anew while locked: the new one is what remains', async () => {
  const { store, items, index, stored } = world()
  await items.write('a', 'old')
  store.refusal = 'locked'
  await items.probe()
  await items.remove('a')
  await items.write('a', 'new')
  expect(await items.read('a')).toEqual({ kind: 'found', value: 'new' })
  // A crash here: the removal is still remembered, so that the old one does not come back.
  expect(await index.removals()).toMatchObject([{ account: 'a' }])
  store.refusal = undefined
  await items.probe()
  expect(stored('a')).toBe('new')
  expect(await index.removals()).toEqual([])
})

test('a keychain that closes in the middle of promoting keeps the rest in memory', async () => {
  const { store, items } = world()
  store.refusal = 'locked'
  await items.write('a', '1')
  await items.write('b', '2')
  store.refusal = undefined
  const write = store.write.bind(store)
  store.write = async (account, value) => {
    if (account.startsWith('b')) store.refusal = 'locked'
    return write(account, value)
  }
  expect((await items.probe()).kind).toBe('locked')
  expect(items.unsaved()).toEqual(['b'])
  expect(await items.read('b')).toEqual({ kind: 'found', value: '2' })
})

test('a call that settles late leads to a probe by itself', async () => {
  const { store, items, stored } = world()
  await items.probe()
  store.refusal = 'timed-out'
  await items.write('a', 'secret')
  store.refusal = undefined
  const changed = new Promise<VaultState>((resolve) => {
    items.onStateChange(resolve)
  })
  store.recover()
  expect((await changed).kind).toBe('unlocked')
  expect(stored('a')).toBe('secret')
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
    const { items, stored } = world()
    await items.write('a', 'secret')
    await (how === 'read' ? items.read('a', 'memory') : items.write('a', 'secret', 'memory'))
    expect(stored('a')).toBeUndefined()
    expect(await items.read('a', 'memory')).toEqual({ kind: 'found', value: 'secret' })
  },
)

test('a profile switched to the keychain keeps its item, and the next write saves it', async () => {
  const { items, stored } = world()
  await items.write('a', 'secret', 'memory')
  expect(await items.read('a')).toEqual({ kind: 'found', value: 'secret' })
  await items.write('a', 'newer')
  expect(stored('a')).toBe('newer')
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
  const items = itemsOn(createMemoryStore())
  expect(items.state()).toEqual({ kind: 'memory' })
  expect(await items.probe()).toEqual({ kind: 'memory' })
  expect(await items.write('a', 'secret')).toEqual({ kind: 'saved' })
  expect(await items.read('a')).toEqual({ kind: 'found', value: 'secret' })
})

test('a session kept while the keychain is locked wins over the one in it, whatever the clock says', async () => {
  let now = 9_000_000
  const setBack = { now: () => now }
  const store = createFakeStore()
  const index = createItemIndex(undefined, setBack)
  await itemsOn(store, { index }).write('a', 'hidden')
  now = 1
  store.refusal = 'locked'
  const items = itemsOn(store, { index })
  await items.write('a', 'newer')
  store.refusal = undefined
  await items.probe()
  expect(await itemsOn(store, { index }).read('a')).toEqual({ kind: 'found', value: 'newer' })
})

test('what another process saved meanwhile is not overwritten by what waited', async () => {
  const { store, items, index } = world()
  store.refusal = 'locked'
  await items.write('a', 'waited')
  store.refusal = undefined
  await itemsOn(store, { index }).write('a', 'newer')
  await items.probe()
  expect(await items.read('a')).toEqual({ kind: 'found', value: 'newer' })
  expect(items.unsaved()).toEqual([])
})

test('what was signed in again after a removal is not removed by another process that is late', async () => {
  const { store, items, index } = world()
  await items.write('a', 'old')
  store.refusal = 'locked'
  await items.probe()
  await items.remove('a')
  const [removal] = await index.removals()
  store.refusal = undefined
  const other = itemsOn(store, { index })
  await other.write('a', 'new')
  // The late one still has the removal in mind.
  await index.addRemoval(removal ?? { account: 'a', generation: 0 })
  await items.probe()
  expect(await other.read('a')).toEqual({ kind: 'found', value: 'new' })
})

const notText = (generation: number) => encodeWhole(generation, bodyText({ not: 'text' }))

test('a damaged item is set aside, once, under another name', async () => {
  const damaged = notText(5)
  const { store, items } = world(createFakeStore({ values: new Map([['a', damaged]]) }))
  expect(await items.read('a')).toEqual({ kind: 'unavailable', reason: 'corrupt' })
  expect(await items.read('a')).toEqual({ kind: 'absent' })
  expect([...store.values]).toEqual([['set-aside/then/a', damaged]])
  expect(await items.accounts('set-aside/')).toEqual(['set-aside/then/a'])
})

test.for<[string, number | undefined, Record<string, string>]>([
  ['in both places', undefined, { a: notText(5), 'a#2': notText(6) }],
  ['in parts', 2_560, { a: '{"cut', 'a#1.1': 'sec', 'a#1.2': 'ret' }],
  // The folder of the index was lost, and with it the number that was given last.
  ['with a number above all', undefined, { a: notText(9_000_000_000_000) }],
])('what was set aside %s goes with the item, and nothing else', async ([, itemBytes, values]) => {
  const others = ['ab', 'a/b'].flatMap((account) => [[account, notText(5)] as const])
  const { store, items } = world(
    createFakeStore({ values: new Map([...Object.entries(values), ...others]), itemBytes }),
  )
  for (const account of ['a', 'ab', 'a/b']) await items.read(account)
  expect(await items.accounts('set-aside/then/a')).toHaveLength(Object.keys(values).length + 2)
  await items.write('a', 'secret')
  await items.remove('a')
  expect([...store.values.keys()]).toEqual(['set-aside/then/ab', 'set-aside/then/a/b'])
  expect(await items.accounts('')).toEqual(['set-aside/then/ab', 'set-aside/then/a/b'])
})

test('what was set aside goes when the keychain is open again', async () => {
  const { store, items, index } = world(createFakeStore({ values: new Map([['a', notText(5)]]) }))
  await items.read('a')
  store.refusal = 'locked'
  await items.probe()
  await items.remove('a')
  expect(await items.accounts('')).toEqual([])
  store.refusal = undefined
  await itemsOn(store, { index }).probe()
  expect([...store.values]).toEqual([])
  expect(await index.removals()).toEqual([])
})

test('what the keychain does not take is spilled, found by the next run, and promoted when it is open', async () => {
  const { spill, files } = fakeSpill()
  const { store, items, index, stored } = world(createFakeStore(), spill)
  store.refusal = 'locked'
  expect(await items.write('a', 'secret')).toEqual({ kind: 'spilled', reason: 'locked' })
  expect([items.unsaved(), items.spilled()]).toEqual([[], ['a']])
  const next = itemsOn(store, { index, spill })
  expect(await next.read('a')).toEqual({ kind: 'found', value: 'secret' })
  store.refusal = undefined
  await next.probe()
  expect(stored('a')).toBe('secret')
  expect([...files]).toEqual([])
  expect(next.spilled()).toEqual([])
})

test('a removal takes what was spilled with it', async () => {
  const { spill, files } = fakeSpill()
  const { store, items, index } = world(createFakeStore(), spill)
  store.refusal = 'locked'
  await items.write('a', 'secret')
  const [kept] = files.values()
  await items.remove('a')
  expect([...files]).toEqual([])
  // A crash before the file was gone.
  if (kept !== undefined) await spill.put(kept)
  expect(await itemsOn(store, { index, spill }).read('a')).toEqual({ kind: 'absent' })
  expect([...files]).toEqual([])
})

test('a spilled file that cannot be deleted does not bring back what was removed', async () => {
  const { spill, files } = fakeSpill()
  let isReadOnly = true
  const stuck: Spill = {
    ...spill,
    // Known as gone where it could not be deleted; a restart finds it again.
    read: async (account) => (isReadOnly ? { kind: 'absent' } : spill.read(account)),
    release: async (account) => !isReadOnly && spill.release(account),
    forget: async (account) => !isReadOnly && spill.forget(account),
  }
  const { store, items, index } = world(createFakeStore(), stuck)
  store.refusal = 'locked'
  await items.write('a', 'secret')
  store.refusal = undefined
  await items.probe()
  expect(await items.remove('a')).toEqual({ kind: 'saved' })
  expect(await items.read('a')).toEqual({ kind: 'absent' })
  expect(await itemsOn(store, { index, spill: stuck }).read('a')).toEqual({ kind: 'absent' })
  isReadOnly = false
  expect(await itemsOn(store, { index, spill: stuck }).read('a')).toEqual({ kind: 'absent' })
  expect([...files]).toEqual([])
  expect([...store.values]).toEqual([])
})

test('a disk that had no room is tried again by the next probe', async () => {
  const { spill, files } = fakeSpill()
  let isFull = true
  const { store, items } = world(createFakeStore(), {
    ...spill,
    put: (item) => (isFull ? Promise.resolve(false) : spill.put(item)),
  })
  store.refusal = 'locked'
  expect(await items.write('a', 'secret')).toEqual(unsaved('locked'))
  isFull = false
  await items.probe()
  expect([...files.keys()]).toEqual(['a'])
  expect([items.unsaved(), items.spilled()]).toEqual([[], ['a']])
})

test('a profile switched to memory takes what was spilled off the disk', async () => {
  const { spill, files } = fakeSpill()
  const { store, items } = world(createFakeStore(), spill)
  store.refusal = 'locked'
  await items.write('a', 'secret')
  await items.write('a', 'secret', 'memory')
  expect([...files]).toEqual([])
  expect(await items.read('a', 'memory')).toEqual({ kind: 'found', value: 'secret' })
})
