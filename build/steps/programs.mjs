// Owns finding the programs of the machine that tests run: what counts as there is what they then call.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const extension = process.platform === 'win32' ? '.exe' : ''

/** Debian's own place first: what comes first on the path may be another version, or a stranger's wrapper. */
const placesOf = (name) =>
  ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)]
    .map((folder) => join(folder, `${name}${extension}`))
    .filter((file) => existsSync(file))

const firstOf = (name, args, isGood) => {
  for (const file of placesOf(name)) {
    const { status, stdout } = spawnSync(file, args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    if (status === 0 && isGood(stdout)) return file
  }
  return undefined
}

/** Where the AWS CLI is, absolute. Version 1 will not do: it has no `configure export-credentials`. */
export const findAwsCli = () => firstOf('aws', ['--version'], (words) => words.startsWith('aws-cli/2.'))

/** Where a Python that has boto3 is, absolute. */
export const findPythonWithBoto3 = () => firstOf('python3', ['-c', 'import boto3'], () => true)
