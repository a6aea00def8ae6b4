import { describe, expect, test } from 'vitest'
import { profileSettingsSchema } from '../../../../main/profiles/profile.ts'
import {
  type FieldPath,
  fieldOf,
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
const withText = (field: FieldPath, text: string) => {
  const [head, tail] = field.split('.')
  if (tail === undefined) return { ...good, [field]: text }
  return head === 'endpoints'
    ? { ...good, endpoints: { ...good.endpoints, [tail]: text } }
    : { ...good, refreshTokenLifetime: { value: text, unit: 'minutes' as const } }
}

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
  ['credentialsSeconds', ['900', '43200', '', '899', '43201', 'soon']],
  ['endpoints.federation', ['https://signin.example.com', 'http://example.com', '']],
  ['username', ['ana', 'x'.repeat(128), 'x'.repeat(129), '']],
  ['refreshLeadSeconds', ['10', '300', '3600', '9', '3601', '12.5', 'soon']],
  ['refreshTokenLifetime.value', ['1', '60', '0.5', '1.001', '5256000', '5256001']],
  ['roleArn', ['arn:aws:iam::123456789012:role/a/b', 'arn:aws-cn:iam::123456789012:role/x', 'role/x', '']],
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

test.each(Object.entries(requiredFields))('a blank %s is refused in main’s words', (field, message) => {
  expect(mainSays(field as keyof typeof requiredFields, '')).toBe(message)
})

test('every setting of main has a place in the form', () => {
  const placed = Object.keys(profileSettingsSchema.shape).flatMap((key) =>
    key === 'endpoints'
      ? Object.keys(profileSettingsSchema.shape.endpoints.shape).map((each) => `endpoints.${each}`)
      : [key],
  )
  // What is written into AWS's files is chosen in the Credentials tab, where it is shown first.
  const elsewhere = ['hasClientSecret', 'awsFiles']
  for (const path of placed.filter((each) => !elsewhere.includes(each)))
    expect(fieldOf(path), path).toBeDefined()
  expect(fieldOf('clientSecret')).toBe('clientSecret')
  expect(fieldOf('nowhere')).toBeUndefined()
  expect(fieldOf(undefined)).toBeUndefined()
})

test('fields behind More are known as such', () => {
  expect(isMoreField('endpoints.sts')).toBe(true)
  expect(isMoreField('userPoolId')).toBe(false)
})
