// Owns what a sign-out came to, in words. Pure.
import type { Failure } from '../../../main/failure.ts'
import type { Profile } from '../../../main/profiles/profile.ts'
import type { ProfileView, SignOutOutcome } from '../../../preload/views.ts'
import { unreachable } from '../../format/unreachable.ts'

type Reached = SignOutOutcome['reached']

export interface OutcomeWords {
  readonly tone: 'ok' | 'warn'
  readonly title: string
  /** Why it reached less than asked, and what happens next. */
  readonly text?: string
}

/** One profile's sign-out, for the note that follows it. */
export const describeOutcome = ({ reached, failure }: SignOutOutcome, name: string): OutcomeWords => {
  switch (reached) {
    case 'everywhere':
      return { tone: 'ok', title: `${name} is signed out of all devices.` }
    case 'device':
      return { tone: 'ok', title: `${name} is signed out of this device.` }
    case 'device-only':
      return {
        tone: 'warn',
        title: `${name} is signed out of this device only.`,
        text:
          failure === undefined ? 'Other devices stay signed in.' : `${failure.message} ${failure.remedy}`,
      }
    case 'pending':
      return {
        tone: 'warn',
        title: `${name} is signed out here; Cognito has not heard of it yet.`,
        text: 'Sesame revokes the session as soon as the endpoint can be reached.',
      }
    case 'nothing-to-do':
      return { tone: 'ok', title: `Nobody was signed in to ${name}.` }
    default:
      return unreachable(reached)
  }
}

/** What a sign-out leaves of a browser sign-in, and the verb that ends it (cognito.md, "Signing out"). */
export const browserRemains = {
  title: 'The browser may still be signed in',
  text: "The pool's login page may let this browser in again without a password.",
  verb: 'Sign out in the browser',
} as const

/** "1 session", "5 sessions". */
export const countSessions = (count: number): string => `${count} ${count === 1 ? 'session' : 'sessions'}`

/** "3 pools" of these user pool ids. */
export const countPools = (userPoolIds: readonly string[]): string => {
  const { size } = new Set(userPoolIds)
  return size === 1 ? '1 pool' : `${size} pools`
}

const summaryWords: Record<Reached | 'failed', (count: string) => string> = {
  everywhere: (count) => `${count} signed out of all devices.`,
  device: (count) => `${count} signed out of this device.`,
  'device-only': (count) => `${count} signed out of this device only.`,
  pending: (count) => `${count} cleared here; Cognito is told when it can be reached.`,
  failed: (count) => `${count} not signed out.`,
  'nothing-to-do': (count) => `${count} had already ended.`,
}

const order = ['everywhere', 'device', 'device-only', 'pending', 'failed', 'nothing-to-do'] as const

const kindOf = ({ reached, failure }: SignOutOutcome): Reached | 'failed' =>
  reached === 'nothing-to-do' && failure !== undefined ? 'failed' : reached

/** All of a "sign out everywhere", one sentence per kind of outcome, best first. */
export const summarise = (outcomes: readonly SignOutOutcome[]): string[] =>
  order.flatMap((kind) => {
    const count = outcomes.filter((outcome) => kindOf(outcome) === kind).length
    return count === 0 ? [] : [summaryWords[kind](countSessions(count))]
  })

interface Refused {
  readonly failure: Failure
  readonly profileIds: string[]
}

/** What kept sign-outs from reaching all devices: each failure once, with whom it concerns. Waiting for the network is none. */
export const failuresOf = (outcomes: readonly SignOutOutcome[]): Refused[] => {
  const groups = new Map<string, Refused>()
  for (const { profileId, reached, failure } of outcomes) {
    if (failure === undefined || reached === 'pending') continue
    const group: Refused = groups.get(failure.code) ?? { failure, profileIds: [] }
    group.profileIds.push(profileId)
    groups.set(failure.code, group)
  }
  return [...groups.values()]
}

/** One profile for each login page that a browser may still be signed in to. */
export const inBrowsers = (
  outcomes: readonly SignOutOutcome[],
  views: readonly ProfileView[],
): readonly Profile[] => {
  const pages = new Map<string | undefined, Profile>()
  for (const { profileId, browserSessionRemains } of outcomes) {
    const profile = views.find((view) => view.profile.id === profileId)?.profile
    if (browserSessionRemains === true && profile !== undefined && !pages.has(profile.domain))
      pages.set(profile.domain, profile)
  }
  return [...pages.values()]
}
