// Owns what main pushes to the windows: validated like results, and profiles at most once per turn of the loop.
import type { EventName } from '../../preload/channels.ts'
import { type EventPayload, events } from '../../preload/contract.ts'
import type { ProfileView } from '../../preload/views.ts'
import type { Log } from '../logging/log.ts'
import type { SendToWindows } from './port.ts'

export type Emit = <N extends EventName>(name: N, payload: EventPayload<N>) => void

/** Sends events that fit the contract; one that does not is a bug, logged without its content and not sent. */
export const createEmit =
  (send: SendToWindows, log: Log): Emit =>
  (name, payload) => {
    const parsed = events[name].safeParse(payload)
    if (parsed.success) {
      send(name, parsed.data)
      return
    }
    const issues = parsed.error.issues
      .slice(0, 5)
      .map((issue) => `${issue.path.map(String).join('.')}: ${issue.code}`)
    log.error('ipc.event-invalid', { name, issues })
  }

export interface ProfileChanges {
  changed(profileIds: readonly string[]): void
  /** Profiles were added, removed or moved. */
  reordered(): void
}

/** Collects changes and emits one `profiles.changed` at the end of the turn, with the views as they are then. */
export const coalesceProfileChanges = (
  emit: Emit,
  source: { view(profileId: string): ProfileView | undefined; order(): string[] },
  atEndOfTurn: (callback: () => void) => void = queueMicrotask,
): ProfileChanges => {
  const ids = new Set<string>()
  let reordered = false
  let waiting = false
  const flush = (): void => {
    waiting = false
    const changed = [...ids].flatMap((id) => source.view(id) ?? [])
    const order = reordered ? source.order() : undefined
    ids.clear()
    reordered = false
    if (changed.length > 0 || order) emit('profiles.changed', { changed, ...(order ? { order } : {}) })
  }
  const schedule = (): void => {
    if (waiting) return
    waiting = true
    atEndOfTurn(flush)
  }
  return {
    changed(profileIds) {
      for (const id of profileIds) ids.add(id)
      schedule()
    },
    reordered() {
      reordered = true
      schedule()
    },
  }
}
