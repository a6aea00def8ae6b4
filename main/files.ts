// Owns how a file that must survive is read, replaced and set aside. Knows nothing of what is in it.
import { constants } from 'node:fs'
import { copyFile, link, mkdir, open, readFile, realpath, rename, rm } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'

export type FileRead =
  | { readonly kind: 'found'; readonly text: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreadable'; readonly reason: string }

export type FileWrite =
  | { readonly ok: true }
  /** `reason` is the system's words, such as "ENOSPC: no space left on device, write". */
  | { readonly ok: false; readonly reason: string }

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'

/** Reads a text file; a file that cannot be opened is never mistaken for one that is not there. */
export const readTextFile = async (path: string): Promise<FileRead> => {
  try {
    return { kind: 'found', text: await readFile(path, 'utf8') }
  } catch (error) {
    return isMissing(error) ? { kind: 'absent' } : { kind: 'unreadable', reason: reasonOf(error) }
  }
}

/** A directory's entry is durable only once the directory is synced; Windows has no such call. */
const syncDirectory = async (path: string): Promise<void> => {
  const directory = await open(path, 'r').catch(() => undefined)
  try {
    await directory?.sync()
  } catch {
    // The file itself is on disk; some file systems refuse to sync a directory.
  } finally {
    await directory?.close()
  }
}

let temporaryFiles = 0

/** Whether `replaceFile` gives such a name to what it has not switched to yet. */
export const isTemporary = (name: string): boolean => /\.\d+-\d+\.tmp$/.test(name)

export interface ReplaceOptions {
  /** Of the new file, whatever the umask says. Default 0o600. */
  readonly mode?: number
  /** Asked last of all before the switch; where it says no, the old file stays and the reason is `changedMeanwhile`. */
  readonly isStillDue?: () => Promise<boolean>
}

/** The reason of a write that `isStillDue` called off. */
export const changedMeanwhile = 'the file changed meanwhile'

/**
 * Replaces a file in one step: a reader sees the old content or the new one, also after a crash or on a full disk. The new file
 * is synced and read back before the switch, because a full disk may take a part of a write and report success.
 *
 * A symbolic link stays one: what it points at is replaced. Folders on the way are made, readable by their owner only.
 *
 * @param content text is written as UTF-8, bytes as they are
 */
export const replaceFile = async (
  path: string,
  content: string | Uint8Array,
  { mode = 0o600, isStillDue }: ReplaceOptions = {},
): Promise<FileWrite> => {
  let temporary: string | undefined
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    const target = await realpath(path).catch(() => path)
    temporaryFiles += 1
    temporary = `${target}.${process.pid}-${temporaryFiles}.tmp`
    const bytes = Buffer.from(content)
    // Made anew: in a folder that others may write to, a link could be waiting under this name.
    await rm(temporary, { force: true })
    const file = await open(temporary, 'wx', mode)
    try {
      await file.writeFile(bytes)
      await file.chmod(mode)
      await file.sync()
    } finally {
      await file.close()
    }
    if (!bytes.equals(await readFile(temporary))) throw new Error('what was written reads back differently')
    if (isStillDue !== undefined && !(await isStillDue())) throw new Error(changedMeanwhile)
    await rename(temporary, target)
    temporary = undefined
    await syncDirectory(dirname(target))
    return { ok: true }
  } catch (error) {
    if (temporary !== undefined) await rm(temporary, { force: true }).catch(() => undefined)
    return { ok: false, reason: reasonOf(error) }
  }
}

/** `20260203T040506Z`, sortable and allowed in a file name everywhere. */
export const fileStamp = (epochMs: number): string =>
  new Date(epochMs).toISOString().replace(/[-:]|\.\d+/g, '')

const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EEXIST'

/** A second name for the same bytes where the file system has links: that needs no space and cannot stop half-way. */
const duplicate = async (path: string, copy: string): Promise<void> => {
  try {
    await link(path, copy)
  } catch (error) {
    if (isTaken(error)) throw error
    await copyFile(path, copy, constants.COPYFILE_EXCL).catch(async (reason: unknown) => {
      if (!isTaken(reason)) await rm(copy, { force: true }).catch(() => undefined)
      throw reason
    })
  }
}

/**
 * Keeps a damaged file under another name beside it, `name.damaged-<stamp>.ext`, before `replaceFile` takes its place.
 * Answers the new name's path, or undefined when it could not be made: then the file must not be replaced.
 */
export const setFileAside = async (path: string, now: number): Promise<string | undefined> => {
  const extension = extname(path)
  const stem = join(dirname(path), `${basename(path, extension)}.damaged-${fileStamp(now)}`)
  for (let attempt = 1; attempt <= 100; attempt += 1) {
    const copy = `${stem}${attempt === 1 ? '' : `-${attempt}`}${extension}`
    try {
      await duplicate(await realpath(path), copy)
      return copy
    } catch (error) {
      if (!isTaken(error)) return undefined
    }
  }
  return undefined
}
