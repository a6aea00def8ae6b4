// Owns one run of the command: arguments in, an exit code out; the answer on stdout, everything else on stderr.
import { type Command, CommanderError } from 'commander'
import { type Failure, failure, type Result } from '../failure.ts'
import { createConnection } from './connect.ts'
import { errorText } from './error-text.ts'
import { exitCodeOf } from './exit-codes.ts'
import { createProgram, type GlobalOptions, type Task } from './program.ts'
import { refuseSecrets } from './secret-arguments.ts'
import { processTerminal } from './terminal.ts'
import { readVersion } from './version.ts'
import { configDirOf } from './where.ts'
import { Interruption, type Output, type Terminal, type World } from './world.ts'

const interrupted = 130

/** Before they are parsed, or where they cannot be; what stands behind two dashes is another program's. */
const isJsonWanted = (args: readonly string[]): boolean => {
  const end = args.indexOf('--')
  return (end === -1 ? args : args.slice(0, end)).includes('--json')
}

type Parsed =
  | { readonly kind: 'task'; readonly task: Task; readonly options: GlobalOptions }
  /** Help or version were asked for and are written; or the arguments are wrong and that is said. */
  | { readonly kind: 'over'; readonly exitCode: number }

/** `sesame profiles add`, for the help that belongs to it. */
const pathOf = (command: Command): string =>
  command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`

const withSubcommands = (command: Command): readonly Command[] => [
  command,
  ...command.commands.flatMap(withSubcommands),
]

const parse = async (args: readonly string[], version: string, terminal: Terminal): Promise<Parsed> => {
  let task: Task | undefined
  const program = createProgram(version, (chosen) => {
    task = chosen
  })
  let refused: Failure | undefined
  for (const command of withSubcommands(program)) {
    command.exitOverride().configureOutput({
      writeOut: terminal.out,
      writeErr: (text) => terminal.note(text.trimEnd()),
      outputError: (text) => {
        const message = text
          .trim()
          .replace(/^error: /, '')
          .replace(/\s*\n\s*/g, ' ')
        refused = failure('cli.usage', { message, remedy: `See: ${pathOf(command)} --help` })
      },
    })
  }
  try {
    await program.parseAsync(args, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (refused !== undefined)
      return { kind: 'over', exitCode: tellFailure(refused, isJsonWanted(args), terminal) }
    return { kind: 'over', exitCode: error.exitCode === 0 ? 0 : exitCodeOf('cli.usage') }
  }
  return task === undefined
    ? { kind: 'over', exitCode: 0 }
    : { kind: 'task', task, options: program.opts<GlobalOptions>() }
}

const tell = (result: Result<Output>, isJson: boolean, terminal: Terminal): number => {
  if (!result.ok) return tellFailure(result.failure, isJson, terminal)
  const { json, text, exitCode = 0 } = result.value
  if (!isJson) terminal.out(text)
  else if (json !== undefined) terminal.out(`${JSON.stringify(json, undefined, 2)}\n`)
  return exitCode
}

const tellFailure = (failed: Failure, isJson: boolean, terminal: Terminal): number => {
  terminal.note((isJson ? JSON.stringify({ error: failed }) : errorText(failed)).trimEnd())
  return exitCodeOf(failed.code)
}

/** The prompts' own error, or ours. */
const isInterruption = (error: unknown): boolean =>
  error instanceof Interruption || (error instanceof Error && error.name === 'ExitPromptError')

const work = async (task: Task, world: World): Promise<Result<Output> | 'interrupted'> => {
  // The engine's timers keep no process alive, and while this one waits for another's lock it has nothing else.
  const alive = setInterval(() => undefined, 60_000)
  try {
    return await task(world)
  } catch (error) {
    if (isInterruption(error)) return 'interrupted'
    if (world.terminal.env['SESAME_DEBUG'])
      world.terminal.note(String(error instanceof Error ? error.stack : error))
    return { ok: false, failure: failure('internal.bug') }
  } finally {
    await world.release()
    clearInterval(alive)
  }
}

/** Runs the command with these arguments (without node and script) and answers its exit code. */
export const run = async (args: readonly string[], terminal: Terminal = processTerminal): Promise<number> => {
  const safe = refuseSecrets(args)
  if (!safe.ok) return tellFailure(safe.failure, isJsonWanted(args), terminal)
  const version = readVersion(import.meta.dirname)
  const parsed = await parse(args, version, terminal)
  if (parsed.kind === 'over') return parsed.exitCode

  const configDir = configDirOf(parsed.options.configDir)
  const connection = createConnection(configDir, async () => {
    const { openLocalEngine } = await import('./local-engine.ts')
    return openLocalEngine({ configDir, version, env: terminal.env, onNotice: terminal.note })
  })
  const world: World = { ...connection, terminal, configDir, version }
  const result = await work(parsed.task, world)
  return result === 'interrupted' ? interrupted : tell(result, parsed.options.json === true, terminal)
}
