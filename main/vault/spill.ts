// Owns what the keychain has not taken, as files encrypted by the platform, so that it outlives the process. Where the platform's
// encryption is not real it keeps nothing: nothing is ever written in the clear. What cannot be decrypted is left alone.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import * as z from 'zod'
import { setFileAside } from '../files.ts'
import type { Clock } from '../sessions/ports.ts'
import { createEntryFiles } from './entry-files.ts'
import { bodyText } from './item.ts'
import { createNativeCalls, type NativeAnswer } from './native-calls.ts'

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
  /** False when it is still there. */
  remove(account: string): Promise<boolean>
  /** All that can be decrypted now. */
  all(): Promise<readonly Spilled[]>
}

/** For where nothing can be encrypted. */
export const noSpill: Spill = {
  put: async () => false,
  remove: async () => true,
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

const nameOf = (account: string): string =>
  `${createHash('sha256').update(account).digest('hex').slice(0, 32)}.json`

/** A platform that asks the person, or hangs, does not hold up the vault. */
const timeoutMs = 10_000

/** Encrypted files in the folder `vault-waiting` of the configuration folder. */
export const createSpill = (directory: string, encryption: Encryption, clock: Clock): Spill => {
  const folder = join(directory, 'vault-waiting')
  const files = createEntryFiles(folder)
  const native = createNativeCalls(clock, timeoutMs)

  const valueOf = <T>(answer: NativeAnswer<T>): T | undefined =>
    answer.kind === 'answered' ? answer.value : undefined

  const isReal = async (): Promise<boolean> => valueOf(await native.run(() => encryption.isReal())) === true

  const open = async (text: string | undefined): Promise<Spilled | undefined> => {
    const file = text === undefined ? undefined : parse(text, fileSchema)
    if (file === undefined) return undefined
    const bytes = Buffer.from(file.sealed, 'base64')
    const plain = valueOf(await native.run(() => encryption.decrypt(bytes)))
    return plain === undefined ? undefined : parse(plain, spilledSchema)
  }

  /** What lies there and is not ours to read is kept under another name. */
  const makeRoom = async (name: string): Promise<boolean> => {
    const there = await files.get(name)
    if (there === undefined || (await open(there)) !== undefined) return true
    return (await setFileAside(join(folder, name), clock.now())) !== undefined
  }

  return {
    async put(item) {
      if (!(await isReal())) return false
      const name = nameOf(item.account)
      if (!(await makeRoom(name))) return false
      const sealed = valueOf(await native.run(() => encryption.encrypt(bodyText(item))))
      if (sealed === undefined) return false
      const text = JSON.stringify({ version: 1, sealed: Buffer.from(sealed).toString('base64') })
      return files.set(name, text)
    },
    async remove(account) {
      const name = nameOf(account)
      return (await files.get(name)) === undefined || files.delete(name)
    },
    async all() {
      const names = (await files.names()).filter((name) => /^[0-9a-f]{32}\.json$/.test(name))
      if (names.length === 0 || !(await isReal())) return []
      const opened: Spilled[] = []
      for (const name of names) {
        const item = await open(await files.get(name))
        // Under its own name only: a file that was copied or renamed says nothing.
        if (item !== undefined && nameOf(item.account) === name) opened.push(item)
      }
      return opened
    },
  }
}
