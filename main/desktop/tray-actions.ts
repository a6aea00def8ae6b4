// Owns what the tray menu does: the same requests the window makes, told by a message instead of a toast.
import type { AppCommand } from '../../preload/views.ts'
import type { Result } from '../failure.ts'
import type { Handlers } from '../ipc/handler.ts'
import type { Message } from './notify.ts'
import type { TrayActions } from './tray-menu.ts'

export interface TrayActionOptions {
  readonly handlers: Pick<Handlers, 'credentials.copy' | 'session.copyToken' | 'session.refresh'>
  readonly nameOf: (profileId: string) => string
  readonly showWindow: () => void
  /** Tells the window what to do, after it is in front. */
  readonly command: (command: AppCommand) => void
  readonly notify: (message: Message, onClick?: () => void) => void
  readonly quit: () => void
  readonly reportBug: (error: unknown) => void
}

/** The actions behind the tray menu. A failure is told with its remedy, and a click on it leads to the profile. */
export const createTrayActions = (options: TrayActionOptions): TrayActions => {
  const { handlers, nameOf, command, notify } = options
  const show = (next: AppCommand): void => {
    options.showWindow()
    command(next)
  }
  const showProfile = (profileId: string): void => show({ kind: 'select-profile', profileId })
  const tell = async (
    profileId: string,
    work: () => Result<unknown> | Promise<Result<unknown>>,
    done: string,
  ): Promise<void> => {
    const result = await work()
    const body = result.ok ? done : `${result.failure.message} ${result.failure.remedy}`
    notify({ title: nameOf(profileId), body }, () => showProfile(profileId))
  }
  return {
    showWindow: options.showWindow,
    showProfile,
    signIn: (profileId) => show({ kind: 'sign-in', profileId }),
    refresh: (profileId) => {
      tell(profileId, () => handlers['session.refresh'](profileId), 'Refreshed.').catch(options.reportBug)
    },
    copyCredentials: (profileId, format) => {
      const copied = 'AWS credentials copied. The clipboard clears itself in a moment.'
      tell(profileId, () => handlers['credentials.copy'](profileId, format), copied).catch(options.reportBug)
    },
    copyAccessToken: (profileId) => {
      const copied = 'Access token copied. The clipboard clears itself in a moment.'
      tell(profileId, () => handlers['session.copyToken'](profileId, 'access'), copied).catch(
        options.reportBug,
      )
    },
    signOutEverywhere: () => show({ kind: 'sign-out-everywhere' }),
    quit: options.quit,
  }
}
