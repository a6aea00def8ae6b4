// Owns the names of items in the keychain. All items of one configuration folder share one service name.
import { createHash } from 'node:crypto'
import { resolve } from 'node:path'

/**
 * Each account has two places for a generation, used in turns: the one holds what is current while the other is written. They are
 * fixed names, so that what a crash left is found without a list of the keychain.
 */
export type Place = 1 | 2

export const places = [1, 2] as const

/** The item that makes a generation current. In place 1 it has the plain name, as it had in version 0.1. */
export const headAccount = (account: string, place: Place): string => (place === 1 ? account : `${account}#2`)

/** The n-th part of the body of the generation in this place, from 1. */
export const partAccount = (account: string, place: Place, part: number): string =>
  `${account}#${place}.${part}`

/** Written once the keychain is known to be open: while it reads back, the keychain is not locked. */
export const sentinelAccount = 'sentinel'

export const sessionAccount = (profileId: string): string => `session/${profileId}`

export const clientSecretAccount = (profileId: string): string => `client-secret/${profileId}`

/** Devices that a pool remembers: they outlive the session. */
export const devicesAccount = (profileId: string): string => `devices/${profileId}`

/** All that belongs to a profile. */
export const accountsOf = (profileId: string): readonly string[] =>
  [sessionAccount, clientSecretAccount, devicesAccount].map((accountOf) => accountOf(profileId))

/** A secret of a profile that is no session. */
export interface ProfileSecret {
  readonly kind: 'client-secret' | 'devices'
  readonly profileId: string
}

/** Which secret of a profile lies there; undefined for a session and for all that is of no profile. */
export const secretIn = (account: string): ProfileSecret | undefined => {
  const [kind, profileId, ...rest] = account.split('/')
  if ((kind !== 'client-secret' && kind !== 'devices') || profileId === undefined || rest.length > 0) {
    return undefined
  }
  return { kind, profileId }
}

/** Where an item goes that could not be read. `stamp` keeps several apart. */
export const asideAccount = (stamp: string, account: string): string => `set-aside/${stamp}/${account}`

/** Whether this names what was set aside of an account: a head of it, or a part. */
export const isAsideOf = (name: string, account: string): boolean => {
  const own = /^set-aside\/[^/]+\/(.+)$/s.exec(name)?.[1]
  return own === account || own?.startsWith(`${account}#`) === true
}

export const keyValuePrefix = (namespace: string): string => `kv/${encodeURIComponent(namespace)}/`

/** A `#` in a key must not look like a place or a part of another key. */
export const keyValueAccount = (prefix: string, key: string): string =>
  prefix + key.replaceAll(/[%#]/g, encodeURIComponent)

/** The lock of an account among processes: a name that any file system takes. */
export const lockName = (account: string): string =>
  `item-${createHash('sha256').update(account).digest('hex').slice(0, 32)}`

/** Whether a lock of that name is one of an account. */
export const isItemLock = (name: string): boolean => /^item-[0-9a-f]{32}$/.test(name)

/**
 * The service name of a configuration folder: `Sesame` for the person's own, a name of its own for any other folder, so that
 * a demo or a test never meets real sessions.
 */
export const serviceNameFor = (directory: string, defaultDirectory: string): string => {
  const path = resolve(directory)
  if (path === resolve(defaultDirectory)) return 'Sesame'
  return `Sesame (${createHash('sha256').update(path).digest('hex').slice(0, 12)})`
}
