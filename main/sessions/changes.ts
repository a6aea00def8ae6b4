// Owns telling listeners what changed: collected during a turn of the event loop, told once at its end.
import type { ActivityEvent } from '../../preload/views.ts'
import type { SessionChange } from './api.ts'

export interface Changes {
  readonly profile: (profileId: string) => void
  readonly order: () => void
  readonly departures: () => void
  readonly clock: (offsetMs: number) => void
  readonly activity: (event: ActivityEvent) => void
  readonly ending: (profileId: string, endsAt: number) => void
  readonly listen: (listener: (change: SessionChange) => void) => () => void
}

/** `reportBug` gets what a listener throws; the other listeners hear the change all the same. */
export const createChanges = (
  reportBug: (error: unknown) => void,
  atEndOfTurn: (callback: () => void) => void = setImmediate,
): Changes => {
  const listeners = new Set<(change: SessionChange) => void>()
  const profileIds = new Set<string>()
  let events: ActivityEvent[] = []
  const endings = new Map<string, number>()
  let isOrderChanged = false
  let areDeparturesChanged = false
  let offsetMs: number | undefined
  let isWaiting = false

  const tell = (change: SessionChange): void => {
    for (const listener of listeners) {
      try {
        listener(change)
      } catch (error) {
        reportBug(error)
      }
    }
  }

  const flush = (): void => {
    isWaiting = false
    const changes: SessionChange[] = []
    if (isOrderChanged) changes.push({ kind: 'order' })
    if (profileIds.size > 0) changes.push({ kind: 'profiles', profileIds: [...profileIds] })
    if (offsetMs !== undefined) changes.push({ kind: 'clock', offsetMs })
    for (const event of events) changes.push({ kind: 'activity', event })
    if (areDeparturesChanged) changes.push({ kind: 'departures' })
    for (const [profileId, endsAt] of endings) changes.push({ kind: 'ending', profileId, endsAt })
    profileIds.clear()
    endings.clear()
    events = []
    isOrderChanged = false
    areDeparturesChanged = false
    offsetMs = undefined
    for (const change of changes) tell(change)
  }

  const schedule = (): void => {
    // Without listeners nothing is kept, so that nobody hears of what happened before they listened.
    if (isWaiting || listeners.size === 0) return
    isWaiting = true
    atEndOfTurn(flush)
  }

  return {
    profile(profileId) {
      if (listeners.size > 0) profileIds.add(profileId)
      schedule()
    },
    order() {
      isOrderChanged = listeners.size > 0
      schedule()
    },
    departures() {
      areDeparturesChanged = listeners.size > 0
      schedule()
    },
    clock(offset) {
      if (listeners.size > 0) offsetMs = offset
      schedule()
    },
    activity(event) {
      if (listeners.size > 0) events.push(event)
      schedule()
    },
    ending(profileId, endsAt) {
      if (listeners.size > 0) endings.set(profileId, endsAt)
      schedule()
    },
    listen(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}
