import {
  AssociateSoftwareTokenCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startCognitoLocal } from './cognito-local.ts'
import { accessTo, grantOf, keep, pendingOf, portsOf, valueOf } from './support.ts'

const ana = { username: 'ana', password: 'Correct-Horse-9' }
const { issuer } = portsOf()

let local: Awaited<ReturnType<typeof startCognitoLocal>>
beforeAll(async () => {
  local = await startCognitoLocal(ana)
})
afterAll(() => local[Symbol.asyncDispose]())

const access = (signInMethod: 'password' | 'srp' = 'password') =>
  accessTo(local.url, { userPoolId: local.userPoolId, clientId: local.clientId, signInMethod })

describe('cognito-local, a server nobody here wrote', () => {
  it('takes a password, and its tokens verify against its keys', async () => {
    const { tokens } = grantOf(await issuer.signIn(access(), ana))
    expect(await issuer.verify(access(), 'id', tokens.idToken, 0)).toEqual({ kind: 'verified' })
    expect(await issuer.verify(access(), 'access', tokens.accessToken, 0)).toEqual({ kind: 'verified' })
    expect(valueOf(await issuer.check(access().profile)).keys).toBeGreaterThan(0)
  })

  it('refuses a wrong password in its own words', async () => {
    expect(await issuer.signIn(access(), { ...ana, password: 'wrong' })).toMatchObject({
      failure: { code: 'sign-in.wrong-password' },
    })
  })

  it('refreshes by the only operation it knows, which is remembered', async () => {
    const record = keep(grantOf(await issuer.signIn(access(), ana)))
    const grant = valueOf(await issuer.refresh(access(), record))
    expect(grant).toMatchObject({ operation: 'REFRESH_TOKEN_AUTH', rotated: false })
    expect(grant.tokens.refreshToken).toBe(record.tokens.refreshToken)
    valueOf(await issuer.refresh(access(), { ...record, refreshOperation: grant.operation }))
  })

  it('revokes a refresh token, which then refreshes nothing', async () => {
    const record = keep(grantOf(await issuer.signIn(access(), ana)))
    valueOf(await issuer.revoke(access(), record.tokens.refreshToken))
    expect(await issuer.refresh(access(), record)).toMatchObject({ ok: false })
  })

  it('asks for a new password where the first one was temporary', async () => {
    await local.addUser('cho', 'Temporary-1', false)
    const pending = pendingOf(await issuer.signIn(access(), { username: 'cho', password: 'Temporary-1' }))
    expect(pending.challenge.kind).toBe('new-password')
    const answer = { kind: 'new-password', newPassword: 'Brand-New-Horse-1', attributes: {} } as const
    grantOf(await issuer.answer(access(), pending, answer))
    grantOf(await issuer.signIn(access(), { username: 'cho', password: 'Brand-New-Horse-1' }))
  })

  it('asks for a TOTP code and takes it', async () => {
    await local.addUser('ben', ana.password, true)
    const ben = { username: 'ben', password: ana.password }
    const { tokens } = grantOf(await issuer.signIn(access(), ben))
    const AccessToken = tokens.accessToken
    const { SecretCode } = await local.admin.send(new AssociateSoftwareTokenCommand({ AccessToken }))
    const generator = new TOTP({ secret: SecretCode ?? '' })
    const verify = { AccessToken, UserCode: generator.generate(), FriendlyDeviceName: 'phone' }
    await local.admin.send(new VerifySoftwareTokenCommand(verify))

    const pending = pendingOf(await issuer.signIn(access(), ben))
    expect(pending.challenge).toEqual({ kind: 'totp', deviceName: 'phone' })
    const stale = generator.generate({ timestamp: Date.now() - 600_000 })
    expect(await issuer.answer(access(), pending, { kind: 'totp', code: stale })).toMatchObject({
      failure: { code: 'sign-in.wrong-code' },
    })
    grantOf(await issuer.answer(access(), pending, { kind: 'totp', code: generator.generate() }))
  })

  it('says that it has no SRP and no sign-out of all devices', async () => {
    expect(await issuer.signIn(access('srp'), ana)).toMatchObject({
      failure: { code: 'config.flow-not-enabled' },
    })
    expect(await issuer.globalSignOut(access(), 'token')).toMatchObject({
      failure: { code: 'config.operation-unknown' },
    })
  })
})
