import type {
  GetCredentialsForIdentityCommandInput,
  GetCredentialsForIdentityCommandOutput,
  GetIdCommandInput,
} from '@aws-sdk/client-cognito-identity'
import { describe, expect, it } from 'vitest'
import { fetchCredentials } from '../../../main/cognito/identity-pool.ts'
import type { FailureCode } from '../../../main/failure.ts'
import type { Profile } from '../../../main/profiles/profile.ts'
import { never, profileOf, scripted, standingClock } from './support.ts'

const identityPoolId = 'eu-central-1:12345678-90ab-cdef-1234-567890abcdef'
const expiration = new Date('2026-02-03T05:05:06Z')
const issued = {
  IdentityId: 'eu-central-1:me',
  Credentials: {
    AccessKeyId: 'ASIA1',
    SecretKey: 'secret',
    SessionToken: 'session',
    Expiration: expiration,
  },
}
type Issued = Omit<GetCredentialsForIdentityCommandOutput, '$metadata'>

const run = async (
  answers: { ids?: ({ IdentityId?: string } | FailureCode)[]; credentials?: (Issued | FailureCode)[] },
  input: { roleArn?: string; identityId?: string } = {},
  profile: Partial<Profile> = { identityPoolId },
) => {
  const getId = scripted<GetIdCommandInput, { IdentityId?: string }>(...(answers.ids ?? []))
  const getCredentials = scripted<GetCredentialsForIdentityCommandInput, Issued>(
    ...(answers.credentials ?? []),
  )
  const clock = standingClock()
  const result = await fetchCredentials(
    {
      identityPool: () =>
        Promise.resolve({
          getId: getId.operation,
          getCredentialsForIdentity: getCredentials.operation,
          getOpenIdToken: never,
        }),
      sts: never,
    },
    clock,
    profileOf(profile),
    { idToken: 'id-token', roleArn: input.roleArn, identityId: input.identityId },
  )
  return { result, ids: getId.asked, credentials: getCredentials.asked, clock }
}
const Logins = { 'cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Test0Pool': 'id-token' }

describe('credentials from an identity pool', () => {
  it('come for the identity of this user, until the time AWS says', async () => {
    const { result, ids, credentials, clock } = await run(
      { ids: [{ IdentityId: 'eu-central-1:me' }], credentials: [issued] },
      { roleArn: 'arn:aws:iam::111122223333:role/Reader' },
    )
    expect(ids).toEqual([{ IdentityPoolId: identityPoolId, Logins }])
    expect(credentials).toEqual([
      { IdentityId: 'eu-central-1:me', Logins, CustomRoleArn: 'arn:aws:iam::111122223333:role/Reader' },
    ])
    expect(result).toEqual({
      ok: true,
      value: {
        identityId: 'eu-central-1:me',
        credentials: {
          accessKeyId: 'ASIA1',
          secretAccessKey: 'secret',
          sessionToken: 'session',
          expiresAt: expiration.getTime(),
          obtainedAt: clock.now(),
          roleArn: 'arn:aws:iam::111122223333:role/Reader',
        },
        requestId: 'request-1',
      },
    })
  })

  it('use a known identity without asking for it', async () => {
    const { result, ids } = await run({ credentials: [issued] }, { identityId: 'eu-central-1:me' })
    expect(result).toMatchObject({ ok: true })
    expect(ids).toEqual([])
  })

  it('ask once more for an identity that the pool has forgotten', async () => {
    const { result, credentials } = await run(
      { ids: [{ IdentityId: 'eu-central-1:new' }], credentials: ['credentials.identity-not-found', issued] },
      { identityId: 'eu-central-1:old' },
    )
    expect(result).toMatchObject({ ok: true })
    expect(credentials.map(({ IdentityId }) => IdentityId)).toEqual(['eu-central-1:old', 'eu-central-1:new'])
  })

  it('do not ask for ever', async () => {
    const { result } = await run(
      {
        ids: [{ IdentityId: 'eu-central-1:new' }],
        credentials: ['credentials.identity-not-found', 'credentials.identity-not-found'],
      },
      { identityId: 'eu-central-1:old' },
    )
    expect(result).toMatchObject({ failure: { code: 'credentials.identity-not-found' } })
  })

  it.each<FailureCode>([
    'credentials.token-expired',
    'credentials.role',
    'service.throttled',
    'network.offline',
  ])('leave what to do about %s to the session', async (code) => {
    const { result } = await run({ ids: [{ IdentityId: 'eu-central-1:me' }], credentials: [code] })
    expect(result).toMatchObject({ ok: false, failure: { code } })
  })

  it('name the provider and app client that the pool does not list', async () => {
    const { result } = await run({ ids: ['credentials.not-supported-provider'] })
    const remedy = result.ok ? '' : result.failure.remedy
    expect(remedy).toContain('cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Test0Pool')
    expect(remedy).toContain(profileOf().clientId)
  })

  it('need an identity pool', async () => {
    const { result } = await run({}, {}, {})
    expect(result).toMatchObject({ failure: { code: 'credentials.no-identity-pool' } })
  })

  it.each([
    ['no credentials', { IdentityId: 'x' }],
    ['no Expiration', { Credentials: { ...issued.Credentials, Expiration: undefined } }],
    ['no session token', { Credentials: { ...issued.Credentials, SessionToken: '' } }],
  ])('are a bad answer with %s', async (_, answer) => {
    const { result } = await run({ ids: [{ IdentityId: 'eu-central-1:me' }], credentials: [answer] })
    expect(result).toMatchObject({ failure: { code: 'network.bad-answer' } })
  })

  it('are a bad answer without an identity', async () => {
    const { result } = await run({ ids: [{}] })
    expect(result).toMatchObject({ failure: { code: 'network.bad-answer' } })
  })
})
