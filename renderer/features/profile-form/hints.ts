// Owns the light checks made when a field is left: shape only, by main's patterns and in main's words. They never refuse
// what main accepts (a test holds both against each other); main decides.
import {
  clientIdPattern,
  identityPoolIdPattern,
  isCallbackUrl,
  isLoginDomain,
  isLogoutUrl,
  isSafeEndpoint,
  regionPattern,
  roleArnPattern,
  userPoolIdPattern,
} from '../../../main/profiles/patterns.ts'
import { type FormValues, lifetimeUnits } from './values.ts'

/** The fields that can carry an error. */
export type FieldPath = Exclude<
  keyof FormValues,
  'refreshTokenLifetime.unit' | 'awsFiles' | 'containerEndpoint'
>

/** Answers what is wrong with a text, or undefined. Blank is fine here; see `requiredFields`. */
type Hint = (text: string, values: FormValues) => string | undefined

const shaped =
  (pattern: RegExp, message: string): Hint =>
  (text) =>
    text.trim() === '' || pattern.test(text.trim()) ? undefined : message

const atMost =
  (limit: number, message: string): Hint =>
  (text) =>
    text.trim().length > limit ? message : undefined

const fitting =
  (fits: (text: string) => boolean, message: string): Hint =>
  (text) =>
    text.trim() === '' || fits(text.trim()) ? undefined : message

const endpoint = fitting(
  isSafeEndpoint,
  'An endpoint is an https address, or http on this machine only (http://127.0.0.1:9229).',
)

const between = (seconds: number, low: readonly [number, string], high: readonly [number, string]) =>
  Number.isInteger(seconds)
    ? seconds < low[0]
      ? low[1]
      : seconds > high[0]
        ? high[1]
        : undefined
    : 'Use whole seconds.'

const poolIdMessage = 'A user pool id looks like eu-west-1_Ab12Cd34E.'
const clientIdMessage = 'An app client id has only lower-case letters and digits, about 26 of them.'

export const hints: { readonly [P in FieldPath]?: Hint } = {
  name: atMost(80, 'A name has at most 80 characters.'),
  userPoolId: shaped(userPoolIdPattern, poolIdMessage),
  clientId: shaped(clientIdPattern, clientIdMessage),
  identityPoolId: shaped(
    identityPoolIdPattern,
    'An identity pool id looks like eu-west-1:12345678-90ab-cdef-1234-567890abcdef.',
  ),
  username: atMost(128, 'A username is one line of at most 128 characters.'),
  refreshLeadSeconds: (text) =>
    between(
      Number(text.trim() || Number.NaN),
      [10, 'Use 10 seconds or more.'],
      [3_600, 'Use an hour (3600 seconds) or less.'],
    ),
  'refreshTokenLifetime.value': (text, values) =>
    between(
      Number(text.trim() || Number.NaN) * lifetimeUnits[values['refreshTokenLifetime.unit']],
      [60, 'Use 60 seconds or more.'],
      [315_360_000, 'Cognito allows at most ten years.'],
    ),
  domain: fitting(
    isLoginDomain,
    'A domain looks like acme.auth.eu-west-1.amazoncognito.com or https://login.example.com.',
  ),
  callbackUrl: fitting(
    isCallbackUrl,
    'A callback URL looks like http://localhost:49152/callback or sesame://callback, as the app client lists it.',
  ),
  logoutUrl: fitting(
    isLogoutUrl,
    'A sign-out URL is an https address, or looks like a callback URL, as the app client lists it.',
  ),
  scopes: shaped(
    /^[\s\x21\x23-\x5B\x5D-\x7E]*$/,
    'Scopes are words with spaces between them, such as openid email.',
  ),
  identityProvider: atMost(128, 'A provider is named as in the user pool, such as Google.'),
  roleArn: shaped(roleArnPattern, 'A role ARN looks like arn:aws:iam::123456789012:role/name.'),
  exportRegion: shaped(regionPattern, 'A region looks like eu-west-1.'),
  credentialsSeconds: (text) =>
    text.trim() === ''
      ? undefined
      : between(
          Number(text.trim()),
          [900, 'AWS allows 15 minutes or more.'],
          [43_200, 'AWS allows 12 hours at most.'],
        ),
  'endpoints.userPool': endpoint,
  'endpoints.identityPool': endpoint,
  'endpoints.sts': endpoint,
  'endpoints.federation': endpoint,
}

/** What must be filled in before anything is sent, and what is said when it is not: main's words for the empty text. */
export const requiredFields = {
  name: 'A profile needs a name, such as "acme-staging · ana".',
  userPoolId: poolIdMessage,
  clientId: clientIdMessage,
} as const satisfies { readonly [P in FieldPath]?: string }

export const isRequired = (path: FieldPath): path is keyof typeof requiredFields =>
  Object.hasOwn(requiredFields, path)

/** Every field that can be refused, in the order of the form. */
export const formFields: readonly (FieldPath | 'clientSecret')[] = [
  'name',
  'userPoolId',
  'clientId',
  'clientSecret',
  'signInMethod',
  'preferredChallenge',
  'identityPoolId',
  'environment',
  'username',
  'storage',
  'refreshLeadSeconds',
  'refreshTokenLifetime.value',
  'roleArn',
  'exportRegion',
  'exportFormat',
  'availableToCommandLine',
  'domain',
  'callbackUrl',
  'logoutUrl',
  'scopes',
  'identityProvider',
  'clientMetadata',
  'credentialsFlow',
  'credentialsSeconds',
  'endpoints.userPool',
  'endpoints.identityPool',
  'endpoints.sts',
  'endpoints.federation',
]

/** Where the form shows a failure of main, by the failure's dotted path; undefined for a field the form does not have. */
export const fieldOf = (path: string | undefined): FieldPath | 'clientSecret' | undefined => {
  if (path === 'refreshTokenLifetimeSeconds') return 'refreshTokenLifetime.value'
  // Which scope, which row: the field shows all of them.
  const [head] = path?.split('.') ?? []
  const whole = head === 'scopes' || head === 'clientMetadata' ? head : path
  return formFields.find((field) => field === whole)
}

/** The fields behind "More", which opens when one of them is refused. */
const moreFields: ReadonlySet<string> = new Set<FieldPath>([
  'storage',
  'refreshLeadSeconds',
  'refreshTokenLifetime.value',
  'roleArn',
  'exportRegion',
  'exportFormat',
  'availableToCommandLine',
  'domain',
  'callbackUrl',
  'logoutUrl',
  'scopes',
  'identityProvider',
  'clientMetadata',
  'credentialsFlow',
  'credentialsSeconds',
  'endpoints.userPool',
  'endpoints.identityPool',
  'endpoints.sts',
  'endpoints.federation',
])

export const isMoreField = (field: string): boolean => moreFields.has(field)
