// Owns how a vault is put together: on the keychain with its index file, or in memory only.
import { join } from 'node:path'
import type { Clock, SessionVault } from '../sessions/ports.ts'
import { serviceNameFor } from './accounts.ts'
import { createItemIndex } from './item-index.ts'
import { createKeyValueStorage, type KeyValueStorage } from './key-value-storage.ts'
import { createKeytarStore, type KeytarStoreOptions } from './keytar-store.ts'
import { createMemoryStore } from './memory-store.ts'
import { createSessionVault } from './session-vault.ts'
import { createVaultItems, type VaultItems } from './vault-items.ts'

export interface Vault {
  readonly sessions: SessionVault
  readonly items: VaultItems
  keyValueStorage(namespace: string): KeyValueStorage
  /** A keychain call is stuck, and Node would wait for it on exit: see `KeytarStore.stuck`. */
  isStuck(): boolean
}

export interface KeychainVaultOptions
  extends Pick<KeytarStoreOptions, 'clock' | 'timeoutMs' | 'platform' | 'loadKeytar' | 'askLock'> {
  /** The configuration folder; the index lies in it, and it names the keychain's service. */
  readonly directory: string
  /** The person's own configuration folder, whose service is plainly `Sesame`. */
  readonly defaultDirectory: string
}

/** A vault in the operating system's keychain. Loads keytar at the first probe, read or write, not here. */
export const openKeychainVault = ({
  directory,
  defaultDirectory,
  clock,
  ...rest
}: KeychainVaultOptions): Vault => {
  const index = createItemIndex(join(directory, 'vault-index.json'), clock)
  const service = serviceNameFor(directory, defaultDirectory)
  const store = createKeytarStore({ ...rest, service, clock })
  const items = createVaultItems(store, index)
  return {
    sessions: createSessionVault(items, clock),
    items,
    keyValueStorage: (namespace) => createKeyValueStorage(items, namespace),
    isStuck: () => store.stuck,
  }
}

/** A vault that ends with the process. */
export const openMemoryVault = (clock: Pick<Clock, 'now'>): Vault => {
  const items = createVaultItems(createMemoryStore(), createItemIndex(undefined, clock))
  return {
    sessions: createSessionVault(items, clock),
    items,
    keyValueStorage: (namespace) => createKeyValueStorage(items, namespace),
    isStuck: () => false,
  }
}
