import { describe, expect, test } from 'vitest'
import {
  type ProfileSettings,
  profileDefaults,
  profileSettingsSchema,
} from '../../../../main/profiles/profile.ts'
import { fieldOf } from '../../../../renderer/features/profile-form/hints.ts'
import { type MetadataRow, writeRows } from '../../../../renderer/features/profile-form/metadata.ts'
import {
  emptyValues,
  splitLifetime,
  toInput,
  toValues,
} from '../../../../renderer/features/profile-form/values.ts'

const settings: ProfileSettings = {
  name: 'acme-staging · ana',
  environment: 'staging',
  userPoolId: 'eu-west-1_Qx7Ab91c',
  clientId: '4k2v9q1t0abcdefghijklmnopq',
  hasClientSecret: true,
  identityPoolId: 'eu-west-1:12345678-90ab-cdef-1234-567890abcdef',
  signInMethod: 'password',
  preferredChallenge: 'EMAIL_OTP',
  domain: 'https://login.example.com',
  callbackUrl: 'http://localhost:49152/callback',
  logoutUrl: 'sesame://signed-out',
  scopes: ['openid', 'orders/read'],
  identityProvider: 'Google',
  clientMetadata: { tenant: 'acme', 'with = and "': 'a b' },
  username: 'ana@acme.io',
  storage: 'memory',
  refreshLeadSeconds: 120,
  refreshTokenLifetimeSeconds: 5_400,
  roleArn: 'arn:aws:iam::123456789012:role/orders-dev',
  exportRegion: 'eu-central-1',
  exportFormat: 'powershell',
  availableToCommandLine: true,
  credentialsFlow: 'basic',
  credentialsSeconds: 43_200,
  awsFiles: { kind: 'credentials-section', section: 'acme' },
  containerEndpoint: true,
  endpoints: {
    userPool: 'http://127.0.0.1:9229',
    sts: 'https://sts.example.com',
    federation: 'https://signin.example.com',
  },
}

test('settings pass through the form unchanged', () => {
  expect(toInput(toValues(settings), { kind: 'keep' }, true)).toEqual({ settings })
})

test('a new form starts from the same values as main', () => {
  const { settings: sent } = toInput(emptyValues, { kind: 'keep' }, false)
  expect(sent).toEqual({ ...profileDefaults, name: '', userPoolId: '', clientId: '' })
})

test('what was left blank is absent, so that main does not refuse an empty text', () => {
  const values = { ...toValues(settings), identityPoolId: '  ', username: '', roleArn: '', exportRegion: '' }
  const { settings: sent } = toInput(values, { kind: 'keep' }, true)
  expect(Object.keys(sent)).not.toEqual(expect.arrayContaining(['identityPoolId']))
  expect(profileSettingsSchema.safeParse(sent).success).toBe(true)
})

test('rows of client metadata that were left blank are not sent; a value without a name is, to be refused', () => {
  const sent = (rows: readonly MetadataRow[]) =>
    toInput({ ...toValues(settings), clientMetadata: writeRows(rows) }, { kind: 'keep' }, true).settings
  expect(
    sent([
      { name: ' tenant ', value: 'a' },
      { name: '', value: '' },
    ]),
  ).toMatchObject({
    clientMetadata: { tenant: 'a' },
  })
  expect(sent([{ name: ' ', value: '' }])).not.toHaveProperty('clientMetadata')
  const { error } = profileSettingsSchema.safeParse(sent([{ name: '', value: 'a' }]))
  expect(fieldOf(error?.issues[0]?.path.join('.'))).toBe('clientMetadata')
})

describe('the client secret', () => {
  const values = toValues(settings)
  test.each([
    ['is left as stored', { kind: 'keep' }, true, true, undefined],
    ['stays absent', { kind: 'keep' }, false, false, undefined],
    ['is set', { kind: 'set', secret: 's3cr3t' }, false, true, 's3cr3t'],
    ['is known to be missing', { kind: 'expect' }, false, true, undefined],
    ['is removed', { kind: 'remove' }, true, false, undefined],
  ] as const)('%s', (_name, change, hadSecret, hasClientSecret, clientSecret) => {
    const input = toInput(values, change, hadSecret)
    expect(input.settings['hasClientSecret']).toBe(hasClientSecret)
    expect(input.clientSecret).toBe(clientSecret)
  })
})

test.each([
  [2_592_000, '30', 'days'],
  [86_400, '1', 'days'],
  [36_000, '10', 'hours'],
  [5_400, '90', 'minutes'],
  [90, '1.5', 'minutes'],
])('a lifetime of %d s is shown as %s %s and comes back the same', (seconds, value, unit) => {
  const split = splitLifetime(seconds)
  expect(split).toEqual({ 'refreshTokenLifetime.value': value, 'refreshTokenLifetime.unit': unit })
  const sent = toInput({ ...emptyValues, ...split }, { kind: 'keep' }, false)
  expect(sent.settings['refreshTokenLifetimeSeconds']).toBe(seconds)
})

test('text that is no number reaches main as it is, which refuses it by name', () => {
  const { settings: sent } = toInput(
    { ...toValues(settings), refreshLeadSeconds: 'soon' },
    { kind: 'keep' },
    true,
  )
  const parsed = profileSettingsSchema.safeParse(sent)
  expect(parsed.error?.issues[0]?.path).toEqual(['refreshLeadSeconds'])
})
