// Owns what happened to each session, the newest so many of it, in memory. Never holds a secret: failures and words only.
import type { ActivityEvent } from '../../preload/views.ts'

export type ActivityKind = ActivityEvent['kind']
export type ActivityNote = Pick<ActivityEvent, 'kind' | 'detail' | 'durationMs' | 'requestId' | 'failure'>

export interface ActivityLog {
  readonly add: (profileId: string, note: ActivityNote) => void
  /** Newest first. */
  readonly of: (profileId: string) => ActivityEvent[]
  readonly forget: (profileId: string) => void
}

export interface ActivityOptions {
  /** Epoch milliseconds by the server's clock, as everything a person is shown. */
  readonly now: () => number
  readonly newId: () => string
  readonly onEvent: (event: ActivityEvent) => void
  /** How many events are kept per profile. */
  readonly keep?: number
}

export const createActivityLog = ({ now, newId, onEvent, keep = 200 }: ActivityOptions): ActivityLog => {
  const rings = new Map<string, ActivityEvent[]>()
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
      onEvent(event)
    },
    of: (profileId) => (rings.get(profileId) ?? []).toReversed(),
    forget(profileId) {
      rings.delete(profileId)
    },
  }
}
