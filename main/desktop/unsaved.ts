// Owns the question before quitting: which sessions and sign-outs would be lost, and how that is said.
import type { ProfileView } from '../../preload/views.ts'

/** Profiles whose session should be in the keychain and is in memory alone; those kept in memory on request are meant to end. */
export const unsavedProfiles = (views: readonly ProfileView[]): ProfileView[] =>
  views.filter(
    ({ profile, session }) =>
      profile.storage === 'keychain' && 'unsaved' in session && session.unsaved === 'in-memory',
  )

/** What quitting would lose, by names of profiles. */
export interface Losses {
  readonly sessions: readonly string[]
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

const aboutSessions = (names: readonly string[]) => {
  const one = names.length === 1
  return {
    message: one ? 'One session is not saved.' : `${names.length} sessions are not saved.`,
    detail: `The keychain has not taken ${one ? 'it' : 'them'}, so quitting ends ${one ? 'it' : 'them'}: ${listed(names)}.\n\nTo keep ${one ? 'it' : 'them'}, unlock or start the keychain, then choose Retry in the status bar.`,
  }
}

const aboutSignOuts = (names: readonly string[]) => {
  const one = names.length === 1
  return {
    message: one
      ? 'One sign-out has not reached Cognito.'
      : `${names.length} sign-outs have not reached Cognito.`,
    detail: `${one ? 'Its tokens are' : 'Their tokens are'} in memory only, so quitting gives ${one ? 'it' : 'them'} up: ${listed(names)}. At Cognito ${one ? 'the session lives' : 'the sessions live'} on until ${one ? 'its refresh token expires' : 'their refresh tokens expire'}.\n\nTo end ${one ? 'it' : 'them'} there, stay until the network is back.`,
  }
}

/** The question; its first button loses what it names, its second keeps the app running. Undefined where nothing would be lost. */
export const lossQuestion = ({ sessions, signOuts }: Losses): LossQuestion | undefined => {
  const parts = [
    ...(sessions.length > 0 ? [aboutSessions(sessions)] : []),
    ...(signOuts.length > 0 ? [aboutSignOuts(signOuts)] : []),
  ]
  if (parts.length === 0) return undefined
  return {
    message: parts.map(({ message }) => message).join(' '),
    detail: parts.map(({ detail }) => detail).join('\n\n'),
    buttons: ['Quit Anyway', 'Stay'],
    defaultId: 1,
    cancelId: 1,
  }
}
