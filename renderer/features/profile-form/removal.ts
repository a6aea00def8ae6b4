// Owns what is said about removing a profile: before, what becomes of its session; after, what could not be ended. Pure.
import type { Result } from '../../../main/failure.ts'
import type { SessionView, SignOutOutcome } from '../../../preload/views.ts'
import { unreachable } from '../../format/unreachable.ts'

/** What removing does to the session as it stands. */
export const sessionFate = (session: SessionView): string => {
  switch (session.status) {
    case 'active':
    case 'refreshing':
    case 'offline':
    case 'attention':
      return `${session.loginId} is signed out of this device.`
    case 'signed-out':
      return session.revocationPending
        ? 'Nobody is signed in; the earlier sign-out that Cognito has not heard of yet is given up.'
        : 'Nobody is signed in.'
    case 'ended':
      return 'Its session has ended already.'
    case 'unavailable':
      return 'Its session cannot be read now, so it is removed here without being ended at Cognito.'
    case 'loading':
      return 'Its session is removed from this device.'
    default:
      return unreachable(session)
  }
}

/** What goes with the profile, and from where. */
export const secretsFate = (hasClientSecret: boolean, inMemory: boolean): string => {
  const what = hasClientSecret ? 'Its tokens and its client secret' : 'Its tokens'
  return inMemory ? `${what} are forgotten.` : `${what} are removed from the keychain.`
}

/** What the sign-out before the removal did not reach; undefined where it reached Cognito. */
export const leftBehind = (ended: Result<SignOutOutcome>): string | undefined => {
  const failure = ended.ok ? ended.value.failure : ended.failure
  if (failure === undefined) return undefined
  return `${failure.message} Cognito was not told: the refresh token that was here stays valid there until it expires.`
}
