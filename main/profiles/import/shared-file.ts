// Owns the file in which profiles are handed to other people: settings only, no ids of this machine, no secret.
import { type Profile, profileSettingsSchema } from '../profile.ts'
import { type Candidate, type Data, isObject } from './candidate.ts'
import { siftMetadata } from './no-secrets.ts'

export const sharedFileVersion = 1

/** What a person has allowed on one machine: nobody allows it for somebody else by handing out a file. */
const sharedSchema = profileSettingsSchema.omit({
  availableToCommandLine: true,
  awsFiles: true,
  containerEndpoint: true,
})
const settingNames = new Set(Object.keys(sharedSchema.shape))

/** The text of a shareable file. What is written is named here, so that nothing new gets out by itself. */
export const formatSharedFile = (profiles: readonly Profile[]): string => {
  const shared = profiles.map((profile) => {
    const { clientMetadata, ...settings } = sharedSchema.parse(profile)
    return { ...settings, ...(clientMetadata && { clientMetadata: siftMetadata(clientMetadata).kept }) }
  })
  return `${JSON.stringify({ kind: 'sesame-profiles', version: sharedFileVersion, profiles: shared }, undefined, 2)}\n`
}

export type SharedReading =
  | { readonly kind: 'profiles'; readonly candidates: readonly Candidate[] }
  | { readonly kind: 'newer' }
  | { readonly kind: 'other' }

const candidateOf = (entry: Data): readonly Candidate[] => {
  if (!isObject(entry)) return []
  const settings = Object.fromEntries(Object.entries(entry).filter(([name]) => settingNames.has(name)))
  const notes =
    settings['hasClientSecret'] === true
      ? ['Its app client has a secret, which no file carries: enter it in the profile.']
      : []
  return [{ settings, notes }]
}

export const readSharedFile = (data: Data): SharedReading => {
  if (!isObject(data) || data['kind'] !== 'sesame-profiles') return { kind: 'other' }
  const { version, profiles } = data
  if (typeof version === 'number' && version > sharedFileVersion) return { kind: 'newer' }
  return { kind: 'profiles', candidates: Array.isArray(profiles) ? profiles.flatMap(candidateOf) : [] }
}
