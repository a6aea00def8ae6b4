// Owns where profiles are kept: one file, its last good copy, and the list in memory that equals what was last saved or read. Other
// processes write the file too: each change is made under a lock, on top of what they saved. Knows no secret and no session;
// whoever removes a profile removes those.
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import PQueue from 'p-queue'
import { type Failure, fail, failure, ok, type Result } from '../failure.ts'
import { type FileRead, readTextFile, replaceFile, setFileAside } from '../files.ts'
import type { SessionLock } from '../sessions/ports.ts'
import { checkName, checkSettings } from './check-settings.ts'
import { type Environment, type Profile, profileDefaults } from './profile.ts'
import { copyName } from './profile-names.ts'
import { changesBetween, isEqual, type ProfilesChange } from './profiles-change.ts'
import {
  formatProfilesFile,
  type ParsedProfiles,
  parseProfilesFile,
  restoreProfiles,
} from './profiles-file.ts'

export interface ProfileStore {
  /** Reads the file, at the start. A notice says what was wrong with it; the app opens all the same. */
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
  /**
   * Puts a profile as it was among the `removed` ones, under an id of its own, which the answer has: the profile itself lives on and
   * speaks to another app client. Where the file can not be written, only the caller knows of it.
   */
  retire(before: Profile): Promise<Profile>
  /** Moves in front of `beforeId`, or to the end; with `environment`, into that group. */
  move(id: string, beforeId: string | undefined, environment?: Environment): Promise<Result<Profile>>
  /** Tells after a change was saved. Answers the unsubscriber. */
  onChange(listener: (change: ProfilesChange) => void): () => void
}

export interface ProfileStoreOptions {
  readonly directory: string
  readonly clock: { now(): number }
  /** Keeps other processes off the file while it changes. */
  readonly lock: SessionLock
  readonly newId?: () => string
}

/** Beside the sessions' locks, which are named by profile ids. */
const lockName = 'profiles'

/** What the file holds. */
interface Kept {
  readonly profiles: readonly Profile[]
  readonly removed: readonly Profile[]
}

type Change = {
  readonly next: readonly Profile[]
  readonly nextRemoved?: readonly Profile[]
  readonly change: ProfilesChange
}

const byIdOf = new WeakMap<readonly Profile[], ReadonlyMap<string, Profile>>()

/** Profiles by id. A list is never changed, so its map is made once. */
const mapOf = (profiles: readonly Profile[]): ReadonlyMap<string, Profile> => {
  const known = byIdOf.get(profiles)
  if (known !== undefined) return known
  const map = new Map(profiles.map((profile) => [profile.id, profile]))
  byIdOf.set(profiles, map)
  return map
}

/** What a last good copy holds; nothing where there is none, or where it is no better than the file. */
const profilesOf = (copy: FileRead): readonly Profile[] => {
  const parsed = copy.kind === 'found' ? parseProfilesFile(copy.text) : undefined
  return parsed?.kind === 'good' ? parsed.profiles : []
}

export const createProfileStore = ({
  directory,
  clock,
  lock,
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

  const notSaved = (detail: string, remedy?: string): Result<never> =>
    fail('profiles.not-saved', { detail, ...(remedy === undefined ? {} : { remedy }) })

  /** Takes the list as another one, and tells what is different about it. */
  const adopt = ({ profiles: next, removed: gone }: Kept): void => {
    const before = profiles
    removed = gone
    // What stayed the same stays the same object: sessions tell changes by that.
    const known = mapOf(before)
    profiles = next.map((profile) => {
      const old = known.get(profile.id)
      return old !== undefined && isEqual(old, profile) ? old : profile
    })
    for (const change of changesBetween(before, next)) for (const listener of listeners) listener(change)
  }

  /** Puts a file right that is gone or damaged; a notice says what was wrong. Under the lock, as all that writes. */
  const recover = async (
    file: FileRead,
    lastGood: FileRead,
    earlier?: { readonly text: string; readonly parsed: ParsedProfiles },
  ): Promise<Failure | undefined> => {
    if (file.kind === 'unreadable') {
      untouchable = file.reason
      return failure('profiles.unreadable', { detail: file.reason })
    }
    if (file.kind === 'absent') {
      profiles = profilesOf(lastGood)
      if (profiles.length === 0) return undefined
      await replaceFile(path, formatProfilesFile(profiles))
      return failure('profiles.restored', { detail: lastGoodPath })
    }
    const parsed = earlier?.text === file.text ? earlier.parsed : parseProfilesFile(file.text)
    if (parsed.kind === 'newer') {
      untouchable = `${path} has version ${parsed.version}`
      return failure('profiles.newer', { detail: path })
    }
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

  const open = async (): Promise<Failure | undefined> => {
    const file = await readTextFile(path)
    const lastGood = await readTextFile(lastGoodPath)
    if (file.kind === 'absent' && lastGood.kind === 'absent') return undefined
    const parsed = file.kind === 'found' ? parseProfilesFile(file.text) : undefined
    const earlier = file.kind === 'found' && parsed !== undefined ? { text: file.text, parsed } : undefined
    if (file.kind === 'found' && parsed?.kind === 'good') {
      profiles = parsed.profiles
      removed = parsed.removed
      if (lastGood.kind === 'found' && lastGood.text === file.text) return undefined
    }
    // Something is to be written: another process may be about to as well, or in the middle of it.
    const held = await lock.hold(lockName, async () =>
      recover(await readTextFile(path), await readTextFile(lastGoodPath), earlier),
    )
    if (held.kind === 'done') return held.value
    if (parsed?.kind === 'good') return undefined
    untouchable = 'another Sesame is writing it'
    return failure('profiles.unreadable', { detail: untouchable })
  }

  /** What other processes saved meanwhile is taken over before anything is put on top of it. */
  const catchUp = async (): Promise<Result<void>> => {
    if (untouchable !== undefined) return notSaved(untouchable)
    const file = await readTextFile(path)
    if (file.kind === 'unreadable') return notSaved(file.reason)
    if (file.kind === 'absent' || file.text === formatProfilesFile(profiles, removed)) return ok(undefined)
    const parsed = parseProfilesFile(file.text)
    if (parsed.kind === 'newer') return notSaved(`${path} has version ${parsed.version}`)
    if (parsed.kind === 'good') adopt(parsed)
    // Edited by hand, and wrong: what is in memory is better, and what was typed is kept.
    else if ((await setFileAside(path, clock.now())) === undefined) return notSaved(`${path} is damaged`)
    return ok(undefined)
  }

  const save = async (next: Kept): Promise<Result<void>> => {
    const text = formatProfilesFile(next.profiles, next.removed)
    const written = await replaceFile(path, text)
    if (!written.ok) return notSaved(written.reason)
    // The copy follows the file, so that one of the two is whole at every instant. A failure here loses nothing.
    await replaceFile(lastGoodPath, text)
    profiles = next.profiles
    removed = next.removed
    return ok(undefined)
  }

  const change = async (
    plan: (current: readonly Profile[]) => Result<Change>,
  ): Promise<Result<ProfilesChange>> => {
    const current = await catchUp()
    if (!current.ok) return current
    const planned = plan(profiles)
    if (!planned.ok) return planned
    const { next, nextRemoved = removed, change: made } = planned.value
    const saved = await save({ profiles: next, removed: nextRemoved })
    return saved.ok ? ok(made) : saved
  }

  /** One change at a time, each on top of what the one before saved, here or in another process. */
  const apply = (plan: (current: readonly Profile[]) => Result<Change>): Promise<Result<Profile>> =>
    queue.add(async () => {
      const held = await lock.hold(lockName, () => change(plan))
      if (held.kind === 'busy')
        return notSaved('another Sesame is writing it', 'Wait a moment, then try again.')
      if (!held.value.ok) return held.value
      for (const listener of listeners) listener(held.value.value)
      return ok(held.value.value.profile)
    })

  /** Where it fails, another start finds that nothing is left. */
  const forget = async (id: string): Promise<void> => {
    if (!removed.some((profile) => profile.id === id)) return
    await lock.hold(lockName, async () => {
      const current = await catchUp()
      if (!current.ok) return
      await save({ profiles, removed: removed.filter((profile) => profile.id !== id) })
    })
  }

  const retire = async (before: Profile): Promise<Profile> => {
    const former = { ...before, id: newId() }
    await lock.hold(lockName, async () => {
      const current = await catchUp()
      if (current.ok) await save({ profiles, removed: [...removed, former] })
    })
    return former
  }

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
    get: (id) => mapOf(profiles).get(id),

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
    forget: (id) => queue.add(() => forget(id)),
    retire: (before) => queue.add(() => retire(before)),

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
