// Owns small texts by name, a file each in one folder, so that several processes add and remove without losing what the others
// wrote and without a lock. What the disk does not take is known all the same, and tried again with the next change.
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { readTextFile, replaceFile } from '../files.ts'
import { createTurns } from '../in-turn.ts'

export interface EntryFiles {
  get(name: string): Promise<string | undefined>
  /** Whether it is there, also where it cannot be read. */
  has(name: string): Promise<boolean>
  /** Whether it is on disk now (or meant to be in memory only). */
  set(name: string, text: string): Promise<boolean>
  delete(name: string): Promise<boolean>
  names(): Promise<readonly string[]>
}

/** Nothing else tells for certain that a file is not there. */
const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')

/** `name` must be one that is allowed for a file everywhere. `undefined` for a folder keeps everything in memory. */
export const createEntryFiles = (folder: string | undefined): EntryFiles => {
  const inTurn = createTurns()
  /** What is not on disk (yet); undefined: still to be deleted. */
  const pending = new Map<string, string | undefined>()

  const persist = async (path: string, text: string | undefined): Promise<boolean> => {
    if (text !== undefined) return (await replaceFile(path, text)).ok
    return rm(path, { force: true }).then(() => true, isMissing)
  }

  const change = (name: string, text: string | undefined): Promise<boolean> =>
    inTurn(async () => {
      if (folder === undefined) {
        if (text === undefined) pending.delete(name)
        else pending.set(name, text)
        return true
      }
      pending.set(name, text)
      for (const [waiting, value] of pending) {
        if (await persist(join(folder, waiting), value)) pending.delete(waiting)
      }
      return !pending.has(name)
    })

  return {
    get: (name) =>
      inTurn(async () => {
        if (folder === undefined || pending.has(name)) return pending.get(name)
        const file = await readTextFile(join(folder, name))
        return file.kind === 'found' ? file.text : undefined
      }),
    has: (name) =>
      inTurn(async () => {
        if (folder === undefined || pending.has(name)) return pending.get(name) !== undefined
        return stat(join(folder, name)).then(
          () => true,
          (error: unknown) => !isMissing(error),
        )
      }),
    set: (name, text) => change(name, text),
    delete: (name) => change(name, undefined),
    names: () =>
      inTurn(async () => {
        const onDisk = folder === undefined ? [] : await readdir(folder).catch(() => [])
        const names = new Set(onDisk.filter((name) => !name.endsWith('.tmp')))
        for (const [name, text] of pending) {
          if (text === undefined) names.delete(name)
          else names.add(name)
        }
        return [...names]
      }),
  }
}
