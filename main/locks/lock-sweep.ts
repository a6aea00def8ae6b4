// Owns removing what locks leave for good: folders of names that nobody asks for any more, and temporary files of processes that were
// killed while they took a lock. A lock in use is left alone. How a lock is taken is lock-files.ts's affair.
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { SessionLock } from '../sessions/ports.ts'
import { isOlderThan } from '../temporary-files.ts'

export interface LockSweepOptions {
  /** The folder that holds one folder per name. */
  readonly folder: string
  /** Made for this folder, and not patient. */
  readonly lock: SessionLock
  /** Whether nobody asks for this name any more. */
  readonly isForgotten: (name: string) => boolean
  /** Epoch milliseconds. */
  readonly now: number
}

/** Taking a lock takes milliseconds. */
const leftForMs = 60 * 60_000
/** Numbers begin anew in a folder that is made anew, so nobody may be about to take the next one: it has been idle for long. */
const idleForMs = 24 * 60 * 60_000

/** Never rejects: what cannot be removed is met again at the next start. */
export const sweepLocks = async ({ folder, lock, isForgotten, now }: LockSweepOptions): Promise<void> => {
  const remove = (path: string): Promise<void> =>
    rm(path, { recursive: true, force: true }).catch(() => undefined)

  for (const name of await readdir(folder).catch(() => [])) {
    const own = join(folder, name)
    if (isForgotten(name) && (await isOlderThan(own, idleForMs, now))) {
      await lock.hold(name, () => remove(own))
      continue
    }
    for (const file of await readdir(own).catch(() => [])) {
      const path = join(own, file)
      if (file.endsWith('.tmp') && (await isOlderThan(path, leftForMs, now))) await remove(path)
    }
  }
}
