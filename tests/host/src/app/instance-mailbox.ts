/**
 * How a second instance tells the first what it was started with: a file in a folder that the first one watches.
 * Written in one synchronous call, because the second may exit right after; renamed into place, so never read half.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { decode, encode } from '../ipc/codec.ts'

export interface InstanceMessage {
  readonly argv: string[]
  readonly workingDirectory: string
  readonly additionalData: unknown
}

interface Letter {
  /** Milliseconds since 1970. */
  readonly sentAt: number
  readonly argv: string[]
  readonly workingDirectory: string
  /** Text of codec.ts. */
  readonly additionalData: string
}

const FOLDER = 'stand-in-instances'
const LETTER = /\.json$/
let sent = 0

export function sendToFirst(userData: string, message: InstanceMessage): void {
  const folder = join(userData, FOLDER)
  mkdirSync(folder, { recursive: true })
  const letter: Letter = { ...message, sentAt: Date.now(), additionalData: encode(message.additionalData) }
  const name = join(folder, `${process.pid}-${++sent}`)
  writeFileSync(`${name}.part`, JSON.stringify(letter))
  renameSync(`${name}.part`, `${name}.json`)
}

/**
 * @param since milliseconds since 1970, before the lock was taken: older letters went to an instance that is gone
 * @returns what stops it
 */
export function receive(
  userData: string,
  since: number,
  onMessage: (message: InstanceMessage) => void,
): () => void {
  const folder = join(userData, FOLDER)
  mkdirSync(folder, { recursive: true })
  const collect = (): void => {
    for (const name of readdirSync(folder).filter((file) => LETTER.test(file))) {
      const file = join(folder, name)
      const letter: Letter = JSON.parse(readFileSync(file, 'utf8'))
      rmSync(file)
      if (letter.sentAt >= since) onMessage({ ...letter, additionalData: decode(letter.additionalData) })
    }
  }
  const watcher = watch(folder, collect)
  // The user-data folder may go before the process: a test's clean-up.
  watcher.on('error', () => watcher.close())
  watcher.unref()
  collect()
  return () => watcher.close()
}
