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
import { metadataOf, rowsOf } from './metadata.ts'

export const lifetimeUnits = { minutes: 60, hours: 3_600, days: 86_400 } as const
export type LifetimeUnit = keyof typeof lifetimeUnits

/** The form's fields: text as typed, choices as chosen. Dotted names are the paths that main's failures carry. */
export interface FormValues {
  name: string
  environment: Environment
  userPoolId: string
  clientId: string
  identityPoolId: string
  signInMethod: SignInMethod
  /** Empty: none. */
  preferredChallenge: '' | NonNullable<ProfileSettings['preferredChallenge']>
  domain: string
  callbackUrl: string
  logoutUrl: string
  /** Words with spaces between them. */
  scopes: string
  identityProvider: string
  /** Rows in one text; see metadata.ts. */
  clientMetadata: string
  username: string
  storage: ProfileSettings['storage']
  refreshLeadSeconds: string
  'refreshTokenLifetime.value': string
  'refreshTokenLifetime.unit': LifetimeUnit
  roleArn: string
  exportRegion: string
  exportFormat: CredentialFormat
  availableToCommandLine: boolean
  credentialsFlow: CredentialsFlow
  credentialsSeconds: string
  /** Set in the Credentials tab; the form hands it through. */
  awsFiles: AwsFiles | undefined
  containerEndpoint: boolean | undefined
  'endpoints.userPool': string
  'endpoints.identityPool': string
  'endpoints.sts': string
  'endpoints.federation': string
}

/** The fields that hold text, choices included. */
export type TextField = {
  [K in keyof FormValues]: FormValues[K] extends string ? K : never
}[keyof FormValues]

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
  preferredChallenge: '',
  domain: '',
  callbackUrl: '',
  logoutUrl: '',
  scopes: '',
  identityProvider: '',
  clientMetadata: '',
  username: '',
  storage: 'keychain',
  refreshLeadSeconds: '300',
  'refreshTokenLifetime.value': '30',
  'refreshTokenLifetime.unit': 'days',
  roleArn: '',
  exportRegion: '',
  exportFormat: 'bash',
  availableToCommandLine: false,
  credentialsFlow: 'enhanced',
  credentialsSeconds: '',
  awsFiles: undefined,
  containerEndpoint: undefined,
  'endpoints.userPool': '',
  'endpoints.identityPool': '',
  'endpoints.sts': '',
  'endpoints.federation': '',
}

/** Seconds in the largest unit that takes them whole; what is no whole number of minutes keeps its fraction of one. */
export const splitLifetime = (
  seconds: number,
): Pick<FormValues, 'refreshTokenLifetime.value' | 'refreshTokenLifetime.unit'> => {
  const unit: LifetimeUnit =
    seconds % lifetimeUnits.days === 0 ? 'days' : seconds % lifetimeUnits.hours === 0 ? 'hours' : 'minutes'
  return {
    'refreshTokenLifetime.value': String(seconds / lifetimeUnits[unit]),
    'refreshTokenLifetime.unit': unit,
  }
}

/** Fills the form from known settings; absent ones keep what the form starts with. */
export const toValues = (settings: Partial<ProfileSettings>): FormValues => ({
  name: settings.name ?? emptyValues.name,
  environment: settings.environment ?? emptyValues.environment,
  userPoolId: settings.userPoolId ?? emptyValues.userPoolId,
  clientId: settings.clientId ?? emptyValues.clientId,
  identityPoolId: settings.identityPoolId ?? emptyValues.identityPoolId,
  signInMethod: settings.signInMethod ?? emptyValues.signInMethod,
  preferredChallenge: settings.preferredChallenge ?? '',
  domain: settings.domain ?? '',
  callbackUrl: settings.callbackUrl ?? '',
  logoutUrl: settings.logoutUrl ?? '',
  scopes: settings.scopes?.join(' ') ?? '',
  identityProvider: settings.identityProvider ?? '',
  clientMetadata: rowsOf(settings.clientMetadata),
  username: settings.username ?? emptyValues.username,
  storage: settings.storage ?? emptyValues.storage,
  refreshLeadSeconds: String(settings.refreshLeadSeconds ?? emptyValues.refreshLeadSeconds),
  ...(settings.refreshTokenLifetimeSeconds === undefined
    ? {
        'refreshTokenLifetime.value': emptyValues['refreshTokenLifetime.value'],
        'refreshTokenLifetime.unit': emptyValues['refreshTokenLifetime.unit'],
      }
    : splitLifetime(settings.refreshTokenLifetimeSeconds)),
  roleArn: settings.roleArn ?? emptyValues.roleArn,
  exportRegion: settings.exportRegion ?? emptyValues.exportRegion,
  exportFormat: settings.exportFormat ?? emptyValues.exportFormat,
  availableToCommandLine: settings.availableToCommandLine ?? emptyValues.availableToCommandLine,
  'endpoints.userPool': settings.endpoints?.userPool ?? '',
  'endpoints.identityPool': settings.endpoints?.identityPool ?? '',
  'endpoints.sts': settings.endpoints?.sts ?? '',
  'endpoints.federation': settings.endpoints?.federation ?? '',
  credentialsFlow: settings.credentialsFlow ?? emptyValues.credentialsFlow,
  credentialsSeconds: settings.credentialsSeconds?.toString() ?? emptyValues.credentialsSeconds,
  awsFiles: settings.awsFiles,
  containerEndpoint: settings.containerEndpoint,
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
export const toInput = (values: FormValues, secret: SecretChange, hadSecret: boolean): ProfileInput => {
  const words = values.scopes.split(/\s+/).filter((word) => word !== '')
  const clientMetadata = metadataOf(values.clientMetadata)
  return {
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
        values['refreshTokenLifetime.value'],
        lifetimeUnits[values['refreshTokenLifetime.unit']],
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
      ...(values.containerEndpoint !== undefined && { containerEndpoint: values.containerEndpoint }),
      ...filled({
        identityPoolId: values.identityPoolId,
        preferredChallenge: values.preferredChallenge,
        domain: values.domain,
        callbackUrl: values.callbackUrl,
        logoutUrl: values.logoutUrl,
        identityProvider: values.identityProvider,
        username: values.username,
        roleArn: values.roleArn,
        exportRegion: values.exportRegion,
      }),
      ...(words.length > 0 && { scopes: words }),
      ...(clientMetadata && { clientMetadata }),
      endpoints: filled({
        userPool: values['endpoints.userPool'],
        identityPool: values['endpoints.identityPool'],
        sts: values['endpoints.sts'],
        federation: values['endpoints.federation'],
      }),
    },
    ...(secret.kind === 'set' && { clientSecret: secret.secret }),
  }
}
