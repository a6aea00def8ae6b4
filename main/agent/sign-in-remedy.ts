// Owns the words for somebody in a terminal whose session is not there: the very command that helps. Pure.
import type { Failure } from '../failure.ts'

/** A shell takes it as one word. */
export const shellWord = (text: string): string => {
  const clean = text.replace(/\p{Cc}/gu, '')
  return /^[\w.@-]+$/.test(clean) ? clean : `'${clean.replaceAll("'", `'\\''`)}'`
}

/** The failure with the command that signs in to this profile, where signing in is what helps. */
export const withSignInCommand = (failure: Failure, profileName: string): Failure =>
  failure.code.startsWith('session.') && /^Sign in\b/.test(failure.remedy)
    ? { ...failure, remedy: `Sign in with: sesame sign-in ${shellWord(profileName)}` }
    : failure
