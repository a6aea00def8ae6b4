// Owns the sign-ins under way: what each waits for, dropped when it runs out or too many are open. Knows no issuer.
import type { SignInStep } from '../../preload/views.ts'
import type { Profile } from '../profiles/profile.ts'
import type { BrowserSignIn, DeviceGrant, PendingSignIn } from './ports.ts'
import type { Scheduler } from './scheduler.ts'

/** More than a person keeps open; the oldest goes. */
const attemptsAtOnce = 50

/** What is known of a sign-in whatever it waits for. */
export interface Beginning {
  readonly id: string
  readonly profile: Profile
  /** What was typed. */
  readonly username: string
  /** The first dialog is step 1, the first challenge step 2. */
  readonly step: number
  /** The remembered device it was begun with. */
  readonly deviceKey?: string | undefined
}

export type Awaited =
  | { readonly kind: 'challenge'; readonly pending: PendingSignIn }
  /** The session exists already. */
  | { readonly kind: 'consent'; readonly device: DeviceGrant }
  | { readonly kind: 'browser'; readonly browser: BrowserSignIn; readonly isOpen: boolean }

export interface Attempt extends Beginning {
  readonly awaits: Awaited
  /** By our own clock. */
  readonly expiresAt: number
  isAnswering: boolean
}

/** The step a person sees. `offsetMs`: server time minus ours. */
export const stepOf = (attempt: Attempt, offsetMs: number): SignInStep => {
  const { id, username, step, awaits } = attempt
  const frame = { attemptId: id, step, username, expiresAt: attempt.expiresAt + offsetMs }
  switch (awaits.kind) {
    case 'challenge':
      return { ...awaits.pending.challenge, ...frame }
    case 'consent':
      return { kind: 'remember-device', deviceName: awaits.device.name, ...frame }
    case 'browser':
      return { kind: 'browser', url: awaits.browser.url, isOpen: awaits.isOpen, ...frame }
    default:
      return awaits satisfies never
  }
}

export interface Attempts {
  readonly get: (attemptId: string) => Attempt | undefined
  /** Keeps it in place of an earlier one of the same id. */
  readonly keep: (attempt: Attempt) => void
  readonly drop: (attemptId: string) => void
  readonly dropAll: (which?: (attempt: Attempt) => boolean) => void
}

export const createAttempts = (scheduler: Scheduler): Attempts => {
  /** In order of age. */
  const attempts = new Map<string, Attempt>()
  const lane = scheduler.lane((attemptId) => {
    const attempt = attempts.get(attemptId)
    // An answer that is on its way may still be in time: Cognito decides. A browser sign-in ends by itself, and says why.
    if (attempt?.isAnswering !== true && attempt?.awaits.kind !== 'browser') drop(attemptId)
  })

  const drop = (attemptId: string): void => {
    const attempt = attempts.get(attemptId)
    attempts.delete(attemptId)
    lane.clear(attemptId)
    if (attempt?.awaits.kind === 'browser') attempt.awaits.browser.cancel()
  }

  return {
    get: (attemptId) => attempts.get(attemptId),
    keep(attempt) {
      attempts.set(attempt.id, attempt)
      lane.set(attempt.id, attempt.expiresAt)
      const [oldest] = attempts.keys()
      if (attempts.size > attemptsAtOnce && oldest !== undefined) drop(oldest)
    },
    drop,
    dropAll(which = () => true) {
      for (const attempt of attempts.values()) if (which(attempt)) drop(attempt.id)
    },
  }
}
