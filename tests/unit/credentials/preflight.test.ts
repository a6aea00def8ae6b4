import { describe, expect, test } from 'vitest'
import { type PreflightDeps, runPreflight, stepOfFailure } from '../../../main/credentials/preflight.ts'
import { type FailureCode, fail, failure, ok } from '../../../main/failure.ts'
import type { Profile } from '../../../main/profiles/profile.ts'
import { decodeJWT } from '../../../main/sessions/jwt.ts'
import type { Verification } from '../../../main/sessions/ports.ts'
import { valueOf } from '../../integration/cognito/support.ts'
import { profileOf, unsignedToken } from '../cognito/support.ts'

const reader = 'arn:aws:iam::111122223333:role/Reader'
const profile = profileOf({ identityPoolId: 'eu-west-1:12345678-90ab-cdef-1234-567890abcdef' })
const issuer = 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Test0Pool'
const claims = {
  iss: issuer,
  aud: profile.clientId,
  sub: 's',
  'cognito:username': 'ana',
  'cognito:roles': [reader],
}
const credentials = {
  accessKeyId: 'A',
  secretAccessKey: 'S',
  sessionToken: 'T',
  expiresAt: 1,
  obtainedAt: 0,
  roleArn: undefined,
}

const tokenOf = (of: object) => {
  const raw = unsignedToken(of)
  return { raw, ...valueOf(decodeJWT(raw)) }
}

interface Wrong {
  readonly pool?: FailureCode
  readonly token?: FailureCode
  readonly claims?: object
  readonly verification?: Verification
  readonly credentials?: readonly [FailureCode, detail?: string]
  readonly sts?: FailureCode
  readonly offsetMs?: number
}

const deps = (wrong: Wrong): PreflightDeps => {
  const token = tokenOf({ ...claims, ...wrong.claims })
  return {
    issuer: { check: async () => (wrong.pool ? fail(wrong.pool) : ok({ issuer, keys: 2 })) },
    sessions: {
      clockOffsetMs: wrong.offsetMs,
      fetchAuthSession: async () =>
        wrong.token
          ? fail(wrong.token)
          : ok({ tokens: { idToken: token, accessToken: token }, userSub: 's' }),
      claims: async () => {
        const verification = wrong.verification ?? { kind: 'verified' }
        const { header, payload } = token
        const view = { header, payload, verification }
        return ok({ id: view, access: view, expected: { issuer, clientId: profile.clientId } })
      },
      getCredentials: async () => {
        const [code, detail] = wrong.credentials ?? []
        return code ? fail(code, { detail }) : ok({ credentials, identityId: 'eu-west-1:me' })
      },
      testCredentials: async () =>
        wrong.sts
          ? fail(wrong.sts)
          : ok({ account: '1', arn: 'arn:aws:sts::1:assumed-role/Reader/x', userId: 'u' }),
    },
  }
}

const outcomes = async (wrong: Wrong, settings: Partial<Profile> = {}) => {
  const steps = await runPreflight(deps(wrong), { ...profile, ...settings })
  return Object.fromEntries(steps.map((step) => [step.id, step.outcome]))
}

test('all is well: every step has passed, in order, with what was found', async () => {
  const steps = await runPreflight(deps({}), profile)
  expect(steps.map(({ id, outcome }) => [id, outcome])).toEqual(
    ['user-pool', 'token', 'provider', 'client', 'identity-pool', 'role', 'clock'].map((id) => [
      id,
      'passed',
    ]),
  )
  expect(steps.find(({ id }) => id === 'provider')?.detail).toBe(
    'cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Test0Pool',
  )
  expect(steps.find(({ id }) => id === 'role')?.detail).toContain('assumed-role/Reader')
})

describe('what fails is named, and what comes after it is not judged', () => {
  test.each<[failed: string, why: string, wrong: Wrong, settings?: Partial<Profile>]>([
    ['user-pool', 'is not there', { pool: 'config.pool-not-found' }],
    ['token', 'nobody is signed in', { token: 'session.none' }],
    ['token', 'the session was revoked', { credentials: ['session.revoked'] }],
    ['token', "its signature is not the pool's", { verification: { kind: 'refused', reason: 'No.' } }],
    [
      'token',
      'AWS cannot verify it',
      { credentials: ['credentials.not-supported-provider', "Couldn't verify signed token."] },
    ],
    ['provider', 'the token is of another pool', { claims: { iss: 'https://elsewhere' } }],
    [
      'provider',
      'the identity pool has another',
      { credentials: ['credentials.not-supported-provider', "Issuer doesn't match providerName"] },
    ],
    ['client', 'the token is of another client', { claims: { aud: 'another' } }],
    [
      'client',
      'the identity pool does not list it',
      { credentials: ['credentials.not-supported-provider', 'Token is not from a supported provider'] },
    ],
    ['identity-pool', 'there is none', { credentials: ['credentials.no-identity-pool'] }],
    ['identity-pool', 'AWS does not know it', { credentials: ['credentials.identity-pool-not-found'] }],
    ['identity-pool', 'it cannot be reached', { credentials: ['network.offline'] }],
    [
      'role',
      'the token does not offer it',
      { credentials: ['credentials.role'] },
      { roleArn: 'arn:aws:iam::111122223333:role/Other' },
    ],
    ['role', 'its trust policy refuses', { credentials: ['credentials.role'] }],
    ['role', 'STS refuses what it gave', { sts: 'credentials.refused' }],
  ])('%s: %s', async (failed, _, wrong, settings) => {
    const found = await outcomes(wrong, settings)
    expect(found[failed]).toBe('failed')
    expect(Object.values(found).filter((outcome) => outcome === 'failed')).toHaveLength(1)
    const order = Object.keys(found)
    const at = order.indexOf(failed)
    expect(order.filter((id, index) => index < at && found[id] !== 'passed')).toEqual([])
    expect(order.filter((id, index) => index > at && id !== 'clock' && found[id] !== 'skipped')).toEqual([])
  })

  test('a clock that is wrong is named beside what it causes', async () => {
    expect(await outcomes({ offsetMs: 6 * 60_000, token: 'session.none' })).toMatchObject({
      token: 'failed',
      clock: 'failed',
    })
    expect(await outcomes({ offsetMs: -4 * 60_000 })).toMatchObject({ clock: 'passed' })
  })

  test('keys that cannot be had are no proof against a token', async () => {
    const verification = { kind: 'unchecked', reason: 'The keys could not be fetched.' } as const
    expect(await outcomes({ verification })).toMatchObject({ token: 'passed', role: 'passed' })
  })

  test('the remedy says which provider and app client to add', async () => {
    const steps = await runPreflight(deps({ claims: { aud: 'another' } }), profile)
    const remedy = steps.find(({ id }) => id === 'client')?.failure?.remedy
    expect(remedy).toContain('cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Test0Pool')
    expect(remedy).toContain(profile.clientId)
  })
})

test('a token that had expired when AWS looked, right after a refresh, points at the clock', () => {
  expect(stepOfFailure(failure('credentials.token-expired'))).toBe('clock')
})
