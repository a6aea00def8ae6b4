// Owns how Sesame is started: its command line and its environment variables. This is where they are documented.
//
//   --config-dir DIR   SESAME_CONFIG_DIR=DIR   Keeps profiles, settings, logs and window data in DIR instead of the user's own
//                                              configuration folder. Two folders are two independent copies of Sesame.
//   --memory-vault     SESAME_VAULT=memory     Keeps sessions in memory and never touches the keychain: they end with the
//                                              app. For the demo, for tests, and for a machine without a keychain.
//
// The command line wins over the environment. Anything else on the command line belongs to Chromium and is left alone.
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

export interface Options {
  /** Absolute path; undefined means the platform's own place. */
  readonly configDir: string | undefined
  readonly vault: 'keychain' | 'memory'
}

/** Reads the options from `process.argv` (executable first) and the environment. Never fails: what is unknown is ignored. */
export const readOptions = (
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Options => {
  const { values } = parseArgs({
    args: argv.slice(1),
    options: { 'config-dir': { type: 'string' }, 'memory-vault': { type: 'boolean' } },
    strict: false,
    allowPositionals: true,
  })
  const named = values['config-dir']
  const configDir = typeof named === 'string' && named !== '' ? named : env['SESAME_CONFIG_DIR']
  return {
    configDir: configDir ? resolve(configDir) : undefined,
    vault: values['memory-vault'] === true || env['SESAME_VAULT'] === 'memory' ? 'memory' : 'keychain',
  }
}
