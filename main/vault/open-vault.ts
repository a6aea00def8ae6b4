// Owns how a vault is put together: on the keychain with its index file, or in memory only.
import { fileStamp } from '../files.ts'
import type { Clock, SessionLock, SessionVault } from '../sessions/ports.ts'
import { lockName, type ProfileSecret, secretIn, serviceNameFor } from './accounts.ts'
import { createGenerations } from './generations.ts'
import { createItemIndex } from './item-index.ts'
import { createKeyValueStorage, type KeyValueStorage } from './key-value-storage.ts'
import { createKeytarStore, type KeytarStoreOptions } from './keytar-store.ts'
import { createMemoryStore } from './memory-store.ts'
import { createPlaces } from './places.ts'
import type { SecretStore } from './secret-store.ts'
import { completionOf, createSessionVault } from './session-vault.ts'
import { createSpill, type Encryption, noSpill } from './spill.ts'
import { createVaultItems, type VaultItems } from './vault-items.ts'

export interface Vault {
  readonly sessions: SessionVault
  readonly items: VaultItems
  keyValueStorage(namespace: string): KeyValueStorage
  /** Client secrets and devices that end with this process, because neither the keychain nor the disk took them. */
  unsavedSecrets(): readonly ProfileSecret[]
  /** A keychain call is stuck, and Node would wait for it on exit: see `KeytarStore.stuck`. */
  isStuck(): boolean
}

export interface StoreVaultOptions {
  /** The configuration folder: the index lies in it, and what waits for the store; undefined keeps both in memory. */
  readonly directory: string | undefined
  readonly clock: Clock
  /** Nothing is put on disk while the store is away where there is none, or none that is real; what others put there is known. */
  readonly encryption?: Encryption | undefined
  /** Keeps other processes off an item while it is changed; where it is left out there are none. */
  readonly lock?: SessionLock | undefined
  readonly isStuck?: () => boolean
}

export interface KeychainVaultOptions
  extends Pick<KeytarStoreOptions, 'clock' | 'timeoutMs' | 'platform' | 'loadKeytar' | 'askLock'> {
  /** The configuration folder; it also names the keychain's service. */
  readonly directory: string
  /** The person's own configuration folder, whose service is plainly `Sesame`. */
  readonly defaultDirectory: string
  readonly encryption?: Encryption | undefined
  readonly lock?: SessionLock | undefined
}

/** Somebody who does not let go, such as a process that was stopped, must not keep a session from being saved. */
const aloneBy =
  (lock: SessionLock) =>
  async <T>(account: string, work: () => Promise<T>): Promise<T> => {
    const held = await lock.hold(lockName(account), work)
    return held.kind === 'done' ? held.value : work()
  }

/** A vault on any store. */
export const openStoreVault = (store: SecretStore, options: StoreVaultOptions): Vault => {
  const { directory, clock, encryption, lock, isStuck = () => false } = options
  const index = createItemIndex(directory, clock)
  const places = createPlaces(store, {
    list: (account) => index.addAccount(account),
    stamp: () => fileStamp(clock.now()),
  })
  const spill = directory === undefined ? noSpill : createSpill(directory, encryption, clock)
  const generations = createGenerations(places, {
    isExpected: (account) => index.hasAccount(account),
    ...(lock !== undefined && store.persistent ? { alone: aloneBy(lock) } : {}),
  })
  const items = createVaultItems({ store, generations, index, spill, completion: completionOf })
  return {
    sessions: createSessionVault(items),
    items,
    keyValueStorage: (namespace) => createKeyValueStorage(items, namespace),
    unsavedSecrets: () => items.unsaved().flatMap((account) => secretIn(account) ?? []),
    isStuck,
  }
}

/** A vault in the operating system's keychain. Loads keytar at the first probe, read or write, not here. */
export const openKeychainVault = ({
  directory,
  defaultDirectory,
  clock,
  encryption,
  lock,
  ...rest
}: KeychainVaultOptions): Vault => {
  const service = serviceNameFor(directory, defaultDirectory)
  const store = createKeytarStore({ ...rest, service, clock })
  return openStoreVault(store, { directory, clock, encryption, lock, isStuck: () => store.stuck })
}

/** A vault that ends with the process. */
export const openMemoryVault = (clock: Clock): Vault =>
  openStoreVault(createMemoryStore(), { directory: undefined, clock })
