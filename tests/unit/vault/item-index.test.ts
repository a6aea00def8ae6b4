import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createItemIndex } from '../../../main/vault/item-index.ts'

const start = Date.UTC(2026, 1, 3, 4, 5, 6)
let now: number
const clock = { now: () => now }
let directory: string

beforeEach(async () => {
  now = start
  directory = await mkdtemp(join(tmpdir(), 'sesame-index-'))
})
afterEach(() => rm(directory, { recursive: true, force: true }))

const open = () => createItemIndex(directory, clock)

test('what is listed is listed after a restart', async () => {
  const index = open()
  await index.addAccount('session/a')
  await index.addAccount('session/b')
  await index.addRemoval({ account: 'session/b', generation: 7 })
  await index.deleteAccount('session/b')
  const next = open()
  expect(await next.accounts()).toEqual(['session/a'])
  expect([await next.hasAccount('session/a'), await next.hasAccount('session/b')]).toEqual([true, false])
  expect(await next.removals()).toEqual([{ account: 'session/b', generation: 7 }])
})

test('what another process lists meanwhile is listed, and what it takes off is not', async () => {
  const one = open()
  const other = open()
  await one.addAccount('session/a')
  expect(await other.accounts()).toEqual(['session/a'])
  await one.addAccount('session/b')
  await one.deleteAccount('session/a')
  expect(await other.accounts()).toEqual(['session/b'])
})

test('processes that write in the same instant lose nothing of each other', async () => {
  const processes = [open(), open(), open(), open()]
  const processOf = (at: number) => processes[at % 4] ?? open()
  const accounts = Array.from({ length: 40 }, (_, number) => `session/${number}`)
  await Promise.all(accounts.map((account, at) => processOf(at).addAccount(account)))
  await Promise.all(accounts.slice(0, 20).map((account, at) => processOf(at + 1).deleteAccount(account)))
  expect((await open().accounts()).toSorted()).toEqual(accounts.slice(20).toSorted())
})

test('one process sees at once what another one removed', async () => {
  const one = open()
  const other = open()
  expect(await one.removalOf('a')).toBeUndefined()
  await other.addRemoval({ account: 'a', generation: 5 })
  expect(await one.removalOf('a')).toBe(5)
})

test('a removal that was settled does not take a later one with it', async () => {
  const index = open()
  await index.addRemoval({ account: 'a', generation: 5 })
  await index.addRemoval({ account: 'a', generation: 9 })
  await index.deleteRemoval({ account: 'a', generation: 5 })
  expect(await index.removalOf('a')).toBe(9)
  await index.deleteRemoval({ account: 'a', generation: 9 })
  expect(await index.removals()).toEqual([])
})

test('what the disk did not take is known all the same, and written with the next change', async () => {
  const blocked = join(directory, 'vault-index')
  await writeFile(blocked, '')
  const index = open()
  await index.addRemoval({ account: 'a', generation: 1 })
  expect(await index.removalOf('a')).toBe(1)
  expect(await index.removals()).toEqual([{ account: 'a', generation: 1 }])
  await rm(blocked)
  await mkdir(blocked)
  await index.addAccount('b')
  const next = open()
  expect([await next.removalOf('a'), await next.accounts()]).toEqual([1, ['b']])
})

test('the list of version 0.1 is taken over, and goes', async () => {
  const path = join(directory, 'vault-index.json')
  await writeFile(path, JSON.stringify({ version: 1, accounts: ['session/a'], removals: ['session/b'] }))
  const index = open()
  expect(await index.accounts()).toEqual(['session/a'])
  expect(await index.removalOf('session/b')).toBeGreaterThanOrEqual(start)
  expect(await readdir(directory)).toEqual(['vault-index'])
})

test('a list of version 0.1 that is damaged stays where it is', async () => {
  const path = join(directory, 'vault-index.json')
  await writeFile(path, '{"version":1,"acc')
  await open().addAccount('a')
  expect(await readFile(path, 'utf8')).toBe('{"version":1,"acc')
})

const days = 24 * 3_600_000

test.for([
  ['the same instant', 0],
  ['a clock set back by a minute', -60_000],
  ['a clock set back by a year', -365 * days],
  ['a clock set on by a day', days],
] as const)('after %s, in another process, a generation still is above a hidden one', async ([, movedBy]) => {
  const before = open()
  let newest = 0
  for (let refresh = 0; refresh < 50; refresh += 1) newest = await before.nextGeneration(newest)
  now += movedBy
  // The keychain is locked: what the newest generation in it is cannot be seen.
  const next = open()
  const hidden = await next.nextGeneration('hidden')
  expect(hidden).toBeGreaterThan(newest)
  expect(await open().nextGeneration('hidden')).toBeGreaterThan(hidden)
})

test('after a hidden generation, every other is above it, in every process', async () => {
  let newest = await open().nextGeneration(0)
  const hidden = await open().nextGeneration('hidden')
  now += 60_000
  for (const index of [open(), open()]) {
    const next = await index.nextGeneration(newest)
    expect(next).toBeGreaterThan(hidden)
    newest = next
  }
  // Only once: numbers go back to the clock.
  now += 60 * 60_000
  expect(await open().nextGeneration(newest)).toBe(now)
})

test('no two generations are the same, and each is above the newest', async () => {
  const index = open()
  const given = await Promise.all(Array.from({ length: 100 }, () => index.nextGeneration(start + 5_000)))
  expect(new Set(given).size).toBe(100)
  expect(Math.min(...given)).toBeGreaterThan(start + 5_000)
})
