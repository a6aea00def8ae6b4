// Owns how a profile and its session are summed up in a word, a colour and a line: list, header, tray of the eye.
import type { Environment } from '../../../main/profiles/profile.ts'
import type { ProfileView, SessionView } from '../../../preload/views.ts'
import { shortDurationText } from '../../format/time.ts'
import { unreachable } from '../../format/unreachable.ts'
import type { Tone } from '../../ui/marks.tsx'

export interface Status {
  readonly tone: Tone
  readonly text: string
}

export const environmentLabels = {
  production: 'Production',
  staging: 'Staging',
  development: 'Development',
  other: 'Other',
} as const satisfies Record<Environment, string>

export const environmentTones = {
  production: 'bad',
  staging: 'warn',
  development: 'neutral',
  other: 'neutral',
} as const satisfies Record<Environment, Tone>

/** Offline is about the network; a service that asks for patience is not. */
const waitsForNetwork = (session: Extract<SessionView, { status: 'offline' }>): boolean =>
  session.failure.code.startsWith('network.')

/** The word at the right edge of the list: the tokens' time left, or what is in the way. `now` in epoch milliseconds. */
export const listStatus = (session: SessionView, now: number): Status => {
  switch (session.status) {
    case 'loading':
      return { tone: 'neutral', text: '…' }
    case 'signed-out':
      return session.revocationPending ? { tone: 'warn', text: 'Pending' } : { tone: 'neutral', text: '—' }
    case 'unavailable':
      return { tone: 'warn', text: session.failure.code === 'vault.locked' ? 'Locked' : 'Unread' }
    case 'active': {
      const left = session.lifetimes.tokens.expiresAt - now
      return left > 0 ? { tone: 'ok', text: shortDurationText(left) } : { tone: 'bad', text: 'Expired' }
    }
    case 'refreshing':
      return { tone: 'accent', text: 'Refreshing' }
    case 'offline':
      return { tone: 'warn', text: waitsForNetwork(session) ? 'Offline' : 'Retrying' }
    case 'attention':
      return { tone: 'warn', text: 'Attention' }
    case 'ended':
      return { tone: 'bad', text: 'Sign in' }
    default:
      return unreachable(session)
  }
}

/** The badge beside the name. */
export const statusBadge = (session: SessionView): Status => {
  switch (session.status) {
    case 'loading':
      return { tone: 'neutral', text: 'Reading the keychain' }
    case 'signed-out':
      return session.revocationPending
        ? { tone: 'warn', text: 'Signed out, revocation pending' }
        : { tone: 'neutral', text: 'Signed out' }
    case 'unavailable':
      return {
        tone: 'warn',
        text: session.failure.code === 'vault.locked' ? 'Keychain locked' : 'Not readable',
      }
    case 'active':
      return { tone: 'ok', text: 'Active' }
    case 'refreshing':
      return { tone: 'accent', text: 'Refreshing' }
    case 'offline':
      return { tone: 'warn', text: waitsForNetwork(session) ? 'Offline' : 'Retrying' }
    case 'attention':
      return { tone: 'warn', text: 'Needs attention' }
    case 'ended':
      return { tone: 'bad', text: 'Session ended' }
    default:
      return unreachable(session)
  }
}

/** Who is, or was, or would be signed in. */
export const loginOf = ({ profile, session }: ProfileView): string | undefined => {
  if ('loginId' in session) return session.loginId
  return session.status === 'ended' ? (profile.username ?? session.username) : profile.username
}

/** Where the pool is: its region, or "local" for a pool on this machine. */
export const placeOf = ({ profile, region }: ProfileView): string => {
  const endpoint = profile.endpoints.userPool
  const local =
    endpoint !== undefined && /^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:|\/|$)/.test(endpoint)
  return local ? 'local' : region
}

/** The second line of the list: "ana@acme.io · eu-west-1". Nothing about who where nobody knows: the keychain has not told. */
export const listLine = (view: ProfileView): string => {
  const login = loginOf(view) ?? (view.session.status === 'signed-out' ? 'not signed in' : undefined)
  return login === undefined ? placeOf(view) : `${login} · ${placeOf(view)}`
}

/** What stands for a name: its first two letters or digits, else its first sign, such as an emoji. */
export const monogramOf = (name: string): string => {
  const letters = Array.from(name.replace(/[^\p{L}\p{N}]/gu, '')).slice(0, 2)
  if (letters.length > 0) return letters.join('').toUpperCase()
  // One sign may be several code points: an emoji with its joiners and colours.
  const [first] = new Intl.Segmenter().segment(name.trim())
  return first?.segment ?? ''
}

/**
 * Whether signing in leads on from here. From a session that cannot be read, too: without a keychain there is no other way on,
 * and one that was set aside does not come back.
 */
export const canSignIn = ({ status }: SessionView): boolean =>
  status === 'signed-out' || status === 'ended' || status === 'unavailable'
