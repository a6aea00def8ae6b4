/**
 * `safeStorage` of a machine without a keychain: unavailable, on the backend `basic_text`, which an app must refuse.
 * The stand-in never pretends to encrypt.
 */
import { loud } from '../loud.ts'

function refuse(call: string): never {
  throw new Error(`Error while using safeStorage.${call}. Encryption is not available.`)
}

export const safeStorage = loud('safeStorage', {
  isEncryptionAvailable: () => false,
  isAsyncEncryptionAvailable: async () => false,
  getSelectedStorageBackend: () => 'basic_text',
  encryptString: () => refuse('encryptString'),
  decryptString: () => refuse('decryptString'),
  encryptStringAsync: async (_text: string): Promise<Buffer> => refuse('encryptStringAsync'),
  decryptStringAsync: async (_encrypted: Buffer): Promise<Electron.DecryptStringAsyncReturnValue> =>
    refuse('decryptStringAsync'),
} satisfies Partial<Electron.SafeStorage>)
