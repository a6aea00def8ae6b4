// Owns what lives on after a sign-out and how that is said (cognito.md, "Signing out"). Pure; knows no clock of its own.
import type { ProfileView, SignOutOutcome } from '../../../preload/views.ts'
import type { LiveSession } from '../../state/index.ts'

/** Until when something issued before still works, epoch milliseconds; absent where nothing does. */
export interface Survival {
  readonly tokensUntil?: number
  readonly credentialsUntil?: number
}

export type LiveView = ProfileView & { readonly session: LiveSession }

/** Somebody is signed in here, whatever else is the matter with the session. */
export const isLive = (view: ProfileView): view is LiveView => 'lifetimes' in view.session

/** What "Sign out everywhere" is about: whoever is signed in, and sessions the keychain does not give out. */
export const sessionsToEnd = (views: readonly ProfileView[]): ProfileView[] =>
  views.filter((view) => isLive(view) || view.session.status === 'unavailable')

const latest = (instants: readonly (number | undefined)[], now: number): number | undefined => {
  const future = instants.filter((at) => at !== undefined).filter((at) => at > now)
  return future.length > 0 ? Math.max(...future) : undefined
}

const survival = (tokensUntil: number | undefined, credentialsUntil: number | undefined): Survival => ({
  ...(tokensUntil !== undefined && { tokensUntil }),
  ...(credentialsUntil !== undefined && { credentialsUntil }),
})

/** What would outlive signing these sessions out now: the latest of each kind. */
export const survivalOf = (sessions: readonly LiveSession[], now: number): Survival =>
  survival(
    latest(
      sessions.map(({ lifetimes }) => lifetimes.tokens.expiresAt),
      now,
    ),
    latest(
      sessions.map(({ lifetimes }) => lifetimes.credentials?.expiresAt),
      now,
    ),
  )

/** What outlives sign-outs that have happened. */
export const survivalOfOutcomes = (outcomes: readonly SignOutOutcome[], now: number): Survival =>
  survival(
    latest(
      outcomes.map(({ tokensValidUntil }) => tokensValidUntil),
      now,
    ),
    latest(
      outcomes.map(({ credentialsValidUntil }) => credentialsValidUntil),
      now,
    ),
  )

/**
 * The sentences under "Still valid for a while"; undefined where nothing survives.
 * @param formatAt writes an instant as a person reads it ("15:42")
 */
export const describeSurvival = (
  { tokensUntil, credentialsUntil }: Survival,
  formatAt: (at: number) => string,
): string | undefined => {
  const sentences = [
    tokensUntil !== undefined &&
      `Services that verify tokens offline accept them until ${formatAt(tokensUntil)}.`,
    credentialsUntil !== undefined &&
      `AWS credentials already issued work until ${formatAt(credentialsUntil)}.`,
  ].filter((sentence) => sentence !== false)
  return sentences.length > 0 ? sentences.join(' ') : undefined
}
