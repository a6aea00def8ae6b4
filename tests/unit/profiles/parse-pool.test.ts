import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parsePool } from '../../../main/profiles/parse-pool.ts'
import { profileSettingsSchema } from '../../../main/profiles/profile.ts'
import { validSettings } from './samples.ts'

const identityPoolId = 'eu-west-1:12345678-90ab-cdef-1234-567890abcdef'

test.for([
  ['eu-west-1_Zk3Lm0aa', { userPoolId: 'eu-west-1_Zk3Lm0aa' }],
  ['  "eu-west-1_Zk3Lm0aa"\n', { userPoolId: 'eu-west-1_Zk3Lm0aa' }],
  ['local_4tQ8mG2p', { userPoolId: 'local_4tQ8mG2p' }],
  [identityPoolId, { identityPoolId }],
  ['https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_x', { userPoolId: 'eu-west-1_x' }],
  [
    'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_x/.well-known/jwks.json',
    { userPoolId: 'eu-west-1_x' },
  ],
  ['https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_x/', { userPoolId: 'eu-west-1_x' }],
  [
    'http://127.0.0.1:9229/local_4tQ8mG2p',
    { userPoolId: 'local_4tQ8mG2p', endpoints: { userPool: 'http://127.0.0.1:9229' } },
  ],
  [
    'https://idp.example.com/base/eu-west-1_x/.well-known/openid-configuration',
    { userPoolId: 'eu-west-1_x', endpoints: { userPool: 'https://idp.example.com/base' } },
  ],
  ['arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_x', { userPoolId: 'eu-west-1_x' }],
  [`arn:aws:cognito-identity:eu-west-1:123456789012:identitypool/${identityPoolId}`, { identityPoolId }],
  [
    'https://eu-west-1.console.aws.amazon.com/cognito/v2/idp/user-pools/eu-west-1_x/applications/app-clients/4k2v9q1t?region=eu-west-1',
    { userPoolId: 'eu-west-1_x', clientId: '4k2v9q1t' },
  ],
  [
    `https://eu-west-1.console.aws.amazon.com/cognito/v2/identity/identity-pools/${encodeURIComponent(identityPoolId)}/user-statistics`,
    { identityPoolId },
  ],
  ['http://idp.example.com/eu-west-1_x', undefined],
  ['https://ana:secret@idp.example.com/eu-west-1_x', undefined],
  ['https://idp.example.com/%E0%A4%A/x', undefined],
  ['https://console.aws.amazon.com/cognito/home', undefined],
  ['eu-west-1', undefined],
  ['hello', undefined],
  ['', undefined],
] as const)('%j is read as %j', ([pasted, hint]) => {
  expect(parsePool(pasted)).toEqual(hint)
})

test('whatever is pasted, what is read out of it would be accepted in its field', () => {
  const pasted = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    validSettings.map(
      ({ userPoolId, endpoints }) => `${endpoints.userPool ?? 'https://a.example'}/${userPoolId}`,
    ),
  )
  const isAcceptable = (text: string): boolean => {
    const hint = parsePool(text) ?? {}
    return isDeepStrictEqual(profileSettingsSchema.partial().safeParse(hint).data, hint)
  }
  expect(() => fc.assert(fc.property(pasted, isAcceptable))).not.toThrow()
})
