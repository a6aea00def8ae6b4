// Owns where AWS's shared files are: the two variables, else ~/.aws. Pure.
import { join, resolve } from 'node:path'

export type AwsFile = 'credentials' | 'config'

export type AwsFilePaths = Readonly<Record<AwsFile, string>>

/** botocore and the SDK for JavaScript expand a leading `~`; so the file meant is the same one. */
const expand = (path: string, home: string): string =>
  resolve(/^~(?=[\\/]|$)/.test(path) ? join(home, path.slice(1)) : path)

/** AWS_SHARED_CREDENTIALS_FILE and AWS_CONFIG_FILE, as every AWS tool started from the same place would see them. */
export const awsFilePaths = (
  env: Readonly<Record<string, string | undefined>>,
  home: string,
): AwsFilePaths => ({
  credentials: expand(env['AWS_SHARED_CREDENTIALS_FILE'] || '~/.aws/credentials', home),
  config: expand(env['AWS_CONFIG_FILE'] || '~/.aws/config', home),
})
