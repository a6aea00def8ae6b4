// Owns the list of what Sesame keeps in the keychain, as a file without secrets, because asking the keychain for its list is not
// safe (keytar's findCredentials crashes the process on a locked one). Also keeps which items still have to be removed.
import PQueue from 'p-queue'
import * as z from 'zod'
import { readTextFile, replaceFile, setFileAside } from '../files.ts'

type ListName = 'accounts' | 'removals'

interface IndexChange {
  readonly list: ListName
  readonly kind: 'add' | 'delete'
  readonly account: string
}

export interface ItemIndex {
  has(list: ListName, account: string): Promise<boolean>
  list(list: ListName): Promise<readonly string[]>
  /** Kept in memory also when the file cannot be written; the next change tries again. */
  add(list: ListName, account: string): Promise<void>
  delete(list: ListName, account: string): Promise<void>
}

const fileSchema = z.object({
  version: z.literal(1),
  accounts: z.array(z.string()),
  removals: z.array(z.string()),
})

type Lists = Record<ListName, Set<string>>

const emptyLists = (): Lists => ({ accounts: new Set(), removals: new Set() })

const parse = (text: string): Lists | undefined => {
  try {
    const file = fileSchema.parse(JSON.parse(text))
    return { accounts: new Set(file.accounts), removals: new Set(file.removals) }
  } catch {
    return undefined
  }
}

const formatIndex = (lists: Lists): string =>
  `${JSON.stringify(
    { version: 1, accounts: [...lists.accounts].toSorted(), removals: [...lists.removals].toSorted() },
    undefined,
    2,
  )}\n`

/** The index in the file at `path`; read at first use. `undefined` keeps it in memory only. */
export const createItemIndex = (path: string | undefined, clock: { now(): number }): ItemIndex => {
  const queue = new PQueue({ concurrency: 1 })
  let lists: Lists | undefined
  /** Changes that are not in the file yet. */
  let unsaved: readonly IndexChange[] = []

  const readLists = async (): Promise<Lists | undefined> => {
    if (path === undefined) return undefined
    const file = await readTextFile(path)
    if (file.kind !== 'found') return file.kind === 'absent' ? emptyLists() : undefined
    const parsed = parse(file.text)
    if (parsed !== undefined) return parsed
    // What it listed is still found by name; a file that cannot be kept is not written over.
    if ((await setFileAside(path, clock.now())) === undefined) return undefined
    await replaceFile(path, formatIndex(emptyLists()))
    return emptyLists()
  }

  const load = async (): Promise<Lists> => {
    lists ??= (await readLists()) ?? emptyLists()
    return lists
  }

  const change = (made: IndexChange): Promise<void> =>
    queue.add(async () => {
      const known = await load()
      if (known[made.list].has(made.account) === (made.kind === 'add')) return
      // On top of the file as it is now: another Sesame process may have added to it.
      const onDisk = await readLists()
      const next = onDisk ?? known
      unsaved = [...unsaved, made]
      for (const { list, kind, account } of unsaved) next[list][kind](account)
      lists = next
      if (path === undefined || onDisk === undefined) return
      const written = await replaceFile(path, formatIndex(next))
      if (written.ok) unsaved = []
    })

  return {
    has: (list, account) => queue.add(async () => (await load())[list].has(account)),
    list: (list) => queue.add(async () => [...(await load())[list]]),
    add: (list, account) => change({ list, kind: 'add', account }),
    delete: (list, account) => change({ list, kind: 'delete', account }),
  }
}
