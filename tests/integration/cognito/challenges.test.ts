import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FailureCode, type Result } from '../../../main/failure.ts'
import type { Profile } from '../../../main/profiles/profile.ts'
import type { ChallengeAnswer, Issuer, SignInProgress } from '../../../main/sessions/ports.ts'
import type { PoolConfig } from '../../cognito-server/config.ts'
import { type CognitoServer, startCognitoServer } from '../../cognito-server/index.ts'
import { clientSecret, clients, flowsPool, flowsPoolId, freshTotp, password, sentTo } from './flows-pool.ts'
import { accessTo, grantOf, pendingOf, portsOf } from './support.ts'

let server: CognitoServer
let issuer: Issuer
const restart = async (changes: Partial<PoolConfig> = {}): Promise<void> => {
  server = await startCognitoServer({ pools: [flowsPool(changes)] })
  ;({ issuer } = portsOf())
}
beforeEach(() => restart())
afterEach(() => server.close())

const to = (settings: Partial<Profile> = {}, secret?: string) =>
  accessTo(server.url, { userPoolId: flowsPoolId, clientId: clients.plain, ...settings }, secret)

/** A sign-in under way: what it asks, and answering it. */
const course = async (settings: Partial<Profile>, username: string, typed = password, secret?: string) => {
  const access = to(secret === undefined ? settings : { ...settings, clientId: clients.secretive }, secret)
  let result = await issuer.signIn(access, { username, password: typed })
  const self = {
    access,
    get result() {
      return result
    },
    asked: () => pendingOf(result).challenge,
    async answer(given: ChallengeAnswer) {
      const last = result
      result = await issuer.answer(access, pendingOf(last), given)
      return self
    },
    /** An answer that is refused and leaves the step open. */
    async refused(given: ChallengeAnswer): Promise<FailureCode | 'ok'> {
      const refusal: Result<SignInProgress> = await issuer.answer(access, pendingOf(result), given)
      return refusal.ok ? 'ok' : refusal.failure.code
    },
    tokens: () => grantOf(result).tokens,
  }
  return self
}

describe('choice-based sign-in', () => {
  const choice = { signInMethod: 'choice' } as const

  it.each([undefined, clientSecret])('with a password goes straight in, client secret %s', async (secret) => {
    const done = await course(choice, 'ana@example.com', password, secret)
    expect(await issuer.verify(done.access, 'access', done.tokens().accessToken, 0)).toEqual({
      kind: 'verified',
    })
    expect(grantOf(done.result).signInDetails).toEqual({
      loginId: 'ana@example.com',
      authFlowType: 'USER_AUTH',
    })
  })

  it('with a preferred plain password goes straight in', async () => {
    const done = await course({ ...choice, preferredChallenge: 'PASSWORD' }, 'ana')
    expect(done.tokens().accessToken).not.toBe('')
  })

  it('without a password lists what this user may choose from', async () => {
    expect((await course(choice, 'ana', '')).asked()).toEqual({
      kind: 'select-challenge',
      options: [
        { choice: 'PASSWORD', needs: 'password' },
        { choice: 'PASSWORD_SRP', needs: 'password' },
        { choice: 'EMAIL_OTP', needs: 'nothing' },
        { choice: 'SMS_OTP', needs: 'nothing' },
        { choice: 'WEB_AUTHN', needs: 'browser' },
      ],
    })
  })

  it.each(['PASSWORD', 'PASSWORD_SRP'])('%s can be chosen with the password beside it', async (chosen) => {
    const started = await course(choice, 'ana', '', clientSecret)
    const done = await started.answer({ kind: 'select-challenge', choice: chosen, password })
    expect(done.tokens().accessToken).not.toBe('')
  })

  it.each(['EMAIL_OTP', 'SMS_OTP'])('%s can be chosen: a code instead of a password', async (chosen) => {
    const started = await course(choice, 'ana', '')
    await started.answer({ kind: 'select-challenge', choice: chosen })
    expect(started.asked()).toMatchObject({ kind: 'code', challengeName: chosen, canResend: true })
    expect(await started.refused({ kind: 'code', code: '0000' })).toBe('sign-in.wrong-code')
    await started.answer({ kind: 'code', code: sentTo(server, 'ana') })
    expect(started.tokens().accessToken).not.toBe('')
  })

  it('sends another code for a code that did not arrive; the one before is no good then', async () => {
    const started = await course({ ...choice, preferredChallenge: 'EMAIL_OTP' }, 'ana', '')
    expect(started.asked()).toMatchObject({ kind: 'code', delivery: { destination: 'a***@e***' } })
    const first = sentTo(server, 'ana')
    const again = pendingOf(await issuer.resendCode(started.access, pendingOf(started.result)))
    expect(await issuer.answer(started.access, again, { kind: 'code', code: first })).toMatchObject({
      failure: { code: 'sign-in.wrong-code' },
    })
    grantOf(await issuer.answer(started.access, again, { kind: 'code', code: sentTo(server, 'ana') }))
  })

  it('a preference the user does not have comes to the list', async () => {
    const done = await course({ ...choice, preferredChallenge: 'SMS_OTP' }, 'gus', '')
    expect(done.asked().kind).toBe('select-challenge')
  })

  it('after a password asks for the second factor', async () => {
    const started = await course(choice, 'ben')
    expect(started.asked()).toMatchObject({ kind: 'totp' })
    await started.answer({ kind: 'totp', code: freshTotp(server) })
    expect(started.tokens().accessToken).not.toBe('')
  })

  it('a passkey is explained and not tried', async () => {
    const started = await course(choice, 'ana', '')
    const before = server.requests.count()
    expect(await started.refused({ kind: 'select-challenge', choice: 'WEB_AUTHN' })).toBe('sign-in.passkey')
    expect(server.requests.count()).toBe(before)
  })

  it('tells no more of who is there than Cognito does', async () => {
    const nobody = await course(choice, 'nobody@example.com', '')
    expect(nobody.asked().kind).toBe('select-challenge')
    await nobody.answer({ kind: 'select-challenge', choice: 'EMAIL_OTP' })
    expect(nobody.asked()).toMatchObject({ kind: 'code', delivery: { destination: 'n***@e***' } })
    expect(await nobody.refused({ kind: 'code', code: '12345678' })).toBe('sign-in.wrong-code')
    const wrong = await course(choice, 'nobody@example.com')
    expect(wrong.result).toMatchObject({ failure: { code: 'sign-in.wrong-password' } })
  })
})

describe('custom sign-in', () => {
  const custom = { signInMethod: 'custom' } as const

  it.each([
    ['on its own', ''],
    ['after the password, proved by SRP', password],
  ])('%s: each round is shown and answered freely, wrong answers asked again', async (_, typed) => {
    const started = await course(custom, 'ana', typed, clientSecret)
    expect(started.asked()).toEqual({ kind: 'custom', parameters: { question: 'Which engine?' } })
    await started.answer({ kind: 'custom', answer: 'steam' })
    expect(started.asked()).toEqual({ kind: 'custom', parameters: { question: 'Which engine?' } })
    await started.answer({ kind: 'custom', answer: 'analytical' })
    expect(started.asked()).toEqual({ kind: 'custom', parameters: { question: 'Which year?' } })
    await started.answer({ kind: 'custom', answer: '1842' })
    expect(grantOf(started.result).signInDetails?.authFlowType).toBe('CUSTOM_AUTH')
  })

  it('ends after too many wrong answers', async () => {
    const started = await course(custom, 'ana', '')
    await started.answer({ kind: 'custom', answer: '1' })
    await started.answer({ kind: 'custom', answer: '2' })
    expect(await started.refused({ kind: 'custom', answer: '3' })).toBe('sign-in.wrong-password')
  })

  it('with a wrong password does not get as far as the first round', async () => {
    const started = await course(custom, 'ana', 'Wrong-Horse-9')
    expect(started.result).toMatchObject({ failure: { code: 'sign-in.wrong-password' } })
  })

  it('of a pool without triggers is a matter of configuration', async () => {
    await server.close()
    const { customAuth: _, ...without } = flowsPool()
    server = await startCognitoServer({ pools: [without] })
    const started = await course(custom, 'ana', '')
    expect(started.result).toMatchObject({ failure: { code: 'config.flow-not-enabled' } })
  })
})

describe('second factors', () => {
  it.each([
    ['dee', 'SMS_MFA', 'sms'],
    ['eli', 'EMAIL_OTP', 'email'],
  ] as const)('%s gets a code by %s', async (username, challengeName, medium) => {
    const started = await course({}, username, password, clientSecret)
    expect(started.asked()).toMatchObject({
      kind: 'code',
      challengeName,
      delivery: { medium },
      canResend: false,
    })
    expect(await started.refused({ kind: 'code', code: '000' })).toBe('sign-in.wrong-code')
    await started.answer({ kind: 'code', code: sentTo(server, username) })
    expect(started.tokens().accessToken).not.toBe('')
  })

  it.each(['SMS_MFA', 'EMAIL_OTP', 'SOFTWARE_TOKEN_MFA'] as const)(
    'of several, %s can be chosen',
    async (choice) => {
      const started = await course({}, 'cho')
      expect(started.asked()).toMatchObject({ kind: 'select-mfa' })
      await started.answer({ kind: 'select-mfa', choice })
      if (choice === 'SOFTWARE_TOKEN_MFA') {
        await started.answer({ kind: 'totp', code: freshTotp(server) })
      } else {
        await started.answer({ kind: 'code', code: sentTo(server, 'cho') })
      }
      expect(started.tokens().accessToken).not.toBe('')
    },
  )

  it('that the pool demands is set up on the way in: an authenticator, asked for next time', async () => {
    await server.close()
    await restart({ mfa: 'on' })
    const started = await course({}, 'ana', password, clientSecret)
    const setup = started.asked()
    if (setup.kind !== 'totp-setup') throw new Error(`expected a set-up, got ${setup.kind}`)
    const { TOTP, URI } = await import('otpauth')
    const generator = URI.parse(setup.otpauthUri)
    if (!(generator instanceof TOTP)) throw new Error('expected a TOTP URI')
    expect(generator.secret.base32).toBe(setup.secret)
    const wrong = { kind: 'totp-setup', code: '000000', deviceName: '' } as const
    expect(await started.refused(wrong)).toBe('sign-in.wrong-code')
    const code = generator.generate({ timestamp: server.clock.now() })
    await started.answer({ kind: 'totp-setup', code, deviceName: 'My phone' })
    expect(started.tokens().accessToken).not.toBe('')

    const next = await course({}, 'ana')
    expect(next.asked().kind).toBe('totp')
  })

  it('that the pool demands can be an e-mail address, proved by a code', async () => {
    await server.close()
    await restart({ mfa: 'on', mfaSetups: ['SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'] })
    const started = await course({}, 'ana')
    expect(started.asked()).toEqual({ kind: 'mfa-setup', options: ['totp', 'email'], elsewhere: [] })
    await started.answer({ kind: 'mfa-setup', choice: 'email' })
    expect(started.asked()).toEqual({ kind: 'email-setup' })
    await started.answer({ kind: 'email-setup', email: 'ana.second@example.com' })
    expect(started.asked()).toMatchObject({ kind: 'code', challengeName: 'EMAIL_OTP' })
    await started.answer({ kind: 'code', code: sentTo(server, 'ana') })
    expect(started.tokens().accessToken).not.toBe('')
  })
})

describe('a challenge nobody has heard of', () => {
  it('shows its name and parameters, and a free answer goes on to tokens', async () => {
    const started = await course({}, 'fay')
    expect(started.asked()).toEqual({
      kind: 'unknown',
      challengeName: 'PALM_READING',
      parameters: expect.objectContaining({ hand: 'left' }),
    })
    await started.answer({ kind: 'unknown', answer: 'long life' })
    expect(started.tokens().accessToken).not.toBe('')
  })
})

describe('a password that is needed, forgotten or not confirmed', () => {
  const newPassword = 'Brand-New-Horse-1'

  it('forgotten: a code, a new password, and in', async () => {
    const access = to({ clientId: clients.secretive }, clientSecret)
    const pending = pendingOf(await issuer.forgotPassword(access, { username: 'ana@example.com' }))
    expect(pending.challenge).toMatchObject({
      kind: 'reset-password',
      reason: 'forgotten',
      delivery: { destination: expect.stringContaining('*') },
    })
    const answer = (code: string, chosen = newPassword) =>
      issuer.answer(access, pending, { kind: 'reset-password', code, newPassword: chosen })
    expect(await answer('000000')).toMatchObject({ failure: { code: 'sign-in.wrong-code' } })
    expect(await answer(sentTo(server, 'ana'), 'weak')).toMatchObject({
      failure: { code: 'sign-in.password-policy' },
    })
    grantOf(await answer(sentTo(server, 'ana')))
    grantOf(await issuer.signIn(access, { username: 'ana', password: newPassword }))
  })

  it('forgotten, with a second factor: the step after it asks for that', async () => {
    const access = to()
    const pending = pendingOf(await issuer.forgotPassword(access, { username: 'ben' }))
    const next = await issuer.answer(access, pending, {
      kind: 'reset-password',
      code: sentTo(server, 'ben'),
      newPassword,
    })
    expect(pendingOf(next).challenge.kind).toBe('totp')
  })

  it('forgotten, another code: the newest counts; after five an hour Cognito sends none', async () => {
    const access = to()
    let pending = pendingOf(await issuer.forgotPassword(access, { username: 'ana' }))
    for (let sent = 2; sent <= 5; sent += 1) pending = pendingOf(await issuer.resendCode(access, pending))
    expect(await issuer.resendCode(access, pending)).toMatchObject({
      failure: { code: 'sign-in.too-many-tries' },
    })
    const answer = { kind: 'reset-password', code: sentTo(server, 'ana'), newPassword } as const
    grantOf(await issuer.answer(access, pending, answer))
  })

  it('forgotten by somebody who is not there looks no different, up to the code', async () => {
    const access = to()
    const [known, unknown] = await Promise.all(
      ['ana@example.com', 'amy@example.com'].map(async (username) =>
        pendingOf(await issuer.forgotPassword(access, { username })),
      ),
    )
    expect(unknown?.challenge).toEqual(known?.challenge)
    if (unknown === undefined) throw new Error('expected a step')
    const answer = { kind: 'reset-password', code: '123456', newPassword } as const
    expect(await issuer.answer(access, unknown, answer)).toMatchObject({
      failure: { code: 'sign-in.wrong-code' },
    })
    const legacy = to({ clientId: clients.legacy })
    expect(await issuer.forgotPassword(legacy, { username: 'amy@example.com' })).toMatchObject({
      failure: { code: 'sign-in.user-not-found' },
    })
  })

  it('to be reset by order of an administrator: the next step of the same sign-in', async () => {
    const started = await course({}, 'hal')
    expect(started.asked()).toMatchObject({ kind: 'reset-password', reason: 'required' })
    await started.answer({ kind: 'reset-password', code: sentTo(server, 'hal'), newPassword })
    expect(started.tokens().accessToken).not.toBe('')
  })

  it.each(['srp', 'password', 'choice'] as const)(
    'of a user who was never confirmed: the code, then in with what was typed (%s)',
    async (signInMethod) => {
      const started = await course({ signInMethod }, 'gus', password, clientSecret)
      expect(started.asked()).toMatchObject({ kind: 'confirm-sign-up' })
      const again = pendingOf(await issuer.resendCode(started.access, pendingOf(started.result)))
      expect(again.challenge).toMatchObject({ delivery: { medium: 'email', destination: 'g***@e***' } })
      const answer = (code: string) => issuer.answer(started.access, again, { kind: 'confirm-sign-up', code })
      expect(await answer('000000')).toMatchObject({ failure: { code: 'sign-in.wrong-code' } })
      grantOf(await answer(sentTo(server, 'gus')))
    },
  )

  it('confirmed behind our back goes on as well', async () => {
    const started = await course({}, 'gus')
    server.admin.updateUser(flowsPoolId, 'gus', { status: 'CONFIRMED' })
    await started.answer({ kind: 'confirm-sign-up', code: '123456' })
    expect(started.tokens().accessToken).not.toBe('')
  })
})
