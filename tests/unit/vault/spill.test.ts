import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createSpill, type Encryption } from '../../../main/vault/spill.ts'
import { createManualClock } from './manual-clock.ts'

let directory: string
const folder = (): string => join(directory, 'vault-waiting')

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sesame-spill-'))
})
afterEach(() => rm(directory, { recursive: true, force: true }))

/** In hexadecimal and marked with its key: enough to tell encrypted from clear, and one key from another. */
const fakeEncryption = (key = 'ours'): Encryption & { real: boolean } => {
  const encryption = {
    real: true,
    isReal: async () => encryption.real,
    encrypt: async (text: string) => Buffer.from(key + Buffer.from(text).toString('hex')),
    decrypt: async (bytes: Uint8Array) => {
      const text = Buffer.from(bytes).toString()
      if (!text.startsWith(key)) throw new Error('not ours')
      return Buffer.from(text.slice(key.length), 'hex').toString()
    },
  }
  return encryption
}

const item = { account: 'session/a', generation: 7, body: { token: 'Zoë 🙂' } }
const open = (encryption: Encryption) => createSpill(directory, encryption, createManualClock())

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
  expect(await spill.remove(item.account)).toBe(true)
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
  const before = await readFile(await pathOf(), 'utf8')
  expect(await spill.put(item)).toBe(true)
  expect(await spill.all()).toEqual([item])
  const aside = (await readdir(folder())).find((name) => name.includes('damaged'))
  expect(await readFile(join(folder(), aside ?? ''), 'utf8')).toBe(before)
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
