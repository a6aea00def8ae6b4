import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createSpill, type Encryption } from '../../../main/vault/spill.ts'
import { fakeEncryption } from './fake-encryption.ts'
import { createManualClock } from './manual-clock.ts'

let directory: string
const folder = (): string => join(directory, 'vault-waiting')

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sesame-spill-'))
})
afterEach(() => rm(directory, { recursive: true, force: true }))

const item = { account: 'session/a', generation: 7, body: { token: 'Zoë 🙂' } }
const open = (encryption?: Encryption) => createSpill(directory, encryption, createManualClock())

test('what is put there is there for the next process, and nothing of it in the clear', async () => {
  expect(await open(fakeEncryption()).put(item)).toBe(true)
  expect(await open(fakeEncryption()).all()).toEqual([item])
  const [name] = await readdir(folder())
  expect(await readFile(join(folder(), name ?? ''), 'utf8')).not.toMatch(/session|token|Zo/)
})

test('the newest of an account is kept, and nothing of what was removed', async () => {
  const spill = open(fakeEncryption())
  await spill.put(item)
  await spill.put({ ...item, generation: 8 })
  expect(await spill.all()).toEqual([{ ...item, generation: 8 }])
  expect(await spill.release(item.account)).toBe(true)
  expect(await spill.all()).toEqual([])
  expect(await readdir(folder())).toEqual([])
})

test('without real encryption nothing is written, and what is there is left alone', async () => {
  const encryption = fakeEncryption()
  encryption.real = false
  const spill = open(encryption)
  expect(await spill.put(item)).toBe(false)
  await expect(readdir(folder())).rejects.toThrow('ENOENT')
  await open(fakeEncryption()).put(item)
  expect(await spill.all()).toEqual([])
  encryption.real = true
  expect(await spill.all()).toEqual([item])
})

test.for([
  [
    'of another key',
    async () => {
      await rm(folder(), { recursive: true })
      await open(fakeEncryption('other')).put(item)
    },
  ],
  ['of no kind we know', async () => writeFile(await pathOf(), 'what?')],
  ['cut short', async () => writeFile(await pathOf(), (await readFile(await pathOf(), 'utf8')).slice(0, 60))],
] as const)('a file %s is passed over, and set aside when its place is needed', async ([, damage]) => {
  await open(fakeEncryption()).put(item)
  await damage()
  const spill = open(fakeEncryption())
  expect(await spill.all()).toEqual([])
  expect(await spill.read(item.account)).toEqual({ kind: 'unavailable', reason: 'sealed' })
  const before = await readFile(await pathOf(), 'utf8')
  expect(await spill.put(item)).toBe(true)
  expect(await spill.all()).toEqual([item])
  const aside = (await readdir(folder())).find((name) => name.includes('damaged'))
  expect(await readFile(join(folder(), aside ?? ''), 'utf8')).toBe(before)
})

const asideIn = async (): Promise<string[]> =>
  (await readdir(folder())).filter((name) => name.includes('damaged'))

const unable = [
  ['another key', () => fakeEncryption('other'), 'sealed'],
  ['encryption that is not real', () => ({ ...fakeEncryption(), isReal: async () => false }), 'sealed'],
  ['no encryption at all, as in a command', () => undefined, 'app-only'],
] as const

test.for(unable)('with %s a file is told from none, and set aside instead of deleted', async (row) => {
  const [, encryption, reason] = row
  await open(fakeEncryption()).put(item)
  const spill = open(encryption())
  expect(await spill.read(item.account)).toEqual({ kind: 'unavailable', reason })
  expect(await spill.read('session/b')).toEqual({ kind: 'absent' })
  const before = await readFile(await pathOf(), 'utf8')
  expect(await spill.release(item.account)).toBe(true)
  expect(await spill.read(item.account)).toEqual({ kind: 'absent' })
  const [aside = ''] = await asideIn()
  expect(await readFile(join(folder(), aside), 'utf8')).toBe(before)
})

test('without encryption nothing is written', async () => {
  expect(await open().put(item)).toBe(false)
  await expect(readdir(folder())).rejects.toThrow('ENOENT')
})

test('what is forgotten leaves nothing, not even what was set aside; others keep theirs', async () => {
  const other = { ...item, account: 'session/b' }
  for (const one of [item, other]) {
    await open(fakeEncryption('other')).put(one)
    await open(fakeEncryption()).put(one)
  }
  const spill = open(fakeEncryption())
  expect(await spill.forget(item.account)).toBe(true)
  expect(await spill.all()).toEqual([other])
  expect(await readdir(folder())).toHaveLength(2)
})

test('what cannot be deleted is told each time, and gone for this process', async () => {
  const spill = open(fakeEncryption())
  await spill.put(item)
  const path = await pathOf()
  await rm(path)
  // A folder is not deleted as a file is.
  await mkdir(path)
  expect([await spill.forget(item.account), await spill.forget(item.account)]).toEqual([false, false])
  expect(await spill.read(item.account)).toEqual({ kind: 'absent' })
  await rm(path, { recursive: true })
  expect(await spill.forget(item.account)).toBe(true)
})

test('a file that opens is read by its account alone', async () => {
  const spill = open(fakeEncryption())
  await spill.put(item)
  expect(await spill.read(item.account)).toEqual({ kind: 'found', value: item })
  await rename(await pathOf(), join(folder(), `${'0'.repeat(32)}.json`))
  expect([await spill.read(item.account), await spill.all()]).toEqual([{ kind: 'absent' }, []])
})

const pathOf = async (): Promise<string> => join(folder(), (await readdir(folder()))[0] ?? '')

test('a platform that hangs does not hold up the vault', async () => {
  const clock = createManualClock()
  const hung = new Promise<never>(() => undefined)
  const spill = createSpill(directory, { ...fakeEncryption(), isReal: () => hung }, clock)
  const put = spill.put(item)
  clock.advance(10_000)
  expect(await put).toBe(false)
  expect(await spill.all()).toEqual([])
})

test('a folder that cannot be written to is told', async () => {
  await writeFile(folder(), 'in the way')
  expect(await open(fakeEncryption()).put(item)).toBe(false)
})
