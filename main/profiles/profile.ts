// Owns what a profile is: one user of one app client of one user pool. Holds no secret; those live in the vault.
import { z } from 'zod'

/** `<region>_<id>`, as in the CreateUserPool API (`[\w-]+_[0-9a-zA-Z]+`). */
const userPoolIdPattern = /^[a-z]{2}(?:-[a-z]+)+-\d_[0-9a-zA-Z]{1,55}$|^local_[0-9a-zA-Z]{1,55}$/
/** The API admits `[\w+]+` up to 128; Cognito hands out 26 lower-case letters and digits. */
const clientIdPattern = /^[a-z0-9]{1,128}$/
const identityPoolIdPattern = /^[a-z]{2}(?:-[a-z]+)+-\d:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const roleArnPattern = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/

const isSafeEndpoint = (text: string): boolean => {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, username, password } = new URL(text)
  if (username !== '' || password !== '') return false
  return (
    protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname))
  )
}

const endpoint = z
  .string()
  .trim()
  .refine(
    isSafeEndpoint,
    'An endpoint is an https address, or http on this machine only (http://127.0.0.1:9229).',
  )

export const environments = ['production', 'staging', 'development', 'other'] as const
export const signInMethods = ['srp', 'password', 'choice', 'custom', 'browser'] as const
export const credentialFormats = [
  'bash',
  'fish',
  'powershell',
  'cmd',
  'dotenv',
  'json',
  'aws-credentials',
] as const

export type Environment = (typeof environments)[number]
export type SignInMethod = (typeof signInMethods)[number]
export type CredentialFormat = (typeof credentialFormats)[number]

/** The editable part of a profile: what a person types, and what a profile file holds beside the id. */
export const profileSettingsSchema = z.object({
  name: z
    .string()
    .trim()
    .min(1, 'A profile needs a name, such as "acme-staging · ana".')
    .max(80, 'A name has at most 80 characters.'),
  environment: z.enum(environments),
  userPoolId: z.string().trim().regex(userPoolIdPattern, 'A user pool id looks like eu-west-1_Ab12Cd34E.'),
  clientId: z
    .string()
    .trim()
    .regex(clientIdPattern, 'An app client id has only lower-case letters and digits, about 26 of them.'),
  /** Whether the app client has a secret; the secret itself is in the vault. */
  hasClientSecret: z.boolean(),
  identityPoolId: z
    .string()
    .trim()
    .regex(
      identityPoolIdPattern,
      'An identity pool id looks like eu-west-1:12345678-90ab-cdef-1234-567890abcdef.',
    )
    .optional(),
  signInMethod: z.enum(signInMethods),
  /** Filled into the sign-in dialog. */
  username: z.string().trim().min(1).max(128, 'A username has at most 128 characters.').optional(),
  storage: z.enum(['keychain', 'memory']),
  /** How long before expiry tokens are refreshed; at most 20 % of a short lifetime is used. */
  refreshLeadSeconds: z
    .int('Use whole seconds.')
    .min(10, 'Use 10 seconds or more.')
    .max(3_600, 'Use an hour (3600 seconds) or less.'),
  /** The app client's refresh token validity, which Cognito tells nobody: 1 h to 10 years, 30 days unless changed. */
  refreshTokenLifetimeSeconds: z
    .int('Use whole seconds.')
    .min(60, 'Use 60 seconds or more.')
    .max(315_360_000, 'Cognito allows at most ten years.'),
  /** Role to ask the identity pool for; it must be in the token's cognito:roles. */
  roleArn: z
    .string()
    .trim()
    .regex(roleArnPattern, 'A role ARN looks like arn:aws:iam::123456789012:role/name.')
    .optional(),
  /** Region written into exported credentials; the identity pool's, then the user pool's region unless set. */
  exportRegion: z
    .string()
    .trim()
    .regex(/^[a-z]{2}(?:-[a-z]+)+-\d$/, 'A region looks like eu-west-1.')
    .optional(),
  exportFormat: z.enum(credentialFormats),
  endpoints: z.object({
    userPool: endpoint.optional(),
    identityPool: endpoint.optional(),
    sts: endpoint.optional(),
  }),
})

export const profileSchema = profileSettingsSchema.extend({ id: z.uuid() })

export type ProfileSettings = z.infer<typeof profileSettingsSchema>
export type Profile = z.infer<typeof profileSchema>

/** What a new profile starts from; the form shows the same values. */
export const profileDefaults = {
  environment: 'development',
  hasClientSecret: false,
  signInMethod: 'srp',
  storage: 'keychain',
  refreshLeadSeconds: 300,
  refreshTokenLifetimeSeconds: 30 * 24 * 3_600,
  exportFormat: 'bash',
  endpoints: {},
} as const satisfies Partial<ProfileSettings>

/** The region a user pool lives in: the part of its id before `_` (us-east-1 stands in for emulators' `local`). */
export const regionOf = (userPoolId: string): string => {
  const region = userPoolId.slice(0, userPoolId.indexOf('_'))
  return region === 'local' ? 'us-east-1' : region
}

/** The `iss` that this profile's tokens must carry: from the configuration, never from a token (cognito.md, "Tokens"). */
export const issuerOf = (profile: Pick<ProfileSettings, 'userPoolId' | 'endpoints'>): string => {
  const custom = profile.endpoints.userPool?.replace(/\/+$/, '')
  const region = regionOf(profile.userPoolId)
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'
  return `${custom ?? `https://cognito-idp.${region}.${suffix}`}/${profile.userPoolId}`
}
