import { describe, expect, test } from 'vitest'
import { ok } from '../../../main/failure.ts'
import type { Challenge, PendingSignIn } from '../../../main/sessions/ports.ts'
import { signInStepSchema } from '../../../preload/views.ts'
import { failureOf, fakeProfile, minutes, valueOf, type World, world } from './fakes.ts'

const typed = { username: 'ana@acme.io', password: 'correct horse' }

const pending = ({ clock }: World, challenge: Challenge): PendingSignIn => ({
  challenge,
  expiresAt: clock.now() + 3 * minutes,
  resume: {},
})
const challenge = (w: World, asked: Challenge) =>
  ok({ kind: 'challenge' as const, pending: pending(w, asked) })

const delivery = { medium: 'email', destination: 'a***@e***' } as const
const everyChallenge: readonly Challenge[] = [
  { kind: 'totp', deviceName: 'phone' },
  { kind: 'new-password', requiredAttributes: ['name'], knownAttributes: { email: 'a@b.c' } },
  { kind: 'code', challengeName: 'EMAIL_OTP', delivery, canResend: true },
  { kind: 'select-challenge', options: [{ choice: 'WEB_AUTHN', needs: 'browser' }] },
  { kind: 'password', challengeName: 'PASSWORD_SRP' },
  { kind: 'select-mfa', options: ['SMS_MFA'] },
  { kind: 'mfa-setup', options: ['totp', 'email'], elsewhere: ['SMS_MFA'] },
  { kind: 'totp-setup', secret: 'JBSWY3DP', otpauthUri: 'otpauth://totp/x:y?secret=JBSWY3DP&issuer=x' },
  { kind: 'email-setup' },
  { kind: 'custom', parameters: { question: '?' } },
  { kind: 'web-authn', canUseBrowser: true },
  { kind: 'unknown', challengeName: 'NEW', parameters: {} },
  { kind: 'reset-password', reason: 'required', delivery, canResend: true },
  { kind: 'confirm-sign-up', delivery: {}, canResend: true },
]

describe('every challenge', () => {
  test.each(everyChallenge)('$kind reaches the window as it is', async (asked) => {
    const w = world()
    w.issuer.does.signIn.next(challenge(w, asked))
    const step = valueOf(await w.sessions.beginSignIn(w.profile.id, typed))
    expect(step).toMatchObject({ ...asked, step: 2, username: typed.username })
    expect(signInStepSchema.parse(step)).toEqual(step)
  })
})

test('a password may be missing where the method asks for none', async () => {
  const w = world()
  await w.sessions.beginSignIn(w.profile.id, { username: 'ana' })
  expect(w.issuer.inputs[0]).toMatchObject({ username: 'ana', password: '' })
})

test('a forgotten password begins at its own step', async () => {
  const w = world()
  w.issuer.does.forgotPassword.next(
    challenge(w, { kind: 'reset-password', reason: 'forgotten', delivery, canResend: true }),
  )
  const step = valueOf(await w.sessions.forgotPassword(w.profile.id, typed.username))
  expect(step).toMatchObject({ kind: 'reset-password', step: 2, username: typed.username })
  expect(failureOf(await w.sessions.forgotPassword(fakeProfile().id, 'x')).code).toBe('profile.not-found')
})

describe('another code', () => {
  const asked = async () => {
    const w = world()
    const code = { kind: 'code', challengeName: 'EMAIL_OTP', delivery: {}, canResend: true } as const
    w.issuer.does.signIn.next(challenge(w, code))
    const step = valueOf(await w.sessions.beginSignIn(w.profile.id, typed))
    if (step.kind !== 'code') throw new Error('expected a code to be asked for')
    return { w, code, step }
  }

  test('is the same step anew', async () => {
    const { w, code, step } = await asked()
    w.issuer.does.resendCode.next(challenge(w, { ...code, delivery }))
    const again = valueOf(await w.sessions.resendCode(step.attemptId))
    expect(again).toMatchObject({ kind: 'code', attemptId: step.attemptId, step: 2, delivery })
  })

  test('that could not be sent leaves the step open', async () => {
    const { w, step } = await asked()
    w.issuer.does.resendCode.next('sign-in.code-not-sent')
    expect(failureOf(await w.sessions.resendCode(step.attemptId)).code).toBe('sign-in.code-not-sent')
    const answer = await w.sessions.answerSignIn(step.attemptId, { kind: 'code', code: '123456' })
    expect(answer).toEqual(ok({ kind: 'signed-in' }))
  })

  test('is not sent while an answer is on its way, and not for a step that is gone', async () => {
    const { w, step } = await asked()
    w.issuer.does.answer.gate.close()
    const answer = w.sessions.answerSignIn(step.attemptId, { kind: 'code', code: '123456' })
    expect(failureOf(await w.sessions.resendCode(step.attemptId)).code).toBe('session.superseded')
    w.issuer.does.answer.gate.open()
    await answer
    expect(failureOf(await w.sessions.resendCode(step.attemptId)).code).toBe('sign-in.attempt-not-found')
  })
})

describe("the profile's client metadata", () => {
  test('goes with every request, and what a caller adds wins', async () => {
    const w = world({ all: [fakeProfile({ clientMetadata: { tenant: 'acme', origin: 'profile' } })] })
    await w.signIn()
    await w.sessions.fetchAuthSession(w.profile.id, {
      forceRefresh: true,
      clientMetadata: { origin: 'caller' },
    })
    expect(w.issuer.accesses.map(({ clientMetadata }) => clientMetadata)).toEqual([
      { tenant: 'acme', origin: 'profile' },
      { tenant: 'acme', origin: 'caller' },
    ])
  })
})
