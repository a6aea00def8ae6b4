// Owns `profiles …`: what there is, in detail, added, shared without secrets, removed.
import { readFile } from 'node:fs/promises'
import * as z from 'zod'
import type { SessionView, SignOutOutcome } from '../../../preload/views.ts'
import {
  type ListedProfile,
  listedProfileSchema,
  profileListSchema,
  removedSchema,
} from '../../agent/answers.ts'
import { findProfile } from '../../agent/find-profile.ts'
import { fail, ok, type Result } from '../../failure.ts'
import { replaceFile } from '../../files.ts'
import type { Profile } from '../../profiles/profile.ts'
import { get, remove } from '../paths.ts'
import { printable, table, timeLeft } from '../table.ts'
import type { Outcome, World } from '../world.ts'

const list = async (world: World): Promise<Result<readonly ListedProfile[]>> => {
  const got = await world.ask(profileListSchema, { method: 'GET', path: '/v1/profiles' })
  return got.ok ? ok(got.value.profiles) : got
}

const stateText = (session: SessionView | undefined): string => session?.status ?? 'off'

const tokensLeft = (session: SessionView | undefined, now: number): string =>
  session !== undefined && 'lifetimes' in session ? timeLeft(session.lifetimes.tokens.expiresAt, now) : ''

export const listProfiles = async (world: World, { names }: { names: boolean }): Outcome => {
  const got = await list(world)
  if (!got.ok) return got
  const now = world.terminal.now()
  const json = got.value.map(({ profile, session }) => ({
    id: profile.id,
    name: profile.name,
    environment: profile.environment,
    available: profile.availableToCommandLine === true,
    ...(session === undefined ? {} : { status: session.status }),
    ...(session !== undefined && 'username' in session ? { username: session.username } : {}),
  }))
  if (names) {
    return ok({
      json: json.map(({ name }) => name),
      text: json.map(({ name }) => `${printable(name)}\n`).join(''),
    })
  }
  const rows = got.value.map(({ profile, session }) => [
    profile.name,
    profile.environment,
    stateText(session),
    session !== undefined && 'username' in session ? session.username : (profile.username ?? ''),
    tokensLeft(session, now),
  ])
  const text =
    rows.length === 0
      ? 'No profiles yet. Add one with: sesame profiles add --help\n'
      : table([['NAME', 'ENVIRONMENT', 'SESSION', 'USER', 'TOKENS LEFT'], ...rows])
  return ok({ json, text })
}

export const showProfile = async (world: World, name: string): Outcome => {
  const found = await world.ask(listedProfileSchema, get(name))
  if (!found.ok) return found
  const { profile, exportRegion, session } = found.value
  const { endpoints, ...settings } = profile
  const rows = Object.entries({ ...settings, exportRegion, session: stateText(session) }).map(
    ([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)],
  )
  const places = Object.entries(endpoints).map(([key, value]) => [`endpoints.${key}`, value ?? ''])
  return ok({
    json: { ...profile, exportRegion, session: stateText(session) },
    text: table([...rows, ...places]),
  })
}

export interface AddOptions {
  readonly settings: Readonly<Record<string, unknown>>
  readonly clientSecretStdin: boolean
}

export const addProfile = async (world: World, { settings, clientSecretStdin }: AddOptions): Outcome => {
  const secret = clientSecretStdin ? (await world.terminal.readInput()).trim() : undefined
  const added = await world.ask(listedProfileSchema, {
    method: 'POST',
    path: '/v1/profiles',
    body: { settings, ...(secret === undefined ? {} : { clientSecret: secret }) },
  })
  if (!added.ok) return added
  const { profile } = added.value
  return ok({ json: profile, text: `Added ${printable(profile.name)} (${profile.id}).\n` })
}

const endingText = ({ reached, failure }: SignOutOutcome): string => {
  if (reached === 'pending')
    return 'Its session is ended at Cognito as soon as Sesame, the app, can reach it.\n'
  return failure === undefined
    ? 'Its session was ended at Cognito.\n'
    : `${failure.message} Its refresh token stays valid at Cognito until it expires.\n`
}

export const removeProfile = async (world: World, name: string, { yes }: { yes: boolean }): Outcome => {
  const found = await world.ask(listedProfileSchema, get(name))
  if (!found.ok) return found
  const { profile } = found.value
  if (!yes) {
    if (!world.terminal.isInteractive) {
      return fail('cli.usage', {
        message: 'Removing a profile forgets its session.',
        remedy: 'Confirm with --yes.',
      })
    }
    const typed = await world.terminal.askLine(
      `Remove ${printable(profile.name)} and forget its session? (yes/no)`,
    )
    if (typed.trim().toLowerCase() !== 'yes')
      return ok({ json: { removed: false }, text: 'Nothing was removed.\n' })
  }
  const removed = await world.ask(removedSchema, remove(profile.id))
  if (!removed.ok) return removed
  const { ended } = removed.value
  const text = `Removed ${printable(profile.name)}.\n${ended === undefined ? '' : endingText(ended)}`
  return ok({ json: { id: profile.id, removed: true, ...(ended && { reached: ended.reached }) }, text })
}

/** The shareable file: settings as a person would type them, no ids, no secrets, nobody's consent to the command line. */
const sharedSchema = z.object({
  sesameProfiles: z.literal(1),
  profiles: z.array(z.record(z.string(), z.unknown())).max(10_000),
})

const shared = ({
  id: _id,
  availableToCommandLine: _consent,
  ...settings
}: Profile): Record<string, unknown> => settings

export const exportProfiles = async (
  world: World,
  names: readonly string[],
  output: string | undefined,
): Outcome => {
  const got = await list(world)
  if (!got.ok) return got
  const all = got.value.map(({ profile }) => profile)
  const chosen: Profile[] = []
  for (const name of names) {
    const found = findProfile(all, name)
    if (!found.ok) return found
    chosen.push(found.value)
  }
  const json = { sesameProfiles: 1, profiles: (names.length === 0 ? all : chosen).map(shared) }
  const text = `${JSON.stringify(json, undefined, 2)}\n`
  if (output === undefined) return ok({ json, text })
  const written = await replaceFile(output, text)
  if (!written.ok) return fail('cli.file', { detail: written.reason })
  return ok({
    json: { file: output, profiles: json.profiles.length },
    text: `Wrote ${json.profiles.length} to ${output}.\n`,
  })
}

const readShared = async (world: World, file: string): Promise<Result<z.infer<typeof sharedSchema>>> => {
  try {
    const text = file === '-' ? await world.terminal.readInput() : await readFile(file, 'utf8')
    const parsed = sharedSchema.safeParse(JSON.parse(text))
    if (parsed.success) return ok(parsed.data)
    return fail('cli.file', {
      message: 'This is not a file of Sesame profiles.',
      remedy: 'Make one with: sesame profiles export',
      detail: file,
    })
  } catch (error) {
    return fail('cli.file', { detail: error instanceof Error ? error.message : String(error) })
  }
}

/** Adds all that can be added; one that cannot is named and does not stop the others. */
export const importProfiles = async (world: World, file: string): Outcome => {
  const read = await readShared(world, file)
  if (!read.ok) return read
  const added: string[] = []
  const refused: { name: string; message: string }[] = []
  for (const settings of read.value.profiles) {
    const named = settings['name']
    const name = typeof named === 'string' ? named : '?'
    const result = await world.ask(listedProfileSchema, {
      method: 'POST',
      path: '/v1/profiles',
      body: { settings: { ...settings, availableToCommandLine: true } },
    })
    if (result.ok) added.push(result.value.profile.name)
    else refused.push({ name, message: result.failure.message })
  }
  const lines = [
    ...added.map((name) => `Added ${printable(name)}.\n`),
    ...refused.map(({ name, message }) => `Not added: ${printable(name)}: ${message}\n`),
  ]
  return ok({ json: { added, refused }, text: lines.join(''), exitCode: refused.length === 0 ? 0 : 2 })
}
