// Owns what is swept after processes that were killed: temporary files in the folders that Sesame writes to, and locks of profiles
// and items that are no more.
import { join } from 'node:path'
import { createLockFiles, type LockFilesOptions } from './locks/lock-files.ts'
import { sweepLocks } from './locks/lock-sweep.ts'
import type { ProfileStore } from './profiles/profile-store.ts'
import { sweepTemporaryFiles } from './temporary-files.ts'
import { accountsOf, isItemLock, lockName } from './vault/accounts.ts'
import type { VaultItems } from './vault/vault-items.ts'

export interface LeftoversOptions {
  readonly configDir: string
  /** Files that are replaced in folders of others. */
  readonly files: readonly string[]
  readonly locks: LockFilesOptions
  readonly profiles: Pick<ProfileStore, 'list' | 'removed'>
  readonly items: Pick<VaultItems, 'accounts'>
}

const isProfileLock = (name: string): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(name)

/** Never rejects for what the disk refuses. */
export const sweepLeftovers = async (options: LeftoversOptions): Promise<void> => {
  const { configDir, locks, profiles } = options
  const now = locks.clock.now()
  await sweepTemporaryFiles({
    folders: ['.', 'vault-index', 'vault-waiting'].map((name) => join(configDir, name)),
    // It may be a link to elsewhere.
    files: [join(configDir, 'profiles.json'), ...options.files],
    now,
  })
  const ids = [...profiles.list(), ...profiles.removed()].map(({ id }) => id)
  const accounts = [...ids.flatMap(accountsOf), ...(await options.items.accounts(''))]
  const known = new Set([...ids, ...accounts.map(lockName)])
  await sweepLocks({
    folder: locks.folder,
    lock: createLockFiles({ ...locks, patienceMs: 0 }),
    isForgotten: (name) => (isProfileLock(name) || isItemLock(name)) && !known.has(name),
    now,
  })
}
