// Which programs are here to read back what Sesame writes, and how they are run away from the person's own settings.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findAwsCli, findPythonWithBoto3 } from '../../../build/steps/programs.mjs'

const succeeds = (command: string, args: readonly string[]): boolean => spawnSync(command, args).status === 0

export const programs = {
  bash: succeeds('bash', ['--version']) ? 'bash' : undefined,
  zsh: succeeds('zsh', ['--version']) ? 'zsh' : undefined,
  fish: succeeds('fish', ['--version']) ? 'fish' : undefined,
  python: findPythonWithBoto3(),
  aws: findAwsCli(),
} as const

export interface Home {
  /** A clean environment: nothing of the person's AWS settings, no metadata service. */
  readonly env: NodeJS.ProcessEnv
  readonly directory: string
  remove(): void
}

export const makeHome = (): Home => {
  const directory = mkdtempSync(join(tmpdir(), 'sesame-home-'))
  return {
    directory,
    env: {
      PATH: process.env['PATH'],
      HOME: directory,
      LC_ALL: 'C.UTF-8',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_SHARED_CREDENTIALS_FILE: join(directory, 'credentials'),
      AWS_CONFIG_FILE: join(directory, 'config'),
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  }
}

/** Runs to the end and answers its output; throws with its errors where it fails. */
export const output = (
  command: string,
  args: readonly string[],
  { env, input }: { env: NodeJS.ProcessEnv; input?: string },
): string => {
  const ended = spawnSync(command, args, { env, input, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  if (ended.status !== 0) throw new Error(`${command} ended with ${ended.status}: ${ended.stderr}`)
  return ended.stdout
}
