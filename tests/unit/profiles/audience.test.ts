import { describe, expect, it } from 'vitest'
import { audienceOf, isSecretFor, isSessionFor } from '../../../main/profiles/audience.ts'
import type { ProfileSettings } from '../../../main/profiles/profile.ts'
import { sampleSettings } from './samples.ts'

const own = 'https://acme.auth.eu-west-1.amazoncognito.com'
const custom = 'https://login.acme.example'
const evil = 'https://evil.example'
const at = (userPool: string): Partial<ProfileSettings> => ({ endpoints: { userPool } })

describe('a profile pointed elsewhere', () => {
  it.each<
    [string, Partial<ProfileSettings>, Partial<ProfileSettings>, { session: boolean; secret: boolean }]
  >([
    ['nowhere else', {}, { name: 'other', refreshLeadSeconds: 60 }, { session: true, secret: true }],
    ['to another app client', {}, { clientId: 'another' }, { session: false, secret: false }],
    ['to another pool', {}, { userPoolId: 'eu-west-1_Other' }, { session: false, secret: false }],
    ['to an endpoint of a stranger', {}, at(evil), { session: false, secret: false }],
    [
      'to a stranger at API Gateway',
      {},
      at('https://a1b2.execute-api.eu-west-1.amazonaws.com'),
      { session: false, secret: false },
    ],
    [
      'to a stranger behind a load balancer',
      {},
      at('https://cognito-idp-1.eu-west-1.elb.amazonaws.com'),
      { session: false, secret: false },
    ],
    [
      "to a stranger's VPC endpoint service",
      {},
      at('https://vpce-1.vpce-svc-1.eu-west-1.vpce.amazonaws.com'),
      { session: false, secret: false },
    ],
    [
      "to Cognito's FIPS endpoint",
      {},
      at('https://cognito-idp-fips.eu-west-1.amazonaws.com'),
      { session: true, secret: true },
    ],
    [
      "to Cognito's dual-stack endpoint",
      {},
      at('https://cognito-idp.eu-west-1.api.aws'),
      { session: true, secret: true },
    ],
    [
      'to a VPC endpoint of Cognito',
      {},
      at('https://vpce-0a-1b.cognito-idp.eu-west-1.vpce.amazonaws.com'),
      { session: true, secret: true },
    ],
    ["to a login page of Cognito's own", {}, { domain: own }, { session: true, secret: true }],
    ['to a first login page elsewhere', {}, { domain: custom }, { session: true, secret: false }],
    ['to another login page', { domain: custom }, { domain: evil }, { session: false, secret: false }],
    [
      "from Cognito's login page elsewhere",
      { domain: own },
      { domain: evil },
      { session: false, secret: false },
    ],
    [
      'to a login page that only looks like Cognito',
      { domain: own },
      { domain: 'https://acme.auth.eu-west-1.amazoncognito.com.evil.example' },
      { session: false, secret: false },
    ],
    ['to no login page', { domain: custom }, { domain: undefined }, { session: false, secret: true }],
  ])('%s takes along what belongs there', (_, before, after, expected) => {
    const audience = audienceOf(sampleSettings(before))
    const now = sampleSettings({ ...before, ...after })
    expect({ session: isSessionFor(audience, now), secret: isSecretFor(audience, now) }).toEqual(expected)
  })
})
