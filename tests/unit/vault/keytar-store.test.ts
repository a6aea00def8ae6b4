import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { createKeytarStore } from '../../../main/vault/keytar-store.ts'
import type { LockAnswer } from '../../../main/vault/secret-service.ts'
import { createFakeKeytar, type FakeKeytar } from './fake-keytar.ts'
import { createManualClock } from './manual-clock.ts'

interface World {
  readonly keytar?: FakeKeytar
  readonly platform?: NodeJS.Platform
  readonly lock?: () => LockAnswer
}

const world = ({ keytar = createFakeKeytar(), platform = 'linux', lock = () => 'unknown' }: World = {}) => {
  const clock = createManualClock()
  let loaded = 0
  const store = createKeytarStore({
    service: 'Test',
    clock,
    platform,
    timeoutMs: 1_000,
    loadKeytar: async () => {
      loaded += 1
      return keytar
    },
    askLock: async () => lock(),
  })
  return { store, keytar, clock, loadedTimes: () => loaded }
}

test('keytar is loaded at the first call and once', async () => {
  const { store, loadedTimes } = world()
  expect(loadedTimes()).toBe(0)
  await store.probe()
  await store.read('a')
  expect(loadedTimes()).toBe(1)
})

test('what is written is read back, and what was never there is absent', async () => {
  const { store } = world()
  expect(await store.write('a', 'secret')).toEqual({ kind: 'done' })
  expect(await store.read('a')).toEqual({ kind: 'found', value: 'secret' })
  expect(await store.read('b')).toEqual({ kind: 'absent' })
  expect(await store.remove('a')).toEqual({ kind: 'done' })
  expect(await store.remove('a')).toEqual({ kind: 'done' })
  expect(await store.read('a')).toEqual({ kind: 'absent' })
})

test.for(['read', 'write', 'remove'] as const)(
  'on a keyring that was locked since, %s says locked',
  async (operation) => {
    const { store, keytar } = world()
    await store.write('a', 'secret')
    keytar.condition = 'locked'
    const outcome = operation === 'write' ? store.write('a', 'new') : store[operation]('a')
    expect(await outcome).toEqual({ kind: 'unavailable', reason: 'locked' })
    keytar.condition = 'open'
    expect(await store.read('a')).toEqual({ kind: 'found', value: 'secret' })
  },
)

test('several are read together: what is there, and what is not, is told of each', async () => {
  const { store, keytar } = world()
  await store.write('a', 'secret')
  keytar.calls.length = 0
  expect(await store.readAll(['a', 'b'], 'proved')).toEqual({ kind: 'read', values: ['secret', undefined] })
  expect(keytar.calls).toEqual(['get a', 'get b', 'get sentinel'])
  keytar.calls.length = 0
  expect(await store.readAll(['a', 'b'], 'likely')).toEqual({ kind: 'read', values: ['secret', undefined] })
  expect(keytar.calls).toEqual(['get a', 'get b'])
})

test('of several, none is called absent by a keyring that is locked or was opened in between', async () => {
  const { store, keytar, clock } = world()
  await store.write('a', 'secret')
  await store.write('b', 'other')
  clock.advance(60_000)
  keytar.condition = 'locked'
  const both = ['a', 'b'] as const
  expect(await store.readAll(both, 'proved')).toEqual({ kind: 'unavailable', reason: 'locked' })
  // Opened after the look, before the sentinel.
  const { length } = keytar.calls
  keytar.onCall = () => {
    if (keytar.calls.length > length + 2) keytar.condition = 'open'
  }
  expect(await store.readAll(both, 'proved')).toEqual({ kind: 'read', values: ['secret', 'other'] })
})

test('what reads back as something else was not taken', async () => {
  const { store, keytar } = world()
  await store.probe()
  keytar.keeps = (value) => value.slice(0, 3)
  expect(await store.write('a', 'secret')).toEqual({ kind: 'unavailable', reason: 'corrupt' })
})

test('nothing is written to a keyring that is locked, because the write could wait for a prompt', async () => {
  const { store, keytar, clock } = world()
  await store.probe()
  clock.advance(250)
  keytar.condition = 'locked'
  keytar.calls.length = 0
  await store.write('a', 'secret')
  expect(keytar.calls).toEqual(['get sentinel'])
})

test.for<[LockAnswer, FakeKeytar['condition'], string]>([
  ['unlocked', 'open', 'done'],
  ['locked', 'locked', 'locked'],
  ['no-service', 'gone', 'no-service'],
  ['no-answer', 'hung', 'timed-out'],
  ['unknown', 'open', 'done'],
  ['unknown', 'locked', 'locked'],
  ['unknown', 'gone', 'no-service'],
  ['no-collection', 'open', 'done'],
])(
  'a probe with the service saying %s and the keychain %s answers %s',
  async ([lock, condition, expected]) => {
    const { store, keytar } = world({ lock: () => lock })
    keytar.condition = condition
    const outcome = await store.probe()
    expect(outcome.kind === 'done' ? 'done' : outcome.reason).toBe(expected)
  },
)

test.for<LockAnswer>(['locked', 'no-service', 'no-answer'])(
  'a probe touches no item when the service says %s',
  async (lock) => {
    const { store, keytar } = world({ lock: () => lock })
    await store.probe()
    expect(keytar.calls).toEqual([])
  },
)

test('a keyring whose items were deleted is found empty by the next probe, not locked for ever', async () => {
  const { store, keytar } = world()
  await store.write('a', 'secret')
  keytar.items.clear()
  expect(await store.read('a')).toEqual({ kind: 'unavailable', reason: 'locked' })
  expect(await store.probe()).toEqual({ kind: 'done' })
  expect(await store.read('a')).toEqual({ kind: 'absent' })
})

test.for<NodeJS.Platform>(['darwin', 'win32'])(
  'on %s nothing there means nothing there, and no sentinel is kept',
  async (platform) => {
    const { store, keytar } = world({ platform })
    expect(await store.probe()).toEqual({ kind: 'done' })
    expect(await store.read('a')).toEqual({ kind: 'absent' })
    await store.write('a', 'secret')
    expect([...keytar.items.keys()]).toEqual(['Test/a'])
  },
)

test('an error in words nobody knows is explained by the service itself', async () => {
  let lock: LockAnswer = 'unlocked'
  const keytar = createFakeKeytar()
  const { store } = world({ keytar, lock: () => lock })
  await store.probe()
  keytar.getPassword = () => Promise.reject(new Error('Der Schlüsselbund ist zu'))
  lock = 'locked'
  expect(await store.read('a')).toEqual({ kind: 'unavailable', reason: 'locked' })
  lock = 'unlocked'
  expect(await store.read('a')).toEqual({ kind: 'unavailable', reason: 'denied' })
})

test('a hung call times out once; those behind it are refused at once and go through after it settled', async () => {
  const { store, keytar, clock } = world()
  await store.write('a', 'secret')
  keytar.condition = 'hung'
  const hung = store.read('a')
  const behind = store.read('a')
  await nextTurn()
  clock.advance(1_000)
  const timedOut = { kind: 'unavailable', reason: 'timed-out' }
  expect(await hung).toEqual(timedOut)
  expect(await behind).toEqual(timedOut)
  expect(store.stuck).toBe(true)
  const recovered = new Promise<void>((resolve) => {
    store.onRecovered(resolve)
  })
  keytar.release()
  await recovered
  expect(await store.read('a')).toEqual({ kind: 'found', value: 'secret' })
})

test('calls reach the keychain one after the other', async () => {
  const keytar = createFakeKeytar()
  let under = 0
  let most = 0
  const { store } = world({ keytar })
  await store.probe()
  const get = keytar.getPassword.bind(keytar)
  keytar.getPassword = async (service, account) => {
    under += 1
    most = Math.max(most, under)
    await nextTurn()
    under -= 1
    return get(service, account)
  }
  await Promise.all(['a', 'b', 'c', 'd'].map((account) => store.read(account)))
  expect(most).toBe(1)
})

test.for([
  ['an empty value', ''],
  ['a value with a NUL', 'a\0b'],
] as const)('%s is refused before it reaches the keychain', async ([, value]) => {
  const { store, keytar } = world()
  await expect(store.write('a', value)).rejects.toThrow(TypeError)
  expect(keytar.calls).toEqual([])
})

test('a binding that cannot be loaded is a keychain that is absent', async () => {
  const store = createKeytarStore({
    service: 'Test',
    clock: createManualClock(),
    platform: 'linux',
    loadKeytar: () => Promise.reject(new Error('Failed to load keytar native addon, checked []')),
    askLock: async () => 'unknown',
  })
  expect(await store.probe()).toEqual({ kind: 'unavailable', reason: 'no-service' })
})

describe('with keytar in a helper', () => {
  /** A helper that can be started anew: what was asked of the old one rejects, and the new one meets the keychain as it is. */
  const helped = () => {
    const keytar = createFakeKeytar()
    let restarts = 0
    const restart = (): void => {
      restarts += 1
      keytar.fail(new Error('The keychain helper ended'))
    }
    return { ...world({ keytar: Object.assign(keytar, { restart }) }), restarts: () => restarts }
  }

  test('a connection that is dead is left for a new one, once per call', async () => {
    const { store, keytar, restarts } = helped()
    await store.write('a', 'secret')
    keytar.condition = 'gone'
    expect(await store.read('a')).toEqual({ kind: 'unavailable', reason: 'no-service' })
    expect(restarts()).toBe(1)
    // The daemon is back, and only the old connection does not know.
    const get = keytar.getPassword.bind(keytar)
    let isNew = false
    keytar.restart = () => {
      isNew = true
      keytar.condition = 'open'
    }
    expect([await store.read('a'), isNew]).toEqual([{ kind: 'found', value: 'secret' }, true])
    expect(await get('Test', 'a')).toBe('secret')
  })

  test('a call that hangs is given up at the next probe, and never counts as stuck', async () => {
    const { store, keytar, clock, restarts } = helped()
    await store.write('a', 'secret')
    keytar.condition = 'hung'
    const read = store.read('a')
    await nextTurn()
    clock.advance(1_000)
    expect(await read).toEqual({ kind: 'unavailable', reason: 'timed-out' })
    expect([store.stuck, restarts()]).toEqual([false, 0])
    keytar.condition = 'open'
    expect(await store.probe()).toEqual({ kind: 'done' })
    expect(restarts()).toBe(1)
    expect(await store.read('a')).toEqual({ kind: 'found', value: 'secret' })
  })

  test('a call that hangs is left alone while nobody would answer another one', async () => {
    let lock: LockAnswer = 'unlocked'
    const keytar = createFakeKeytar()
    let restarts = 0
    const restart = (): void => {
      restarts += 1
    }
    const { store, clock } = world({ keytar: Object.assign(keytar, { restart }), lock: () => lock })
    await store.probe()
    keytar.condition = 'hung'
    const read = store.read('a')
    await nextTurn()
    clock.advance(1_000)
    await read
    lock = 'no-answer'
    expect(await store.probe()).toEqual({ kind: 'unavailable', reason: 'timed-out' })
    expect(restarts).toBe(0)
  })
})
