// Owns that what is due goes out at the rate Cognito allows: a deadline that comes before its turn is set again for it.

import { regionOf } from '../profiles/profile.ts'
import type { Entry } from './book.ts'
import type { Limiter } from './limiter.ts'
import type { Clock } from './ports.ts'
import type { Lane, Scheduler } from './scheduler.ts'

/** Requests that share a quota: one account's in one region, as far as anybody can tell, or those of one endpoint. */
export const rateKey = ({ profile }: Pick<Entry, 'profile'>): string =>
  profile.endpoints.userPool ?? regionOf(profile.userPoolId)

/** Setting or clearing a deadline gives up the turn it had. */
export interface RatedLane extends Lane {
  /** Whether it was due and waits for its turn. */
  isAdmitted(profileId: string): boolean
}

export interface RatedLaneOptions {
  readonly find: (profileId: string) => Entry | undefined
  readonly scheduler: Scheduler
  readonly limiter: Limiter
  readonly clock: Clock
  readonly onTurn: (entry: Entry) => void
}

export const createRatedLane = ({ find, scheduler, limiter, clock, onTurn }: RatedLaneOptions): RatedLane => {
  const admitted = new Set<string>()

  const lane = scheduler.lane((profileId) => {
    const entry = find(profileId)
    if (entry === undefined) return
    if (!admitted.delete(profileId)) {
      const waitMs = limiter.reserve(rateKey(entry), clock.monotonic())
      if (waitMs > 0) {
        admitted.add(profileId)
        lane.set(profileId, clock.now() + waitMs)
        return
      }
    }
    onTurn(entry)
  })

  return {
    set(profileId, dueAt) {
      admitted.delete(profileId)
      lane.set(profileId, dueAt)
    },
    clear(profileId) {
      admitted.delete(profileId)
      lane.clear(profileId)
    },
    dueAt: (profileId) => lane.dueAt(profileId),
    isAdmitted: (profileId) => admitted.has(profileId),
  }
}
