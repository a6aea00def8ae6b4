// Owns what each claim of a Cognito token means, in a few words (cognito.md, "Tokens"; OpenID Connect Core 1.0 section 5.1).

/** How a claim's value is best shown. */
export type ClaimKind = 'text' | 'id' | 'role' | 'time' | 'chips' | 'scopes' | 'issuer' | 'client'

interface Explanation {
  readonly kind: ClaimKind
  readonly text: string
}

const known: Readonly<Record<string, Explanation>> = {
  sub: { kind: 'id', text: 'Unique, permanent user id' },
  'cognito:username': { kind: 'text', text: 'Username in the user pool' },
  username: { kind: 'text', text: 'Username in the user pool' },
  preferred_username: { kind: 'text', text: 'Name the user may also sign in with' },
  email: { kind: 'text', text: 'E-mail address' },
  email_verified: { kind: 'text', text: 'Whether the e-mail address was verified' },
  phone_number: { kind: 'text', text: 'Phone number' },
  phone_number_verified: { kind: 'text', text: 'Whether the phone number was verified' },
  name: { kind: 'text', text: 'Full name' },
  given_name: { kind: 'text', text: 'First name' },
  family_name: { kind: 'text', text: 'Last name' },
  middle_name: { kind: 'text', text: 'Middle name' },
  nickname: { kind: 'text', text: 'Nickname' },
  profile: { kind: 'text', text: 'Address of a profile page' },
  picture: { kind: 'text', text: 'Address of a picture' },
  website: { kind: 'text', text: 'Website' },
  gender: { kind: 'text', text: 'Gender' },
  birthdate: { kind: 'text', text: 'Date of birth' },
  zoneinfo: { kind: 'text', text: 'Time zone' },
  locale: { kind: 'text', text: 'Language and region' },
  address: { kind: 'text', text: 'Postal address' },
  updated_at: { kind: 'time', text: 'Attributes changed' },
  identities: { kind: 'text', text: 'Identity providers this user is linked to' },
  'cognito:groups': { kind: 'chips', text: 'Groups in the user pool' },
  'cognito:roles': { kind: 'chips', text: 'IAM roles of those groups' },
  'cognito:preferred_role': { kind: 'role', text: 'IAM role of the group that comes first' },
  scope: { kind: 'scopes', text: 'What this token may be used for' },
  auth_time: { kind: 'time', text: 'Signed in' },
  iat: { kind: 'time', text: 'Issued' },
  nbf: { kind: 'time', text: 'Not valid before' },
  exp: { kind: 'time', text: 'Expires' },
  iss: { kind: 'issuer', text: 'User pool that issued it' },
  aud: { kind: 'client', text: 'App client it is for' },
  client_id: { kind: 'client', text: 'App client it was issued to' },
  token_use: { kind: 'text', text: 'Which of the two tokens this is' },
  version: { kind: 'text', text: 'Version of the token format' },
  jti: { kind: 'id', text: 'Id of this token' },
  origin_jti: { kind: 'id', text: 'Id of the sign-in; revoking ends every token with it' },
  event_id: { kind: 'id', text: "Id of the sign-in in the pool's logs" },
  device_key: { kind: 'id', text: 'Remembered device' },
  nonce: { kind: 'id', text: 'Ties the token to one browser sign-in' },
  at_hash: { kind: 'id', text: 'Hash of the access token issued with it' },
}

/** The order claims are shown in: who, what they may, until when, from whom, the rest. Unlisted ones come before times. */
const beforeCustom = [
  'sub',
  'cognito:username',
  'username',
  'email',
  'phone_number',
  'preferred_username',
  'name',
  'given_name',
  'family_name',
  'client_id',
  'scope',
  'cognito:groups',
  'cognito:roles',
  'cognito:preferred_role',
]
const afterCustom = [
  'auth_time',
  'iat',
  'nbf',
  'exp',
  'iss',
  'aud',
  'token_use',
  'version',
  'jti',
  'origin_jti',
  'event_id',
  'device_key',
  'nonce',
  'at_hash',
]

export const isCustom = (name: string): boolean =>
  name.startsWith('custom:') || name.startsWith('dev:custom:')

/** What a claim is. One that Cognito does not define can only come from a Lambda trigger of the pool. */
export const explain = (name: string): Explanation => {
  if (name.startsWith('dev:custom:')) return { kind: 'text', text: 'Custom attribute, for developers only' }
  if (name.startsWith('custom:')) return { kind: 'text', text: 'Custom attribute' }
  return Object.hasOwn(known, name) && known[name] !== undefined
    ? known[name]
    : { kind: 'text', text: 'Added by a Lambda trigger of the pool' }
}

/** Place of a claim in the table; equal places keep the token's own order. */
export const placeOfClaim = (name: string): number => {
  const early = beforeCustom.indexOf(name)
  if (early !== -1) return early
  const late = afterCustom.indexOf(name)
  return late === -1 ? beforeCustom.length : beforeCustom.length + 1 + late
}
