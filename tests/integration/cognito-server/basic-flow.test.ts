// The basic flow of identity pools, and the console's federation endpoint, asked by AWS's own clients where there are some.
import {
  GetCredentialsForIdentityCommand,
  GetIdCommand,
  GetOpenIdTokenCommand,
} from '@aws-sdk/client-cognito-identity'
import { AssumeRoleWithWebIdentityCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { decodeJwt } from 'jose'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { IdentityPoolConfig } from '../../cognito-server/config.ts'
import type { CognitoServer } from '../../cognito-server/index.ts'
import {
  ADMIN_ROLE,
  IDENTITY_POOL,
  identityPool,
  identityPoolClient,
  POOL,
  READER_ROLE,
  refusal,
  startStrict,
  tokensOf,
} from './kit.ts'

let server: CognitoServer
const restart = async (changes: Partial<IdentityPoolConfig>) => {
  server = await startStrict({ identityPools: [{ ...identityPool, ...changes }] })
}
beforeEach(() => restart({ allowClassicFlow: true, longestRoleSessionSeconds: 43_200 }))
afterEach(() => server.close())

const sts = (credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken: string }) =>
  new STSClient({
    endpoint: server.url,
    region: 'eu-west-1',
    maxAttempts: 1,
    ...(credentials !== undefined && { credentials }),
  })

async function identity() {
  const { IdToken } = await tokensOf(server)
  const Logins = { [`cognito-idp.eu-west-1.amazonaws.com/${POOL}`]: IdToken }
  const client = identityPoolClient(server)
  const { IdentityId } = await client.send(new GetIdCommand({ IdentityPoolId: IDENTITY_POOL, Logins }))
  return { client, Logins, IdentityId }
}

async function openIdToken(): Promise<string> {
  const { client, ...who } = await identity()
  const { Token, IdentityId } = await client.send(new GetOpenIdTokenCommand(who))
  expect(IdentityId).toBe(who.IdentityId)
  return Token ?? ''
}

const assume = (WebIdentityToken: string, changes: { RoleArn?: string; DurationSeconds?: number } = {}) =>
  sts().send(
    new AssumeRoleWithWebIdentityCommand({
      RoleArn: READER_ROLE,
      RoleSessionName: 'ada@desk',
      WebIdentityToken,
      ...changes,
    }),
  )

describe('the basic flow', () => {
  test('gives credentials for twelve hours, where the pool and the role allow it', async () => {
    const token = await openIdToken()
    expect(decodeJwt(token)).toMatchObject({
      iss: 'https://cognito-identity.amazonaws.com',
      aud: IDENTITY_POOL,
      amr: ['authenticated', `cognito-idp.eu-west-1.amazonaws.com/${POOL}`],
    })
    const { Credentials, AssumedRoleUser } = await assume(token, { DurationSeconds: 43_200 })
    expect(Credentials?.Expiration?.getTime()).toBe((server.clock.nowSeconds() + 43_200) * 1000)
    const caller = await sts({
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    }).send(new GetCallerIdentityCommand({}))
    expect(caller.Arn).toBe('arn:aws:sts::123456789012:assumed-role/Reader/ada@desk')
    expect(AssumedRoleUser?.Arn).toBe(caller.Arn)
  })

  test('is refused where the pool has not turned it on', async () => {
    await server.close()
    await restart({})
    expect(await refusal(openIdToken())).toBe(
      'InvalidParameterException: Basic (classic) flow is not enabled, please use enhanced flow.',
    )
  })

  test('has the limits of the role and of STS', async () => {
    await server.close()
    await restart({ allowClassicFlow: true })
    const token = await openIdToken()
    const lengthy = assume(token, { DurationSeconds: 3601 })
    expect(await refusal(lengthy)).toMatch(/exceeds the MaxSessionDuration set for this role/)
    expect(await refusal(assume(token, { DurationSeconds: 899 }))).toMatch(/'durationSeconds'/)
    expect(await refusal(assume(token, { RoleArn: ADMIN_ROLE }))).toBe(
      'AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity',
    )
  })

  test('its token is good for ten minutes, and a user pool’s is none', async () => {
    const token = await openIdToken()
    const { IdToken } = await tokensOf(server)
    expect(await refusal(assume(IdToken))).toMatch(/^InvalidIdentityToken/)
    server.clock.advance(600_000)
    expect(await refusal(assume(token))).toMatch(/^ExpiredTokenException/)
  })
})

describe('the federation endpoint', () => {
  const DESTINATION = 'https://eu-west-1.console.aws.amazon.com/s3/home'

  async function session(): Promise<Record<string, string>> {
    const { client, ...who } = await identity()
    const { Credentials } = await client.send(new GetCredentialsForIdentityCommand(who))
    return {
      sessionId: Credentials?.AccessKeyId ?? '',
      sessionKey: Credentials?.SecretKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    }
  }
  const ask = (parameters: Record<string, string>) =>
    fetch(`${server.url}/federation?${new URLSearchParams(parameters)}`)
  const signinToken = (Session: object, more: Record<string, string> = {}) =>
    ask({ Action: 'getSigninToken', Session: JSON.stringify(Session), ...more })

  test('gives a token for a session, by GET as by POST, that opens the console once', async () => {
    const Session = JSON.stringify(await session())
    const posted = await fetch(`${server.url}/federation`, {
      method: 'POST',
      body: new URLSearchParams({ Action: 'getSigninToken', Session }),
    })
    const { SigninToken } = await posted.json()
    const login = { Action: 'login', Issuer: 'Sesame', Destination: DESTINATION, SigninToken }
    const elsewhere = await ask({ ...login, Destination: 'https://example.com/' })
    expect(elsewhere.status).toBe(400)
    expect((await ask(login)).status).toBe(400)
    const again = await signinToken(JSON.parse(Session))
    const page = await ask({ ...login, SigninToken: (await again.json()).SigninToken })
    expect(await page.text()).toContain('assumed-role/Admin')
  })

  test('refuses a SessionDuration, a session that is not one, and one that has ended', async () => {
    const good = await session()
    const statuses = async () => [
      (await signinToken(good, { SessionDuration: '3600' })).status,
      (await signinToken({ ...good, sessionKey: 'wrong' })).status,
      (await signinToken({})).status,
      (await signinToken(good)).status,
    ]
    expect(await statuses()).toEqual([400, 400, 400, 200])
    server.clock.advance(3_600_000)
    expect(await statuses()).toEqual([400, 400, 400, 400])
  })
})
