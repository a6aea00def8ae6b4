// Owns the commands a person gives, wherever they give them (button, menu, key, palette): one function each. Every
// outcome is told: a toast for what worked unseen, a toast with the remedy for what did not.
import type { Failure, Result } from '../../main/failure.ts'
import type { CredentialFormat, Environment, ProfileSettings } from '../../main/profiles/profile.ts'
import type { RequestName } from '../../preload/channels.ts'
import type { RequestArgs, RequestValue } from '../../preload/contract.ts'
import type { EndWarnings, ProfileView, Theme } from '../../preload/views.ts'
import { formatLabels } from '../format/credential-formats.ts'
import { appStore, selectProfile } from './app-store.ts'
import { request } from './bridge.ts'
import { openDialog } from './dialogs.ts'
import { showToast, tellClearing } from './toasts.ts'

/** Shows a failure. */
export const tellFailure = (failure: Failure): void => showToast({ text: failure.message, failure })

/** Sends a request and tells of its failure. Answers the result, for what follows from it. */
export const run = async <N extends RequestName>(
  name: N,
  ...args: RequestArgs<N>
): Promise<Result<RequestValue<N>>> => {
  const answer = await request(name, ...args)
  if (!answer.ok) tellFailure(answer.failure)
  return answer
}

/** Runs a copy and tells of it; when it is cleared is said as soon as main has told, before or after its answer. */
const copy = async (what: string, send: () => Promise<Result<unknown>>): Promise<void> => {
  const before = appStore.get().clipboard.clearsAt
  const answer = await send()
  if (!answer.ok) return
  showToast({ text: `Copied ${what}`, copied: true })
  const { clearsAt } = appStore.get().clipboard
  if (clearsAt !== undefined && clearsAt !== before) tellClearing(clearsAt)
}

/** Copies AWS credentials, in the profile's own format unless another is named. */
export const copyCredentials = async (view: ProfileView, format?: CredentialFormat): Promise<void> => {
  const chosen = format ?? view.profile.exportFormat
  await copy(`AWS credentials as ${formatLabels[chosen].label}`, () =>
    run('credentials.copy', view.profile.id, chosen),
  )
}

/** The link lets in whoever has it, so it goes to the clipboard that is cleared. */
export const copyConsoleLink = (profileId: string): Promise<void> =>
  copy('the console sign-in link', () => run('credentials.copyConsoleLink', profileId))

/** Answers once the browser is on its way to the console. */
export const openConsole = async (profileId: string): Promise<void> => {
  const answer = await run('credentials.openConsole', profileId)
  if (answer.ok) showToast({ text: 'Opened the AWS console in the browser' })
}

/** The lines hold a bearer token, so main copies them. */
export const copyEndpoint = (profileId: string): Promise<void> =>
  copy("the endpoint's lines", () => run('containerEndpoint.copy', profileId))

export type TokenCopy = RequestArgs<'session.copyToken'>[1]

export const tokenCopyLabels = {
  id: 'ID token',
  access: 'access token',
  bearer: 'Bearer header',
} as const satisfies Record<TokenCopy, string>

export const copyToken = (profileId: string, which: TokenCopy): Promise<void> =>
  copy(tokenCopyLabels[which], () => run('session.copyToken', profileId, which))

/** Copies a secret the window shows anyway, such as one to type into another app; it is cleared like every secret. */
export const copySecret = (text: string, what: string): Promise<void> =>
  copy(what, () => run('clipboard.copySecret', text, what))

/** Copies text that is no secret (an id, a claim). The clipboard is not cleared afterwards. */
export const copyPlain = (text: string, what: string): void => {
  // Clipboard permissions are refused to this window; a copy by the person's own gesture needs none.
  const put = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', text)
    event.preventDefault()
  }
  document.addEventListener('copy', put, { once: true })
  const copied = document.execCommand('copy')
  document.removeEventListener('copy', put)
  if (copied) showToast({ text: `Copied ${what}` })
}

export const refreshSession = (profileId: string) => run('session.refresh', profileId)

export const clearClipboard = () => run('clipboard.clear')

export const retryVault = async (): Promise<void> => {
  const answer = await run('vault.retry')
  if (answer.ok && answer.value.kind === 'unlocked') showToast({ text: 'The keychain is unlocked' })
}

export const setTheme = (theme: Theme) => run('app.setTheme', theme)

export const setEndWarnings = (choice: EndWarnings) => run('app.setEndWarnings', choice)

/** For who asks for help, or is asked. */
export const copyDiagnostics = async (): Promise<void> => {
  const answer = await run('app.copyDiagnostics')
  if (answer.ok)
    showToast({ text: 'Copied the diagnostics', detail: 'No name, address or secret is in them.' })
}

export const dismissNotice = (id: string) => run('app.dismissNotice', id)

/** Changes some settings of a profile and leaves the rest. */
export const updateProfile = (view: ProfileView, changes: Partial<ProfileSettings>) => {
  const { id, ...settings } = view.profile
  return run('profiles.update', id, { settings: { ...settings, ...changes } })
}

export const duplicateProfile = async (profileId: string): Promise<void> => {
  const answer = await run('profiles.duplicate', profileId)
  if (!answer.ok) return
  selectProfile(answer.value.profile.id)
  openDialog({ kind: 'edit-profile', profileId: answer.value.profile.id })
}

/** Writes every profile, or some, to a file without secrets. */
export const exportProfiles = async (profileIds?: string[]): Promise<void> => {
  const answer = await run('profiles.export', profileIds)
  if (!answer.ok || answer.value === undefined) return
  const { file, count } = answer.value
  showToast({
    text: `Exported ${count === 1 ? 'one profile' : `${count} profiles`} to ${file}`,
    detail: 'No secret is in it.',
  })
}

/** Lets the person choose a file, and shows what would be imported from it, or why it can't be. */
export const importFromFile = async (): Promise<void> => {
  const answer = await request('profiles.previewImport', { kind: 'file' })
  if (!answer.ok) openDialog({ kind: 'import-profiles', begun: { looked: answer } })
  else if (answer.value !== undefined)
    openDialog({ kind: 'import-profiles', begun: { looked: { ok: true, value: answer.value } } })
}

/** Ends the browser's own session at the login page, which signing out here leaves. */
export const signOutBrowser = async (profileId: string): Promise<void> => {
  const answer = await run('session.signOutBrowser', profileId)
  if (answer.ok) showToast({ text: 'The browser shows the sign-out page' })
}

/** Moves a profile in front of another one, or to the end of an environment. */
export const moveProfile = (profileId: string, environment: Environment, beforeId?: string) =>
  beforeId === undefined
    ? run('profiles.move', profileId, environment)
    : run('profiles.move', profileId, environment, beforeId)

/** Opens the sign-in of a profile. */
export const openSignIn = (profileId: string): void => openDialog({ kind: 'sign-in', profileId })
