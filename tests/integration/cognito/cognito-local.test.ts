import {
  AssociateSoftwareTokenCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import { refreshAtEndpoint } from '../../../main/cognito/managed-login/token-endpoint.ts'
import { systemClock } from '../../unit/cognito/support.ts'
import { callbackUrl, sentCode, startCognitoLocal } from './cognito-local.ts'
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

  it('resets a forgotten password by a code, and lets in with the new one', async () => {
    await local.addUser('dee', ana.password, true)
    const pending = pendingOf(await issuer.forgotPassword(access(), { username: 'dee' }))
    expect(pending.challenge).toMatchObject({ kind: 'reset-password', delivery: { medium: 'email' } })
    const answer = (code: string) =>
      issuer.answer(access(), pending, { kind: 'reset-password', code, newPassword: 'Brand-New-Horse-1' })
    expect(await answer('000000')).toMatchObject({ failure: { code: 'sign-in.wrong-code' } })
    grantOf(await answer(sentCode))
    grantOf(await issuer.signIn(access(), { username: 'dee', password: 'Brand-New-Horse-1' }))
  })

  describe('its login page', () => {
    const profile = () => ({ ...access().profile, domain: local.url, callbackUrl })

    /** Fills in its form, which sends to the same address; answers where it leads. */
    const logIn = async (authorize: string): Promise<URL> => {
      const asked = new URL(authorize)
      const form = new URLSearchParams({ ...Object.fromEntries(asked.searchParams), ...ana })
      const page = await fetch(asked)
      expect(await page.text()).toContain('type="password"')
      const answer = await fetch(`${asked.origin}${asked.pathname}`, {
        method: 'POST',
        body: form,
        redirect: 'manual',
      })
      return new URL(answer.headers.get('location') ?? '')
    }
    const open = async () => {
      const browser = valueOf(await issuer.openManagedLogin(profile(), {}))
      return { browser, callback: await logIn(browser.url) }
    }
    const redeem = async ({ browser, callback }: Awaited<ReturnType<typeof open>>) => {
      expect(issuer.receiveCallback(callback.href)).toBe(true)
      const arrived = valueOf(await browser.arrival)
      return arrived.redeem({ profile: profile(), clientSecret: undefined })
    }

    it('takes our request, code and PKCE proof, and hands out tokens that verify against its keys', async () => {
      const opened = await open()
      const answers: Promise<unknown>[] = []
      const { fetch } = globalThis
      const wire = vi.spyOn(globalThis, 'fetch').mockImplementation(async (...request) => {
        const answer = await fetch(...request)
        answers.push(answer.clone().json())
        return answer
      })
      await redeem(opened).finally(() => wire.mockRestore())
      const tokens = z.object({ id_token: z.string(), access_token: z.string(), refresh_token: z.string() })
      const [granted, ...others] = await Promise.all(answers)
      expect(others).toEqual([])
      const { id_token, access_token, refresh_token } = tokens.parse(granted)
      expect(await issuer.verify(access(), 'id', id_token, 0)).toEqual({ kind: 'verified' })
      expect(await issuer.verify(access(), 'access', access_token, 0)).toEqual({ kind: 'verified' })
      expect(refresh_token).not.toBe('')
    })

    it('puts no nonce into its ID token, which is refused as not belonging to this sign-in', async () => {
      expect(await redeem(await open())).toMatchObject({
        failure: { code: 'sign-in.browser-mismatch', detail: expect.stringContaining('nonce') },
      })
    })

    it('refuses a code that was asked for with another PKCE challenge', async () => {
      const browser = valueOf(await issuer.openManagedLogin(profile(), {}))
      const altered = new URL(browser.url)
      altered.searchParams.set('code_challenge', 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM')
      expect(await redeem({ browser, callback: await logIn(altered.href) })).toMatchObject({
        failure: { code: 'sign-in.browser-refused', detail: expect.stringContaining('invalid_grant') },
      })
    })

    it('refuses a code that is not its own, so that the proof above was one', async () => {
      const opened = await open()
      opened.callback.searchParams.set('code', 'guessed')
      expect(await redeem(opened)).toMatchObject({
        failure: { code: 'sign-in.browser-refused', detail: expect.stringContaining('invalid_grant') },
      })
    })

    it('refreshes at its token endpoint', async () => {
      const { tokens } = grantOf(await issuer.signIn(access(), ana))
      const at = { profile: profile(), clientSecret: undefined }
      const answer = valueOf(await refreshAtEndpoint(systemClock, at, tokens.refreshToken))
      expect(await issuer.verify(at, 'access', answer.AccessToken, 0)).toEqual({ kind: 'verified' })
      expect(await refreshAtEndpoint(systemClock, at, 'not-a-refresh-token')).toMatchObject({
        failure: { code: 'session.ended' },
      })
    })
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
