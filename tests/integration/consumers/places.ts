// Owns the places where a profile's credentials are found: a section of the credentials file, a credential_process, the endpoint of
// the app and the one of `exec --server`.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { keepUpToDate } from '../../../main/credentials/aws-files/keep-up-to-date.ts'
import type { ProfileEndpoints } from '../../../main/credentials/profile-endpoints.ts'
import type { Profile } from '../../../main/profiles/profile.ts'
import { systemClock } from '../../../main/sessions/system-clock.ts'
import { cli, type TestWorld } from '../agent/support.ts'
import { filesIn } from '../aws-files/files.ts'

export interface Place {
  readonly kind: 'section' | 'process' | 'app' | 'exec'
  /** What the consumer's environment has to say. */
  readonly env: Readonly<Record<string, string>>
  /** The section's name, where it is one. */
  readonly profile?: string
}

export const placeNames = {
  section: 'credentials section',
  process: 'credential_process',
  app: "the app's endpoint",
  exec: 'exec --server',
} as const satisfies Record<Place['kind'], string>

export const reportBug = (error: unknown): void => {
  throw error
}

const nameOf = ({ id }: Profile): string => `p-${id}`

/** In a file of its own: the SDK for JavaScript reads each file once. */
export const processPlace = async (world: TestWorld, profile: Profile): Promise<Place> => {
  const command = `${process.execPath} ${cli} --config-dir ${world.configDir} credential-process ${profile.id}`
  const file = join(world.directory, `config-${profile.id}`)
  await writeFile(file, `[profile ${nameOf(profile)}]\nregion = eu-west-1\ncredential_process = ${command}\n`)
  return { kind: 'process', env: { AWS_CONFIG_FILE: file }, profile: nameOf(profile) }
}

export const appPlace = async (endpoints: ProfileEndpoints, { id }: Profile): Promise<Place> => {
  const state = await endpoints.state(id)
  if (state.kind !== 'listening') throw new Error(`the endpoint is ${state.kind}`)
  const { uri, token } = state.endpoint
  const env = { AWS_CONTAINER_CREDENTIALS_FULL_URI: uri, AWS_CONTAINER_AUTHORIZATION_TOKEN: token }
  return { kind: 'app', env }
}

/** The endpoint of a program that runs in `exec --server` until it is disposed of. */
export const execPlace = async (
  world: TestWorld,
  { id }: Profile,
): Promise<{ place: Place; end: () => Promise<void> }> => {
  const child = spawn(
    process.execPath,
    [cli, '--config-dir', world.configDir, 'exec', '--server', id, '--', 'sh', '-c', 'env; echo; cat'],
    { env: world.env, stdio: ['pipe', 'pipe', 'inherit'] },
  )
  const env: Record<string, string> = {}
  for await (const line of createInterface(child.stdout)) {
    if (line === '') break
    const [, name, value] = /^(AWS_CONTAINER_\w+)=(.*)$/.exec(line) ?? []
    if (name !== undefined && value !== undefined) env[name] = value
  }
  return {
    place: { kind: 'exec', env },
    end: async () => {
      const ended = once(child, 'exit')
      child.stdin.end()
      await ended
    },
  }
}

/** Keeps a section as the app does; `has` settles once the file holds this access key. */
export const keepSection = (world: TestWorld, profile: Profile) => {
  const files = filesIn(world.directory)
  const applied = new Map<string, PromiseWithResolvers<void>>()
  const of = (accessKeyId: string): PromiseWithResolvers<void> => {
    const known = applied.get(accessKeyId) ?? Promise.withResolvers<void>()
    applied.set(accessKeyId, known)
    return known
  }
  const keeper = keepUpToDate({
    ...world.engine,
    kept: world.engine.keptSections,
    files: {
      ...files,
      async apply(input, options) {
        const written = await files.apply(input, options)
        if (written.ok) of(input.credentials?.accessKeyId ?? '').resolve()
        return written
      },
    },
    clock: systemClock,
    tell: () => undefined,
    reportBug,
  })
  const place: Place = { kind: 'section', env: {}, profile: profile.awsFiles?.section ?? profile.name }
  return { place, has: (accessKeyId: string) => of(accessKeyId).promise, end: () => keeper.stop() }
}
