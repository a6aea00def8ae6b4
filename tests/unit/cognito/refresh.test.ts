import { createHmac } from 'node:crypto'
import type {
  GetTokensFromRefreshTokenCommandInput,
  GetTokensFromRefreshTokenCommandOutput,
  InitiateAuthCommandInput,
} from '@aws-sdk/client-cognito-identity-provider'
import { describe, expect, it } from 'vitest'
import { operationOrder, refresh } from '../../../main/cognito/refresh.ts'
import type { FailureCode } from '../../../main/failure.ts'
import type { SessionRecord } from '../../../main/sessions/session.ts'
import { profileOf, recordOf, scripted, standingClock, userPoolOf } from './support.ts'

type Said = Omit<GetTokensFromRefreshTokenCommandOutput, '$metadata'> | FailureCode
const fresh = { AuthenticationResult: { IdToken: 'id-2', AccessToken: 'access-2' } }

const run = async (
  { modern = [], classic = [] }: { modern?: Said[]; classic?: Said[] },
  record: Partial<SessionRecord> = {},
  clientSecret?: string,
) => {
  const getTokens = scripted<GetTokensFromRefreshTokenCommandInput, Exclude<Said, string>>(...modern)
  const initiate = scripted<InitiateAuthCommandInput, Exclude<Said, string>>(...classic)
  const result = await refresh(
    () =>
      Promise.resolve(
        userPoolOf({ getTokensFromRefreshToken: getTokens.operation, initiateAuth: initiate.operation }),
      ),
    standingClock(),
    { profile: profileOf(), clientSecret, clientMetadata: { tenant: 'a' } },
    recordOf(record),
  )
  return { result, modern: getTokens.asked, classic: initiate.asked }
}

describe('a refresh', () => {
  it("asks AWS's own operation first, with the raw client secret and the device", async () => {
    const device = { key: 'device-1' }
    const { result, modern } = await run({ modern: [fresh] }, { device }, 'client-secret')
    expect(modern).toEqual([
      {
        ClientId: profileOf().clientId,
        RefreshToken: 'refresh-token-1',
        ClientSecret: 'client-secret',
        DeviceKey: 'device-1',
        ClientMetadata: { tenant: 'a' },
      },
    ])
    expect(result).toMatchObject({
      ok: true,
      value: {
        tokens: { idToken: 'id-2', accessToken: 'access-2', refreshToken: 'refresh-token-1' },
        operation: 'GetTokensFromRefreshToken',
        rotated: false,
      },
    })
  })

  it('says when the refresh token was rotated', async () => {
    const rotated = {
      AuthenticationResult: { ...fresh.AuthenticationResult, RefreshToken: 'refresh-token-2' },
    }
    const { result } = await run({ modern: [rotated] })
    expect(result).toMatchObject({ value: { rotated: true, tokens: { refreshToken: 'refresh-token-2' } } })
  })

  it.each<FailureCode>(['config.operation-unknown', 'config.flow-not-enabled'])(
    'falls back to REFRESH_TOKEN_AUTH on %s, hashing the real name',
    async (code) => {
      const { result, classic } = await run({ modern: [code], classic: [fresh] }, {}, 'client-secret')
      const hash = createHmac('sha256', 'client-secret').update(`real-name${profileOf().clientId}`)
      expect(classic[0]).toMatchObject({
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        AuthParameters: { REFRESH_TOKEN: 'refresh-token-1', SECRET_HASH: hash.digest('base64') },
      })
      expect(result).toMatchObject({ ok: true, value: { operation: 'REFRESH_TOKEN_AUTH' } })
    },
  )

  it('starts with the operation that worked last time', async () => {
    const { result, modern } = await run({ classic: [fresh] }, { refreshOperation: 'REFRESH_TOKEN_AUTH' })
    expect(modern).toEqual([])
    expect(result).toMatchObject({ ok: true, value: { operation: 'REFRESH_TOKEN_AUTH' } })
  })

  it('goes back to the first one where a pool has begun to rotate', async () => {
    const { result } = await run(
      { classic: ['config.flow-not-enabled'], modern: [fresh] },
      { refreshOperation: 'REFRESH_TOKEN_AUTH' },
    )
    expect(result).toMatchObject({ ok: true, value: { operation: 'GetTokensFromRefreshToken' } })
  })

  it.each<FailureCode>([
    'session.ended',
    'session.reused',
    'network.offline',
    'service.throttled',
    'config.client-secret',
    'service.refused',
  ])('asks nobody else after %s', async (code) => {
    const { result, classic } = await run({ modern: [code] })
    expect(result).toMatchObject({ ok: false, failure: { code } })
    expect(classic).toEqual([])
  })

  it('is a bad answer without tokens', async () => {
    const { result } = await run({ modern: [{}] })
    expect(result).toMatchObject({
      ok: false,
      failure: { code: 'network.bad-answer', detail: 'The answer holds no idToken, accessToken.' },
    })
  })

  it.each<[string, object, string | undefined]>([
    ['no ID token', { AccessToken: 'access-2', RefreshToken: 'refresh-token-2' }, 'refresh-token-2'],
    ['no access token', { IdToken: 'id-2', RefreshToken: 'refresh-token-2' }, 'refresh-token-2'],
    ['a refresh token alone', { RefreshToken: 'refresh-token-2' }, 'refresh-token-2'],
    [
      'no ID token and our own refresh token',
      { AccessToken: 'a', RefreshToken: 'refresh-token-1' },
      undefined,
    ],
    ['no ID token and no refresh token', { AccessToken: 'access-2' }, undefined],
  ])('with %s is a bad answer that a new refresh token comes along with', async (_, given, rotatedTo) => {
    const { result } = await run({ modern: [{ AuthenticationResult: given }] })
    expect(result).toEqual({
      ok: false,
      failure: expect.objectContaining({ code: 'network.bad-answer', requestId: 'request-1' }),
      rotatedTo,
    })
  })

  it('asks the token endpoint only for browser sign-ins, and remembers what worked', () => {
    expect(operationOrder(undefined)).not.toContain('TOKEN_ENDPOINT')
    expect(operationOrder(undefined, true)).toEqual([
      'GetTokensFromRefreshToken',
      'TOKEN_ENDPOINT',
      'REFRESH_TOKEN_AUTH',
    ])
    expect(operationOrder('TOKEN_ENDPOINT', true)[0]).toBe('TOKEN_ENDPOINT')
  })
})
