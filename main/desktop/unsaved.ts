// Owns the question before quitting: which sessions would be lost, and how that is said.
import type { ProfileView } from '../../preload/views.ts'

/** Profiles whose session should be in the keychain and is not; those kept in memory on request are meant to end. */
export const unsavedProfiles = (views: readonly ProfileView[]): ProfileView[] =>
  views.filter(
    ({ profile, session }) => profile.storage === 'keychain' && 'unsaved' in session && session.unsaved,
  )

export interface LossQuestion {
  readonly message: string
  readonly detail: string
  readonly buttons: string[]
  readonly defaultId: number
  readonly cancelId: number
}

/** The question; its first button loses the sessions, its second keeps the app running. */
export const lossQuestion = (unsaved: readonly ProfileView[]): LossQuestion => {
  const names = unsaved.slice(0, 8).map(({ profile }) => profile.name)
  const more = unsaved.length - names.length
  const one = unsaved.length === 1
  return {
    message: one ? 'One session is not saved.' : `${unsaved.length} sessions are not saved.`,
    detail: `The keychain has not taken ${one ? 'it' : 'them'}, so quitting ends ${one ? 'it' : 'them'}: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}.\n\nTo keep ${one ? 'it' : 'them'}, unlock or start the keychain, then choose Retry in the status bar.`,
    buttons: ['Quit Anyway', 'Stay'],
    defaultId: 1,
    cancelId: 1,
  }
}
