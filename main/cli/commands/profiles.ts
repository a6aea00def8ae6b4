// Owns `profiles …`: what there is, in detail, added, given its client secret, removed.
import type { SessionView, SignOutOutcome } from '../../../preload/views.ts'
import {
  type ListedProfile,
  listedProfileSchema,
  profileListSchema,
  removedSchema,
} from '../../agent/answers.ts'
import { fail, ok, type Result } from '../../failure.ts'
import { get, patch, remove } from '../paths.ts'
import { type Settings, settingsOf } from '../settings-options.ts'
import { printable, table, timeLeft } from '../table.ts'
import type { Outcome, World } from '../world.ts'

/** All of them, each with its session where it may be known here. */
export const readProfiles = async (world: World): Promise<Result<readonly ListedProfile[]>> => {
  const got = await world.ask(profileListSchema, { method: 'GET', path: '/v1/profiles' })
  return got.ok ? ok(got.value.profiles) : got
}

const stateText = (session: SessionView | undefined): string => session?.status ?? 'off'

const tokensLeft = (session: SessionView | undefined, now: number): string =>
  session !== undefined && 'lifetimes' in session ? timeLeft(session.lifetimes.tokens.expiresAt, now) : ''

export const listProfiles = async (world: World, { names }: { names: boolean }): Outcome => {
  const got = await readProfiles(world)
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

export const changeProfile = async (world: World, name: string, options: Settings): Outcome => {
  if (Object.keys(options).length === 0) {
    const found = await world.ask(listedProfileSchema, get(name))
    if (!found.ok) return found
    return fail('cli.usage', {
      message: 'Nothing to change was given.',
      remedy: 'See: sesame profiles change --help',
    })
  }
  const changed = await world.ask(listedProfileSchema, patch(name, { settings: settingsOf(options) }))
  if (!changed.ok) return changed
  const { profile } = changed.value
  return ok({ json: profile, text: `Changed ${printable(profile.name)}.\n` })
}

/** For a profile that came from a file, which carries none, or whose app client has got another one. */
export const setClientSecret = async (world: World, name: string, { stdin }: { stdin: boolean }): Outcome => {
  const found = await world.ask(listedProfileSchema, get(name))
  if (!found.ok) return found
  const { profile } = found.value
  const { terminal } = world
  if (!stdin && !terminal.isInteractive) {
    return fail('cli.no-terminal', { remedy: 'Pipe the secret in with --client-secret-stdin.' })
  }
  const typed = stdin
    ? await terminal.readInput()
    : await terminal.askSecret(`Client secret of ${profile.clientId}:`)
  const clientSecret = typed.trim()
  if (clientSecret === '') {
    return fail('input.invalid', {
      field: 'clientSecret',
      message: 'No client secret came in.',
      remedy: 'Copy it from the app client in the console, and type it or pipe it in.',
    })
  }
  const changed = await world.ask(listedProfileSchema, patch(profile.id, { settings: {}, clientSecret }))
  if (!changed.ok) return changed
  return ok({
    json: { id: profile.id, saved: true },
    text: `Saved the secret of ${printable(profile.name)}.\n`,
  })
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
