// Owns what a change of the profiles means for their sessions: new ones are read, removed ones forgotten, and a session leaves
// when its profile speaks to another app client.
import type { Profile } from '../profiles/profile.ts'
import type { ActivityLog } from './activity.ts'
import type { Attempts } from './attempts.ts'
import type { Book, Entry } from './book.ts'
import type { Changes } from './changes.ts'
import type { ClientChange } from './client-change.ts'
import type { Departures } from './departures.ts'
import type { Devices } from './devices.ts'
import type { Endings } from './endings.ts'
import type { Keeper } from './keeper.ts'
import type { ProfileSource } from './ports.ts'
import type { Refresher } from './refresher.ts'
import type { Revocations } from './revocations.ts'
import { isSameClient, isSameIdentityPool } from './same-client.ts'
import type { Timetable } from './timetable.ts'
import { unsavedOf } from './verdicts.ts'

export interface ProfileSyncOptions {
  readonly profiles: ProfileSource
  readonly book: Book
  readonly changes: Changes
  readonly keeper: Keeper
  readonly refresher: Refresher
  readonly revocations: Revocations
  readonly timetable: Timetable
  readonly endings: Endings
  readonly activity: ActivityLog
  readonly attempts: Attempts
  readonly devices: Devices
  readonly departures: Departures
  readonly clientChange: ClientChange
  readonly reportBug: (error: unknown) => void
}

/** Compares the profiles with the sessions at hand and makes them agree. Answers the new ones, whose session is not read yet. */
export type SyncProfiles = () => readonly Entry[]

export const createProfileSync = (options: ProfileSyncOptions): SyncProfiles => {
  const { profiles, book, changes, keeper, refresher, revocations, timetable, endings } = options
  const { activity, attempts, devices, clientChange, departures, reportBug } = options
  let order: readonly string[] = []

  const forgetSignIns = ({ id }: Entry): void => {
    attempts.dropAll(({ profile }) => profile.id === id)
    devices.forgetAll(id).catch(reportBug)
  }

  const removed = (entry: Entry): void => {
    forgetSignIns(entry)
    const debt = revocations.handOver(entry.id)
    const underWay = refresher.underWay(entry.id)
    timetable.forget(entry.id)
    endings.forget(entry.id)
    activity.forget(entry.id)
    book.remove(entry.id)
    departures.take({ entry, debt, underWay })
  }

  /** The record goes where the profile now says, after a refresh under way has written its own. */
  const moveStorage = async (entry: Entry, before: Profile): Promise<void> => {
    await devices.move(before, entry.profile)
    await refresher.underWay(entry.id)
    const { state } = entry
    if (state.status !== 'live') return
    const { record } = state.session
    const write = await keeper.save(entry.profile, record)
    book.apply(entry.id, {
      kind: 'stored',
      generation: record.generation,
      unsaved: unsavedOf(write),
    })
  }

  const updated = (entry: Entry, before: Profile, after: Profile): void => {
    book.setProfile(entry, after)
    if (!isSameClient(before, after)) {
      forgetSignIns(entry)
      clientChange.follow(entry, before).catch(reportBug)
      return
    }
    if (!isSameIdentityPool(before, after)) book.apply(entry.id, { kind: 'identity-pool-changed' })
    if (before.storage !== after.storage) moveStorage(entry, before).catch(reportBug)
    book.apply(entry.id, { kind: 'reconsidered' })
  }

  return () => {
    const list = profiles.list()
    const ids = new Set(list.map(({ id }) => id))
    for (const entry of book.all()) if (!ids.has(entry.id)) removed(entry)
    const added: Entry[] = []
    for (const profile of list) {
      const entry = book.get(profile.id)
      if (entry === undefined) added.push(book.add(profile))
      else if (entry.profile !== profile) updated(entry, entry.profile, profile)
    }
    const next = list.map(({ id }) => id)
    const isReordered = next.length !== order.length || next.some((id, place) => id !== order[place])
    order = next
    if (isReordered) changes.order()
    return added
  }
}
