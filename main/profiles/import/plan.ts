// Owns what an import will do to the profiles there are: which it adds, which it changes and how, what stands in the way. Pure.
import { audienceOf, isSecretFor, isSessionFor } from '../audience.ts'
import { type Profile, type ProfileSettings, profileSettingsSchema } from '../profile.ts'
import { copyName, isSameName } from '../profile-names.ts'
import type { Candidate } from './candidate.ts'
import { siftMetadata } from './no-secrets.ts'

/** A setting as it is shown to change: of the endpoints each by itself. */
export type SettingPath =
  | Exclude<keyof ProfileSettings, 'endpoints'>
  | `endpoints.${keyof ProfileSettings['endpoints']}`

export interface PlannedChange {
  readonly field: SettingPath
  readonly from: string | undefined
  readonly to: string
}

export interface PlannedProfile {
  readonly from?: string
  /** The name it will have; a person may choose another one where it is added. */
  readonly name: string
  /** All that is valid of what was found. */
  readonly settings: Partial<ProfileSettings>
  readonly notes: readonly string[]
  readonly action:
    | { readonly kind: 'add' }
    | { readonly kind: 'change'; readonly profile: Profile; readonly changes: readonly PlannedChange[] }
    | { readonly kind: 'same'; readonly profile: Profile }
    /** Too little to be a profile. */
    | { readonly kind: 'incomplete'; readonly missing: readonly ('userPoolId' | 'clientId')[] }
}

const isSetting = (name: string): name is keyof ProfileSettings =>
  Object.hasOwn(profileSettingsSchema.shape, name)

/** Takes each setting that is valid by itself; the others become notes with what a right value looks like. */
const validOf = (candidate: Candidate): { settings: Partial<ProfileSettings>; notes: readonly string[] } => {
  const notes = [...candidate.notes]
  const entries = Object.entries(candidate.settings).flatMap(([name, value]) => {
    if (!isSetting(name)) return []
    const parsed = profileSettingsSchema.shape[name].safeParse(value)
    if (parsed.success) return parsed.data === undefined ? [] : [[name, parsed.data] as const]
    notes.push(`${name} was left out. ${parsed.error.issues[0]?.message ?? ''}`.trim())
    return []
  })
  const { clientMetadata, ...settings } = profileSettingsSchema.partial().parse(Object.fromEntries(entries))
  if (clientMetadata === undefined) return { settings, notes }
  const { kept, leftOut } = siftMetadata(clientMetadata)
  if (leftOut.length > 0)
    notes.push(`Client metadata that sounds like a secret was left out: ${leftOut.join(', ')}.`)
  return { settings: { ...settings, clientMetadata: kept }, notes }
}

/** A value as a person reads it: no brackets, no quotes. */
const textOf = (value: unknown): string => {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.map(textOf).join(' ')
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.entries(value)
    .map(([name, inner]) => `${name} ${textOf(inner)}`)
    .join(', ')
}

/** What identifies a profile to a person is not the import's to change. */
const untouched: ReadonlySet<string> = new Set(['name', 'environment', 'storage', 'hasClientSecret'])

const awsFilesText = (awsFiles: ProfileSettings['awsFiles']): string | undefined =>
  awsFiles &&
  (awsFiles.section === undefined ? awsFiles.kind : `${awsFiles.kind}, section ${awsFiles.section}`)

const changeOf = (field: SettingPath, before: unknown, after: unknown): PlannedChange[] =>
  JSON.stringify(before) === JSON.stringify(after)
    ? []
    : [{ field, from: before === undefined ? undefined : textOf(before), to: textOf(after) }]

const endpointNames = [
  'userPool',
  'identityPool',
  'sts',
  'federation',
] as const satisfies readonly (keyof ProfileSettings['endpoints'])[]

/** A file that names one endpoint says nothing about the others. */
const endpointChanges = (profile: Profile, endpoints: ProfileSettings['endpoints']): PlannedChange[] =>
  endpointNames.flatMap((name) =>
    endpoints[name] === undefined
      ? []
      : changeOf(`endpoints.${name}`, profile.endpoints[name], endpoints[name]),
  )

const changesTo = (profile: Profile, settings: Partial<ProfileSettings>): PlannedChange[] =>
  Object.entries(settings).flatMap(([field, value]) => {
    if (!isSetting(field) || untouched.has(field)) return []
    if (field === 'endpoints') return endpointChanges(profile, settings.endpoints ?? {})
    if (field === 'awsFiles')
      return changeOf(field, awsFilesText(profile.awsFiles), awsFilesText(settings.awsFiles))
    return changeOf(field, profile[field], value)
  })

/** What does not follow a profile to other addresses. */
const leftBehind = (profile: Profile, settings: Partial<ProfileSettings>): string[] => {
  const before = audienceOf(profile)
  const after = { ...profile, ...settings, endpoints: { ...profile.endpoints, ...settings.endpoints } }
  return [
    ...(isSessionFor(before, after) ? [] : ['Its session ends: tokens are not sent to other addresses.']),
    ...(!profile.hasClientSecret || isSecretFor(before, after)
      ? []
      : ['Its app client secret has to be entered again: it is not sent to other addresses.']),
  ]
}

/** The profile that this one would be a second copy of: same app client, and same user where one is named. */
const counterpart = (
  profiles: readonly Profile[],
  { userPoolId, clientId, username, name }: Partial<ProfileSettings>,
): Profile | undefined => {
  const same = profiles.filter(
    (profile) =>
      profile.userPoolId === userPoolId &&
      profile.clientId === clientId &&
      (username === undefined || profile.username === username),
  )
  return same.find((profile) => name !== undefined && isSameName(profile.name, name)) ?? same[0]
}

const planOne = (
  candidate: Candidate,
  profiles: readonly Profile[],
  taken: readonly string[],
): PlannedProfile => {
  const { settings, notes } = validOf(candidate)
  const from = candidate.from === undefined ? {} : { from: candidate.from }
  const wished = settings.name ?? candidate.from ?? settings.userPoolId ?? 'Imported'
  const missing = (['userPoolId', 'clientId'] as const).filter((field) => settings[field] === undefined)
  if (missing.length > 0)
    return { ...from, name: wished.slice(0, 80), settings, notes, action: { kind: 'incomplete', missing } }
  const profile = counterpart(profiles, settings)
  if (profile !== undefined) {
    const changes = changesTo(profile, settings)
    const action =
      changes.length === 0
        ? ({ kind: 'same', profile } as const)
        : ({ kind: 'change', profile, changes } as const)
    return {
      ...from,
      name: profile.name,
      settings,
      notes: [...notes, ...leftBehind(profile, settings)],
      action,
    }
  }
  const isTaken = taken.some((name) => isSameName(name, wished))
  return {
    ...from,
    name: isTaken ? copyName(wished, taken) : wished.slice(0, 80),
    settings,
    notes: isTaken ? [`Another profile is named ${wished}, so this one gets another name.`, ...notes] : notes,
    action: { kind: 'add' },
  }
}

/** What importing these would do; each name is taken once. */
export const planImport = (
  candidates: readonly Candidate[],
  profiles: readonly Profile[],
): PlannedProfile[] => {
  const taken = profiles.map(({ name }) => name)
  return candidates.map((candidate) => {
    const planned = planOne(candidate, profiles, taken)
    if (planned.action.kind === 'add') taken.push(planned.name)
    return planned
  })
}

/** What an import may change of a profile that is there. */
export const importedChanges = (settings: Partial<ProfileSettings>): Partial<ProfileSettings> =>
  Object.fromEntries(Object.entries(settings).filter(([field]) => !untouched.has(field)))

/** A profile's settings with some of them changed, its endpoints one by one. */
export const mergeSettings = (
  profile: Profile,
  changes: Partial<ProfileSettings>,
): Record<string, unknown> => {
  const { id: _, ...before } = profile
  return { ...before, ...changes, endpoints: { ...before.endpoints, ...changes.endpoints } }
}

/** What is saved for a planned change. */
export const changedSettings = (
  profile: Profile,
  settings: Partial<ProfileSettings>,
): Record<string, unknown> => mergeSettings(profile, importedChanges(settings))
