// Owns changing a shared file while other programs may do so too: one Sesame at a time, by a lock of the file's name, and never over
// what somebody wrote meanwhile. Knows nothing of what is in the file.
import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { access, lstat, mkdir, readdir, readFile, readlink, realpath, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { fail, ok, type Result } from '../../failure.ts'
import { changedMeanwhile, replaceFile } from '../../files.ts'
import type { SessionLock } from '../../sessions/ports.ts'

export type Edit = (text: string) => Result<string>

const attempts = 5

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined

/** Where a path leads; also through a link to a file that is yet to be made. */
const followLinks = async (path: string, depth = 0): Promise<string> => {
  const link = await lstat(path).catch(() => undefined)
  if (link?.isSymbolicLink() !== true || depth > 40) return path
  return followLinks(resolve(dirname(path), await readlink(path)), depth + 1)
}

/** The same for every path that leads to the file. */
const lockNameOf = async (target: string): Promise<string> => {
  const folder = await realpath(dirname(target))
  const hash = createHash('sha256')
    .update(join(folder, basename(target)))
    .digest('hex')
  return `aws-${hash.slice(0, 16)}`
}

interface Found {
  readonly bytes: Buffer
  /** Undefined where there is no file. */
  readonly mode: number | undefined
}

const read = async (path: string): Promise<Result<Found>> => {
  try {
    const { mode } = await stat(path)
    return ok({ bytes: await readFile(path), mode: mode & 0o7777 })
  } catch (error) {
    return codeOf(error) === 'ENOENT'
      ? ok({ bytes: Buffer.alloc(0), mode: undefined })
      : fail('aws-files.unreadable', { detail: messageOf(error) })
  }
}

/** Bytes as characters. NUL is no text, UTF-16 is full of it; a lone CR ends a line for some readers and not for others. */
const textOf = (bytes: Buffer, path: string): Result<string> => {
  const text = bytes.toString('latin1')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is what is looked for
  return /\0|^(?:\xFF\xFE|\xFE\xFF)|\r(?!\n)/.test(text)
    ? fail('aws-files.unusual', { detail: path })
    : ok(text)
}

/** Reads a shared file as text, one character per byte; an absent one is empty. Codes: aws-files.unreadable, aws-files.unusual. */
export const readAwsFile = async (path: string): Promise<Result<{ text: string; exists: boolean }>> => {
  const found = await read(path)
  if (!found.ok) return found
  const text = textOf(found.value.bytes, path)
  return text.ok ? ok({ text: text.value, exists: found.value.mode !== undefined }) : text
}

/** What a writer that was killed left beside the file, secrets and all; only whoever holds the lock may clear it away. */
const removeLeftovers = async (path: string): Promise<void> => {
  const name = basename(path)
  const isLeftover = (entry: string): boolean =>
    entry.startsWith(`${name}.`) && /^\d+-\d+\.tmp$/.test(entry.slice(name.length + 1))
  const entries = await readdir(dirname(path))
  await Promise.all(
    entries.filter(isLeftover).map((entry) => rm(join(dirname(path), entry), { force: true })),
  )
}

const editLocked = async (path: string, edit: Edit): Promise<Result<boolean>> => {
  await removeLeftovers(path)
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const found = await read(path)
    if (!found.ok) return found
    const { bytes, mode } = found.value
    const text = textOf(bytes, path)
    if (!text.ok) return text
    const edited = edit(text.value)
    if (!edited.ok) return edited
    if (edited.value === text.value) return ok(false)
    // Replacing needs no right to the file itself; whoever took that right away did not want it changed.
    if (mode !== undefined) await access(path, constants.W_OK)
    const written = await replaceFile(path, Buffer.from(edited.value, 'latin1'), {
      mode: mode ?? 0o600,
      isStillDue: async () => {
        const now = await read(path)
        return now.ok && now.value.bytes.equals(bytes) && now.value.mode === mode
      },
    })
    if (written.ok) return ok(true)
    if (written.reason !== changedMeanwhile) {
      return fail('aws-files.not-written', { detail: `${path}: ${written.reason}` })
    }
  }
  return fail('aws-files.busy', { detail: path })
}

/**
 * Changes a file, atomically and keeping its mode (0600 when new); links are followed. Nothing is touched where the text stays as it
 * is. Codes: those of `edit`, aws-files.unreadable, .unusual, .not-written, .busy.
 *
 * @param edit given the text, one character per byte; called again when somebody else changed the file meanwhile
 * @returns whether the file changed
 */
export const editAwsFile = async (path: string, edit: Edit, lock: SessionLock): Promise<Result<boolean>> => {
  try {
    const target = await followLinks(path)
    const before = await readAwsFile(target)
    if (!before.ok) return before
    const first = edit(before.value.text)
    if (!first.ok || first.value === before.value.text) return first.ok ? ok(false) : first

    await mkdir(dirname(target), { recursive: true, mode: 0o700 })
    const held = await lock.hold(await lockNameOf(target), () => editLocked(target, edit))
    return held.kind === 'done' ? held.value : fail('aws-files.busy', { detail: path })
  } catch (error) {
    return fail('aws-files.not-written', { detail: `${path}: ${messageOf(error)}` })
  }
}
