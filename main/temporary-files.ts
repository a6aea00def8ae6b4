// Owns removing what processes that were killed in the middle of a write left beside the file they were replacing (files.ts).
import { readdir, realpath, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { isTemporary } from './files.ts'

/** A write takes milliseconds. */
const leftForMs = 60 * 60_000

/** Whether nobody has touched it for so long, by its own time. One that cannot be asked is left alone. */
export const isOlderThan = (path: string, ms: number, now: number): Promise<boolean> =>
  stat(path).then(
    ({ mtimeMs }) => now - mtimeMs > ms,
    () => false,
  )

export interface TemporaryFilesOptions {
  /** Folders of our own. */
  readonly folders: readonly string[]
  /** Files in folders that others use too. */
  readonly files: readonly string[]
  /** Epoch milliseconds. */
  readonly now: number
}

/** Never rejects: what cannot be removed is met again at the next start. */
export const sweepTemporaryFiles = async ({ folders, files, now }: TemporaryFilesOptions): Promise<void> => {
  const sweep = async (folder: string, isOurs: (name: string) => boolean): Promise<void> => {
    const names = await readdir(folder).catch(() => [])
    for (const name of names.filter((each) => isTemporary(each) && isOurs(each))) {
      const path = join(folder, name)
      if (await isOlderThan(path, leftForMs, now)) await rm(path, { force: true }).catch(() => undefined)
    }
  }
  for (const folder of folders) await sweep(folder, () => true)
  for (const file of files) {
    const target = await realpath(file).catch(() => file)
    await sweep(dirname(target), (name) => name.startsWith(`${basename(target)}.`))
  }
}
