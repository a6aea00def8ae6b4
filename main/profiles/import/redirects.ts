// Owns what an app's own redirect addresses are worth to Sesame: one that can come back to this machine, or none.
import { isCallbackUrl, isLogoutUrl } from '../patterns.ts'
import { type Candidate, type ImportedSettings, known } from './candidate.ts'

export interface LoginPage {
  readonly domain: string | undefined
  readonly scopes: readonly string[]
  readonly signInUrls: readonly string[]
  readonly signOutUrls: readonly string[]
}

/** Settings of browser sign-in; a note where none of the app's callback URLs can be received here. */
export const loginPageSettings = (
  page: LoginPage,
): Pick<Candidate, 'notes'> & { settings: ImportedSettings } => {
  const callbackUrl = page.signInUrls.find(isCallbackUrl)
  const isMissing = callbackUrl === undefined && page.signInUrls.length > 0
  return {
    settings: known({
      domain: page.domain,
      scopes: page.scopes.length > 0 ? page.scopes : undefined,
      callbackUrl,
      logoutUrl: page.signOutUrls.find(isLogoutUrl),
    }),
    notes: isMissing
      ? ['None of its callback URLs can come back to this machine: browser sign-in needs one of its own.']
      : [],
  }
}
