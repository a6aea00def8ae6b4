// Owns the sessions at hand: one entry per profile, changed by events only, and the view derived from each.
// Knows no port but the profiles; what an event leads to is the affair of whoever listens.
import type { ProfileView } from '../../preload/views.ts'
import type { Result } from '../failure.ts'
import type { Profile } from '../profiles/profile.ts'
import type { AuthSession } from './api.ts'
import { reduce, type SessionEvent, type SessionState } from './state.ts'
import { profileView } from './view.ts'

/** The answer of `fetchAuthSession`, kept as long as it stays the same. */
export interface ReadyAnswer {
  /** Epoch milliseconds by our own clock. */
  readonly until: number
  readonly answer: Promise<Result<AuthSession>>
}

export interface Entry {
  readonly id: string
  profile: Profile
  state: SessionState
  /** The highest generation this profile has had in this run; it survives a sign-out. */
  generation: number
  /** Derived; dropped with every change. */
  view: ProfileView | undefined
  ready: ReadyAnswer | undefined
}

export interface Book {
  get(profileId: string): Entry | undefined
  all(): IterableIterator<Entry>
  /** Adds a profile whose session has not been read yet. */
  add(profile: Profile): Entry
  remove(profileId: string): void
  /** Takes new settings; what they mean for the session is the caller's affair. */
  setProfile(entry: Entry, profile: Profile): void
  /** Applies an event. False when it did not apply (any more). */
  apply(profileId: string, event: SessionEvent): boolean
  /** Whether this generation of the session is still the current one. */
  isCurrent(profileId: string, generation: number): boolean
  view(entry: Entry): ProfileView
}

const generationOf = (state: SessionState): number => {
  if (state.status === 'live') return state.session.record.generation
  return state.status === 'ended' ? state.record.generation : 0
}

/** `onChange` is called after each change of an entry, in the same turn. */
export const createBook = (onChange: (entry: Entry) => void): Book => {
  const entries = new Map<string, Entry>()

  const changed = (entry: Entry): void => {
    entry.view = undefined
    entry.ready = undefined
    onChange(entry)
  }

  return {
    get: (profileId) => entries.get(profileId),
    all: () => entries.values(),
    add(profile) {
      const entry: Entry = {
        id: profile.id,
        profile,
        state: { status: 'loading' },
        generation: 0,
        view: undefined,
        ready: undefined,
      }
      entries.set(profile.id, entry)
      onChange(entry)
      return entry
    },
    remove(profileId) {
      entries.delete(profileId)
    },
    setProfile(entry, profile) {
      entry.profile = profile
      changed(entry)
    },
    apply(profileId, event) {
      const entry = entries.get(profileId)
      if (entry === undefined) return false
      const next = reduce(entry.state, event)
      if (next === entry.state) return false
      entry.state = next
      entry.generation = Math.max(entry.generation, generationOf(next))
      changed(entry)
      return true
    },
    isCurrent(profileId, generation) {
      const state = entries.get(profileId)?.state
      return state?.status === 'live' && state.session.record.generation === generation
    },
    view(entry) {
      entry.view ??= profileView(entry.profile, entry.state)
      return entry.view
    },
  }
}
