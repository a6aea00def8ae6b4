import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { createGenerations, type GenerationWrite } from '../../../main/vault/generations.ts'
import { bodyText, encodeWhole } from '../../../main/vault/item.ts'
import { createPlaces } from '../../../main/vault/places.ts'
import { createFakeStore, type FakeStore } from './fake-store.ts'

const world = (store: FakeStore) => {
  const listed: string[] = []
  const generations = createGenerations(
    createPlaces(store, { list: async (account) => void listed.push(account), stamp: () => 'then' }),
  )
  return {
    store,
    listed,
    generations,
    read: (after?: number) => generations.read('a', (body) => z.string().safeParse(body).data, after),
    write: (body: unknown, number?: number): Promise<GenerationWrite> =>
      generations.write('a', body, async (newest) => number ?? newest + 1),
  }
}

const found = (value: string) => ({ kind: 'found', value })
/** Long enough for three parts of 2,000 bytes. */
const long = (letter: string): string => letter.repeat(5_000)
const sizes = [
  ['any size', undefined],
  ['2,560 bytes, as on Windows', 2_560],
  ['200 bytes', 200],
] as const

describe.for(sizes)('in items of %s', ([, itemBytes]) => {
  test('a new generation takes the place of the old one, which goes last', async () => {
    const { store, read, write } = world(createFakeStore({ itemBytes }))
    expect(await read()).toEqual({ kind: 'absent' })
    for (const letter of ['x', 'y', 'z']) {
      await write(long(letter))
      expect(await read()).toEqual(found(long(letter)))
    }
    const changes = store.calls.filter((call) => !call.startsWith('read'))
    const lastWrite = changes.findLastIndex((call) => call.startsWith('write'))
    const removals = changes.slice(lastWrite + 1)
    expect(removals.length).toBeGreaterThan(0)
    expect(removals.every((call) => call.startsWith('remove'))).toBe(true)
    expect([...store.values.values()].join('')).not.toContain('yy')
  })

  test('a crash at any instant of a write leaves the old or the new, and the next write leaves nothing of it', async () => {
    let crashes = 0
    for (;;) {
      const store = createFakeStore({ itemBytes })
      const before = world(store)
      await before.write(long('x'))
      store.changesLeft = crashes
      const ended = await Promise.race([before.write(long('y')), nextTurns()])
      store.changesLeft = Number.POSITIVE_INFINITY
      const after = world(createFakeStore({ itemBytes, values: new Map(store.values) }))
      const left = await after.read()
      expect([found(long('x')), found(long('y'))]).toContainEqual(left)
      expect(after.listed).toEqual([])
      await after.write(long('z'))
      expect(await after.read()).toEqual(found(long('z')))
      expect([...after.store.values.values()].join('')).not.toMatch(/xx|yy/)
      if (ended !== undefined) break
      crashes += 1
    }
    expect(crashes).toBeGreaterThanOrEqual(2)
  })

  test('a crash at any instant of a removal never brings an older generation back', async () => {
    for (let crashes = 0; crashes < 12; crashes += 1) {
      const store = createFakeStore({ itemBytes })
      const before = world(store)
      await before.write(long('x'))
      // A crash before the old one was removed: both are there.
      const old = new Map(store.values)
      await before.write(long('y'))
      const both = createFakeStore({ itemBytes, values: new Map([...old, ...store.values]) })
      const removing = world(both)
      expect(await removing.read()).toEqual(found(long('y')))
      both.changesLeft = crashes
      await Promise.race([removing.generations.remove('a', 9), nextTurns()])
      both.changesLeft = Number.POSITIVE_INFINITY
      const left = await world(both).read()
      expect([found(long('y')), { kind: 'absent' }]).toContainEqual(left)
      await world(both).generations.remove('a', 9)
      expect([...both.values]).toEqual([])
    }
  })

  test('a store that keeps something else has not taken it, and the old one stays', async () => {
    const { store, read, write } = world(createFakeStore({ itemBytes }))
    await write(long('x'))
    store.keep = (value) => value.slice(0, 60)
    expect(await write(long('y'))).toEqual({ kind: 'unavailable', reason: 'corrupt' })
    store.keep = (value) => value
    expect(await read()).toEqual(found(long('x')))
  })
})

/** Long enough for everything that is not stuck. */
const nextTurns = async (): Promise<undefined> => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate)
}

test('a body that fits is one item, under the name that version 0.1 used', async () => {
  const { store, write } = world(createFakeStore({ itemBytes: 2_560 }))
  await write('short')
  expect([...store.values]).toEqual([['a', encodeWhole(1, '"short"')]])
})

test('what version 0.1 wrote is read, and replaced without a time when it is gone', async () => {
  const old = new Map([['a', '{"sesame":1,"generation":3,"body":"old"}']])
  const { store, read, write } = world(createFakeStore({ values: old, itemBytes: 200 }))
  expect(await read()).toEqual(found('old'))
  await write('new')
  expect([...store.values]).toEqual([['a#2', encodeWhole(4, '"new"')]])
})

test('what lies between the newest and the one that is written is let be', async () => {
  const { read, write, generations } = world(createFakeStore())
  await write('newer', 9)
  const answer = await generations.write('a', 'older', async (newest) => (newest < 5 ? 5 : undefined))
  expect(answer).toEqual({ kind: 'superseded' })
  expect(await read()).toEqual(found('newer'))
})

test('generations up to a removal read as absent, and a removal leaves newer ones', async () => {
  const { read, write, generations } = world(createFakeStore())
  await write('x', 5)
  expect(await read(5)).toEqual({ kind: 'absent' })
  await write('y', 6)
  await generations.remove('a', 5)
  expect(await read(5)).toEqual(found('y'))
})

describe('damage', () => {
  const damaged = encodeWhole(9, '"y"').replace('"y"', '"?"')

  test.for([
    ['a checksum that does not match', damaged],
    ['a body of another shape', encodeWhole(9, bodyText({ not: 'text' }))],
    ['text cut short', '{"sesame":1,"gen'],
  ] as const)('%s is set aside, and the generation before it is read', async ([, item]) => {
    const values = new Map([
      ['a', encodeWhole(8, '"x"')],
      ['a#2', item],
    ])
    const { store, listed, read } = world(createFakeStore({ values }))
    expect(await read()).toEqual(found('x'))
    expect(store.values.get('set-aside/then/a#2')).toBe(item)
    expect(listed).toEqual(['set-aside/then/a#2'])
    expect(await read()).toEqual(found('x'))
    expect(store.values.has('a#2')).toBe(false)
  })

  test('with nothing before it is told once, and then nothing is there', async () => {
    const { store, read } = world(createFakeStore({ values: new Map([['a', damaged]]) }))
    expect(await read()).toEqual({ kind: 'unavailable', reason: 'corrupt' })
    expect(await read()).toEqual({ kind: 'absent' })
    expect([...store.values.keys()]).toEqual(['set-aside/then/a'])
  })

  test('in one part sets all parts aside', async () => {
    const { store, read, write } = world(createFakeStore({ itemBytes: 2_560 }))
    await write(long('x'))
    store.values.set('a#1.2', 'damaged')
    expect(await read()).toEqual({ kind: 'unavailable', reason: 'corrupt' })
    expect([...store.values.keys()].toSorted()).toEqual(
      ['a', 'a#1.1', 'a#1.2', 'a#1.3'].map((name) => `set-aside/then/${name}`),
    )
  })

  test('that cannot be copied stays where it is, also under a write', async () => {
    const values = new Map([
      ['a', damaged],
      ['a#2', damaged],
    ])
    const { store, read, write } = world(createFakeStore({ values }))
    const writeItem = store.write.bind(store)
    store.write = async (account, value) =>
      account.startsWith('set-aside/') ? { kind: 'unavailable', reason: 'denied' } : writeItem(account, value)
    expect(await read()).toEqual({ kind: 'unavailable', reason: 'corrupt' })
    expect(await write('new')).toEqual({ kind: 'unavailable', reason: 'denied' })
    expect([...store.values.values()]).toEqual([damaged, damaged])
  })
})

test.for(['read', 'write', 'remove'] as const)(
  'a store that cannot say is never taken for an empty one by %s',
  async (operation) => {
    const { store, read, write, generations } = world(createFakeStore())
    await write('x')
    store.refusal = 'locked'
    const answers = { read, write: () => write('y'), remove: () => generations.remove('a', 9) }
    expect(await answers[operation]()).toEqual({ kind: 'unavailable', reason: 'locked' })
    store.refusal = undefined
    expect(await read()).toEqual(found('x'))
  },
)
