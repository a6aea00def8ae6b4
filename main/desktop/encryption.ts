// Owns encryption by the platform's own key, through Electron's safeStorage; refuses what only looks like it.
import { safeStorage } from 'electron'
import type { Encryption } from '../vault/spill.ts'

/** On Linux: a key that is written in Chromium's source, and a backend that nobody has chosen yet. */
const unreal: readonly string[] = ['basic_text', 'unknown']

/** Waits for `ready` itself: before that, safeStorage has no answer. */
export const systemEncryption = (ready: Promise<unknown>, platform = process.platform): Encryption => ({
  async isReal() {
    await ready
    // Asked first: to initialise the encryptor of an unreal backend would be in vain.
    if (platform === 'linux' && unreal.includes(safeStorage.getSelectedStorageBackend())) return false
    return safeStorage.isAsyncEncryptionAvailable()
  },
  encrypt: (text) => safeStorage.encryptStringAsync(text),
  async decrypt(bytes) {
    return (await safeStorage.decryptStringAsync(Buffer.from(bytes))).result
  },
})
