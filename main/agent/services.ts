// Names what the agent's routes work with: parts of the engine, and what a route is.

import { fail, ok, type Result } from '../failure.ts'
import type { HandlerDeps } from '../ipc/handlers/deps.ts'
import type { Profile } from '../profiles/profile.ts'
import { findProfile } from './find-profile.ts'

export interface Services
  extends Pick<HandlerDeps, 'profiles' | 'vault' | 'sessions' | 'issuer' | 'notices'> {
  readonly version: string
  readonly platform: NodeJS.Platform
}

export interface RouteInput {
  /** The parts of the path that a pattern's `:name`s stood for, decoded. */
  readonly params: readonly string[]
  readonly query: URLSearchParams
  /** Parsed JSON, unchecked; undefined without one. */
  readonly body: unknown
  /** Aborted when who asked has gone away before the answer; undefined where that cannot happen. */
  readonly gone?: AbortSignal | undefined
}

/** What a route answers becomes JSON; a failure becomes `{ error }`. */
export type Route = (input: RouteInput) => Promise<Result<unknown>> | Result<unknown>

/** By method and pattern, such as `GET /v1/profiles/:profile`. */
export type Routes = Readonly<Record<string, Route>>

/** A person turns it on, profile by profile. */
export const isAvailable = (profile: Pick<Profile, 'availableToCommandLine'>): boolean =>
  profile.availableToCommandLine === true

/** The profile a request names, where its owner has made it available. */
export const availableProfile = (
  services: Pick<Services, 'profiles'>,
  name: string | undefined,
): Result<Profile> => {
  const found = findProfile(services.profiles.list(), name ?? '')
  if (!found.ok) return found
  return isAvailable(found.value)
    ? ok(found.value)
    : fail('profile.not-available', { detail: found.value.name })
}

/** Makes a route of work on one available profile, whose session has been read by then. */
export const aboutProfile =
  (services: Pick<Services, 'profiles' | 'sessions'>) =>
  (work: (profile: Profile, input: RouteInput) => Promise<Result<unknown>>): Route =>
  async (input) => {
    const profile = availableProfile(services, input.params[0])
    if (!profile.ok) return profile
    await services.sessions.load(profile.value.id)
    return work(profile.value, input)
  }
