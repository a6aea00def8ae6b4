// Owns one question to Linux's Secret Service: is the default collection locked? keytar cannot ask it, and asking by reading a
// secret would raise a prompt. Asked with the D-Bus tools that come with the bus or with glib; unknown where neither is there.
import { execFile } from 'node:child_process'

export type LockAnswer =
  | 'unlocked'
  | 'locked'
  /** A service without a default collection: nobody has created a keyring yet. */
  | 'no-collection'
  | 'no-service'
  /** The service is there and does not answer. */
  | 'no-answer'
  | 'unknown'

const destination = 'org.freedesktop.secrets'
const collection = '/org/freedesktop/secrets/aliases/default'
const get = 'org.freedesktop.DBus.Properties.Get'
const property = 'org.freedesktop.Secret.Collection'

interface Question {
  readonly command: string
  readonly args: readonly string[]
}

const answerMs = 3_000

const questions: readonly Question[] = [
  {
    command: 'dbus-send',
    args: [
      '--session',
      '--print-reply=literal',
      `--reply-timeout=${answerMs}`,
      `--dest=${destination}`,
      collection,
      get,
      `string:${property}`,
      'string:Locked',
    ],
  },
  {
    command: 'gdbus',
    args: ['call', '--session', `--timeout=${answerMs / 1_000}`, `--dest=${destination}`].concat([
      `--object-path=${collection}`,
      `--method=${get}`,
      property,
      'Locked',
    ]),
  },
]

/** What a tool's output means. `failed` is its exit other than by success. */
export const readLockAnswer = (output: string, failed: boolean): LockAnswer => {
  if (!failed) {
    const value = /\b(true|false)\b/.exec(output)?.[1]
    return value === undefined ? 'unknown' : value === 'true' ? 'locked' : 'unlocked'
  }
  if (/NoReply|TimedOut|Timeout/.test(output)) return 'no-answer'
  if (/ServiceUnknown|NameHasNoOwner|Spawn\.|Disconnected/.test(output)) return 'no-service'
  if (/NoSuchObject|UnknownObject|UnknownMethod|UnknownInterface|Object does not exist/.test(output))
    return 'no-collection'
  if (/Failed to open connection|Error connecting|Unable to autolaunch|Cannot autolaunch/.test(output))
    return 'no-service'
  return 'unknown'
}

const ask = ({ command, args }: Question): Promise<LockAnswer | 'no-tool'> =>
  new Promise((resolve) => {
    const options = {
      timeout: answerMs + 1_000,
      killSignal: 'SIGKILL',
      env: { ...process.env, LC_ALL: 'C' },
    } as const
    execFile(command, args, options, (error, stdout, stderr) => {
      if (error !== null && error.code === 'ENOENT') resolve('no-tool')
      else if (error?.killed === true) resolve('no-answer')
      else resolve(readLockAnswer(stdout + stderr, error !== null))
    })
  })

/** Asks whether the keyring that new items go to is locked. Raises no prompt; answers within four seconds. */
export const askSecretService = async (): Promise<LockAnswer> => {
  for (const question of questions) {
    const answer = await ask(question)
    if (answer !== 'no-tool') return answer
  }
  return 'unknown'
}
