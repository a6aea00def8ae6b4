// Owns where profiles are kept: one file, its last good copy, and the list in memory that always equals what was last saved.
// Knows no secret and no session; whoever removes a profile removes those.
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import PQueue from 'p-queue'
import { type Failure, fail, failure, ok, type Result } from '../failure.ts'
import { type FileRead, readTextFile, replaceFile, setFileAside } from '../files.ts'
import {
  type Environment,
  type Profile,
  type ProfileSettings,
  profileDefaults,
  profileSettingsSchema,
} from './profile.ts'
import { copyName, isSameName } from './profile-names.ts'
import { formatProfilesFile, parseProfilesFile, restoreProfiles } from './profiles-file.ts'

export type ProfilesChange = {
  readonly kind: 'added' | 'updated' | 'removed' | 'moved'
  readonly profile: Profile
}

export interface ProfileStore {
  /** Reads the file once, at the start. A notice says what was wrong with it; the app opens all the same. */
  open(): Promise<Failure | undefined>
  /** All profiles in order; environments group them where they are shown. */
  list(): readonly Profile[]
  get(id: string): Profile | undefined
  /** Adds at the end, with `profileDefaults` for what is not given. Codes: input.invalid (with `field`), profiles.not-saved. */
  add(settings: unknown): Promise<Result<Profile>>
  /** Replaces all settings. Codes: profile.not-found, input.invalid (with `field`), profiles.not-saved. */
  update(id: string, settings: unknown): Promise<Result<Profile>>
  /** Adds a copy behind the original, named `… · copy`. A client secret in the vault is the caller's to copy. */
  duplicate(id: string): Promise<Result<Profile>>
  /** From then on it is among the `removed` ones. */
  remove(id: string): Promise<Result<Profile>>
  /** Removed profiles, in this run or earlier, that nobody has said to forget: what they leave behind may need their settings. */
  removed(): readonly Profile[]
  /** Nothing is left of a removed profile. */
  forget(id: string): Promise<void>
  /** Moves in front of `beforeId`, or to the end; with `environment`, into that group. */
  move(id: string, beforeId: string | undefined, environment?: Environment): Promise<Result<Profile>>
  /** Tells after a change was saved. Answers the unsubscriber. */
  onChange(listener: (change: ProfilesChange) => void): () => void
}

export interface ProfileStoreOptions {
  readonly directory: string
  readonly clock: { now(): number }
  readonly newId?: () => string
}

type Change = {
  readonly next: readonly Profile[]
  readonly nextRemoved?: readonly Profile[]
  readonly change: ProfilesChange
}

/**
 * Checks what a person typed. The failure names the first wrong field, dotted for nested ones (`endpoints.userPool`), and says
 * what a right value looks like.
 */
export const checkSettings = (settings: unknown): Result<ProfileSettings> => {
  const parsed = profileSettingsSchema.safeParse(settings)
  if (parsed.success) return ok(parsed.data)
  const issue = parsed.error.issues[0]
  return fail('input.invalid', {
    field: issue?.path.map(String).join('.'),
    ...(issue === undefined ? {} : { message: issue.message }),
  })
}

/** `except` is the profile that may keep its name. */
const checkName = (profiles: readonly Profile[], name: string, except?: string): Result<void> =>
  profiles.some((profile) => profile.id !== except && isSameName(profile.name, name))
    ? fail('input.invalid', { field: 'name', message: 'Another profile has this name.' })
    : ok(undefined)

/** What a last good copy holds; nothing where there is none, or where it is no better than the file. */
const profilesOf = (copy: FileRead): readonly Profile[] => {
  const parsed = copy.kind === 'found' ? parseProfilesFile(copy.text) : undefined
  return parsed?.kind === 'good' ? parsed.profiles : []
}

export const createProfileStore = ({
  directory,
  clock,
  newId = randomUUID,
}: ProfileStoreOptions): ProfileStore => {
  const path = join(directory, 'profiles.json')
  const lastGoodPath = join(directory, 'profiles.last-good.json')
  const queue = new PQueue({ concurrency: 1 })
  const listeners = new Set<(change: ProfilesChange) => void>()
  let profiles: readonly Profile[] = []
  let removed: readonly Profile[] = []
  /** Why the file must not be written, where that is so. */
  let untouchable: string | undefined

  const open = async (): Promise<Failure | undefined> => {
    const file = await readTextFile(path)
    if (file.kind === 'unreadable') {
      untouchable = file.reason
      return failure('profiles.unreadable', { detail: file.reason })
    }
    if (file.kind === 'absent') {
      profiles = profilesOf(await readTextFile(lastGoodPath))
      if (profiles.length === 0) return undefined
      await replaceFile(path, formatProfilesFile(profiles))
      return failure('profiles.restored', { detail: lastGoodPath })
    }
    const parsed = parseProfilesFile(file.text)
    if (parsed.kind === 'newer') {
      untouchable = `${path} has version ${parsed.version}`
      return failure('profiles.newer', { detail: path })
    }
    const lastGood = await readTextFile(lastGoodPath)
    removed = parsed.removed
    if (parsed.kind === 'good') {
      profiles = parsed.profiles
      if (lastGood.kind !== 'found' || lastGood.text !== file.text) await replaceFile(lastGoodPath, file.text)
      return undefined
    }
    profiles = restoreProfiles(parsed.entries, profilesOf(lastGood))
    const aside = await setFileAside(path, clock.now())
    if (aside === undefined) {
      untouchable = `${path} is damaged and could not be set aside`
      return failure('profiles.unreadable', { detail: untouchable })
    }
    await replaceFile(path, formatProfilesFile(profiles, removed))
    return failure('profiles.damaged', { detail: aside })
  }

  const save = async (next: readonly Profile[], nextRemoved: readonly Profile[]): Promise<Result<void>> => {
    if (untouchable !== undefined) return fail('profiles.not-saved', { detail: untouchable })
    const text = formatProfilesFile(next, nextRemoved)
    const written = await replaceFile(path, text)
    if (!written.ok) return fail('profiles.not-saved', { detail: written.reason })
    // The copy follows the file, so that one of the two is whole at every instant. A failure here loses nothing.
    await replaceFile(lastGoodPath, text)
    return ok(undefined)
  }

  /** One change at a time, each on top of what the one before saved. */
  const apply = (plan: (current: readonly Profile[]) => Result<Change>): Promise<Result<Profile>> =>
    queue.add(async () => {
      const planned = plan(profiles)
      if (!planned.ok) return planned
      const { next, nextRemoved = removed, change } = planned.value
      const saved = await save(next, nextRemoved)
      if (!saved.ok) return saved
      profiles = next
      removed = nextRemoved
      for (const listener of listeners) listener(change)
      return ok(change.profile)
    })

  const withProfile = (
    id: string,
    plan: (profile: Profile, current: readonly Profile[]) => Result<Change>,
  ): Promise<Result<Profile>> =>
    apply((current) => {
      const profile = current.find((candidate) => candidate.id === id)
      return profile === undefined ? fail('profile.not-found') : plan(profile, current)
    })

  return {
    open: () => queue.add(open),
    list: () => profiles,
    get: (id) => profiles.find((profile) => profile.id === id),

    add: (settings) =>
      apply((current) => {
        const checked = checkSettings(
          typeof settings === 'object' ? { ...profileDefaults, ...settings } : settings,
        )
        if (!checked.ok) return checked
        const named = checkName(current, checked.value.name)
        if (!named.ok) return named
        const profile = { ...checked.value, id: newId() }
        return ok({ next: [...current, profile], change: { kind: 'added', profile } })
      }),

    update: (id, settings) =>
      withProfile(id, (old, current) => {
        const checked = checkSettings(settings)
        if (!checked.ok) return checked
        const named = checkName(current, checked.value.name, old.id)
        if (!named.ok) return named
        const profile = { ...checked.value, id }
        const next = current.map((candidate) => (candidate.id === id ? profile : candidate))
        return ok({ next, change: { kind: 'updated', profile } })
      }),

    duplicate: (id) =>
      withProfile(id, (original, current) => {
        const taken = current.map(({ name }) => name)
        const profile = { ...original, id: newId(), name: copyName(original.name, taken) }
        const next = current.toSpliced(current.indexOf(original) + 1, 0, profile)
        return ok({ next, change: { kind: 'added', profile } })
      }),

    remove: (id) =>
      withProfile(id, (profile, current) =>
        ok({
          next: current.filter((candidate) => candidate.id !== id),
          nextRemoved: [...removed, profile],
          change: { kind: 'removed', profile },
        }),
      ),

    removed: () => removed,
    forget: (id) =>
      queue.add(async () => {
        const left = removed.filter((profile) => profile.id !== id)
        if (left.length === removed.length) return
        removed = left
        // Where it fails, another start finds that nothing is left.
        await save(profiles, left)
      }),

    move: (id, beforeId, environment) =>
      withProfile(id, (old, current) => {
        if (beforeId === id) return ok({ next: current, change: { kind: 'moved', profile: old } })
        const profile = environment === undefined ? old : { ...old, environment }
        const others = current.filter((candidate) => candidate.id !== id)
        const index =
          beforeId === undefined ? others.length : others.findIndex((candidate) => candidate.id === beforeId)
        if (index === -1) return fail('profile.not-found', { field: 'beforeId' })
        return ok({ next: others.toSpliced(index, 0, profile), change: { kind: 'moved', profile } })
      }),

    onChange(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}
