import { TOTP } from 'otpauth'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Issuer } from '../../../main/sessions/ports.ts'
import { type CognitoServer, startCognitoServer } from '../../cognito-server/index.ts'
import { accessTo, grantOf, keep, pendingOf, portsOf, valueOf } from './support.ts'

const plain = '4plainplainplainplainplain'
const secret = '4secretsecretsecretsecrets'
const rotating = '4rotatingrotatingrotating0'
const noRevoke = '4norevokenorevokenorevoke0'
const noScope = '4noscopenoscopenoscopenos0'
const clientSecret = 'a-client-secret-of-some-length'
const totpSecret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
const userPoolId = 'eu-west-1_Test0Pool'
const ana = { username: 'ana', password: 'Correct-Horse-9' }

let server: CognitoServer
let issuer: Issuer
beforeEach(async () => {
  server = await startCognitoServer({
    pools: [
      {
        id: userPoolId,
        signInAliases: ['email'],
        requiredAttributes: ['name'],
        clients: [
          { id: plain, explicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] },
          {
            id: secret,
            secret: clientSecret,
            explicitAuthFlows: [
              'ALLOW_USER_SRP_AUTH',
              'ALLOW_USER_PASSWORD_AUTH',
              'ALLOW_REFRESH_TOKEN_AUTH',
            ],
          },
          { id: rotating, rotation: { graceSeconds: 0 }, preventUserExistenceErrors: 'legacy' },
          { id: noRevoke, tokenRevocation: false },
          { id: noScope, scopes: ['openid'] },
        ],
        users: [
          { ...ana, attributes: { email: 'ana@example.com', email_verified: 'true', name: 'Ana' } },
          { username: 'ben', password: 'Correct-Horse-9', attributes: { name: 'Ben' }, totpSecret },
          { username: 'cho', password: 'Temporary-1', status: 'FORCE_CHANGE_PASSWORD' },
          { username: 'dee', password: 'Correct-Horse-9', attributes: { name: 'Dee' }, disabled: true },
        ],
      },
    ],
  })
  ;({ issuer } = portsOf())
})
afterEach(() => server.close())

const to = (clientId: string, method: 'srp' | 'password' = 'srp', withSecret?: string) =>
  accessTo(server.url, { userPoolId, clientId, signInMethod: method }, withSecret)
const signedIn = async (clientId = plain, withSecret?: string) =>
  grantOf(await issuer.signIn(to(clientId, 'srp', withSecret), ana))

describe('signing in', () => {
  it.each([
    ['SRP', 'srp', plain, undefined],
    ['SRP, app client with a secret', 'srp', secret, clientSecret],
    ['password, app client with a secret', 'password', secret, clientSecret],
  ] as const)('by %s brings tokens that verify', async (_, method, clientId, withSecret) => {
    const access = to(clientId, method, withSecret)
    const { tokens, clockOffsetMs, requestId } = grantOf(await issuer.signIn(access, ana))
    expect(await issuer.verify(access, 'id', tokens.idToken, 0)).toEqual({ kind: 'verified' })
    expect(await issuer.verify(access, 'access', tokens.accessToken, 0)).toEqual({ kind: 'verified' })
    expect(clockOffsetMs).toBe(0)
    expect(requestId).toMatch(/^[\w-]{8,}/)
  })

  it('by an e-mail alias with a client secret goes on under the real name', async () => {
    const access = to(secret, 'srp', clientSecret)
    const grant = grantOf(await issuer.signIn(access, { ...ana, username: 'ana@example.com' }))
    expect(grant.signInDetails).toEqual({ loginId: 'ana@example.com', authFlowType: 'USER_SRP_AUTH' })
    expect(server.requests.count({ operation: 'RespondToAuthChallenge', outcome: 'ok' })).toBe(1)
  })

  it('works 25 times in a row with whatever numbers come up', { timeout: 60_000 }, async () => {
    for (let round = 0; round < 25; round += 1) {
      expect(await issuer.signIn(to(plain), ana)).toMatchObject({ value: { kind: 'signed-in' } })
    }
  })

  it('with a TOTP code asks for it and takes it', async () => {
    const access = to(plain)
    const pending = pendingOf(await issuer.signIn(access, { ...ana, username: 'ben' }))
    expect(pending.challenge.kind).toBe('totp')
    const generator = new TOTP({ secret: totpSecret })
    const code = generator.generate({ timestamp: server.clock.now() })
    // Ten minutes old: no neighbouring step has it, unless by a chance of one in 300,000.
    const stale = generator.generate({ timestamp: server.clock.now() - 600_000 })
    const wrong = await issuer.answer(access, pending, { kind: 'totp', code: stale })
    expect(wrong).toMatchObject({ ok: false, failure: { code: 'sign-in.wrong-code' } })
    grantOf(await issuer.answer(access, pending, { kind: 'totp', code }))
    const again = await issuer.answer(access, pending, { kind: 'totp', code })
    expect(again).toMatchObject({ ok: false, failure: { code: 'sign-in.step-expired' } })
  })

  it('with a temporary password asks for a new one, by the rules of the pool', async () => {
    const access = to(secret, 'srp', clientSecret)
    const pending = pendingOf(await issuer.signIn(access, { username: 'cho', password: 'Temporary-1' }))
    expect(pending.challenge).toMatchObject({ kind: 'new-password', requiredAttributes: ['name'] })
    const answer = (newPassword: string, attributes: Record<string, string>) =>
      issuer.answer(access, pending, { kind: 'new-password', newPassword, attributes })
    expect(await answer('weak', { name: 'Cho' })).toMatchObject({
      ok: false,
      failure: { code: 'sign-in.password-policy', detail: expect.stringContaining('policy') },
    })
    grantOf(await answer('Brand-New-Horse-1', { name: 'Cho' }))
    grantOf(await issuer.signIn(access, { username: 'cho', password: 'Brand-New-Horse-1' }))
  })

  it('on a machine whose clock is two hours slow still works, and measures it', async () => {
    server.clock.advance(7_200_000)
    const { clockOffsetMs = 0, tokens } = await signedIn()
    expect(Math.abs(clockOffsetMs - 7_200_000)).toBeLessThan(2_000)
    expect(await issuer.verify(to(plain), 'id', tokens.idToken, clockOffsetMs)).toEqual({ kind: 'verified' })
  })

  it.each([
    ['a wrong password', 'sign-in.wrong-password', { ...ana, password: 'Wrong-Horse-9' }, plain],
    [
      'an unknown user where the pool keeps quiet',
      'sign-in.wrong-password',
      { ...ana, username: 'nobody' },
      plain,
    ],
    [
      'an unknown user where the pool tells',
      'sign-in.user-not-found',
      { ...ana, username: 'nobody' },
      rotating,
    ],
    ['a disabled user', 'sign-in.disabled', { ...ana, username: 'dee' }, plain],
    ['an unknown app client', 'config.client-not-found', ana, '4unknownunknown'],
    ['an app client whose secret is missing', 'config.client-secret', ana, secret],
  ] as const)('with %s fails as %s', async (_, code, input, clientId) => {
    expect(await issuer.signIn(to(clientId), input)).toMatchObject({ ok: false, failure: { code } })
  })

  it('with a wrong client secret is a matter of configuration', async () => {
    const result = await issuer.signIn(to(secret, 'srp', 'not-the-secret'), ana)
    expect(result).toMatchObject({ ok: false, failure: { code: 'config.client-secret' } })
  })

  it('by a flow that the app client does not allow is a matter of configuration', async () => {
    const result = await issuer.signIn(to(plain, 'password'), ana)
    expect(result).toMatchObject({ ok: false, failure: { code: 'config.flow-not-enabled' } })
  })

  it('after too many wrong passwords is locked out for a while', async () => {
    const access = to(secret, 'password', clientSecret)
    const codes: string[] = []
    for (let round = 0; round < 7; round += 1) {
      const result = await issuer.signIn(access, { ...ana, password: 'Wrong-Horse-9' })
      codes.push(result.ok ? 'ok' : result.failure.code)
    }
    expect(codes).toContain('sign-in.locked-out')
  })

  it('with a step left open too long has to start over', async () => {
    const access = to(plain)
    const pending = pendingOf(await issuer.signIn(access, { ...ana, username: 'ben' }))
    server.clock.advance(181_000)
    const result = await issuer.answer(access, pending, { kind: 'totp', code: '123456' })
    expect(result).toMatchObject({ ok: false, failure: { code: 'sign-in.step-expired' } })
  })
})

describe('refreshing', () => {
  it('brings new tokens and keeps the refresh token', async () => {
    const before = await signedIn(secret, clientSecret)
    server.clock.advance(5_000)
    const grant = valueOf(await issuer.refresh(to(secret, 'srp', clientSecret), keep(before)))
    expect(grant).toMatchObject({ operation: 'GetTokensFromRefreshToken', rotated: false })
    expect(grant.tokens.refreshToken).toBe(before.tokens.refreshToken)
    expect(grant.tokens.accessToken).not.toBe(before.tokens.accessToken)
    expect(await issuer.verify(to(secret), 'access', grant.tokens.accessToken, 5_000)).toEqual({
      kind: 'verified',
    })
  })

  it('with rotation brings a new refresh token, and a second use of the old one ends the session', async () => {
    const before = await signedIn(rotating)
    const grant = valueOf(await issuer.refresh(to(rotating), keep(before)))
    expect(grant.rotated).toBe(true)
    valueOf(await issuer.refresh(to(rotating), keep(grant)))
    expect(await issuer.refresh(to(rotating), keep(before))).toMatchObject({
      failure: { code: 'session.reused' },
    })
    expect(await issuer.refresh(to(rotating), keep(grant))).toMatchObject({
      failure: { code: expect.stringMatching(/^session\.re(?:used|voked)$/) },
    })
  })

  it('at an endpoint that knows only REFRESH_TOKEN_AUTH falls back, secret hash and all', async () => {
    const access = accessTo(server.url, { userPoolId, clientId: secret }, clientSecret)
    const before = grantOf(await issuer.signIn(access, { ...ana, username: 'ana@example.com' }))
    const unknown = { kind: 'exception', type: 'UnknownOperationException', message: '' } as const
    const rule = server.faults.add({
      match: { operation: 'GetTokensFromRefreshToken', times: 'always' },
      fault: unknown,
    })
    const record = keep(before, { username: 'ana@example.com' })
    const first = valueOf(await issuer.refresh(access, record))
    expect(first).toMatchObject({ operation: 'REFRESH_TOKEN_AUTH', rotated: false })
    valueOf(await issuer.refresh(access, { ...record, refreshOperation: first.operation }))
    expect(rule.hits).toBe(1)
  })

  it.each([
    ['an expired refresh token', 'session.ended', () => server.clock.advance(31 * 86_400_000)],
    ['a session signed out elsewhere', 'session.revoked', () => server.admin.signOutUser(userPoolId, 'ana')],
    ['a deleted user', 'session.user-gone', () => server.admin.deleteUser(userPoolId, 'ana')],
    [
      'a disabled user',
      'sign-in.disabled',
      () => server.admin.updateUser(userPoolId, 'ana', { disabled: true }),
    ],
    [
      'a password to be reset',
      'sign-in.reset-required',
      () => server.admin.updateUser(userPoolId, 'ana', { status: 'RESET_REQUIRED' }),
    ],
    ['throttling', 'service.throttled', () => server.faults.add({ fault: { kind: 'throttle' } })],
    [
      'a page of a load balancer',
      'service.unavailable',
      () => server.faults.add({ fault: { kind: 'html-500' } }),
    ],
    ['a reset connection', 'network.offline', () => server.faults.add({ fault: { kind: 'reset' } })],
    ['half an answer', 'network.offline', () => server.faults.add({ fault: { kind: 'truncated' } })],
    ['a lost answer', 'network.offline', () => server.faults.add({ fault: { kind: 'answer-lost' } })],
  ])('with %s is %s', async (_, code, happen) => {
    const record = keep(await signedIn())
    const before = server.requests.count()
    happen()
    expect(await issuer.refresh(to(plain), record)).toMatchObject({ ok: false, failure: { code } })
    expect(server.requests.count() - before).toBe(1)
  })

  it('with a wrong client secret keeps the session', async () => {
    const record = keep(await signedIn(secret, clientSecret))
    expect(await issuer.refresh(to(secret, 'srp', 'not-the-secret'), record)).toMatchObject({
      failure: { code: 'config.client-secret' },
    })
  })
})

describe('signing out', () => {
  it('of this device revokes the refresh token, and doing it twice is no error', async () => {
    const grant = await signedIn(secret, clientSecret)
    const access = to(secret, 'srp', clientSecret)
    const { requestId } = valueOf(await issuer.revoke(access, grant.tokens.refreshToken))
    expect(requestId).toMatch(/./)
    valueOf(await issuer.revoke(access, grant.tokens.refreshToken))
    expect(await issuer.refresh(access, keep(grant))).toMatchObject({ failure: { code: 'session.revoked' } })
  })

  it('of a token that Cognito does not know is done already', async () => {
    expect(await issuer.revoke(to(plain), 'no-such-refresh-token')).toMatchObject({ ok: true })
  })

  it('says where the app client does not allow it', async () => {
    const { tokens } = await signedIn(noRevoke)
    expect(await issuer.revoke(to(noRevoke), tokens.refreshToken)).toMatchObject({
      failure: { code: 'config.revocation-off' },
    })
  })

  it('of all devices ends every session of the user', async () => {
    const [here, there] = [await signedIn(), await signedIn(secret, clientSecret)]
    const { requestId } = valueOf(await issuer.globalSignOut(to(plain), here.tokens.accessToken))
    expect(requestId).toMatch(/./)
    expect(await issuer.refresh(to(plain), keep(here))).toMatchObject({
      failure: { code: 'session.revoked' },
    })
    expect(await issuer.refresh(to(secret, 'srp', clientSecret), keep(there))).toMatchObject({
      failure: { code: 'session.revoked' },
    })
    expect(await issuer.globalSignOut(to(plain), here.tokens.accessToken)).toMatchObject({
      failure: { code: 'session.revoked' },
    })
  })

  it('of all devices needs the scope for it', async () => {
    const { tokens } = await signedIn(noScope)
    expect(await issuer.globalSignOut(to(noScope), tokens.accessToken)).toMatchObject({
      failure: { code: 'token.scope-missing' },
    })
  })

  it('of all devices needs an access token that has not expired', async () => {
    const { tokens } = await signedIn()
    server.clock.advance(3_700_000)
    expect(await issuer.globalSignOut(to(plain), tokens.accessToken)).toMatchObject({
      failure: { code: 'token.expired' },
    })
  })
})

describe('checking', () => {
  it('a pool that is there counts its keys', async () => {
    expect(valueOf(await issuer.check(to(plain).profile))).toEqual({
      issuer: server.issuerOf(userPoolId),
      keys: 2,
    })
  })

  it('a pool that is not there says so', async () => {
    const { profile } = accessTo(server.url, { userPoolId: 'eu-west-1_Nowhere' })
    expect(await issuer.check(profile)).toMatchObject({ failure: { code: 'config.pool-not-found' } })
  })

  it('a forged token is refused, and a token of the other app client too', async () => {
    const { tokens } = await signedIn()
    const [header = '', payload = ''] = tokens.idToken.split('.')
    const forged = `${header}.${payload}.${Buffer.alloc(256, 1).toString('base64url')}`
    expect(await issuer.verify(to(plain), 'id', forged, 0)).toMatchObject({ kind: 'refused' })
    expect(await issuer.verify(to(rotating), 'id', tokens.idToken, 0)).toMatchObject({ kind: 'refused' })
    expect(await issuer.verify(to(plain), 'access', tokens.idToken, 0)).toMatchObject({ kind: 'refused' })
  })

  it('without the endpoint a token is unchecked, not refused', async () => {
    const { tokens } = await signedIn()
    await server.close()
    expect(await portsOf().issuer.verify(to(plain), 'id', tokens.idToken, 0)).toMatchObject({
      kind: 'unchecked',
    })
  })
})
