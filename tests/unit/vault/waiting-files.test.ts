// What one process left in a file while the keychain was away, met by another: the app, which can open it, and a command, which cannot.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import * as z from 'zod'
import type { UnavailableReason } from '../../../main/sessions/ports.ts'
import { openStoreVault } from '../../../main/vault/open-vault.ts'
import type { Encryption } from '../../../main/vault/spill.ts'
import { fakeEncryption } from './fake-encryption.ts'
import { createFakeStore, type FakeStore } from './fake-store.ts'
import { createManualClock } from './manual-clock.ts'

const minute = 60_000
let directory: string
let store: FakeStore
let clock: ReturnType<typeof createManualClock>

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sesame-waiting-'))
  store = createFakeStore()
  clock = createManualClock(Date.UTC(2026, 1, 3, 10, 0, 0))
})
afterEach(() => rm(directory, { recursive: true, force: true }))

/** Another process on the same folder and keychain. */
const start = (encryption?: Encryption) => {
  const { items } = openStoreVault(store, { directory, clock, encryption })
  return { ...items, items, read: (account: string) => items.read(account, z.string()) }
}
const startApp = () => start(fakeEncryption())
const startCommand = () => start()

const found = (value: string) => ({ kind: 'found', value })

/** The keychain holds `old`, and `new` waits in a file; the keychain is open again. */
const leaveWaiting = async (): Promise<void> => {
  const app = startApp()
  await app.write('a', 'old')
  store.refusal = 'locked'
  clock.advance(minute)
  expect(await app.write('a', 'new')).toEqual({ kind: 'spilled', reason: 'locked' })
  store.refusal = undefined
}

const waitingFiles = (): Promise<string[]> => readdir(join(directory, 'vault-waiting'))

test.for<[string, Encryption | undefined, UnavailableReason]>([
  ['a command', undefined, 'app-only'],
  ['the app with another key', fakeEncryption('other'), 'sealed'],
  ['the app without real encryption', { ...fakeEncryption(), isReal: async () => false }, 'sealed'],
])('%s does not take the older one in the keychain for what waits in a file', async (row) => {
  const [, encryption, reason] = row
  await leaveWaiting()
  const other = start(encryption)
  expect(await other.read('a')).toEqual({ kind: 'unavailable', reason })
  expect(other.items.state.kind).toBe('unlocked')
  await other.write('b', 'another')
  expect(await other.read('b')).toEqual(found('another'))
  // The app moves it, and then everybody reads it.
  expect(await startApp().read('a')).toEqual(found('new'))
  expect(await startCommand().read('a')).toEqual(found('new'))
})

test('a file that opens only later is taken up by the read that needs it', async () => {
  await leaveWaiting()
  const encryption = fakeEncryption()
  encryption.real = false
  const app = start(encryption)
  expect(await app.read('a')).toEqual({ kind: 'unavailable', reason: 'sealed' })
  encryption.real = true
  expect(await app.read('a')).toEqual(found('new'))
  expect(await startCommand().read('a')).toEqual(found('new'))
})

test('while the keychain is locked, that is what is told', async () => {
  await leaveWaiting()
  store.refusal = 'locked'
  expect(await startCommand().read('a')).toEqual({ kind: 'unavailable', reason: 'locked' })
})

test('what is written past a file that cannot be opened counts, and the file is set aside', async () => {
  await leaveWaiting()
  const command = startCommand()
  expect(await command.write('a', 'signed in again')).toEqual({ kind: 'saved' })
  expect(await command.read('a')).toEqual(found('signed in again'))
  expect(await waitingFiles()).toEqual([expect.stringContaining('.damaged-')])
  expect(await startApp().read('a')).toEqual(found('signed in again'))
})

test('a removal is remembered as long as a file that cannot be opened may be what was removed', async () => {
  store.refusal = 'locked'
  const app = startApp()
  await app.write('a', 'new')
  const [name = ''] = await waitingFiles()
  const path = join(directory, 'vault-waiting', name)
  const text = await readFile(path)
  await app.remove('a')
  // A crash before the file was gone.
  await writeFile(path, text)
  store.refusal = undefined
  await startCommand().probe()
  expect(await startApp().read('a')).toEqual({ kind: 'absent' })
  expect(await waitingFiles()).toEqual([])
})

test.for([
  ['in a file', () => startApp()],
  ['in memory', () => startCommand()],
] as const)(
  'a sign-in by another process is not overwritten by what waited %s before it',
  async ([, startIt]) => {
    const app = startIt()
    await app.write('a', 'old')
    store.refusal = 'locked'
    clock.advance(minute)
    await app.write('a', 'waiting')
    store.refusal = undefined
    clock.advance(2 * minute)
    await startCommand().write('a', 'signed in again')
    await app.probe()
    expect(await app.read('a')).toEqual(found('signed in again'))
    expect(await startApp().read('a')).toEqual(found('signed in again'))
  },
)

test('a file is found at once by one who could not open it at its start', async () => {
  await leaveWaiting()
  const encryption = fakeEncryption()
  encryption.real = false
  const app = start(encryption)
  await app.probe()
  // A command that crashed before it set the file aside.
  const path = join(directory, 'vault-waiting', (await waitingFiles())[0] ?? '')
  const text = await readFile(path)
  await startCommand().write('a', 'signed in again')
  await writeFile(path, text)
  encryption.real = true
  expect(await app.read('a')).toEqual(found('signed in again'))
})
