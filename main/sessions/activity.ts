// Owns what happened to each session: the newest so many of this run in memory, all of it passed on to the archive. Never holds a
// secret: failures and words only.
import type { ActivityEvent } from '../../preload/views.ts'
import type { ActivityArchive } from './ports.ts'

export type ActivityKind = ActivityEvent['kind']
export type ActivityNote = Pick<ActivityEvent, 'kind' | 'detail' | 'durationMs' | 'requestId' | 'failure'>

export interface ActivityLog {
  readonly add: (profileId: string, note: ActivityNote) => void
  /** Of this run, newest first. */
  readonly of: (profileId: string) => ActivityEvent[]
  /** Also of earlier runs, newest first, each event once. */
  readonly history: (profileId: string) => Promise<ActivityEvent[]>
  readonly forget: (profileId: string) => void
}

export interface ActivityOptions {
  /** Epoch milliseconds by the server's clock, as everything a person is shown. */
  readonly now: () => number
  readonly newId: () => string
  readonly onEvent: (event: ActivityEvent) => void
  readonly archive?: ActivityArchive | undefined
  /** How many events are kept per profile. */
  readonly keep?: number
}

export const createActivityLog = ({
  now,
  newId,
  onEvent,
  archive,
  keep = 200,
}: ActivityOptions): ActivityLog => {
  const rings = new Map<string, ActivityEvent[]>()
  const of = (profileId: string): ActivityEvent[] => (rings.get(profileId) ?? []).toReversed()
  return {
    add(profileId, note) {
      const event: ActivityEvent = { id: newId(), profileId, at: now(), ...note }
      let ring = rings.get(profileId)
      if (ring === undefined) {
        ring = []
        rings.set(profileId, ring)
      }
      ring.push(event)
      if (ring.length > keep) ring.shift()
      archive?.append(event)
      onEvent(event)
    },
    of,
    async history(profileId) {
      const kept = (await archive?.of(profileId)) ?? []
      // Events of this run may be on disk already, or not yet, or not at all where the disk refuses.
      const ours = of(profileId)
      const ids = new Set(ours.map(({ id }) => id))
      return [...ours, ...kept.filter(({ id }) => !ids.has(id))].toSorted((one, other) => other.at - one.at)
    },
    forget(profileId) {
      rings.delete(profileId)
      archive?.forget(profileId)
    },
  }
}
