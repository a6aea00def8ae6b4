import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createItemIndex } from '../../../main/vault/item-index.ts'

const clock = { now: () => Date.UTC(2026, 1, 3, 4, 5, 6) }
let directory: string
let path: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sesame-index-'))
  path = join(directory, 'vault-index.json')
})
afterEach(() => rm(directory, { recursive: true, force: true }))

test('what is listed is listed after a restart', async () => {
  const index = createItemIndex(path, clock)
  await index.add('accounts', 'session/a')
  await index.add('accounts', 'session/b')
  await index.add('removals', 'session/b')
  await index.delete('accounts', 'session/b')
  const next = createItemIndex(path, clock)
  expect(await next.list('accounts')).toEqual(['session/a'])
  expect(await next.has('removals', 'session/b')).toBe(true)
})

test('a second process adds to the file and takes nothing away', async () => {
  const one = createItemIndex(path, clock)
  const other = createItemIndex(path, clock)
  await one.add('accounts', 'a')
  await other.add('accounts', 'b')
  await one.add('accounts', 'c')
  expect(await createItemIndex(path, clock).list('accounts')).toEqual(['a', 'b', 'c'])
})

test('what the disk did not take is known all the same, and written with the next change', async () => {
  const blocked = join(directory, 'not-a-folder')
  await writeFile(blocked, '')
  const index = createItemIndex(join(blocked, 'vault-index.json'), clock)
  await index.add('removals', 'a')
  expect(await index.has('removals', 'a')).toBe(true)
  await rm(blocked)
  await mkdir(blocked)
  await index.add('removals', 'b')
  expect(await createItemIndex(join(blocked, 'vault-index.json'), clock).list('removals')).toEqual(['a', 'b'])
})

test('a damaged index is set aside and a new one begins', async () => {
  await writeFile(path, '{"version":1,"acc')
  const index = createItemIndex(path, clock)
  await index.add('accounts', 'a')
  expect((await readdir(directory)).toSorted()).toEqual([
    'vault-index.damaged-20260203T040506Z.json',
    'vault-index.json',
  ])
  expect(await readFile(join(directory, 'vault-index.damaged-20260203T040506Z.json'), 'utf8')).toBe(
    '{"version":1,"acc',
  )
  expect(await createItemIndex(path, clock).list('accounts')).toEqual(['a'])
})
