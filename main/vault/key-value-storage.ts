// Owns the KeyValueStorage interface of P8 (the shape of Amplify's), and its adapter over the vault. Anyone may implement it.
import * as z from 'zod'
import type { Failure } from '../failure.ts'
import type { UnavailableReason } from '../sessions/ports.ts'
import { vaultFailure } from '../sessions/verdicts.ts'
import { keyValueAccount, keyValuePrefix } from './accounts.ts'
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
  const accountOf = (key: string): string => keyValueAccount(prefix, key)
  return {
    setItem: async (key, value) => {
      await items.write(accountOf(key), value)
    },
    getItem: async (key) => {
      const item = await items.read(accountOf(key), z.string())
      if (item.kind === 'unavailable') throw new VaultUnavailableError(item.reason)
      return item.kind === 'found' ? item.value : null
    },
    removeItem: async (key) => {
      await items.remove(accountOf(key))
    },
    clear: async () => {
      for (const account of await items.accounts(prefix)) await items.remove(account)
    },
  }
}
