// Owns what Sesame has to know of the keychain without asking it: which accounts are in it (keytar's findCredentials crashes the
// process on a locked one), which still have to be removed, and which generation numbers were given. Files without secrets.
import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { readTextFile } from '../files.ts'
import { createEntryFiles } from './entry-files.ts'

/** Everything of this account up to this generation is to be removed. */
export interface Removal {
  readonly account: string
  readonly generation: number
}

export interface ItemIndex {
  hasAccount(account: string): Promise<boolean>
  accounts(): Promise<readonly string[]>
  addAccount(account: string): Promise<void>
  deleteAccount(account: string): Promise<void>
  /** Up to which generation this account is to be removed; undefined where nothing is. */
  removalOf(account: string): Promise<number | undefined>
  removals(): Promise<readonly Removal[]>
  addRemoval(removal: Removal): Promise<void>
  /** Forgets a removal up to this generation; a later one stays. */
  deleteRemoval(removal: Removal): Promise<void>
  /** What `nextGeneration` goes by. Read ahead, so that who needs a number does not wait for it. */
  numbers(): Promise<GivenNumbers>
  /**
   * A new generation number: above `newest`, and where the newest is not known (`hidden`), above every number ever given. All that
   * come after a hidden one are above it: what got it waits, and must not overtake what is stored meanwhile. Numbers are
   * milliseconds since 1970 unless a clock was set back, one was hidden, or two would be the same.
   */
  nextGeneration(newest: number | 'hidden', seen?: GivenNumbers): Promise<number>
}

const accountSchema = z.object({ account: z.string() })
const removalSchema = z.object({ account: z.string(), generation: z.int() })
/** All numbers given are below `below`; `hidden` is the last one that was given without knowing the newest. */
const numbersSchema = z.object({ below: z.int(), hidden: z.int().default(0) })
export type GivenNumbers = Readonly<z.infer<typeof numbersSchema>>
/** The one file of version 0.1. */
const legacySchema = z.object({ accounts: z.array(z.string()), removals: z.array(z.string()) })

const parse = <T>(text: string | undefined, schema: z.ZodType<T>): T | undefined => {
  try {
    return text === undefined ? undefined : schema.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

const nameOf = (list: 'account' | 'removal', account: string): string =>
  `${list}-${createHash('sha256').update(account).digest('hex').slice(0, 32)}.json`

const format = (value: object): string => `${JSON.stringify(value, undefined, 2)}\n`

const numbersFile = 'generations.json'
/** The file of given numbers runs ahead by so much, so that it is not written with every generation. */
const reserve = 10 * 60_000

/** The index in the folder `vault-index` of the configuration folder; `undefined` keeps it in memory only. */
export const createItemIndex = (directory: string | undefined, clock: { now(): number }): ItemIndex => {
  const entries = createEntryFiles(directory === undefined ? undefined : join(directory, 'vault-index'))
  /** Accounts by the names of their files, which never say anything else. */
  const accountIn = new Map<string, string>()
  let lastGiven = 0
  let importing: Promise<void> | undefined

  const addAccount = async (account: string): Promise<void> => {
    const name = nameOf('account', account)
    if ((await entries.get(name)) === undefined) await entries.set(name, format({ account }))
  }

  const numbers = async (): Promise<GivenNumbers> =>
    parse(await entries.get(numbersFile), numbersSchema) ?? { below: 0, hidden: 0 }

  const nextGeneration = async (newest: number | 'hidden', seen?: GivenNumbers): Promise<number> => {
    const { below, hidden } = seen ?? (await numbers())
    const floor = newest === 'hidden' ? below : Math.max(newest, hidden) + 1
    const given = Math.max(floor, lastGiven + 1, clock.now())
    // What others wrote since is not written over.
    if (seen !== undefined && given >= below) return nextGeneration(newest)
    lastGiven = given
    if (newest === 'hidden') await entries.set(numbersFile, format({ below: given + 1, hidden: given }))
    else if (given >= below) await entries.set(numbersFile, format({ below: given + reserve, hidden }))
    return given
  }

  const addRemoval = async (removal: Removal): Promise<void> => {
    await entries.set(nameOf('removal', removal.account), format(removal))
  }

  const importLegacy = async (path: string): Promise<void> => {
    const file = await readTextFile(path)
    if (file.kind !== 'found') return
    const legacy = parse(file.text, legacySchema)
    // One that cannot be read stays where it is; what it listed is still found by name.
    if (legacy === undefined) return
    for (const account of legacy.accounts) await addAccount(account)
    for (const account of legacy.removals) {
      await addRemoval({ account, generation: await nextGeneration('hidden') })
    }
    await rm(path, { force: true }).catch(() => undefined)
  }

  const ready = (): Promise<void> => {
    importing ??=
      directory === undefined ? Promise.resolve() : importLegacy(join(directory, 'vault-index.json'))
    return importing
  }

  const namesOf = async (list: 'account' | 'removal'): Promise<readonly string[]> => {
    await ready()
    return (await entries.names()).filter((name) => name.startsWith(`${list}-`)).toSorted()
  }

  const accounts = async (): Promise<readonly string[]> => {
    const names = await namesOf('account')
    for (const name of names) {
      if (accountIn.has(name)) continue
      const entry = parse(await entries.get(name), accountSchema)
      if (entry !== undefined) accountIn.set(name, entry.account)
    }
    return names.flatMap((name) => accountIn.get(name) ?? [])
  }

  const removals = async (): Promise<readonly Removal[]> => {
    const texts = await Promise.all((await namesOf('removal')).map((name) => entries.get(name)))
    return texts.flatMap((text) => parse(text, removalSchema) ?? [])
  }

  const removalOf = async (account: string): Promise<number | undefined> => {
    await ready()
    return parse(await entries.get(nameOf('removal', account)), removalSchema)?.generation
  }

  return {
    async hasAccount(account) {
      await ready()
      return (await entries.get(nameOf('account', account))) !== undefined
    },
    accounts,
    async addAccount(account) {
      await ready()
      await addAccount(account)
    },
    async deleteAccount(account) {
      await ready()
      await entries.delete(nameOf('account', account))
    },
    removalOf,
    removals,
    async addRemoval(removal) {
      await ready()
      await addRemoval(removal)
    },
    async deleteRemoval({ account, generation }) {
      const there = await removalOf(account)
      if (there !== undefined && there <= generation) await entries.delete(nameOf('removal', account))
    },
    async numbers() {
      await ready()
      return numbers()
    },
    async nextGeneration(newest, seen) {
      await ready()
      return nextGeneration(newest, newest === 'hidden' ? undefined : seen)
    },
  }
}
