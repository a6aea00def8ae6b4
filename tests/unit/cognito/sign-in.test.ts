import { describe, expect, it } from 'vitest'
import {
  access,
  ana,
  challenge,
  failed,
  hashOf,
  pendingOf,
  signedIn,
  stage,
  tokens,
  verifier,
} from './sign-in-stage.ts'

const totp = challenge('SOFTWARE_TOKEN_MFA', { FRIENDLY_DEVICE_NAME: 'phone', USER_ID_FOR_SRP: 'real-name' })

describe('an SRP sign-in', () => {
  it('proves the password without sending it, under the name Cognito gives', async () => {
    const { issuer, initiated, responded } = stage({ initiate: [verifier], respond: [tokens] })
    const result = await issuer.signIn(access({}, 'client-secret'), ana)
    expect(result).toMatchObject({
      ok: true,
      value: {
        kind: 'signed-in',
        grant: {
          tokens: { idToken: 'id', accessToken: 'access', refreshToken: 'refresh' },
          signInDetails: { loginId: 'ana@example.com', authFlowType: 'USER_SRP_AUTH' },
          requestId: 'request-1',
        },
      },
    })
    expect(initiated[0]).toMatchObject({
      AuthFlow: 'USER_SRP_AUTH',
      AuthParameters: { USERNAME: 'ana@example.com', SECRET_HASH: hashOf('ana@example.com') },
      ClientMetadata: { origin: 'test' },
    })
    expect(responded[0]).toMatchObject({
      ChallengeName: 'PASSWORD_VERIFIER',
      Session: 'session-1',
      ChallengeResponses: {
        USERNAME: 'real-name',
        SECRET_HASH: hashOf('real-name'),
        PASSWORD_CLAIM_SECRET_BLOCK: 'AAEC',
        TIMESTAMP: 'Tue Feb 3 04:05:06 UTC 2026',
      },
      ClientMetadata: { origin: 'test' },
    })
    expect(JSON.stringify([initiated, responded])).not.toContain(ana.password)
  })

  it('sends no SECRET_HASH for an app client without a secret', async () => {
    const { issuer, initiated, responded } = stage({ initiate: [verifier], respond: [tokens] })
    await issuer.signIn(access(), ana)
    expect(JSON.stringify([initiated, responded])).not.toContain('SECRET_HASH')
  })

  it.each(['SRP_B', 'SALT', 'SECRET_BLOCK', 'USER_ID_FOR_SRP'] as const)(
    'is a bad answer where the challenge lacks %s',
    async (missing) => {
      const { [missing]: _, ...rest } = verifier.ChallengeParameters
      const { issuer } = stage({ initiate: [{ ...verifier, ChallengeParameters: rest }] })
      expect(await issuer.signIn(access(), ana)).toMatchObject(failed('network.bad-answer'))
    },
  )

  it.each(['PASSWORD_VERIFIER', 'DEVICE_SRP_AUTH', 'DEVICE_PASSWORD_VERIFIER'])(
    'ends where %s comes that nothing can answer',
    async (name) => {
      const { issuer } = stage({ initiate: [verifier], respond: [challenge(name)] })
      const end = failed('sign-in.unsupported-challenge', { detail: name })
      expect(await issuer.signIn(access(), ana)).toMatchObject(end)
    },
  )
})

describe('a password sign-in', () => {
  it('sends the password and takes the tokens', async () => {
    const { issuer, initiated } = stage({ initiate: [tokens] })
    const result = await issuer.signIn(access({ signInMethod: 'password' }), ana)
    expect(result).toMatchObject({
      ok: true,
      value: { grant: { signInDetails: { authFlowType: 'USER_PASSWORD_AUTH' } } },
    })
    expect(initiated[0]?.AuthParameters).toEqual({ USERNAME: ana.username, PASSWORD: ana.password })
  })

  it.each(['idToken', 'accessToken', 'refreshToken'])(
    'is a bad answer where there is no %s',
    async (name) => {
      const member =
        { idToken: 'IdToken', accessToken: 'AccessToken', refreshToken: 'RefreshToken' }[name] ?? ''
      const AuthenticationResult = { ...tokens.AuthenticationResult, [member]: undefined }
      const { issuer } = stage({ initiate: [{ AuthenticationResult }] })
      expect(await issuer.signIn(access({ signInMethod: 'password' }), ana)).toMatchObject(
        failed('network.bad-answer', { detail: `The answer holds no ${name}.` }),
      )
    },
  )
})

describe('what a method needs', () => {
  it.each(['srp', 'password'] as const)('%s asks nobody without a password', async (signInMethod) => {
    const { issuer } = stage({})
    expect(await issuer.signIn(access({ signInMethod }), { ...ana, password: '' })).toMatchObject(
      failed('input.invalid', { field: 'password' }),
    )
  })

  it('browser takes no password here', async () => {
    const { issuer } = stage({})
    expect(await issuer.signIn(access({ signInMethod: 'browser' }), ana)).toMatchObject(
      failed('sign-in.method-unavailable'),
    )
  })
})

describe('choice-based sign-in', () => {
  const choice = { signInMethod: 'choice' } as const
  const passwordless = { ...ana, password: '' }

  it('with a password prefers SRP and does not send it', async () => {
    const { issuer, initiated } = stage({ initiate: [verifier], respond: [tokens] })
    expect(await issuer.signIn(access(choice), ana)).toMatchObject(signedIn)
    expect(initiated[0]).toMatchObject({
      AuthFlow: 'USER_AUTH',
      AuthParameters: { PREFERRED_CHALLENGE: 'PASSWORD_SRP', SRP_A: expect.any(String) },
    })
    expect(JSON.stringify(initiated)).not.toContain(ana.password)
  })

  it.each([
    ['nothing is preferred without a password', {}, passwordless, { USERNAME: ana.username }],
    [
      'a preferred password that was not typed is not preferred',
      { preferredChallenge: 'PASSWORD' },
      passwordless,
      { USERNAME: ana.username },
    ],
    [
      'a preferred plain password is sent',
      { preferredChallenge: 'PASSWORD' },
      ana,
      { USERNAME: ana.username, PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: ana.password },
    ],
    [
      'a preferred e-mail code needs no password',
      { preferredChallenge: 'EMAIL_OTP' },
      passwordless,
      { USERNAME: ana.username, PREFERRED_CHALLENGE: 'EMAIL_OTP' },
    ],
    [
      'a preferred SMS code sends no password either',
      { preferredChallenge: 'SMS_OTP' },
      ana,
      { USERNAME: ana.username, PREFERRED_CHALLENGE: 'SMS_OTP' },
    ],
  ] as const)('%s', async (_, settings, input, parameters) => {
    const { issuer, initiated } = stage({ initiate: [tokens] })
    await issuer.signIn(access({ ...choice, ...settings }), input)
    expect(initiated[0]).toMatchObject({ AuthFlow: 'USER_AUTH', AuthParameters: parameters })
    expect(Object.keys(initiated[0]?.AuthParameters ?? {})).toEqual(Object.keys(parameters))
  })
})

describe('custom sign-in', () => {
  it('with a password proves it first, and says so', async () => {
    const { issuer, initiated, responded } = stage({
      initiate: [verifier],
      respond: [challenge('CUSTOM_CHALLENGE'), tokens],
    })
    const pending = pendingOf(await issuer.signIn(access({ signInMethod: 'custom' }), ana))
    expect(pending.challenge).toEqual({ kind: 'custom', parameters: {} })
    expect(initiated[0]).toMatchObject({
      AuthFlow: 'CUSTOM_AUTH',
      AuthParameters: { CHALLENGE_NAME: 'SRP_A', SRP_A: expect.any(String) },
    })
    expect(responded[0]?.ChallengeName).toBe('PASSWORD_VERIFIER')
  })

  it('without one leaves it to the Lambda', async () => {
    const { issuer, initiated } = stage({ initiate: [challenge('CUSTOM_CHALLENGE')] })
    await issuer.signIn(access({ signInMethod: 'custom' }), { ...ana, password: '' })
    expect(initiated[0]).toMatchObject({
      AuthFlow: 'CUSTOM_AUTH',
      AuthParameters: { USERNAME: ana.username },
    })
  })
})

describe('a challenge for the person', () => {
  const begin = async () => {
    const started = stage({ initiate: [verifier], respond: [totp, 'sign-in.wrong-code', tokens] })
    const pending = pendingOf(await started.issuer.signIn(access({}, 'client-secret'), ana))
    return { ...started, pending }
  }
  const code = { kind: 'totp', code: ' 123 456 ' } as const

  it('is shown with its deadline, and nothing secret with it', async () => {
    const { pending, clock } = await begin()
    expect(pending.challenge).toEqual({ kind: 'totp', deviceName: 'phone' })
    expect(pending.expiresAt).toBe(clock.now() + 180_000)
    expect(JSON.stringify(pending)).not.toContain('session-2')
  })

  it('may be answered again after a wrong code, and goes on to the tokens', async () => {
    const { issuer, pending, responded } = await begin()
    const withSecret = access({}, 'client-secret')
    expect(await issuer.answer(withSecret, pending, code)).toMatchObject(failed('sign-in.wrong-code'))
    expect(await issuer.answer(withSecret, pending, code)).toMatchObject(signedIn)
    expect(responded[2]).toMatchObject({
      ChallengeName: 'SOFTWARE_TOKEN_MFA',
      Session: 'session-2',
      ChallengeResponses: {
        USERNAME: 'real-name',
        SECRET_HASH: hashOf('real-name'),
        SOFTWARE_TOKEN_MFA_CODE: '123456',
      },
    })
  })

  it('refuses an answer to another question', async () => {
    const { issuer, pending } = await begin()
    const other = { kind: 'new-password', newPassword: 'x', attributes: {} } as const
    expect(await issuer.answer(access(), pending, other)).toMatchObject(failed('input.invalid'))
  })

  it('sends no other code where none can be had', async () => {
    const { issuer, pending } = await begin()
    expect(await issuer.resendCode(access(), pending)).toMatchObject(failed('input.invalid'))
  })

  it('is not found where it was not asked here', async () => {
    const { issuer, pending } = await begin()
    expect(await issuer.answer(access(), { ...pending, resume: {} }, code)).toMatchObject(
      failed('sign-in.attempt-not-found'),
    )
  })
})
