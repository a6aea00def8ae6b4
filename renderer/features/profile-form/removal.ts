// Owns what is said about removing a profile: before, what becomes of its session; after, what could not be ended. Pure.
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
        ? 'Nobody is signed in; the earlier sign-out still reaches Cognito as soon as the network allows.'
        : 'Nobody is signed in.'
    case 'ended':
      return 'Its session has ended already.'
    case 'unavailable':
      return 'Its session cannot be read now; it is ended at Cognito as soon as the keychain allows.'
    case 'loading':
      return 'Its session is signed out of this device.'
    default:
      return unreachable(session)
  }
}

/** What goes with the profile, and from where. */
export const secretsFate = (hasClientSecret: boolean, inMemory: boolean): string => {
  const what = hasClientSecret ? 'Its tokens and its client secret' : 'Its tokens'
  return inMemory ? `${what} are forgotten.` : `${what} are removed from the keychain.`
}

/** What ending the session did not reach; undefined where it reached Cognito, or nobody was signed in. */
export const leftBehind = (ended: SignOutOutcome | undefined): string | undefined => {
  if (ended?.failure === undefined) return undefined
  const { message } = ended.failure
  return ended.reached === 'pending'
    ? `${message} The session is ended at Cognito as soon as that is possible, also after a restart.`
    : `${message} The refresh token that was here stays valid at Cognito until it expires.`
}
