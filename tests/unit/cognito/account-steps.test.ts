import { describe, expect, it } from 'vitest'
import {
  access,
  ana,
  failed,
  hashOf,
  pendingOf,
  type Script,
  signedIn,
  stage,
  tokens,
} from './sign-in-stage.ts'

const delivery = {
  CodeDeliveryDetails: { DeliveryMedium: 'EMAIL', Destination: 'a***@e***', AttributeName: 'email' },
}
const withPassword = { signInMethod: 'password' } as const
const secretly = access(withPassword, 'client-secret')
const newPassword = 'Brand-New-Horse-1'
const resetAnswer = { kind: 'reset-password', code: '123 456', newPassword } as const

describe('a forgotten password', () => {
  const forget = async (script: Script) => {
    const started = stage(script)
    const result = await started.issuer.forgotPassword(secretly, { username: ana.username })
    return { ...started, result }
  }

  it('has a code sent and says where it went', async () => {
    const { result, forgotten, clock } = await forget({ forgot: [delivery] })
    const pending = pendingOf(result)
    expect(pending.challenge).toEqual({
      kind: 'reset-password',
      reason: 'forgotten',
      delivery: { medium: 'email', destination: 'a***@e***' },
      canResend: true,
    })
    expect(pending.expiresAt).toBe(clock.now() + 3_600_000)
    expect(forgotten[0]).toMatchObject({
      Username: ana.username,
      SecretHash: hashOf(ana.username),
      ClientMetadata: { origin: 'test' },
    })
  })

  it('takes the code and goes on signing in with the new password', async () => {
    const { issuer, result, reset, initiated } = await forget({
      forgot: [delivery],
      confirmForgot: [{}],
      initiate: [tokens],
    })
    expect(await issuer.answer(secretly, pendingOf(result), resetAnswer)).toMatchObject(signedIn)
    expect(reset[0]).toMatchObject({
      Username: ana.username,
      ConfirmationCode: '123456',
      Password: newPassword,
      SecretHash: hashOf(ana.username),
    })
    expect(initiated[0]?.AuthParameters).toMatchObject({ USERNAME: ana.username, PASSWORD: newPassword })
  })

  it.each(['sign-in.wrong-code', 'sign-in.password-policy', 'sign-in.too-many-tries'] as const)(
    'stays open after %s',
    async (code) => {
      const { issuer, result } = await forget({
        forgot: [delivery],
        confirmForgot: [code, {}],
        initiate: [tokens],
      })
      const pending = pendingOf(result)
      expect(await issuer.answer(secretly, pending, resetAnswer)).toMatchObject(failed(code))
      expect(await issuer.answer(secretly, pending, resetAnswer)).toMatchObject(signedIn)
    },
  )

  it('after a wrong code offers another code rather than to wait for one', async () => {
    const { issuer, result } = await forget({ forgot: [delivery], confirmForgot: ['sign-in.wrong-code'] })
    expect(await issuer.answer(secretly, pendingOf(result), resetAnswer)).toMatchObject(
      failed('sign-in.wrong-code', { remedy: 'Check the code, or have another one sent.' }),
    )
  })

  it('does not use up the code twice where only the sign-in after it failed', async () => {
    const { issuer, result, reset } = await forget({
      forgot: [delivery],
      confirmForgot: [{}],
      initiate: ['network.offline', tokens],
    })
    const pending = pendingOf(result)
    expect(await issuer.answer(secretly, pending, resetAnswer)).toMatchObject(failed('network.offline'))
    expect(await issuer.answer(secretly, pending, resetAnswer)).toMatchObject(signedIn)
    expect(reset).toHaveLength(1)
  })

  it('has another code sent', async () => {
    const { issuer, result, forgotten } = await forget({ forgot: [delivery, delivery] })
    const again = pendingOf(await issuer.resendCode(secretly, pendingOf(result)))
    expect(again.challenge).toMatchObject({ kind: 'reset-password', reason: 'forgotten' })
    expect(forgotten).toHaveLength(2)
  })
})

describe('a password that an administrator wants reset', () => {
  const begin = async (script: Script) => {
    const started = stage({ ...script, initiate: ['sign-in.reset-required', ...(script.initiate ?? [])] })
    const pending = pendingOf(await started.issuer.signIn(secretly, ana))
    return { ...started, pending }
  }

  it('is the next step, without having a second code sent', async () => {
    const { pending, forgotten } = await begin({})
    expect(pending.challenge).toEqual({
      kind: 'reset-password',
      reason: 'required',
      delivery: {},
      canResend: true,
    })
    expect(forgotten).toEqual([])
  })

  it('goes on signing in with the new password', async () => {
    const { issuer, pending, initiated } = await begin({ confirmForgot: [{}], initiate: [tokens] })
    expect(await issuer.answer(secretly, pending, resetAnswer)).toMatchObject(signedIn)
    expect(initiated[1]?.AuthParameters).toMatchObject({ PASSWORD: newPassword })
  })

  it('keeps its reason when another code is sent', async () => {
    const { issuer, pending } = await begin({ forgot: [delivery] })
    const again = pendingOf(await issuer.resendCode(secretly, pending))
    expect(again.challenge).toMatchObject({ reason: 'required', delivery: { destination: 'a***@e***' } })
  })
})

describe('a user who was never confirmed', () => {
  const begin = async (script: Script) => {
    const started = stage({ ...script, initiate: ['sign-in.not-confirmed', ...(script.initiate ?? [])] })
    const pending = pendingOf(await started.issuer.signIn(secretly, ana))
    return { ...started, pending }
  }
  const answer = { kind: 'confirm-sign-up', code: ' 123456 ' } as const

  it('is asked for the code of the sign-up, for as long as the password may wait', async () => {
    const { pending, clock } = await begin({})
    expect(pending.challenge).toEqual({ kind: 'confirm-sign-up', delivery: {}, canResend: true })
    expect(pending.expiresAt).toBe(clock.now() + 900_000)
    expect(JSON.stringify(pending)).not.toContain(ana.password)
  })

  it.each(['is confirmed', 'was confirmed meanwhile'])('%s: goes on with what was typed', async (how) => {
    const { issuer, pending, confirmed, initiated } = await begin({
      confirmSignUp: [how === 'is confirmed' ? {} : 'sign-in.already-confirmed'],
      initiate: [tokens],
    })
    expect(await issuer.answer(secretly, pending, answer)).toMatchObject(signedIn)
    expect(confirmed[0]).toMatchObject({
      Username: ana.username,
      ConfirmationCode: '123456',
      SecretHash: hashOf(ana.username),
    })
    expect(initiated[1]?.AuthParameters).toMatchObject({ PASSWORD: ana.password })
  })

  it('can have another code sent', async () => {
    const { issuer, pending, resent } = await begin({ resend: [delivery] })
    const again = pendingOf(await issuer.resendCode(secretly, pending))
    expect(again.challenge).toEqual({
      kind: 'confirm-sign-up',
      delivery: { medium: 'email', destination: 'a***@e***' },
      canResend: true,
    })
    expect(resent[0]).toMatchObject({ Username: ana.username, ClientMetadata: { origin: 'test' } })
  })

  it('stays open where no code could be sent', async () => {
    const { issuer, pending } = await begin({
      resend: ['sign-in.code-not-sent'],
      confirmSignUp: ['sign-in.wrong-code'],
    })
    expect(await issuer.resendCode(secretly, pending)).toMatchObject(failed('sign-in.code-not-sent'))
    expect(await issuer.answer(secretly, pending, answer)).toMatchObject(failed('sign-in.wrong-code'))
  })
})
