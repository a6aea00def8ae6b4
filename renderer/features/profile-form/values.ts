// Owns what the profile form holds while a person types, and how that becomes what main is sent and back. Pure; the
// client secret is no part of it. Main alone decides what is valid.
import type {
  AwsFiles,
  CredentialFormat,
  CredentialsFlow,
  Environment,
  ProfileSettings,
  SignInMethod,
} from '../../../main/profiles/profile.ts'
import type { ProfileInput } from '../../../preload/contract.ts'

export const lifetimeUnits = { minutes: 60, hours: 3_600, days: 86_400 } as const
export type LifetimeUnit = keyof typeof lifetimeUnits

/** The form's fields: text as typed, choices as chosen. Nested names are the dotted paths that main's failures carry. */
export interface FormValues {
  name: string
  environment: Environment
  userPoolId: string
  clientId: string
  identityPoolId: string
  signInMethod: SignInMethod
  username: string
  storage: ProfileSettings['storage']
  refreshLeadSeconds: string
  refreshTokenLifetime: { value: string; unit: LifetimeUnit }
  roleArn: string
  exportRegion: string
  exportFormat: CredentialFormat
  availableToCommandLine: boolean
  credentialsFlow: CredentialsFlow
  credentialsSeconds: string
  endpoints: { userPool: string; identityPool: string; sts: string; federation: string }
  /** Set in the Credentials tab; the form hands it through. */
  awsFiles: AwsFiles | undefined
}

/** What happens to the client secret on saving. */
export type SecretChange =
  | { readonly kind: 'keep' }
  /** The app client has one, but none was typed: main asks for it. */
  | { readonly kind: 'expect' }
  | { readonly kind: 'set'; readonly secret: string }
  | { readonly kind: 'remove' }

/** The form of a new profile: main's `profileDefaults`, which a test compares. */
export const emptyValues: FormValues = {
  name: '',
  environment: 'development',
  userPoolId: '',
  clientId: '',
  identityPoolId: '',
  signInMethod: 'srp',
  username: '',
  storage: 'keychain',
  refreshLeadSeconds: '300',
  refreshTokenLifetime: { value: '30', unit: 'days' },
  roleArn: '',
  exportRegion: '',
  exportFormat: 'bash',
  availableToCommandLine: false,
  credentialsFlow: 'enhanced',
  credentialsSeconds: '',
  endpoints: { userPool: '', identityPool: '', sts: '', federation: '' },
  awsFiles: undefined,
}

/** Seconds in the largest unit that takes them whole; what is no whole number of minutes keeps its fraction of one. */
export const splitLifetime = (seconds: number): FormValues['refreshTokenLifetime'] => {
  const unit: LifetimeUnit =
    seconds % lifetimeUnits.days === 0 ? 'days' : seconds % lifetimeUnits.hours === 0 ? 'hours' : 'minutes'
  return { value: String(seconds / lifetimeUnits[unit]), unit }
}

/** Fills the form from known settings; absent ones keep what the form starts with. */
export const toValues = (settings: Partial<ProfileSettings>): FormValues => ({
  name: settings.name ?? emptyValues.name,
  environment: settings.environment ?? emptyValues.environment,
  userPoolId: settings.userPoolId ?? emptyValues.userPoolId,
  clientId: settings.clientId ?? emptyValues.clientId,
  identityPoolId: settings.identityPoolId ?? emptyValues.identityPoolId,
  signInMethod: settings.signInMethod ?? emptyValues.signInMethod,
  username: settings.username ?? emptyValues.username,
  storage: settings.storage ?? emptyValues.storage,
  refreshLeadSeconds: String(settings.refreshLeadSeconds ?? emptyValues.refreshLeadSeconds),
  refreshTokenLifetime:
    settings.refreshTokenLifetimeSeconds === undefined
      ? emptyValues.refreshTokenLifetime
      : splitLifetime(settings.refreshTokenLifetimeSeconds),
  roleArn: settings.roleArn ?? emptyValues.roleArn,
  exportRegion: settings.exportRegion ?? emptyValues.exportRegion,
  exportFormat: settings.exportFormat ?? emptyValues.exportFormat,
  availableToCommandLine: settings.availableToCommandLine ?? emptyValues.availableToCommandLine,
  credentialsFlow: settings.credentialsFlow ?? emptyValues.credentialsFlow,
  credentialsSeconds: settings.credentialsSeconds?.toString() ?? emptyValues.credentialsSeconds,
  awsFiles: settings.awsFiles,
  endpoints: {
    userPool: settings.endpoints?.userPool ?? '',
    identityPool: settings.endpoints?.identityPool ?? '',
    sts: settings.endpoints?.sts ?? '',
    federation: settings.endpoints?.federation ?? '',
  },
})

/** A number where the text is one, else the text itself, so that main refuses it by name. */
const numberOr = (text: string, factor = 1): number | string => {
  const trimmed = text.trim()
  return /^\d+(?:\.\d+)?$/.test(trimmed) ? Math.round(Number(trimmed) * factor * 1_000) / 1_000 : trimmed
}

/** Only the entries that were filled in: an absent optional setting is absent, never an empty text. */
const filled = (entries: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(entries).flatMap(([key, text]) => (text.trim() === '' ? [] : [[key, text.trim()]])),
  )

/**
 * What main is sent.
 * @param hadSecret whether a client secret is stored for this profile now
 */
export const toInput = (values: FormValues, secret: SecretChange, hadSecret: boolean): ProfileInput => ({
  settings: {
    name: values.name.trim(),
    environment: values.environment,
    userPoolId: values.userPoolId.trim(),
    clientId: values.clientId.trim(),
    hasClientSecret: secret.kind === 'keep' ? hadSecret : secret.kind !== 'remove',
    signInMethod: values.signInMethod,
    storage: values.storage,
    refreshLeadSeconds: numberOr(values.refreshLeadSeconds),
    refreshTokenLifetimeSeconds: numberOr(
      values.refreshTokenLifetime.value,
      lifetimeUnits[values.refreshTokenLifetime.unit],
    ),
    exportFormat: values.exportFormat,
    availableToCommandLine: values.availableToCommandLine,
    ...(values.credentialsFlow !== emptyValues.credentialsFlow && {
      credentialsFlow: values.credentialsFlow,
    }),
    ...(values.credentialsSeconds.trim() !== '' && {
      credentialsSeconds: numberOr(values.credentialsSeconds),
    }),
    ...(values.awsFiles !== undefined && { awsFiles: values.awsFiles }),
    ...filled({
      identityPoolId: values.identityPoolId,
      username: values.username,
      roleArn: values.roleArn,
      exportRegion: values.exportRegion,
    }),
    endpoints: filled(values.endpoints),
  },
  ...(secret.kind === 'set' && { clientSecret: secret.secret }),
})
