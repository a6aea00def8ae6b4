// Owns what the palette offers: which commands fit which session, and their words. Pure; running them is run.ts's.
import type { CredentialFormat } from '../../../main/profiles/profile.ts'
import type { ProfileView, SignOutScope, Theme } from '../../../preload/views.ts'
import { formatLabels, formatOrder } from '../../format/credential-formats.ts'
import type { TokenCopy } from '../../state/index.ts'
import { canSignIn, listLine } from '../profiles/status.ts'
import { isLive } from '../sign-out/survival.ts'
import type { Findable } from './search.ts'

export type Run =
  | { readonly kind: 'select' | 'refresh' | 'test' | 'sign-in'; readonly profileId: string }
  | { readonly kind: 'sign-out-browser'; readonly profileId: string }
  | { readonly kind: 'edit' | 'duplicate' | 'remove' | 'choose-format'; readonly profileId: string }
  | { readonly kind: 'copy-credentials'; readonly profileId: string; readonly format: CredentialFormat }
  | { readonly kind: 'copy-token'; readonly profileId: string; readonly token: TokenCopy }
  | { readonly kind: 'sign-out'; readonly profileId: string; readonly scope: SignOutScope }
  | { readonly kind: 'sign-out-everywhere' | 'add-profile' | 'import' | 'export' | 'diagnostics' }
  | { readonly kind: 'theme'; readonly theme: Theme }

export interface Command extends Findable {
  /** Unique in the list and stable while it is open: what the palette remembers as chosen. */
  readonly id: string
  readonly detail?: string
  /** A key that does the same for the profile shown in the window, without the platform's modifier. */
  readonly key?: string
  readonly run: Run
  /** For a command that is a profile. */
  readonly view?: ProfileView
}

/** A command of a profile, while it fits. */
interface Offer {
  readonly name: string
  readonly fits: (view: ProfileView) => boolean
  readonly run: (profileId: string, view: ProfileView) => Run
  /** What else people type when they mean it. */
  readonly words: string
  /** Beside the name; the profile's name unless given. */
  readonly detail?: (view: ProfileView) => string
  readonly key?: string
}

const hasCredentials = (view: ProfileView): boolean =>
  isLive(view) && view.profile.identityPoolId !== undefined

const copyOffer = (token: TokenCopy, name: string, words: string): Offer => ({
  name,
  fits: isLive,
  run: (profileId) => ({ kind: 'copy-token', profileId, token }),
  words,
})

/** Most used first. */
const offers: readonly Offer[] = [
  {
    name: 'Sign in…',
    fits: ({ session }) => canSignIn(session),
    run: (profileId) => ({ kind: 'sign-in', profileId }),
    words: 'login',
  },
  {
    name: 'Copy AWS credentials',
    fits: hasCredentials,
    run: (profileId, { profile }) => ({ kind: 'copy-credentials', profileId, format: profile.exportFormat }),
    words: 'keys export',
    detail: ({ profile }) => `${profile.name} · ${formatLabels[profile.exportFormat].label}`,
    key: 'C',
  },
  {
    name: 'Copy AWS credentials as…',
    fits: hasCredentials,
    run: (profileId) => ({ kind: 'choose-format', profileId }),
    words: `format ${formatOrder.map((format) => `${format} ${formatLabels[format].label}`).join(' ')}`,
    detail: () => 'PowerShell, JSON, .env',
  },
  copyOffer('id', 'Copy ID token', 'jwt'),
  copyOffer('access', 'Copy access token', 'jwt'),
  copyOffer('bearer', 'Copy Bearer header', 'authorization access token curl'),
  {
    name: 'Refresh',
    fits: isLive,
    run: (profileId) => ({ kind: 'refresh', profileId }),
    words: 'session tokens renew',
  },
  {
    name: 'Test credentials',
    fits: hasCredentials,
    run: (profileId) => ({ kind: 'test', profileId }),
    words: 'sts get-caller-identity who',
  },
  {
    name: 'Sign in again…',
    fits: ({ session }) => session.status === 'attention',
    run: (profileId) => ({ kind: 'sign-in', profileId }),
    words: 'login',
  },
  {
    name: 'Sign out of this device',
    fits: isLive,
    run: (profileId) => ({ kind: 'sign-out', profileId, scope: 'device' }),
    words: 'logout',
  },
  {
    name: 'Sign out of all devices',
    fits: isLive,
    run: (profileId) => ({ kind: 'sign-out', profileId, scope: 'global' }),
    words: 'logout global',
  },
  {
    name: 'Sign out in the browser',
    fits: ({ profile }) => profile.domain !== undefined,
    run: (profileId) => ({ kind: 'sign-out-browser', profileId }),
    words: 'logout managed login hosted ui',
  },
  {
    name: 'Edit profile…',
    fits: () => true,
    run: (profileId) => ({ kind: 'edit', profileId }),
    words: 'settings change',
  },
  {
    name: 'Duplicate profile',
    fits: () => true,
    run: (profileId) => ({ kind: 'duplicate', profileId }),
    words: 'copy',
  },
  {
    name: 'Remove profile…',
    fits: () => true,
    run: (profileId) => ({ kind: 'remove', profileId }),
    words: 'delete',
  },
]

const idOf = (run: Run): string => JSON.stringify(run)

const commandOf = (offer: Offer, view: ProfileView): Command => {
  const { profile } = view
  const run = offer.run(profile.id, view)
  return {
    id: idOf(run),
    name: offer.name,
    rest: `${profile.name} ${offer.words}`,
    detail: offer.detail?.(view) ?? profile.name,
    run,
    ...(offer.key !== undefined && { key: offer.key }),
  }
}

/** The names of all commands a profile may have. */
export const offerNames: readonly string[] = offers.map(({ name }) => name)

/** What can be done with one profile right now. */
export const profileCommands = (view: ProfileView): Command[] =>
  offers.filter((offer) => offer.fits(view)).map((offer) => commandOf(offer, view))

/** The second page of "Copy AWS credentials as…". */
export const formatCommands = ({ profile }: ProfileView): Command[] =>
  formatOrder.map((format) => {
    const { label, detail } = formatLabels[format]
    const run: Run = { kind: 'copy-credentials', profileId: profile.id, format }
    return { id: idOf(run), name: label, rest: detail, detail, run }
  })

const themeNames: readonly (readonly [Theme, string])[] = [
  ['light', 'Use the light theme'],
  ['dark', 'Use the dark theme'],
  ['system', 'Use the theme of the system'],
]

const general = (run: Run, name: string, words: string): Command => ({
  id: idOf(run),
  name,
  rest: words,
  run,
})

/** What can be done whatever profile is chosen. */
export const generalCommands = (views: readonly ProfileView[], theme: Theme): Command[] => [
  general({ kind: 'add-profile' }, 'Add profile…', 'new create'),
  general({ kind: 'import' }, 'Import profiles…', 'amplify cdk aws-exports outputs file paste'),
  ...(views.length > 0 ? [general({ kind: 'export' }, 'Export profiles…', 'share file backup')] : []),
  ...(views.some(isLive)
    ? [general({ kind: 'sign-out-everywhere' }, 'Sign out everywhere…', 'logout all sessions')]
    : []),
  general({ kind: 'diagnostics' }, 'Copy diagnostics', 'doctor support help report version about'),
  ...themeNames
    .filter(([each]) => each !== theme)
    .map(([each, name]) => general({ kind: 'theme', theme: each }, name, 'appearance mode')),
]

/** Views are replaced, never changed, so a row lasts as long as its view. */
const rows = new WeakMap<ProfileView, Command>()

/** A profile as something to go to. */
export const profileRow = (view: ProfileView): Command => {
  const known = rows.get(view)
  if (known) return known
  const { profile, region } = view
  const run: Run = { kind: 'select', profileId: profile.id }
  const row = {
    id: idOf(run),
    name: profile.name,
    rest: `${listLine(view)} ${region} ${profile.userPoolId} ${profile.environment}`,
    run,
    view,
  }
  rows.set(view, row)
  return row
}
