// Owns the KeyValueStorage interface of P8 (the shape of Amplify's), and its adapter over the vault. Anyone may implement it.
import * as z from 'zod'
import type { Failure } from '../failure.ts'
import type { UnavailableReason } from '../sessions/ports.ts'
import { vaultFailure } from '../sessions/verdicts.ts'
import { keyValuePrefix } from './accounts.ts'
import { decodeItem, encodeItem } from './item.ts'
import type { VaultItems } from './vault-items.ts'

export interface KeyValueStorage {
  setItem(key: string, value: string): Promise<void>
  /** null: there is no such item. A storage that cannot say rejects, so that nobody takes "locked" for "signed out". */
  getItem(key: string): Promise<string | null>
  removeItem(key: string): Promise<void>
  clear(): Promise<void>
}

/** The interface has no other way to say that there is no answer. */
export class VaultUnavailableError extends Error {
  override readonly name = 'VaultUnavailableError'
  readonly failure: Failure

  constructor(reason: UnavailableReason) {
    const why = vaultFailure(reason)
    super(why.message)
    this.failure = why
  }
}

/**
 * Key and value pairs in the vault. `namespace` keeps several users of it apart. A value that the keychain does not take is held
 * in memory, as sessions are; a value that cannot be read rejects with `VaultUnavailableError`.
 */
export const createKeyValueStorage = (items: VaultItems, namespace: string): KeyValueStorage => {
  const prefix = keyValuePrefix(namespace)
  return {
    setItem: async (key, value) => {
      await items.write(prefix + key, encodeItem(1, value))
    },
    getItem: async (key) => {
      const item = await items.read(prefix + key)
      if (item.kind === 'absent') return null
      if (item.kind === 'unavailable') throw new VaultUnavailableError(item.reason)
      const decoded = decodeItem(item.value, z.string())
      if (decoded.kind === 'damaged') throw new VaultUnavailableError('corrupt')
      return decoded.body
    },
    removeItem: async (key) => {
      await items.remove(prefix + key)
    },
    clear: async () => {
      for (const account of await items.accounts(prefix)) await items.remove(account)
    },
  }
}
