// Owns the refusal of secrets as arguments, where every process of the machine and the shell's history would have them.
import { fail, ok, type Result } from '../failure.ts'

const secretOptions = [
  '--password',
  '--new-password',
  '--client-secret',
  '--secret',
  '--secret-key',
  '--refresh-token',
  '--session-token',
] as const

/** Looks in front of `--`, behind which another program's arguments begin. Code: cli.secret-argument. */
export const refuseSecrets = (args: readonly string[]): Result<void> => {
  const end = args.indexOf('--')
  const own = end === -1 ? args : args.slice(0, end)
  for (const arg of own) {
    const name = arg.split('=', 1)[0]
    const option = secretOptions.find((secret) => secret === name)
    if (option === undefined) continue
    const remedy = option === '--client-secret' ? { remedy: 'Pipe it in with --client-secret-stdin.' } : {}
    return fail('cli.secret-argument', { detail: option, ...remedy })
  }
  return ok(undefined)
}
