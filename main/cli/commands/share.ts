// Owns `profiles export` and `profiles import`: the same shareable file as the window's, and whatever else names a user pool. What
// an import will do is shown before it is done.
import { readFile, stat } from 'node:fs/promises'
import { listedProfileSchema } from '../../agent/answers.ts'
import { findProfile } from '../../agent/find-profile.ts'
import { type Failure, fail, ok, type Result } from '../../failure.ts'
import { replaceFile } from '../../files.ts'
import type { ImportFormat } from '../../profiles/import/candidate.ts'
import { importedChanges, type PlannedProfile, planImport } from '../../profiles/import/plan.ts'
import { formatSharedFile } from '../../profiles/import/shared-file.ts'
import type { Profile } from '../../profiles/profile.ts'
import { patch } from '../paths.ts'
import { printable, table } from '../table.ts'
import type { Outcome, Output, World } from '../world.ts'
import { readProfiles } from './profiles.ts'

export const exportProfiles = async (
  world: World,
  names: readonly string[],
  output: string | undefined,
): Outcome => {
  const got = await readProfiles(world)
  if (!got.ok) return got
  const all = got.value.map(({ profile }) => profile)
  const chosen: Profile[] = []
  for (const name of names) {
    const found = findProfile(all, name)
    if (!found.ok) return found
    chosen.push(found.value)
  }
  const shared = names.length === 0 ? all : chosen
  const text = formatSharedFile(shared)
  if (output === undefined) return ok({ json: JSON.parse(text), text })
  const written = await replaceFile(output, text, { mode: 0o644 })
  if (!written.ok) return fail('cli.file', { detail: written.reason })
  return ok({
    json: { file: output, profiles: shared.length },
    text: `Wrote ${shared.length} to ${printable(output)}.\n`,
  })
}

/** Nothing that is imported comes near this; a film named by mistake is not read into memory. */
const largestBytes = 1024 * 1024

const readInput = async (world: World, file: string): Promise<Result<string>> => {
  if (file === '-') return ok(await world.terminal.readInput())
  try {
    const { size } = await stat(file)
    if (size > largestBytes) return fail('import.unrecognised', { detail: 'It is larger than 512 kB.' })
    return ok(await readFile(file, 'utf8'))
  } catch (error) {
    return fail('cli.file', { detail: error instanceof Error ? error.message : String(error) })
  }
}

interface Plan {
  readonly format: ImportFormat
  readonly profiles: readonly PlannedProfile[]
}

const planOf = async (world: World, file: string): Promise<Result<Plan>> => {
  const text = await readInput(world, file)
  if (!text.ok) return text
  // The parser of JavaScript is only loaded for whoever imports something.
  const { readImport } = await import('../../profiles/import/read.ts')
  const reading = readImport(text.value)
  if (!reading.ok) return reading
  const got = await readProfiles(world)
  if (!got.ok) return got
  const all = got.value.map(({ profile }) => profile)
  return ok({ format: reading.value.format, profiles: planImport(reading.value.candidates, all) })
}

const actionWords = { add: 'add', change: 'change', same: 'nothing new', incomplete: 'not possible' } as const

const detailsOf = ({ action, settings, notes, from }: PlannedProfile): readonly string[] => {
  const origin = from === undefined ? [] : [`found in ${from}`]
  switch (action.kind) {
    case 'add':
      return [`user pool ${settings.userPoolId}, app client ${settings.clientId}`, ...origin, ...notes]
    case 'change':
      return [
        ...action.changes.map(({ field, from: before, to }) => `${field}: ${before ?? 'not set'} → ${to}`),
        ...origin,
        ...notes,
      ]
    case 'incomplete':
      return [`${action.missing.join(' and ')} missing`, ...origin, ...notes]
    case 'same':
      return [...origin, ...notes]
    default:
      return action satisfies never
  }
}

const previewText = ({ profiles }: Plan): string =>
  table(
    profiles.flatMap((planned) => {
      const [first = '', ...more] = detailsOf(planned)
      return [
        [actionWords[planned.action.kind], planned.name, first],
        ...more.map((detail) => ['', '', detail]),
      ]
    }),
  )

const previewJson = ({ format, profiles }: Plan) => ({
  format,
  profiles: profiles.map(({ action, ...planned }) => ({
    ...planned,
    action: action.kind,
    ...(action.kind === 'change' ? { profile: action.profile.name, changes: action.changes } : {}),
    ...(action.kind === 'same' ? { profile: action.profile.name } : {}),
    ...(action.kind === 'incomplete' ? { missing: action.missing } : {}),
  })),
})

interface Done {
  readonly added: string[]
  readonly changed: string[]
  readonly unchanged: string[]
  readonly refused: { name: string; message: string }[]
}

const requestFor = ({ action, settings, name }: PlannedProfile) => {
  if (action.kind === 'add') {
    const body = { settings: { ...settings, name, availableToCommandLine: true }, secretLater: true }
    return { method: 'POST', path: '/v1/profiles', body } as const
  }
  return action.kind === 'change'
    ? patch(action.profile.id, { settings: importedChanges(settings) })
    : undefined
}

/** Does all that can be done; one that cannot is named and does not stop the others. */
const carryOut = async (world: World, { profiles }: Plan): Promise<Done> => {
  const done: Done = { added: [], changed: [], unchanged: [], refused: [] }
  const refuse = (name: string, { message, remedy }: Pick<Failure, 'message' | 'remedy'>): void =>
    void done.refused.push({ name, message: `${message} ${remedy}` })
  for (const planned of profiles) {
    const { action, name } = planned
    const request = requestFor(planned)
    if (request === undefined) {
      if (action.kind === 'same') done.unchanged.push(action.profile.name)
      else refuse(name, { message: 'It does not say enough to be a profile.', remedy: 'Add it by hand.' })
      continue
    }
    const result = await world.ask(listedProfileSchema, request)
    if (!result.ok) refuse(name, result.failure)
    else (action.kind === 'add' ? done.added : done.changed).push(result.value.profile.name)
  }
  return done
}

const doneText = ({ added, changed, unchanged, refused }: Done): string =>
  [
    ...added.map((name) => `Added ${printable(name)}.\n`),
    ...changed.map((name) => `Changed ${printable(name)}.\n`),
    ...unchanged.map((name) => `Nothing new for ${printable(name)}.\n`),
    ...refused.map(({ name, message }) => `Not imported: ${printable(name)}: ${message}\n`),
  ].join('')

export const importProfiles = async (
  world: World,
  file: string,
  { dryRun, yes }: { dryRun: boolean; yes: boolean },
): Outcome => {
  const plan = await planOf(world, file)
  if (!plan.ok) return plan
  if (dryRun) return ok<Output>({ json: previewJson(plan.value), text: previewText(plan.value) })
  const { terminal } = world
  if (!yes) {
    if (!terminal.isInteractive || file === '-') {
      return fail('cli.usage', {
        message: 'An import changes profiles.',
        remedy: 'See what it would do with --dry-run, and confirm with --yes.',
      })
    }
    terminal.note(previewText(plan.value).trimEnd())
    const typed = await terminal.askLine('Import this? (yes/no)')
    if (typed.trim().toLowerCase() !== 'yes')
      return ok({ json: { imported: false }, text: 'Nothing was imported.\n' })
  }
  const done = await carryOut(world, plan.value)
  return ok({ json: done, text: doneText(done), exitCode: done.refused.length === 0 ? 0 : 2 })
}
