import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkSettings } from '../../../main/profiles/check-settings.ts'
import { issuerOf, profileSettingsSchema, regionOf } from '../../../main/profiles/profile.ts'
import { sampleSettings, validSettings } from './samples.ts'

test('what is accepted survives a file and is accepted again, unchanged', () => {
  fc.assert(
    fc.property(validSettings, (settings) => {
      const first = profileSettingsSchema.parse(settings)
      expect(profileSettingsSchema.parse(JSON.parse(JSON.stringify(first)))).toEqual(first)
    }),
  )
})

test('any value of a field is either accepted for good or refused with the name of that field', () => {
  const fields = Object.keys(profileSettingsSchema.shape)
  fc.assert(
    fc.property(validSettings, fc.constantFrom(...fields), fc.anything(), (settings, field, value) => {
      const checked = checkSettings({ ...settings, [field]: value })
      const verdict = checked.ok
        ? profileSettingsSchema.parse(JSON.parse(JSON.stringify(checked.value)))
        : [checked.failure.code, checked.failure.field?.split('.')[0], checked.failure.message !== '']
      expect(verdict).toEqual(checked.ok ? checked.value : ['input.invalid', field, true])
    }),
    { numRuns: 500 },
  )
})

test.for([
  ['name', '', 'A profile needs a name, such as "acme-staging · ana".'],
  ['name', 'x'.repeat(81), 'A name has at most 80 characters.'],
  ['name', 'two\nlines', 'A name is one line.'],
  ['userPoolId', 'eu-west-1', 'A user pool id looks like eu-west-1_Ab12Cd34E.'],
  ['userPoolId', 'eu-west-1_Ab/12', 'A user pool id looks like eu-west-1_Ab12Cd34E.'],
  ['userPoolId', undefined, 'A user pool id looks like eu-west-1_Ab12Cd34E.'],
  ['clientId', '4k2v-9q1t', 'An app client id has only lower-case letters and digits, about 26 of them.'],
  [
    'identityPoolId',
    'eu-west-1_Ab12',
    'An identity pool id looks like eu-west-1:12345678-90ab-cdef-1234-567890abcdef.',
  ],
  ['roleArn', 'admin', 'A role ARN looks like arn:aws:iam::123456789012:role/name.'],
  ['exportRegion', 'Ireland', 'A region looks like eu-west-1.'],
  ['refreshLeadSeconds', 5, 'Use 10 seconds or more.'],
  ['refreshLeadSeconds', 60.5, 'Use whole seconds.'],
  ['username', 'x'.repeat(129), 'A username is one line of at most 128 characters.'],
] as const)('%s refuses %j and says what a right one looks like', ([field, value, message]) => {
  expect(checkSettings({ ...sampleSettings(), [field]: value })).toMatchObject({
    ok: false,
    failure: { code: 'input.invalid', field, message },
  })
})

test.for([
  ['https://idp.example.com', true],
  ['https://idp.example.com:8443/base/', true],
  ['http://127.0.0.1:9229', true],
  ['http://localhost:9229', true],
  ['http://[::1]:9229', true],
  ['http://idp.example.com', false],
  ['http://127.0.0.1.example.com', false],
  ['http://localhost@evil.example.com', false],
  ['https://user:password@idp.example.com', false],
  ['https://idp.example.com/?a=b', false],
  ['https://idp.example.com/#a', false],
  ['https:\\\\idp.example.com', false],
  ['https://idp.exa\nmple.com', false],
  ['ftp://127.0.0.1', false],
  ['idp.example.com', false],
] as const)('the endpoint %j is accepted: %s', ([userPool, accepted]) => {
  const checked = checkSettings(sampleSettings({ endpoints: { userPool } }))
  expect(checked.ok ? 'accepted' : checked.failure.field).toBe(accepted ? 'accepted' : 'endpoints.userPool')
})

test('space around what is typed does not count, and an empty field is none', () => {
  const typed = {
    ...sampleSettings(),
    userPoolId: ' eu-west-1_Ab12Cd34E ',
    identityPoolId: '  ',
    endpoints: { sts: '' },
  }
  const checked = checkSettings(typed)
  expect(checked.ok && checked.value.userPoolId).toBe('eu-west-1_Ab12Cd34E')
  expect(checked.ok && checked.value.identityPoolId).toBeUndefined()
  expect(checked.ok && checked.value.endpoints.sts).toBeUndefined()
})

test.for([
  ['eu-west-1_Ab12', {}, 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab12'],
  ['cn-north-1_Ab12', {}, 'https://cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_Ab12'],
  ['eusc-de-east-1_Ab12', {}, 'https://cognito-idp.eusc-de-east-1.amazonaws.eu/eusc-de-east-1_Ab12'],
  ['local_Ab12', { userPool: 'http://127.0.0.1:9229/' }, 'http://127.0.0.1:9229/local_Ab12'],
  [
    'us-east-1_Ab12',
    { userPool: 'https://cognito-idp-fips.us-east-1.amazonaws.com' },
    'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Ab12',
  ],
] as const)('the issuer of %s with %j is %s', ([userPoolId, endpoints, issuer]) => {
  expect(issuerOf({ userPoolId, endpoints })).toBe(issuer)
})

test('the region is in the pool id', () => {
  expect(regionOf('us-gov-west-1_Ab12')).toBe('us-gov-west-1')
  expect(regionOf('local_Ab12')).toBe('us-east-1')
})
