// Owns what the keychain has not taken, as files encrypted by the platform, so that it outlives the process. Where the platform's
// encryption is not real it keeps nothing: nothing is ever written in the clear. What cannot be decrypted is never taken for nothing,
// and is not deleted but set aside, until a person lets go of it.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import * as z from 'zod'
import { setFileAside } from '../files.ts'
import type { Clock, VaultRead } from '../sessions/ports.ts'
import { createEntryFiles } from './entry-files.ts'
import { bodyText } from './item.ts'
import { createNativeCalls, type NativeAnswer } from './native-calls.ts'
import { unavailable } from './secret-store.ts'

/** Encryption with a key that the platform keeps, such as Electron's safeStorage. */
export interface Encryption {
  /** False where the key would lie beside what it locks, or where there is none. */
  isReal(): Promise<boolean>
  encrypt(text: string): Promise<Uint8Array>
  /** Rejects for what was not encrypted by this person's key. */
  decrypt(bytes: Uint8Array): Promise<string>
}

/** What waits for the keychain. */
export interface Spilled {
  readonly account: string
  readonly generation: number
  readonly body: unknown
}

export interface Spill {
  /** True when it is on disk. */
  put(item: Spilled): Promise<boolean>
  /**
   * What waits for this account. Unavailable: something does and cannot be opened, now (`sealed`) or by this process at all
   * (`app-only`).
   */
  read(account: string): Promise<VaultRead<Spilled>>
  /** Lets go of what something newer has replaced: deleted, or set aside where it cannot be opened. False when it is still there. */
  release(account: string): Promise<boolean>
  /** Deletes all there is of this account, and what was set aside. False when something is still there. */
  forget(account: string): Promise<boolean>
  /** All that can be decrypted now. */
  all(): Promise<readonly Spilled[]>
}

/** For where there is no folder. */
export const noSpill: Spill = {
  put: async () => false,
  read: async () => ({ kind: 'absent' }),
  release: async () => true,
  forget: async () => true,
  all: async () => [],
}

const fileSchema = z.object({ version: z.literal(1), sealed: z.base64() })
const spilledSchema = z.object({ account: z.string(), generation: z.int().min(1), body: z.unknown() })

const parse = <T>(text: string, schema: z.ZodType<T>): T | undefined => {
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

const stemOf = (account: string): string => createHash('sha256').update(account).digest('hex').slice(0, 32)

const nameOf = (account: string): string => `${stemOf(account)}.json`

/** A platform that asks the person, or hangs, does not hold up the vault. */
const timeoutMs = 10_000

/**
 * Encrypted files in the folder `vault-waiting` of the configuration folder. Without `encryption`, as in a command, it keeps nothing
 * and knows of what the app keeps.
 */
export const createSpill = (directory: string, encryption: Encryption | undefined, clock: Clock): Spill => {
  const folder = join(directory, 'vault-waiting')
  const files = createEntryFiles(folder)
  const native = createNativeCalls(clock, timeoutMs)

  const valueOf = <T>(answer: NativeAnswer<T>): T | undefined =>
    answer.kind === 'answered' ? answer.value : undefined

  /** The encryption, where it is real. */
  const ready = async (): Promise<Encryption | undefined> => {
    if (encryption === undefined) return undefined
    return valueOf(await native.run(() => encryption.isReal())) === true ? encryption : undefined
  }

  /** Under its own name only: a file that was copied or renamed says nothing. */
  const open = async (name: string, real: Encryption): Promise<Spilled | undefined> => {
    const text = await files.get(name)
    const file = text === undefined ? undefined : parse(text, fileSchema)
    if (file === undefined) return undefined
    const bytes = Buffer.from(file.sealed, 'base64')
    const plain = valueOf(await native.run(() => real.decrypt(bytes)))
    const item = plain === undefined ? undefined : parse(plain, spilledSchema)
    return item !== undefined && nameOf(item.account) === name ? item : undefined
  }

  const read = async (account: string): Promise<VaultRead<Spilled>> => {
    const name = nameOf(account)
    if (!(await files.has(name))) return { kind: 'absent' }
    if (encryption === undefined) return unavailable('app-only')
    const real = await ready()
    const value = real && (await open(name, real))
    return value === undefined ? unavailable('sealed') : { kind: 'found', value }
  }

  /** What lies there and is not ours to read is kept under another name. */
  const makeRoom = async (account: string): Promise<boolean> => {
    if ((await read(account)).kind !== 'unavailable') return true
    return (await setFileAside(join(folder, nameOf(account)), clock.now())) !== undefined
  }

  return {
    async put(item) {
      const real = await ready()
      if (real === undefined) return false
      const name = nameOf(item.account)
      if (!(await makeRoom(item.account))) return false
      const sealed = valueOf(await native.run(() => real.encrypt(bodyText(item))))
      if (sealed === undefined) return false
      const text = JSON.stringify({ version: 1, sealed: Buffer.from(sealed).toString('base64') })
      return files.set(name, text)
    },
    read,
    async release(account) {
      const name = nameOf(account)
      return !(await files.has(name)) || ((await makeRoom(account)) && files.delete(name))
    },
    async forget(account) {
      const asides = `${stemOf(account)}.damaged-`
      const names = (await files.names()).filter((name) => name.startsWith(asides))
      const deleted = await Promise.all([...names, nameOf(account)].map((name) => files.delete(name)))
      return deleted.every((isDeleted) => isDeleted)
    },
    async all() {
      const names = (await files.names()).filter((name) => /^[0-9a-f]{32}\.json$/.test(name))
      const real = names.length === 0 ? undefined : await ready()
      if (real === undefined) return []
      const opened: Spilled[] = []
      for (const name of names) {
        const item = await open(name, real)
        if (item !== undefined) opened.push(item)
      }
      return opened
    },
  }
}
