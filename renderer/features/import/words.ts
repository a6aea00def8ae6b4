// Owns the words of an import: formats, settings, what becomes of each profile. Pure.
import type { ImportPreview } from '../../../preload/views.ts'

export type PreviewRow = ImportPreview['profiles'][number]

export const formatWords: Record<ImportPreview['format'], string> = {
  'amplify-outputs': 'amplify_outputs.json',
  'aws-exports': 'an Amplify configuration',
  'cdk-outputs': 'CDK outputs',
  'pool-address': 'the address of a user pool',
  'shared-profiles': 'profiles exported by Sesame',
}

/** Settings by the names the profile form gives them; others by their own. */
const settingWords: Readonly<Record<string, string>> = {
  callbackUrl: 'callback URL',
  clientId: 'app client id',
  clientMetadata: 'client metadata',
  domain: 'domain of the login page',
  endpoints: 'endpoints',
  exportFormat: 'export format',
  exportRegion: 'export region',
  identityPoolId: 'identity pool id',
  identityProvider: 'identity provider',
  logoutUrl: 'sign-out URL',
  preferredChallenge: 'preferred way',
  refreshLeadSeconds: 'refresh ahead',
  refreshTokenLifetimeSeconds: 'refresh token lifetime',
  roleArn: 'role ARN',
  scopes: 'scopes',
  signInMethod: 'sign-in method',
  userPoolId: 'user pool id',
  username: 'username',
}

export const settingName = (field: string): string => settingWords[field] ?? field

/** What becomes of a profile, in a word or two for its badge. */
export const actionWords = {
  add: { tone: 'ok', text: 'new' },
  change: { tone: 'warn', text: 'changes' },
  same: { tone: 'neutral', text: 'no change' },
  incomplete: { tone: 'neutral', text: 'incomplete' },
} as const satisfies Record<PreviewRow['action']['kind'], unknown>

/** Whether importing it does anything. */
export const canImport = ({ action }: PreviewRow): boolean =>
  action.kind === 'add' || action.kind === 'change'

/** Where it leads: shown for each, since an endpoint or a login page elsewhere would be sent passwords. */
export const placesOf = ({ settings }: PreviewRow): readonly string[] =>
  [
    settings.clientId === undefined ? undefined : `app client ${settings.clientId}`,
    settings.username === undefined ? undefined : `as ${settings.username}`,
    settings.domain,
    ...Object.values(settings.endpoints ?? {}),
  ].filter((place) => place !== undefined)

export const countProfiles = (count: number): string => (count === 1 ? '1 profile' : `${count} profiles`)

/** "Added 2 profiles, changed 1 profile". */
export const describeDone = ({ added, changed }: { added: number; changed: number }): string => {
  const parts = [
    added > 0 && `added ${countProfiles(added)}`,
    changed > 0 && `changed ${countProfiles(changed)}`,
  ]
  const text = parts.filter((part) => part !== false).join(', ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}
