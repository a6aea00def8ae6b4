// Owns the question before quitting: which sessions, secrets and sign-outs would be lost, and how that is said.
import type { ProfileView } from '../../preload/views.ts'

/** Profiles whose session should be in the keychain and is in memory alone; those kept in memory on request are meant to end. */
export const unsavedProfiles = (views: readonly ProfileView[]): ProfileView[] =>
  views.filter(
    ({ profile, session }) =>
      profile.storage === 'keychain' && 'unsaved' in session && session.unsaved === 'in-memory',
  )

/** A secret beside the session, by the name of its profile. */
export interface UnsavedSecret {
  readonly kind: 'client-secret' | 'devices'
  readonly name: string
}

/** What quitting would lose, by names of profiles. */
export interface Losses {
  readonly sessions: readonly string[]
  readonly clientSecrets: readonly string[]
  /** Profiles whose remembered devices would be forgotten. */
  readonly devices: readonly string[]
  /** Sign-outs that Cognito has not heard of, of tokens that are nowhere but in memory. */
  readonly signOuts: readonly string[]
}

export interface LossQuestion {
  readonly message: string
  readonly detail: string
  readonly buttons: string[]
  readonly defaultId: number
  readonly cancelId: number
}

const listed = (names: readonly string[]): string => {
  const more = names.length - 8
  return `${names.slice(0, 8).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

interface Part {
  readonly message: string
  readonly detail: string
}

/** How often the keychain has not taken what, and what comes of it. */
const notTaken = (
  names: readonly string[],
  [one, many]: readonly [string, string],
  verb: 'ends' | 'loses',
  after = '',
): Part => {
  const it = names.length === 1 ? 'it' : 'them'
  return {
    message: names.length === 1 ? `One ${one} is not saved.` : `${names.length} ${many} are not saved.`,
    detail: `The keychain has not taken ${it}, so quitting ${verb} ${it}: ${listed(names)}.${after}`,
  }
}

const aboutSessions = (names: readonly string[]): Part => notTaken(names, ['session', 'sessions'], 'ends')

const aboutClientSecrets = (names: readonly string[]): Part =>
  notTaken(names, ['client secret', 'client secrets'], 'loses')

const aboutDevices = (names: readonly string[]): Part =>
  notTaken(
    names,
    ['list of remembered devices', 'lists of remembered devices'],
    'loses',
    ' The next sign-in there asks for the second factor again.',
  )

const aboutSignOuts = (names: readonly string[]): Part => {
  const one = names.length === 1
  return {
    message: one
      ? 'One sign-out has not reached Cognito.'
      : `${names.length} sign-outs have not reached Cognito.`,
    detail: `${one ? 'Its tokens are' : 'Their tokens are'} in memory only, so quitting gives ${one ? 'it' : 'them'} up: ${listed(names)}. At Cognito ${one ? 'the session lives' : 'the sessions live'} on until ${one ? 'its refresh token expires' : 'their refresh tokens expire'}.\n\nTo end ${one ? 'it' : 'them'} there, stay until the network is back.`,
  }
}

const aboutAny = (names: readonly string[], about: (names: readonly string[]) => Part): Part[] =>
  names.length > 0 ? [about(names)] : []

/** The question; its first button loses what it names, its second keeps the app running. Undefined where nothing would be lost. */
export const lossQuestion = (losses: Losses): LossQuestion | undefined => {
  const notSaved = [
    ...aboutAny(losses.sessions, aboutSessions),
    ...aboutAny(losses.clientSecrets, aboutClientSecrets),
    ...aboutAny(losses.devices, aboutDevices),
  ]
  const unheard = aboutAny(losses.signOuts, aboutSignOuts)
  const parts = [...notSaved, ...unheard]
  if (parts.length === 0) return undefined
  const count = losses.sessions.length + losses.clientSecrets.length + losses.devices.length
  const remedy = `To keep ${count === 1 ? 'it' : 'them'}, unlock or start the keychain, then choose Retry in the status bar.`
  return {
    message: parts.map(({ message }) => message).join(' '),
    detail: [...notSaved, ...(count > 0 ? [{ detail: remedy }] : []), ...unheard]
      .map(({ detail }) => detail)
      .join('\n\n'),
    buttons: ['Quit Anyway', 'Stay'],
    defaultId: 1,
    cancelId: 1,
  }
}
