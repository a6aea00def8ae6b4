// Owns asking STS who the copied credentials belong to: by the real AWS CLI in a real bash, or by AWS's own SDK.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import * as z from 'zod'
import { findAwsCli } from '../../build/steps/programs.mjs'

const run = promisify(execFile)

/** Absolute; undefined where this machine has none that will do. */
export const awsCli = findAwsCli()

const callerIdentity = z.object({ Account: z.string(), Arn: z.string(), UserId: z.string() })
const exported = z.object({
  AWS_ACCESS_KEY_ID: z.string(),
  AWS_SECRET_ACCESS_KEY: z.string(),
  AWS_SESSION_TOKEN: z.string(),
  AWS_REGION: z.string(),
})
export type CallerIdentity = z.infer<typeof callerIdentity>

/** Nothing of this machine's own AWS configuration. */
const bareEnvironment = {
  PATH: process.env['PATH'] ?? '',
  HOME: '/nonexistent',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
}

/** The same question by the SDK, with what a real bash makes of the block; for a machine without the CLI. */
export const callerIdentityBySdk = async (
  bashBlock: string,
  stsEndpoint: string,
): Promise<CallerIdentity> => {
  const script = `${bashBlock}\nexec "$0" -p 'JSON.stringify(process.env)'`
  const { stdout } = await run('bash', ['-c', script, process.execPath], { env: bareEnvironment })
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION } = exported.parse(
    JSON.parse(stdout),
  )
  const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts')
  const sts = new STSClient({
    endpoint: stsEndpoint,
    region: AWS_REGION,
    credentials: {
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      sessionToken: AWS_SESSION_TOKEN,
    },
  })
  return callerIdentity.parse(await sts.send(new GetCallerIdentityCommand({})))
}

/**
 * Evaluates a copied bash block and calls `aws sts get-caller-identity`. Nothing of this machine's own AWS configuration is
 * used. Rejects with the CLI's own words on stderr.
 */
export const callerIdentityOf = async (bashBlock: string, stsEndpoint: string): Promise<CallerIdentity> => {
  const script = `${bashBlock}\nexec "$0" sts get-caller-identity --output json --endpoint-url "$1"`
  if (awsCli === undefined) throw new Error('there is no AWS CLI here')
  const { stdout } = await run('bash', ['-c', script, awsCli, stsEndpoint], {
    env: bareEnvironment,
    timeout: 30_000,
  })
  return callerIdentity.parse(JSON.parse(stdout))
}
