// Owns log files: `sesame.log` (or another name) and its numbered predecessors in one folder, bounded in size. Knows nothing of what is in a line.
import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { LogSink } from './log.ts'

export interface FileSinkOptions {
  readonly folder: string
  /** Of the file, without `.log`. */
  readonly name?: string
  /** A file that would grow past this many bytes is set aside first. */
  readonly maxBytes?: number
  /** How many files set aside are kept. */
  readonly keep?: number
}

export interface FileSink extends LogSink {
  readonly file: string
  /** Answers once everything written so far is on disk, or was given up. */
  flush(): Promise<void>
}

/** At most this many characters wait for a slow disk; later lines are dropped and counted. */
const mostWaiting = 1_000_000

/** Opens the log in `folder` (made with mode 700, files 600). A failing disk loses lines, never throws. */
export const createFileSink = ({
  folder,
  name = 'sesame',
  maxBytes = 1_000_000,
  keep = 3,
}: FileSinkOptions): FileSink => {
  const file = join(folder, `${name}.log`)
  const numbered = (n: number): string => join(folder, `${name}.${n}.log`)
  let size: number | undefined
  let waiting = ''
  let dropped = 0
  let writing: Promise<void> | undefined

  const open = (): number => {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return statSync(file, { throwIfNoEntry: false })?.size ?? 0
  }
  const makeRoom = (bytes: number): void => {
    size ??= open()
    if (size > 0 && size + bytes > maxBytes) {
      rmSync(numbered(keep), { force: true })
      for (let n = keep - 1; n >= 1; n--) {
        if (statSync(numbered(n), { throwIfNoEntry: false })) renameSync(numbered(n), numbered(n + 1))
      }
      if (keep > 0) renameSync(file, numbered(1))
      else rmSync(file)
      size = 0
    }
    size += bytes
  }
  const take = (): string => {
    const text =
      dropped > 0
        ? `${waiting}${JSON.stringify({ level: 'warn', event: 'log.dropped', lines: dropped })}\n`
        : waiting
    waiting = ''
    dropped = 0
    return text
  }
  const drain = async (): Promise<void> => {
    for (let text = take(); text !== ''; text = take()) {
      try {
        makeRoom(Buffer.byteLength(text))
        await appendFile(file, text, { mode: 0o600 })
      } catch {
        size = undefined // a full disk or a removed folder: these lines are lost, the next ones start afresh
      }
    }
    writing = undefined
  }

  return {
    file,
    write(line) {
      if (waiting.length > mostWaiting) dropped += 1
      else waiting += `${line}\n`
      writing ??= Promise.resolve().then(drain) // at the end of this turn: lines of one turn are one write
    },
    writeNow(line) {
      const text = `${take()}${line}\n`
      try {
        makeRoom(Buffer.byteLength(text))
        appendFileSync(file, text, { mode: 0o600 })
      } catch {
        size = undefined
      }
    },
    async flush() {
      await writing
    },
  }
}
