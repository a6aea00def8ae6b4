// Owns what a profile is: one user of one app client of one user pool. Holds no secret; those live in the vault.
import * as z from 'zod'
import {
  clientIdPattern,
  dnsSuffixOf,
  identityPoolIdPattern,
  isCallbackUrl,
  isLogoutUrl,
  isSafeEndpoint,
  isUserPoolHost,
  loginAddress,
  regionPattern,
  roleArnPattern,
  userPoolIdPattern,
} from './patterns.ts'

/** A line a person types; space around it does not count. `example` says what a right value looks like. */
const text = (example: string) => z.string(example).trim()

/** An empty field of a form means that nothing was given. */
const optional = <T extends z.ZodType>(schema: T) =>
  z
    .preprocess(
      (value) => (typeof value === 'string' && value.trim() === '' ? undefined : value),
      schema.optional(),
    )
    .optional()

const nameRule = 'A profile needs a name, such as "acme-staging · ana".'
const userPoolIdRule = 'A user pool id looks like eu-west-1_Ab12Cd34E.'
const clientIdRule = 'An app client id has only lower-case letters and digits, about 26 of them.'
const identityPoolIdRule = 'An identity pool id looks like eu-west-1:12345678-90ab-cdef-1234-567890abcdef.'
const usernameRule = 'A username is one line of at most 128 characters.'
const roleArnRule = 'A role ARN looks like arn:aws:iam::123456789012:role/name.'
const regionRule = 'A region looks like eu-west-1.'
const endpointRule = 'An endpoint is an https address, or http on this machine only (http://127.0.0.1:9229).'

const domainRule = 'A domain looks like acme.auth.eu-west-1.amazoncognito.com or https://login.example.com.'
const callbackUrlRule =
  'A callback URL looks like http://localhost:49152/callback or sesame://callback, as the app client lists it.'
const logoutUrlRule =
  'A sign-out URL is an https address, or looks like a callback URL, as the app client lists it.'
const scopesRule = 'Scopes are words with spaces between them, such as openid email.'
const identityProviderRule = 'A provider is named as in the user pool, such as Google.'
const clientMetadataRule = 'Client metadata are names and values of at most 2048 characters.'

const oneLine = /^\P{Cc}*$/u
/** A line that is an address. Cognito's are shorter; what is checked later on takes its time with what never ends. */
const address = (rule: string) => text(rule).max(2_048, rule)
const domain = address(domainRule).transform(loginAddress).refine(isSafeEndpoint, domainRule)
/** RFC 6749, section 3.3; a line of them, as a form has it, or a list. */
const scopes = z.preprocess(
  (typed) => (typeof typed === 'string' ? typed.split(/\s+/).filter((word) => word !== '') : typed),
  z.array(z.string(scopesRule).regex(/^[\x21\x23-\x5B\x5D-\x7E]+$/, scopesRule)).max(50, scopesRule),
)
const endpoint = address(endpointRule).refine(isSafeEndpoint, endpointRule)

export const environments = ['production', 'staging', 'development', 'other'] as const
export const preferredChallenges = ['PASSWORD_SRP', 'PASSWORD', 'EMAIL_OTP', 'SMS_OTP'] as const
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

export const awsFileKinds = ['off', 'credentials-section', 'credential-process'] as const
export const credentialsFlows = ['enhanced', 'basic'] as const

const sectionRule = 'A section name has letters, digits and the signs . _ - only, such as acme-staging.'

/** P15. `DEFAULT` would be read into every other section by Python's tools, `__proto__` breaks the SDK for JavaScript. */
export const awsFilesSchema = z.object({
  kind: z.enum(awsFileKinds),
  /** Section name; made from the profile's name unless set. */
  section: optional(
    text(sectionRule)
      .max(64, 'A section name has at most 64 characters.')
      .regex(/^(?!DEFAULT$|__proto__$)[\w.-]+$/, sectionRule),
  ),
})

/** The editable part of a profile: what a person types, and what a profile file holds beside the id. */
export const profileSettingsSchema = z.object({
  name: text(nameRule)
    .min(1, nameRule)
    .max(80, 'A name has at most 80 characters.')
    .regex(oneLine, 'A name is one line.'),
  environment: z.enum(environments),
  userPoolId: text(userPoolIdRule).regex(userPoolIdPattern, userPoolIdRule),
  clientId: text(clientIdRule).regex(clientIdPattern, clientIdRule),
  /** Whether the app client has a secret; the secret itself is in the vault. */
  hasClientSecret: z.boolean(),
  identityPoolId: optional(text(identityPoolIdRule).regex(identityPoolIdPattern, identityPoolIdRule)),
  signInMethod: z.enum(signInMethods),
  /** Choice-based sign-in asks for this one at once; without it, for PASSWORD_SRP where a password was typed, else for the list. */
  preferredChallenge: optional(z.enum(preferredChallenges)),
  /** Where the pool's login page is, for browser sign-in. */
  domain: optional(domain),
  /** One of the app client's callback URLs, letter by letter. */
  callbackUrl: optional(address(callbackUrlRule).refine(isCallbackUrl, callbackUrlRule)),
  /** One of the app client's sign-out URLs; the callback URL unless given. */
  logoutUrl: optional(address(logoutUrlRule).refine(isLogoutUrl, logoutUrlRule)),
  /** Asked for in browser sign-in; all that the app client has unless given. */
  scopes: optional(scopes),
  /** The provider that browser sign-in goes to without asking. */
  identityProvider: optional(
    text(identityProviderRule).max(128, identityProviderRule).regex(oneLine, identityProviderRule),
  ),
  /** Goes to the pool's Lambda triggers with every request that can carry it. Not secret: Cognito logs it. */
  clientMetadata: z
    .record(
      z.string().min(1, clientMetadataRule),
      z.string().max(2_048, clientMetadataRule),
      clientMetadataRule,
    )
    .optional(),
  /** Filled into the sign-in dialog. */
  username: optional(text(usernameRule).max(128, usernameRule).regex(oneLine, usernameRule)),
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
  roleArn: optional(text(roleArnRule).max(2_048, roleArnRule).regex(roleArnPattern, roleArnRule)),
  /** Region written into exported credentials; the identity pool's, then the user pool's region unless set. */
  exportRegion: optional(text(regionRule).regex(regionPattern, regionRule)),
  exportFormat: z.enum(credentialFormats),
  /** Whether the `sesame` command and whoever else asks the agent may use this profile; absent means no. */
  availableToCommandLine: z.boolean().optional(),
  /** What is kept up to date in AWS's shared files; absent means nothing. */
  awsFiles: awsFilesSchema.optional(),
  /** Whether the running app offers this profile's credentials at an endpoint of its own; absent means no. */
  containerEndpoint: z.boolean().optional(),
  /** How credentials are obtained: the identity pool's own way (1 h), or through STS, which may give up to 12 h; absent: enhanced. */
  credentialsFlow: z.enum(credentialsFlows).optional(),
  /** Asked of STS in the basic flow. Its own default is an hour, its least 15 minutes (AssumeRoleWithWebIdentity). */
  credentialsSeconds: z
    .int('Use whole seconds.')
    .min(900, 'AWS allows 15 minutes or more.')
    .max(43_200, 'AWS allows 12 hours at most.')
    .optional(),
  endpoints: z.object({
    userPool: optional(endpoint),
    identityPool: optional(endpoint),
    sts: optional(endpoint),
    /** Of console sign-in links. */
    federation: optional(endpoint),
  }),
})

export const profileSchema = profileSettingsSchema.extend({ id: z.uuid() })

export type AwsFiles = z.infer<typeof awsFilesSchema>
export type CredentialsFlow = (typeof credentialsFlows)[number]
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
  availableToCommandLine: false,
  endpoints: {},
} as const satisfies Partial<ProfileSettings>

/** The region a user pool lives in: the part of its id before `_` (us-east-1 stands in for emulators' `local`). */
export const regionOf = (userPoolId: string): string => {
  const region = userPoolId.slice(0, userPoolId.indexOf('_'))
  return region === 'local' ? 'us-east-1' : region
}

/** The region written into exported credentials: what is set, else the identity pool's (`<region>:<uuid>`), else the user pool's. */
export const exportRegionOf = ({
  exportRegion,
  identityPoolId,
  userPoolId,
}: Pick<ProfileSettings, 'exportRegion' | 'identityPoolId' | 'userPoolId'>): string =>
  exportRegion ?? identityPoolId?.split(':', 1)[0] ?? regionOf(userPoolId)

/**
 * The `iss` that this profile's tokens must carry: from the configuration, never from a token (cognito.md, "Tokens").
 * Another endpoint of Cognito's own (FIPS, VPC) does not change the issuer; an endpoint elsewhere is its own issuer.
 */
export const issuerOf = (profile: Pick<ProfileSettings, 'userPoolId' | 'endpoints'>): string => {
  const region = regionOf(profile.userPoolId)
  const own = `https://cognito-idp.${region}.${dnsSuffixOf(region)}`
  const custom = profile.endpoints.userPool?.replace(/\/+$/, '')
  const base = custom === undefined || isUserPoolHost(new URL(custom).hostname) ? own : custom
  return `${base}/${profile.userPoolId}`
}
