// Owns `exec`: another program with this profile's AWS credentials, in no file. Its exit code is ours.
import { spawn } from 'node:child_process'
import { constants, devNull } from 'node:os'
import {
  type ListedProfile,
  listedProfileSchema,
  type ProcessCredentials,
  processCredentialsSchema,
} from '../../agent/answers.ts'
import { startContainerEndpoint } from '../../credentials/container-endpoint.ts'
import type { ExportedCredentials } from '../../credentials/formats.ts'
import { fail, ok, type Result } from '../../failure.ts'
import { get } from '../paths.ts'
import type { Outcome, World } from '../world.ts'

/** Whatever else could give the child credentials would win over ours in one tool or another, or mislead it about their end. */
const overriding = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_SECURITY_TOKEN',
  'AWS_CREDENTIAL_EXPIRATION',
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_ROLE_ARN',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
] as const

/** The environment without anything that competes with what is set now. */
export const cleanEnvironment = (env: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      value === undefined || overriding.some((other) => other === name.toUpperCase()) ? [] : [[name, value]],
    ),
  )

/** What the child gets beside the credentials themselves. */
const about = ({ profile, exportRegion }: ListedProfile): Record<string, string> => ({
  AWS_REGION: exportRegion,
  AWS_DEFAULT_REGION: exportRegion,
  SESAME_PROFILE: profile.name,
})

const credentialVariables = (credentials: ProcessCredentials): Record<string, string> => ({
  AWS_ACCESS_KEY_ID: credentials.AccessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.SecretAccessKey,
  AWS_SESSION_TOKEN: credentials.SessionToken,
  AWS_CREDENTIAL_EXPIRATION: credentials.Expiration,
})

const exportedOf = (credentials: ProcessCredentials): ExportedCredentials => ({
  accessKeyId: credentials.AccessKeyId,
  secretAccessKey: credentials.SecretAccessKey,
  sessionToken: credentials.SessionToken,
  expiresAt: Date.parse(credentials.Expiration),
})

const forwarded = ['SIGTERM', 'SIGHUP', 'SIGQUIT'] as const

/** Runs to the end and answers the exit code as a shell would: 128 + signal for one that was killed. */
const runChild = (
  command: string,
  args: readonly string[],
  env: Record<string, string>,
): Promise<Result<number>> => {
  const { promise, resolve } = Promise.withResolvers<Result<number>>()
  const child = spawn(command, args, { env, stdio: 'inherit' })
  const forward = (signal: NodeJS.Signals): void => void child.kill(signal)
  // The terminal sends Ctrl-C to both; what becomes of it is the child's affair.
  const ignore = (): void => undefined
  for (const signal of forwarded) process.on(signal, forward)
  process.on('SIGINT', ignore)
  const settle = (result: Result<number>): void => {
    for (const signal of forwarded) process.off(signal, forward)
    process.off('SIGINT', ignore)
    resolve(result)
  }
  child.once('error', (error) =>
    settle(fail('cli.command-not-found', { detail: `${command}: ${error.message}` })),
  )
  child.once('exit', (code, signal) =>
    settle(ok(code ?? 128 + (signal === null ? 0 : constants.signals[signal]))),
  )
  return promise
}

/** How the child gets its credentials, and what has to be done once it has ended. */
interface Provision {
  readonly variables: Record<string, string>
  readonly end: () => Promise<void>
}

/** Once, in the environment: they end when they end. Nothing of ours stays open meanwhile. */
const inEnvironment = async (world: World, profileId: string): Promise<Result<Provision>> => {
  const got = await world.ask(processCredentialsSchema, get(profileId, 'credentials'))
  if (!got.ok) return got
  await world.release()
  return ok({ variables: credentialVariables(got.value), end: async () => undefined })
}

/** By an endpoint that the child's SDK asks again and again, for a child that outlives one hour's credentials. */
const byEndpoint = async (world: World, profileId: string): Promise<Result<Provision>> => {
  const ask = async (): Promise<Result<ExportedCredentials>> => {
    const got = await world.ask(processCredentialsSchema, get(profileId, 'credentials'))
    return got.ok ? ok(exportedOf(got.value)) : got
  }
  // What is wrong is said before the child starts, not by the child.
  const first = await ask()
  if (!first.ok) return first
  const endpoint = await startContainerEndpoint({ get: ask })
  if (!endpoint.ok) return endpoint
  const { uri, token } = endpoint.value
  return ok({
    variables: {
      AWS_CONTAINER_CREDENTIALS_FULL_URI: uri,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: token,
      // A [default] section with credentials beats the endpoint silently (cognito.md, "Consumers"), so the child sees no section.
      AWS_SHARED_CREDENTIALS_FILE: devNull,
      AWS_CONFIG_FILE: devNull,
    },
    end: () => endpoint.value.close(),
  })
}

export const exec = async (
  world: World,
  name: string,
  command: readonly string[],
  { server }: { server: boolean },
): Outcome => {
  const [program, ...args] = command
  if (program === undefined) {
    return fail('cli.usage', {
      message: 'Which command?',
      remedy: 'Write it behind two dashes: sesame exec NAME -- aws s3 ls',
    })
  }
  const found = await world.ask(listedProfileSchema, get(name))
  if (!found.ok) return found
  const { id } = found.value.profile
  const provision = await (server ? byEndpoint(world, id) : inEnvironment(world, id))
  if (!provision.ok) return provision
  const { variables, end } = provision.value
  const ended = await runChild(program, args, {
    ...cleanEnvironment(world.terminal.env),
    ...about(found.value),
    ...variables,
  })
  await end()
  return ended.ok ? ok({ json: undefined, text: '', exitCode: ended.value }) : ended
}
