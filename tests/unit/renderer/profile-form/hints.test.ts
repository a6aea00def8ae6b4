import { describe, expect, test } from 'vitest'
import { profileSettingsSchema } from '../../../../main/profiles/profile.ts'
import {
  type FieldPath,
  fieldOf,
  formFields,
  hints,
  isMoreField,
  requiredFields,
} from '../../../../renderer/features/profile-form/hints.ts'
import { emptyValues, toInput } from '../../../../renderer/features/profile-form/values.ts'

const good = {
  ...emptyValues,
  name: 'acme',
  userPoolId: 'eu-west-1_Qx7Ab91c',
  clientId: '4k2v9q1t0abcdefghijklmnopq',
}

/** The form with one field set to a text. */
const withText = (field: FieldPath, text: string) => ({
  ...good,
  ...(field === 'refreshTokenLifetime.value' && { 'refreshTokenLifetime.unit': 'minutes' as const }),
  [field]: text,
})

/** What main says of that field. */
const mainSays = (field: FieldPath, text: string): string | undefined => {
  const { settings } = toInput(withText(field, text), { kind: 'keep' }, false)
  const issue = profileSettingsSchema.safeParse(settings).error?.issues[0]
  if (issue !== undefined) expect(fieldOf(issue.path.join('.'))).toBe(field)
  return issue?.message
}

const texts: readonly [FieldPath, readonly string[]][] = [
  ['name', ['acme', 'x'.repeat(80), 'x'.repeat(81)]],
  [
    'userPoolId',
    [
      'eu-west-1_Ab12Cd34E',
      'us-gov-west-1_a',
      'local_demo',
      'eu-west-1',
      'EU-west-1_A',
      'eu-west-1_A-b',
      ' eu-west-1_A ',
    ],
  ],
  ['clientId', ['4k2v9q1t0abcdefghijklmnopq', 'a', '4k2v-9q1t', 'ABC', 'x'.repeat(129)]],
  [
    'identityPoolId',
    [
      'eu-west-1:12345678-90ab-cdef-1234-567890abcdef',
      'eu-west-1:12345678-90AB-cdef-1234-567890abcdef',
      'eu-west-1_12345678',
      '',
    ],
  ],
  ['username', ['ana', 'x'.repeat(128), 'x'.repeat(129), '']],
  ['refreshLeadSeconds', ['10', '300', '3600', '9', '3601', '12.5', 'soon']],
  ['refreshTokenLifetime.value', ['1', '60', '0.5', '1.001', '5256000', '5256001']],
  ['roleArn', ['arn:aws:iam::123456789012:role/a/b', 'arn:aws-cn:iam::123456789012:role/x', 'role/x', '']],
  [
    'domain',
    [
      'acme.auth.eu-west-1.amazoncognito.com',
      'https://login.example.com/',
      'http://127.0.0.1:9229',
      'http://login.example.com',
      'login example',
      '',
    ],
  ],
  [
    'callbackUrl',
    [
      'http://localhost:49152/callback',
      'http://127.0.0.1:1/',
      'sesame://callback',
      'http://localhost/callback',
      'https://example.com/callback',
      'sesame://a?b',
      '',
    ],
  ],
  ['logoutUrl', ['https://example.com/bye', 'sesame://bye', 'http://localhost:1/bye', 'ftp://x', '']],
  ['scopes', ['openid email', ' openid ', 'orders/read', 'a"b', 'ö', '']],
  ['identityProvider', ['Google', 'x'.repeat(128), 'x'.repeat(129), '']],
  ['exportRegion', ['eu-west-1', 'us-gov-west-1', 'europe', '']],
  [
    'endpoints.userPool',
    [
      'http://127.0.0.1:9229',
      'http://localhost',
      'https://a.example',
      'http://a.example',
      'ftp://127.0.0.1',
      'https://user:pw@a.example',
      'https://a.example/?q',
      'nonsense',
    ],
  ],
]

describe('a hint says what main says, in the same words, and nothing where main accepts', () => {
  test.each(texts.flatMap(([field, values]) => values.map((text) => [field, text] as const)))(
    '%s: %j',
    (field, text) => {
      expect(hints[field]?.(text, withText(field, text))).toBe(mainSays(field, text))
    },
  )
})

test.each(['name', 'userPoolId', 'clientId'] as const)('a blank %s is refused in main’s words', (field) => {
  expect(mainSays(field, '')).toBe(requiredFields[field])
})

const endpointPaths = Object.keys(profileSettingsSchema.shape.endpoints.shape).map(
  (key) => `endpoints.${key}`,
)
const settingPaths = Object.keys(profileSettingsSchema.shape)
  // One field per endpoint; what follows from the client secret; what is chosen in the Credentials tab.
  .filter((key) => !['endpoints', 'hasClientSecret', 'awsFiles', 'containerEndpoint'].includes(key))

test.each([...settingPaths, ...endpointPaths, 'clientSecret'])(
  'main’s %s has a place in the form',
  (path) => {
    expect(formFields).toContain(fieldOf(path))
  },
)

test('a failure about something else has none', () => {
  expect(fieldOf('nowhere')).toBeUndefined()
  expect(fieldOf(undefined)).toBeUndefined()
})

test('fields behind More are known as such', () => {
  expect(isMoreField('endpoints.sts')).toBe(true)
  expect(isMoreField('userPoolId')).toBe(false)
})
