// Owns the words of an import: formats, settings, what becomes of each profile. Pure.
import type { ProfileSettings } from '../../../main/profiles/profile.ts'
import type { ImportPreview } from '../../../preload/views.ts'
import { awsFilesLabels } from '../../format/aws-files.ts'

export type PreviewRow = ImportPreview['profiles'][number]

export const formatWords: Record<ImportPreview['format'], string> = {
  'amplify-outputs': 'the outputs of Amplify',
  'aws-exports': 'an Amplify configuration',
  'cdk-outputs': 'CDK outputs',
  'pool-address': 'the address of a user pool',
  'shared-profiles': 'profiles exported by Sesame',
}

/** What main may name as a change; `endpoints.…` each by itself. */
type SettingPath =
  | Exclude<keyof ProfileSettings, 'endpoints'>
  | `endpoints.${keyof ProfileSettings['endpoints']}`

/** Every setting by the name the profile form gives it: a new one does not compile until it has words here. */
const settingWords: Readonly<Record<SettingPath, string>> = {
  availableToCommandLine: 'available to the command line',
  awsFiles: 'AWS files',
  callbackUrl: 'callback URL',
  clientId: 'app client id',
  clientMetadata: 'client metadata',
  containerEndpoint: 'container endpoint',
  credentialsFlow: 'way to credentials',
  credentialsSeconds: 'seconds that credentials last',
  domain: 'domain of the login page',
  'endpoints.federation': 'federation endpoint',
  'endpoints.identityPool': 'identity pool endpoint',
  'endpoints.sts': 'STS endpoint',
  'endpoints.userPool': 'user pool endpoint',
  environment: 'environment',
  exportFormat: 'export format',
  exportRegion: 'export region',
  hasClientSecret: 'app client secret',
  identityPoolId: 'identity pool id',
  identityProvider: 'identity provider',
  logoutUrl: 'sign-out URL',
  name: 'name',
  preferredChallenge: 'preferred way',
  refreshLeadSeconds: 'refresh ahead',
  refreshTokenLifetimeSeconds: 'refresh token lifetime',
  roleArn: 'role ARN',
  scopes: 'scopes',
  signInMethod: 'sign-in method',
  storage: 'storage',
  userPoolId: 'user pool id',
  username: 'username',
}

const isSetting = (field: string): field is SettingPath => Object.hasOwn(settingWords, field)

export const settingName = (field: string): string => (isSetting(field) ? settingWords[field] : field)

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

/**
 * Where it leads and what it opens: shown for each, since an endpoint or a login page elsewhere would be sent passwords, and
 * other programs would be given credentials.
 */
export const placesOf = ({ settings }: PreviewRow): readonly string[] => {
  const places = [
    settings.clientId === undefined ? undefined : `app client ${settings.clientId}`,
    settings.username === undefined ? undefined : `as ${settings.username}`,
    settings.domain,
    ...Object.values(settings.endpoints ?? {}),
    settings.availableToCommandLine === true ? 'available to the command line' : undefined,
    settings.awsFiles === undefined || settings.awsFiles.kind === 'off'
      ? undefined
      : `AWS files: ${awsFilesLabels[settings.awsFiles.kind]}`,
  ]
  // One endpoint often answers for all.
  return [...new Set(places.filter((place) => place !== undefined))]
}

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
