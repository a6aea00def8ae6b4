// Owns what the tray menu says, as a template made from the views: profiles by environment, with what each offers right now.
import type { MenuItemConstructorOptions } from 'electron'
import type { ProfileView, SessionView } from '../../preload/views.ts'
import { assertNever } from '../failure.ts'
import { formatNames } from '../ipc/format-names.ts'
import type { CredentialFormat, Environment } from '../profiles/profile.ts'

export interface TrayActions {
  readonly showWindow: () => void
  readonly showProfile: (profileId: string) => void
  readonly signIn: (profileId: string) => void
  readonly refresh: (profileId: string) => void
  readonly copyCredentials: (profileId: string, format: CredentialFormat) => void
  readonly copyAccessToken: (profileId: string) => void
  readonly signOutEverywhere: () => void
  readonly quit: () => void
}

/** A menu longer than this is no quick way to anything; the rest is one click away in the window. */
export const mostProfiles = 30

const environmentNames = {
  production: 'Production',
  staging: 'Staging',
  development: 'Development',
  other: 'Other',
} as const satisfies Record<Environment, string>

/** `&` marks a mnemonic in menus of Windows and Linux; doubled, it is itself. */
const plain = (text: string): string => text.replaceAll('&', '&&')

const isLive = (session: SessionView): boolean =>
  session.status === 'active' ||
  session.status === 'refreshing' ||
  session.status === 'offline' ||
  session.status === 'attention'

/** One or two words, and an instant rather than a countdown: the menu is not redrawn while time passes. */
const describe = (session: SessionView, clockTime: (epochMs: number) => string): string => {
  switch (session.status) {
    case 'loading':
      return 'Loading'
    case 'signed-out':
      return 'Signed out'
    case 'unavailable':
      return 'Keychain not readable'
    case 'active':
      return `Active until ${clockTime(session.lifetimes.tokens.expiresAt)}`
    case 'refreshing':
      return 'Refreshing'
    case 'offline':
      return `Offline, valid until ${clockTime(session.lifetimes.tokens.expiresAt)}`
    case 'attention':
      return 'Needs attention'
    case 'ended':
      return 'Sign in again'
    default:
      return assertNever(session)
  }
}

const profileMenu = (
  { profile, session }: ProfileView,
  clockTime: (epochMs: number) => string,
  actions: TrayActions,
): MenuItemConstructorOptions => {
  const live = isLive(session)
  const canSignIn = !live && session.status !== 'loading'
  return {
    id: profile.id,
    label: `${plain(profile.name)}   ${describe(session, clockTime)}`,
    submenu: [
      {
        label: `Copy AWS Credentials as ${formatNames[profile.exportFormat]}`,
        enabled: live && profile.identityPoolId !== undefined,
        click: () => actions.copyCredentials(profile.id, profile.exportFormat),
      },
      { label: 'Copy Access Token', enabled: live, click: () => actions.copyAccessToken(profile.id) },
      { type: 'separator' },
      canSignIn
        ? { label: 'Sign In…', click: () => actions.signIn(profile.id) }
        : { label: 'Refresh Now', enabled: live, click: () => actions.refresh(profile.id) },
      { label: 'Show', click: () => actions.showProfile(profile.id) },
    ],
  }
}

/** Live ones first where not all fit, but shown in the order of the list. */
const choose = (views: readonly ProfileView[]): readonly ProfileView[] => {
  if (views.length <= mostProfiles) return views
  const [live, rest] = [
    views.filter((view) => isLive(view.session)),
    views.filter((view) => !isLive(view.session)),
  ]
  const chosen = new Set([...live, ...rest].slice(0, mostProfiles))
  return views.filter((view) => chosen.has(view))
}

/** What hovering over the tray icon says. */
export const trayToolTip = (views: readonly ProfileView[]): string =>
  views.length === 0
    ? 'Sesame'
    : `Sesame: ${views.filter((view) => isLive(view.session)).length} of ${views.length} signed in`

/** The whole tray menu. `clockTime` writes an instant as the person's clock would show it. */
export const trayTemplate = (
  views: readonly ProfileView[],
  clockTime: (epochMs: number) => string,
  actions: TrayActions,
): MenuItemConstructorOptions[] => {
  const shown = choose(views)
  const groups = Object.entries(environmentNames).flatMap(([environment, name]) => {
    const members = shown.filter((view) => view.profile.environment === environment)
    if (members.length === 0) return []
    return [
      { label: name, enabled: false },
      ...members.map((view) => profileMenu(view, clockTime, actions)),
      { type: 'separator' as const },
    ]
  })
  const hidden = views.length - shown.length
  return [
    { id: 'show', label: 'Show Sesame', click: actions.showWindow },
    { type: 'separator' },
    ...groups,
    ...(hidden > 0
      ? [
          { id: 'more', label: `${hidden} More in Sesame…`, click: actions.showWindow },
          { type: 'separator' as const },
        ]
      : []),
    {
      id: 'sign-out-everywhere',
      label: 'Sign Out Everywhere…',
      enabled: views.some((view) => isLive(view.session)),
      click: actions.signOutEverywhere,
    },
    { id: 'quit', label: 'Quit Sesame', click: actions.quit },
  ]
}
