// Owns one run of the command: arguments in, an exit code out; the answer on stdout, everything else on stderr.
import { CommanderError } from 'commander'
import { type Failure, failure, type Result } from '../failure.ts'
import { createConnection } from './connect.ts'
import { errorText } from './error-text.ts'
import { exitCodeOf } from './exit-codes.ts'
import { createProgram, type GlobalOptions, type Task } from './program.ts'
import { refuseSecrets } from './secret-arguments.ts'
import { processTerminal } from './terminal.ts'
import { readVersion } from './version.ts'
import { configDirOf } from './where.ts'
import type { Output, Terminal, World } from './world.ts'

const interrupted = 130

type Parsed =
  | { readonly kind: 'task'; readonly task: Task; readonly options: GlobalOptions }
  /** Help or version were asked for and are written; or the arguments are wrong and that is said. */
  | { readonly kind: 'over'; readonly exitCode: number }

const parse = async (args: readonly string[], version: string, terminal: Terminal): Promise<Parsed> => {
  let task: Task | undefined
  const program = createProgram(version, (chosen) => {
    task = chosen
  })
  const over = (exitCode: number): Parsed => ({ kind: 'over', exitCode })
  for (const command of [
    program,
    ...program.commands,
    ...program.commands.flatMap(({ commands }) => commands),
  ]) {
    command.exitOverride().configureOutput({
      writeOut: terminal.out,
      writeErr: (text) => terminal.note(text.trimEnd()),
      outputError: (text, write) => write(`sesame: ${text.replace(/^error: /, '')}See: sesame --help`),
    })
  }
  try {
    await program.parseAsync(args, { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) return over(error.exitCode === 0 ? 0 : exitCodeOf('cli.usage'))
    throw error
  }
  return task === undefined ? over(0) : { kind: 'task', task, options: program.opts<GlobalOptions>() }
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

const isInterruption = (error: unknown): boolean => error instanceof Error && error.name === 'ExitPromptError'

const work = async (task: Task, world: World): Promise<Result<Output> | 'interrupted'> => {
  try {
    return await task(world)
  } catch (error) {
    if (isInterruption(error)) return 'interrupted'
    if (world.terminal.env['SESAME_DEBUG'])
      world.terminal.note(String(error instanceof Error ? error.stack : error))
    return { ok: false, failure: failure('internal.bug') }
  }
}

/** Runs the command with these arguments (without node and script) and answers its exit code. */
export const run = async (args: readonly string[], terminal: Terminal = processTerminal): Promise<number> => {
  const safe = refuseSecrets(args)
  if (!safe.ok) return tellFailure(safe.failure, args.includes('--json'), terminal)
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
  await connection.release()
  return result === 'interrupted' ? interrupted : tell(result, parsed.options.json === true, terminal)
}
