// Owns the names of items in the keychain. All items of one configuration folder share one service name.
import { createHash } from 'node:crypto'
import { resolve } from 'node:path'

// An item `<account>` is a head. When issue 4 splits records into parts, those are `<account>#<generation>.<part>` beside
// it: a head that holds its record whole (as today) stays readable, so nothing has to be migrated.

/** Written once the keychain is known to be open: while it reads back, the keychain is not locked. */
export const sentinelAccount = 'sentinel'

export const sessionAccount = (profileId: string): string => `session/${profileId}`

export const clientSecretAccount = (profileId: string): string => `client-secret/${profileId}`

/** Devices that a pool remembers: they outlive the session. */
export const devicesAccount = (profileId: string): string => `devices/${profileId}`

/** Where an item goes that could not be read. `stamp` keeps several apart. */
export const asideAccount = (stamp: string, account: string): string => `set-aside/${stamp}/${account}`

export const keyValuePrefix = (namespace: string): string => `kv/${encodeURIComponent(namespace)}/`

/**
 * The service name of a configuration folder: `Sesame` for the person's own, a name of its own for any other folder, so that
 * a demo or a test never meets real sessions.
 */
export const serviceNameFor = (directory: string, defaultDirectory: string): string => {
  const path = resolve(directory)
  if (path === resolve(defaultDirectory)) return 'Sesame'
  return `Sesame (${createHash('sha256').update(path).digest('hex').slice(0, 12)})`
}
