// Owns the text of the profiles file: how it is written, and how much of a damaged one is still good. Touches no file.
import * as z from 'zod'
import { type Profile, profileSchema } from './profile.ts'

export const profilesFileVersion = 1

export type ParsedProfiles =
  | { readonly kind: 'good'; readonly profiles: readonly Profile[]; readonly removed: readonly Profile[] }
  /** From a newer Sesame: nothing here may touch it. */
  | { readonly kind: 'newer'; readonly version: number }
  /** Entries in order: a profile where one could be read, else the id it seems to have had. */
  | {
      readonly kind: 'damaged'
      readonly entries: readonly DamagedEntry[]
      readonly removed: readonly Profile[]
    }

type DamagedEntry =
  | { readonly kind: 'profile'; readonly profile: Profile }
  | { readonly kind: 'lost'; readonly id: string | undefined }

const fileSchema = z.object({
  version: z.int().min(1),
  profiles: z.unknown(),
  /** Removed by a person, until nothing of them is left at Cognito and in the vault. */
  removed: z.array(z.unknown()).catch([]),
})
const idSchema = z.object({ id: z.string() })

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Reads the file's text. Never throws; what cannot be read is told apart from what is not there. */
export const parseProfilesFile = (text: string): ParsedProfiles => {
  const file = fileSchema.safeParse(parseJson(text))
  if (!file.success) return { kind: 'damaged', entries: [], removed: [] }
  if (file.data.version > profilesFileVersion) return { kind: 'newer', version: file.data.version }
  const list = z.array(z.unknown()).safeParse(file.data.profiles)
  const removed = file.data.removed.flatMap((entry) => profileSchema.safeParse(entry).data ?? [])
  if (!list.success) return { kind: 'damaged', entries: [], removed }

  const seen = new Set<string>()
  const entries = list.data.map((entry): DamagedEntry => {
    const profile = profileSchema.safeParse(entry)
    if (!profile.success) return { kind: 'lost', id: idSchema.safeParse(entry).data?.id }
    // A second profile with the same id would share the first one's secrets.
    if (seen.has(profile.data.id)) return { kind: 'lost', id: undefined }
    seen.add(profile.data.id)
    return { kind: 'profile', profile: profile.data }
  })
  const profiles = entries.flatMap((entry) => (entry.kind === 'profile' ? [entry.profile] : []))
  return profiles.length === entries.length
    ? { kind: 'good', profiles, removed }
    : { kind: 'damaged', entries, removed }
}

/**
 * What is left of a damaged file with the help of its last good copy: every readable profile as it is, an unreadable one as it
 * was in the copy. A file of which nothing can be read is the copy.
 */
export const restoreProfiles = (
  entries: readonly DamagedEntry[],
  lastGood: readonly Profile[],
): readonly Profile[] => {
  if (entries.length === 0) return lastGood
  const readable = new Set(entries.flatMap((entry) => (entry.kind === 'profile' ? [entry.profile.id] : [])))
  return entries.flatMap((entry) => {
    if (entry.kind === 'profile') return [entry.profile]
    const old = lastGood.find(({ id }) => id === entry.id)
    return old === undefined || readable.has(old.id) ? [] : [old]
  })
}

/** The file's text, laid out for people who read or diff it. */
export const formatProfilesFile = (
  profiles: readonly Profile[],
  removed: readonly Profile[] = [],
): string => {
  const file = { version: profilesFileVersion, profiles, ...(removed.length > 0 ? { removed } : {}) }
  return `${JSON.stringify(file, undefined, 2)}\n`
}
