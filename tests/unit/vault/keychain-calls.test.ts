// What replacing an item costs the keychain, and what happens where it is locked in between two of those calls.
import { expect, test } from 'vitest'
import * as z from 'zod'
import { createGenerations } from '../../../main/vault/generations.ts'
import { encodeWhole } from '../../../main/vault/item.ts'
import { createKeytarStore } from '../../../main/vault/keytar-store.ts'
import { createPlaces } from '../../../main/vault/places.ts'
import { createFakeKeytar, type KeychainCondition } from './fake-keytar.ts'
import { createManualClock } from './manual-clock.ts'

const world = () => {
  const keytar = createFakeKeytar()
  const clock = createManualClock()
  const store = createKeytarStore({
    service: 'Test',
    clock,
    platform: 'linux',
    loadKeytar: async () => keytar,
    askLock: async () => 'unknown',
  })
  const generations = createGenerations(
    createPlaces(store, { list: async () => undefined, stamp: () => 'then' }),
  )
  return {
    keytar,
    clock,
    read: () => generations.read('a', (body) => z.string().safeParse(body).data),
    write: (body: string) => generations.write('a', body, async (newest) => newest + 1),
    /** The keychain is so from the n-th call from now on, counted from 1. */
    become: (condition: KeychainCondition, call: number): void => {
      const first = keytar.calls.length
      keytar.onCall = () => {
        if (keytar.calls.length - first === call) keytar.condition = condition
      }
    },
  }
}

const found = (value: string) => ({ kind: 'found', value })

test('an item is replaced by five calls: where it lies and what is free, the write, its proof, the removal', async () => {
  const { keytar, clock, write, read } = world()
  await write('old')
  clock.advance(3_600_000)
  keytar.calls.length = 0
  expect(await write('new')).toEqual({ kind: 'done' })
  expect(keytar.calls).toEqual(['get a', 'get a#2', 'set a#2', 'get a#2', 'delete a'])
  expect(await read()).toEqual(found('new'))
})

test('a keychain that answers slowly is asked once more whether it is open, before it is written to', async () => {
  const { keytar, clock, write } = world()
  await write('old')
  keytar.calls.length = 0
  keytar.onCall = () => clock.advance(300)
  await write('new')
  expect(keytar.calls.slice(0, 4)).toEqual(['get a', 'get a#2', 'get sentinel', 'set a#2'])
})

test('what is locked after the first look refuses the write, and has kept what it had', async () => {
  const { keytar, write, read, become } = world()
  await write('old')
  become('locked', 2)
  expect(await write('new')).toEqual({ kind: 'unavailable', reason: 'locked' })
  keytar.condition = 'open'
  expect(await read()).toEqual(found('old'))
})

test('nothing in either place is not believed of a keychain that is locked', async () => {
  const { keytar, write, read } = world()
  await write('old')
  keytar.condition = 'locked'
  expect(await write('new')).toEqual({ kind: 'unavailable', reason: 'locked' })
  keytar.condition = 'open'
  expect(await read()).toEqual(found('old'))
})

test('what was hidden at the first look, and is older, is gone after the write', async () => {
  const { keytar, write, read, become } = world()
  await write('old')
  await write('current')
  // As a crash between the write and the removal leaves it.
  keytar.items.set('Test/a', encodeWhole(1, '"old"'))
  keytar.condition = 'locked'
  become('open', 2)
  expect(await write('new')).toEqual({ kind: 'done' })
  expect(await read()).toEqual(found('new'))
  expect([...keytar.items.values()].join()).not.toContain('old')
  expect([...keytar.items.values()].join()).not.toContain('current')
})
