// Owns the fast path: `sesame credential-process NAME` answered by the running app. Loads node:net and node:fs, nothing else.
import { writeSync } from 'node:fs'
import { askSocket } from '../agent/ask-socket.ts'
import { locateAgent } from '../agent/locate.ts'
import { folderState } from '../agent/own-folder.ts'
import { type ErrorWords, errorText } from './error-text.ts'
import { exitCodeOf } from './exit-codes.ts'
import { configDirOf } from './where.ts'

export interface QuickCall {
  readonly name: string
  readonly configDir: string | undefined
}

/** Recognises the call by the arguments alone; undefined for anything that takes a parser. */
export const readQuickCall = (args: readonly string[]): QuickCall | undefined => {
  const rest: string[] = []
  let configDir: string | undefined
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? ''
    if (arg === '--config-dir') {
      at += 1
      configDir = args[at]
      if (configDir === undefined) return undefined
    } else if (arg.startsWith('--config-dir=')) configDir = arg.slice('--config-dir='.length)
    else rest.push(arg)
  }
  const [command, name, ...more] = rest
  const isQuick =
    command === 'credential-process' &&
    name !== undefined &&
    name !== '' &&
    !name.startsWith('-') &&
    more.length === 0
  return isQuick ? { name, configDir } : undefined
}

type ReadFailure = ErrorWords & { readonly code: string }

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The failure in an answer that is not 200; what another version of the app says may be none. */
const failureIn = (text: string): ReadFailure => {
  try {
    const { error } = JSON.parse(text)
    if (typeof error?.code === 'string') {
      const { code, message, remedy, detail } = error
      return { code, message: textOf(message), remedy: textOf(remedy), detail: textOf(detail) }
    }
  } catch {
    // Not JSON: the app refused before it came to words.
  }
  return {
    code: 'agent.unreachable',
    message: 'The Sesame app is running but its answer makes no sense.',
    remedy: 'Restart the app; update it and this command to the same version.',
  }
}

/** Past process.stdout, whose making takes longer than the answer; it is still there for a pipe that cannot take all at once. */
const print = (descriptor: 1 | 2, text: string): void => {
  const bytes = Buffer.from(text)
  let written = 0
  try {
    while (written < bytes.length) written += writeSync(descriptor, bytes, written)
  } catch {
    ;(descriptor === 1 ? process.stdout : process.stderr).write(bytes.subarray(written))
  }
}

/** The exit code once answered; undefined where somebody else has to: another command, or no app that runs. */
export const answerQuickly = async (args: readonly string[]): Promise<number | undefined> => {
  const call = readQuickCall(args)
  if (call === undefined) return undefined
  const address = locateAgent(configDirOf(call.configDir))
  if (address.kind === 'socket' && folderState(address.folder) !== 'own') return undefined
  const answer = await askSocket(address.path, {
    method: 'GET',
    path: `/v1/profiles/${encodeURIComponent(call.name)}/credentials`,
  })
  if (answer.kind === 'absent') return undefined
  if (answer.kind === 'answered' && answer.status === 200) {
    print(1, answer.text)
    return 0
  }
  const failure: ReadFailure =
    answer.kind === 'answered'
      ? failureIn(answer.text)
      : {
          code: 'agent.unreachable',
          message: 'The Sesame app is running but did not answer.',
          remedy: 'Try again; restart the app if it stays.',
          detail: answer.reason,
        }
  print(2, errorText(failure))
  return exitCodeOf(failure.code)
}
