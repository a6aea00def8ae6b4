import { expect, it } from 'vitest'
import {
  identityPoolEndpoint,
  loginProviderOf,
  stsEndpoint,
  userPoolEndpoint,
} from '../../../main/cognito/endpoints.ts'

const uuid = '12345678-90ab-cdef-1234-567890abcdef'

it.each([
  ['eu-west-1_Ab12', undefined, 'https://cognito-idp.eu-west-1.amazonaws.com'],
  ['cn-north-1_Ab12', undefined, 'https://cognito-idp.cn-north-1.amazonaws.com.cn'],
  ['us-gov-west-1_Ab12', undefined, 'https://cognito-idp.us-gov-west-1.amazonaws.com'],
  ['local_Ab12', 'http://127.0.0.1:9229', 'http://127.0.0.1:9229'],
])('the user pool %s with endpoint %s is asked at %s', (userPoolId, userPool, url) => {
  expect(userPoolEndpoint({ userPoolId, endpoints: { userPool } }).url).toBe(url)
})

it('an identity pool and STS are asked in the region of the identity pool', () => {
  const profile = { userPoolId: 'eu-west-1_Ab12', identityPoolId: `eu-central-1:${uuid}`, endpoints: {} }
  expect(identityPoolEndpoint(profile)).toEqual({
    region: 'eu-central-1',
    url: 'https://cognito-identity.eu-central-1.amazonaws.com',
  })
  expect(stsEndpoint(profile)).toEqual({
    region: 'eu-central-1',
    url: 'https://sts.eu-central-1.amazonaws.com',
  })
})

it.each([
  ['eu-west-1_Ab12', 'cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab12'],
  ['cn-north-1_Ab12', 'cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_Ab12'],
])('the identity pool knows %s as %s', (userPoolId, provider) => {
  expect(loginProviderOf({ userPoolId })).toBe(provider)
})
