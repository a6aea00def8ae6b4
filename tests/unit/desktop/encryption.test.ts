import { beforeEach, expect, test, vi } from 'vitest'
import { systemEncryption } from '../../../main/desktop/encryption.ts'

const safeStorage = vi.hoisted(() => ({
  backend: 'gnome_libsecret',
  isAvailable: true,
  asked: [] as string[],
}))

vi.mock('electron', () => ({
  safeStorage: {
    getSelectedStorageBackend: () => safeStorage.backend,
    isAsyncEncryptionAvailable: async () => {
      safeStorage.asked.push('isAsyncEncryptionAvailable')
      return safeStorage.isAvailable
    },
    encryptStringAsync: async (text: string) => Buffer.from(text).toReversed(),
    decryptStringAsync: async (encrypted: Buffer) => ({
      shouldReEncrypt: false,
      result: Buffer.from(encrypted.toReversed()).toString(),
    }),
  },
}))

beforeEach(() => Object.assign(safeStorage, { backend: 'gnome_libsecret', isAvailable: true, asked: [] }))

test.for<[NodeJS.Platform, string, boolean, boolean]>([
  ['linux', 'gnome_libsecret', true, true],
  ['linux', 'kwallet6', true, true],
  ['linux', 'gnome_libsecret', false, false],
  ['linux', 'basic_text', true, false],
  ['linux', 'unknown', true, false],
  ['darwin', 'unknown', true, true],
  ['win32', 'unknown', true, true],
  ['win32', 'unknown', false, false],
])(
  'on %s with the backend %s, available: %s, it is real: %s',
  async ([platform, backend, isAvailable, isReal]) => {
    Object.assign(safeStorage, { backend, isAvailable })
    expect(await systemEncryption(Promise.resolve(), platform).isReal()).toBe(isReal)
  },
)

test('nothing is asked before Electron is ready', async () => {
  const ready = Promise.withResolvers<void>()
  const asking = systemEncryption(ready.promise, 'linux').isReal()
  await new Promise(setImmediate)
  expect(safeStorage.asked).toEqual([])
  ready.resolve()
  expect(await asking).toBe(true)
})

test('what it encrypts it decrypts', async () => {
  const encryption = systemEncryption(Promise.resolve())
  expect(await encryption.decrypt(await encryption.encrypt('secret'))).toBe('secret')
})
