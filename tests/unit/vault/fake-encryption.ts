// Encryption for tests: enough to tell encrypted from clear, and one key from another.
import type { Encryption } from '../../../main/vault/spill.ts'

/** In hexadecimal, marked with its key. A test may set `real`. */
export const fakeEncryption = (key = 'ours'): Encryption & { real: boolean } => {
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
