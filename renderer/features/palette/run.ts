// Owns what each command of the palette does: the same actions as the buttons and menus.
import type { ProfileView } from '../../../preload/views.ts'
import {
  copyCredentials,
  copyDiagnostics,
  copyToken,
  duplicateProfile,
  exportProfiles,
  openDialog,
  openSignIn,
  refreshSession,
  selectProfile,
  run as send,
  setTheme,
  showToast,
  signOutBrowser,
} from '../../state/index.ts'
import { signOut } from '../sign-out/sign-out.ts'
import type { Run } from './commands.ts'

const testCredentials = async (profileId: string): Promise<void> => {
  const answer = await send('credentials.test', profileId)
  if (answer.ok) showToast({ text: 'AWS accepts these credentials', detail: answer.value.arn, stays: true })
}

/**
 * Runs a command. Its outcome is told by the action itself.
 * @param viewOf a profile as it stands now; a command whose profile is gone does nothing
 */
export const runCommand = async (
  run: Run,
  viewOf: (profileId: string) => ProfileView | undefined,
): Promise<void> => {
  switch (run.kind) {
    case 'select':
      return selectProfile(run.profileId)
    case 'refresh':
      await refreshSession(run.profileId)
      return
    case 'test':
      return testCredentials(run.profileId)
    case 'sign-in':
      return openSignIn(run.profileId)
    case 'edit':
      return openDialog({ kind: 'edit-profile', profileId: run.profileId })
    case 'duplicate':
      return duplicateProfile(run.profileId)
    case 'remove':
      return openDialog({ kind: 'remove-profile', profileId: run.profileId })
    case 'copy-credentials': {
      const view = viewOf(run.profileId)
      return view && copyCredentials(view, run.format)
    }
    case 'copy-token':
      return copyToken(run.profileId, run.token)
    case 'sign-out': {
      const view = viewOf(run.profileId)
      return view && signOut(view, run.scope)
    }
    case 'sign-out-everywhere':
      return openDialog({ kind: 'sign-out-everywhere' })
    case 'sign-out-browser':
      return signOutBrowser(run.profileId)
    case 'import':
      return openDialog({ kind: 'import-profiles' })
    case 'export':
      return exportProfiles()
    case 'diagnostics':
      return copyDiagnostics()
    case 'add-profile':
      return openDialog({ kind: 'add-profile' })
    case 'theme':
      await setTheme(run.theme)
      return
    case 'choose-format':
      // A second page of the palette itself.
      return
  }
}
