import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CredentialsSource, Issuer } from '../../../main/sessions/ports.ts'
import { type CognitoServer, startCognitoServer } from '../../cognito-server/index.ts'
import { accessTo, grantOf, portsOf, valueOf } from './support.ts'

const clientId = '4plainplainplainplainplain'
const unlistedClientId = '4unlistedunlistedunlisted0'
const userPoolId = 'eu-west-1_Test0Pool'
const identityPoolId = 'eu-central-1:12345678-90ab-cdef-1234-567890abcdef'
const rolelessPoolId = 'eu-central-1:22345678-90ab-cdef-1234-567890abcdef'
const reader = 'arn:aws:iam::111122223333:role/Reader'
const admin = 'arn:aws:iam::111122223333:role/Admin'
const ana = { username: 'ana', password: 'Correct-Horse-9' }

let server: CognitoServer
let issuer: Issuer
let source: CredentialsSource
beforeEach(async () => {
  // A setting of this machine that would keep STS from being asked by a wrong clock; it must have no say.
  vi.stubEnv('AWS_DISABLE_CLOCK_SKEW_CORRECTION', 'true')
  const roleMapping = { type: 'token', ambiguous: 'authenticated-role' } as const
  server = await startCognitoServer({
    pools: [
      {
        id: userPoolId,
        clients: [{ id: clientId }, { id: unlistedClientId }],
        groups: [
          { name: 'admins', precedence: 1, roleArn: admin },
          { name: 'readers', precedence: 2, roleArn: reader },
        ],
        users: [{ ...ana, groups: ['admins', 'readers'] }],
      },
    ],
    identityPools: [
      {
        id: identityPoolId,
        providers: [{ userPoolId, clientId, roleMapping }],
        roles: { authenticated: reader },
        credentialsSeconds: 1_800,
      },
      { id: rolelessPoolId, providers: [{ userPoolId, clientId }], roles: {} },
    ],
  })
  ;({ issuer, source } = portsOf())
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await server.close()
})

const to = (pool: string | undefined = identityPoolId, client = clientId) =>
  accessTo(server.url, { userPoolId, clientId: client, identityPoolId: pool })
const idTokenOf = async (client = clientId) =>
  grantOf(await issuer.signIn(to(identityPoolId, client), ana)).tokens.idToken
const input = (idToken: string, changes: { roleArn?: string; identityId?: string } = {}) => ({
  idToken,
  roleArn: changes.roleArn,
  identityId: changes.identityId,
})

describe('credentials', () => {
  it('are of the role of the token, until the time AWS says, and STS knows whose they are', async () => {
    const { profile } = to()
    const { credentials, identityId } = valueOf(await source.fetch(profile, input(await idTokenOf())))
    expect(identityId).toMatch(/^eu-central-1:[0-9a-f-]{36}$/)
    expect(Math.abs(credentials.expiresAt - server.clock.now() - 1_800_000)).toBeLessThan(5_000)
    const caller = valueOf(await source.callerIdentity(profile, credentials))
    expect(caller).toMatchObject({
      account: '111122223333',
      arn: 'arn:aws:sts::111122223333:assumed-role/Admin/CognitoIdentityCredentials',
    })
  })

  it('are of the role that was asked for', async () => {
    const { profile } = to()
    const grant = valueOf(await source.fetch(profile, input(await idTokenOf(), { roleArn: reader })))
    expect(grant.credentials.roleArn).toBe(reader)
    const { arn } = valueOf(await source.callerIdentity(profile, grant.credentials))
    expect(arn).toContain('assumed-role/Reader/')
  })

  it('are for the same identity every time, without asking for it again', async () => {
    const { profile } = to()
    const idToken = await idTokenOf()
    const { identityId } = valueOf(await source.fetch(profile, input(idToken)))
    valueOf(await source.fetch(profile, input(idToken, { identityId })))
    expect(server.requests.count({ operation: 'GetId' })).toBe(1)
  })

  it('come for a new identity where the pool has forgotten the old one', async () => {
    const { profile } = to()
    const idToken = await idTokenOf()
    const first = valueOf(await source.fetch(profile, input(idToken)))
    server.admin.deleteIdentity(identityPoolId, first.identityId)
    const second = valueOf(await source.fetch(profile, input(idToken, { identityId: first.identityId })))
    expect(second.identityId).not.toBe(first.identityId)
  })

  it('come for the right identity where a wrong one was remembered', async () => {
    const { profile } = to()
    server.admin.addUser(userPoolId, { username: 'ben', password: 'Correct-Horse-9' })
    const other = grantOf(await issuer.signIn(to(), { ...ana, username: 'ben' })).tokens.idToken
    const wrong = valueOf(await source.fetch(profile, input(other))).identityId
    const grant = valueOf(await source.fetch(profile, input(await idTokenOf(), { identityId: wrong })))
    expect(grant.identityId).not.toBe(wrong)
  })

  it('need a token that has not expired: the session refreshes it and asks again', async () => {
    const idToken = await idTokenOf()
    server.clock.advance(3_700_000)
    expect(await source.fetch(to().profile, input(idToken))).toMatchObject({
      ok: false,
      failure: { code: 'credentials.token-expired', detail: expect.stringContaining('Token expired') },
    })
  })

  it('need a provider that the identity pool lists, and say which', async () => {
    const { profile } = to(identityPoolId, unlistedClientId)
    const result = await source.fetch(profile, input(await idTokenOf(unlistedClientId)))
    expect(result).toMatchObject({
      failure: {
        code: 'credentials.not-supported-provider',
        remedy: expect.stringContaining(unlistedClientId),
      },
    })
  })

  it.each([
    ['a role that the token does not have', 'credentials.role', identityPoolId, `${admin}x`],
    ['a pool without roles', 'credentials.role', rolelessPoolId, undefined],
    [
      'a pool that is not there',
      'credentials.identity-pool-not-found',
      identityPoolId.replace('1234', '9999'),
      undefined,
    ],
    ['no pool', 'credentials.no-identity-pool', undefined, undefined],
  ])('with %s fail as %s', async (_, code, pool, roleArn) => {
    const idToken = await idTokenOf()
    const { profile } = accessTo(server.url, { userPoolId, clientId, identityPoolId: pool })
    const result = await source.fetch(profile, { idToken, roleArn, identityId: undefined })
    expect(result).toMatchObject({ ok: false, failure: { code } })
  })

  it('with a forged token are refused', async () => {
    const [header = '', payload = ''] = (await idTokenOf()).split('.')
    const forged = `${header}.${payload}.${Buffer.alloc(256, 1).toString('base64url')}`
    expect(await source.fetch(to().profile, input(forged))).toMatchObject({
      failure: { code: 'credentials.not-supported-provider', detail: expect.stringContaining('verify') },
    })
  })

  it('are asked for once more where the identity pool asks for patience', async () => {
    const idToken = await idTokenOf()
    server.faults.add({ match: { operation: 'GetId' }, fault: { kind: 'throttle' } })
    valueOf(await source.fetch(to().profile, input(idToken)))
    expect(server.requests.count({ operation: 'GetId' })).toBe(2)
  })
})

describe('the caller identity', () => {
  it.each([
    ['a tampered key', { secretAccessKey: 'x'.repeat(40) }],
    ['a tampered session token', { sessionToken: 'tampered' }],
    ['an unknown key', { accessKeyId: 'ASIAUNKNOWN000000000' }],
  ])('of credentials with %s is refused', async (_, change) => {
    const { profile } = to()
    const { credentials } = valueOf(await source.fetch(profile, input(await idTokenOf())))
    const result = await source.callerIdentity(profile, { ...credentials, ...change })
    expect(result).toMatchObject({ ok: false, failure: { code: 'credentials.refused' } })
    expect(JSON.stringify(result)).not.toContain(credentials.secretAccessKey)
  })

  it('of expired credentials is refused', async () => {
    const { profile } = to()
    const { credentials } = valueOf(await source.fetch(profile, input(await idTokenOf())))
    server.clock.advance(1_900_000)
    const result = await source.callerIdentity(profile, credentials)
    expect(result).toMatchObject({ ok: false, failure: { code: 'credentials.refused' } })
  })

  it('is found although the clock of this machine is two hours slow', async () => {
    server.clock.advance(7_200_000)
    const { profile } = to()
    const { credentials } = valueOf(await source.fetch(profile, input(await idTokenOf())))
    expect(await source.callerIdentity(profile, credentials)).toMatchObject({ ok: true })
  })
})
