// Owns asking the real AWS CLI, in a real bash, who the copied credentials belong to.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'
import * as z from 'zod'

const run = promisify(execFile)

/** Debian's, where there is one; else whichever comes first on the path. */
export const awsCli = existsSync('/usr/bin/aws') ? '/usr/bin/aws' : 'aws'

const callerIdentity = z.object({ Account: z.string(), Arn: z.string(), UserId: z.string() })
export type CallerIdentity = z.infer<typeof callerIdentity>

/**
 * Evaluates a copied bash block and calls `aws sts get-caller-identity`. Nothing of this machine's own AWS configuration is
 * used. Rejects with the CLI's own words on stderr.
 */
export const callerIdentityOf = async (bashBlock: string, stsEndpoint: string): Promise<CallerIdentity> => {
  const script = `${bashBlock}\nexec "$0" sts get-caller-identity --output json --endpoint-url "$1"`
  const { stdout } = await run('bash', ['-c', script, awsCli, stsEndpoint], {
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: '/nonexistent',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    },
    timeout: 30_000,
  })
  return callerIdentity.parse(JSON.parse(stdout))
}
