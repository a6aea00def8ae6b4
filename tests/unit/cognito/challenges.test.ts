import { describe, expect, it } from 'vitest'
import type { Profile } from '../../../main/profiles/profile.ts'
import type { ChallengeAnswer } from '../../../main/sessions/ports.ts'
import {
  access,
  ana,
  challenge,
  failed,
  pendingOf,
  type Said,
  type Script,
  signedIn,
  stage,
  tokens,
} from './sign-in-stage.ts'

/** A sign-in whose first answer is this challenge. */
const asked = async (
  first: Said,
  then: Omit<Script, 'initiate'> & { again?: Said } = {},
  settings: Partial<Profile> = { signInMethod: 'password' },
  password = ana.password,
) => {
  const started = stage({ ...then, initiate: then.again === undefined ? [first] : [first, then.again] })
  const profile = access(settings)
  const pending = pendingOf(await started.issuer.signIn(profile, { ...ana, password }))
  const answer = (given: ChallengeAnswer, to = pending) => started.issuer.answer(profile, to, given)
  return { ...started, profile, pending, answer, shown: pending.challenge }
}

const answerTo = async (first: Said, given: ChallengeAnswer) => {
  const { answer, responded } = await asked(first, { respond: [tokens] })
  expect(await answer(given)).toMatchObject(signedIn)
  return responded[0]?.ChallengeResponses
}
const responses = (own: Record<string, string>) => ({ USERNAME: ana.username, ...own })

describe('codes that Cognito sends', () => {
  it.each([
    ['SMS_MFA', 'SMS', 'sms', 'SMS_MFA_CODE'],
    ['SMS_OTP', 'SMS', 'sms', 'SMS_OTP_CODE'],
    ['EMAIL_OTP', 'EMAIL', 'email', 'EMAIL_OTP_CODE'],
  ] as const)('%s says where it went and answers with its own name', async (name, from, medium, member) => {
    const sent = challenge(name, {
      CODE_DELIVERY_DELIVERY_MEDIUM: from,
      CODE_DELIVERY_DESTINATION: '+*******42',
    })
    const { shown } = await asked(sent)
    expect(shown).toEqual({
      kind: 'code',
      challengeName: name,
      delivery: { medium, destination: '+*******42' },
      canResend: false,
    })
    expect(await answerTo(sent, { kind: 'code', code: '12 34 56' })).toEqual(
      responses({ [member]: '123456' }),
    )
  })

  it('know the medium by their name where Cognito does not say', async () => {
    const { shown } = await asked(challenge('EMAIL_OTP'))
    expect(shown).toMatchObject({ delivery: { medium: 'email' } })
  })

  it('as first factor can be sent again, by beginning anew with the same wish', async () => {
    const otp = challenge('EMAIL_OTP')
    const { issuer, profile, pending, shown, initiated } = await asked(
      otp,
      { again: otp },
      { signInMethod: 'choice', preferredChallenge: 'EMAIL_OTP' },
      '',
    )
    expect(shown).toMatchObject({ kind: 'code', canResend: true })
    expect(pendingOf(await issuer.resendCode(profile, pending)).challenge).toMatchObject({ kind: 'code' })
    expect(initiated[1]).toMatchObject({ AuthParameters: { PREFERRED_CHALLENGE: 'EMAIL_OTP' } })
  })

  it('after a password in choice-based sign-in are a second factor', async () => {
    const { shown } = await asked(
      challenge('EMAIL_OTP'),
      {},
      { signInMethod: 'choice', preferredChallenge: 'PASSWORD' },
    )
    expect(shown).toMatchObject({ kind: 'code', canResend: false })
  })
})

describe('SELECT_CHALLENGE', () => {
  const offered = ['PASSWORD', 'PASSWORD_SRP', 'EMAIL_OTP', 'WEB_AUTHN', 'SOMETHING_NEW']
  const list = challenge('SELECT_CHALLENGE', {}, 'session-2', offered)

  it('lists what the pool offers, and what each needs', async () => {
    const { shown } = await asked(list, {}, { signInMethod: 'choice' }, '')
    expect(shown).toEqual({
      kind: 'select-challenge',
      options: [
        { choice: 'PASSWORD', needs: 'password' },
        { choice: 'PASSWORD_SRP', needs: 'password' },
        { choice: 'EMAIL_OTP', needs: 'nothing' },
        { choice: 'WEB_AUTHN', needs: 'browser' },
        { choice: 'SOMETHING_NEW', needs: 'nothing' },
      ],
    })
  })

  const choose = async (choice: string, password: string | undefined, ...respond: Said[]) => {
    const started = stage({ initiate: [list], respond })
    const profile = access({ signInMethod: 'choice' })
    const pending = pendingOf(await started.issuer.signIn(profile, { ...ana, password: '' }))
    const result = await started.issuer.answer(profile, pending, {
      kind: 'select-challenge',
      choice,
      password,
    })
    return { ...started, result }
  }

  it('takes the plain password with the choice', async () => {
    const { responded, result } = await choose('PASSWORD', 'pw-of-ana', tokens)
    expect(result).toMatchObject(signedIn)
    expect(responded[0]?.ChallengeResponses).toEqual(responses({ ANSWER: 'PASSWORD', PASSWORD: 'pw-of-ana' }))
  })

  it('proves the password by SRP without sending it', async () => {
    const verifier = challenge('PASSWORD_VERIFIER', {
      SRP_B: 'abc123',
      SALT: '1f2',
      SECRET_BLOCK: 'AAEC',
      USER_ID_FOR_SRP: 'real-name',
    })
    const { responded, result } = await choose('PASSWORD_SRP', 'pw-of-ana', verifier, tokens)
    expect(result).toMatchObject(signedIn)
    expect(responded[0]?.ChallengeResponses).toEqual(
      responses({ ANSWER: 'PASSWORD_SRP', SRP_A: expect.any(String) }),
    )
    expect(responded[1]).toMatchObject({ ChallengeName: 'PASSWORD_VERIFIER' })
    expect(JSON.stringify(responded)).not.toContain('pw-of-ana')
  })

  it('asks for the password where it is missing, and asks Cognito nothing', async () => {
    const { responded, result } = await choose('PASSWORD_SRP', undefined)
    expect(result).toMatchObject(failed('input.invalid', { field: 'password' }))
    expect(responded).toEqual([])
  })

  it('sends a name nobody knows as it is', async () => {
    const { responded } = await choose('SOMETHING_NEW', undefined, tokens)
    expect(responded[0]?.ChallengeResponses).toEqual(responses({ ANSWER: 'SOMETHING_NEW' }))
  })

  it('that comes although a password was sent along proves nothing: a code is the first factor then', async () => {
    const started = stage({ initiate: [list], respond: [challenge('EMAIL_OTP')] })
    const profile = access({ signInMethod: 'choice' })
    const pending = pendingOf(await started.issuer.signIn(profile, ana))
    const choice = { kind: 'select-challenge', choice: 'EMAIL_OTP' } as const
    const next = pendingOf(await started.issuer.answer(profile, pending, choice))
    expect(next.challenge).toMatchObject({ kind: 'code', canResend: true })
  })

  it('says why a passkey cannot be used here', async () => {
    const { responded, result } = await choose('WEB_AUTHN', undefined)
    expect(result).toMatchObject(failed('sign-in.passkey'))
    expect(responded).toEqual([])
  })

  it('after a code was chosen counts it as first factor', async () => {
    const { result } = await choose('EMAIL_OTP', undefined, challenge('EMAIL_OTP'))
    expect(pendingOf(result).challenge).toMatchObject({ kind: 'code', canResend: true })
  })
})

describe('PASSWORD and PASSWORD_SRP as challenges', () => {
  it('take the password', async () => {
    const { shown } = await asked(challenge('PASSWORD'))
    expect(shown).toEqual({ kind: 'password', challengeName: 'PASSWORD' })
    expect(await answerTo(challenge('PASSWORD'), { kind: 'password', password: 'pw' })).toEqual(
      responses({ PASSWORD: 'pw' }),
    )
  })

  it('take its proof', async () => {
    expect(await answerTo(challenge('PASSWORD_SRP'), { kind: 'password', password: 'pw-of-ana' })).toEqual(
      responses({ SRP_A: expect.any(String) }),
    )
  })
})

describe('SELECT_MFA_TYPE', () => {
  const list = (...names: string[]) =>
    challenge('SELECT_MFA_TYPE', { MFAS_CAN_CHOOSE: JSON.stringify(names) })

  it('shows e-mail by one name and answers by the name the pool used', async () => {
    const { shown } = await asked(list('SMS_MFA', 'SOFTWARE_TOKEN_MFA', 'EMAIL_MFA'))
    expect(shown).toEqual({ kind: 'select-mfa', options: ['SMS_MFA', 'SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'] })
    const choice = { kind: 'select-mfa', choice: 'EMAIL_OTP' } as const
    expect(await answerTo(list('EMAIL_MFA'), choice)).toEqual(responses({ ANSWER: 'EMAIL_MFA' }))
    expect(await answerTo(list('EMAIL_OTP'), choice)).toEqual(responses({ ANSWER: 'EMAIL_OTP' }))
  })

  it('survives a list that is none', async () => {
    const { shown } = await asked(challenge('SELECT_MFA_TYPE', { MFAS_CAN_CHOOSE: 'oops' }))
    expect(shown).toEqual({ kind: 'select-mfa', options: [] })
  })
})

describe('MFA_SETUP', () => {
  const list = (...names: string[]) => challenge('MFA_SETUP', { MFAS_CAN_SETUP: JSON.stringify(names) })
  const associated = { SecretCode: 'JBSWY3DPEHPK3PXP', Session: 'session-3' }
  const verified = { Status: 'SUCCESS', Session: 'session-4' }
  const totpAnswer = { kind: 'totp-setup', code: '123 456', deviceName: 'My phone' } as const

  it('with one way goes straight to it: a secret, and a URI for the QR code', async () => {
    const { shown } = await asked(list('SOFTWARE_TOKEN_MFA'), { associate: [associated] })
    expect(shown).toEqual({
      kind: 'totp-setup',
      secret: 'JBSWY3DPEHPK3PXP',
      otpauthUri: 'otpauth://totp/test:ana%40example.com?secret=JBSWY3DPEHPK3PXP&issuer=test',
    })
  })

  it('verifies with the newest Session each time and answers with the last', async () => {
    const started = stage({
      initiate: [list('SOFTWARE_TOKEN_MFA')],
      associate: [associated],
      verify: [verified],
      respond: [tokens],
    })
    const profile = access({ signInMethod: 'password' })
    const pending = pendingOf(await started.issuer.signIn(profile, ana))
    expect(await started.issuer.answer(profile, pending, totpAnswer)).toMatchObject(signedIn)
    expect(started.associated[0]).toMatchObject({ Session: 'session-2' })
    expect(started.verified[0]).toEqual({
      Session: 'session-3',
      UserCode: '123456',
      FriendlyDeviceName: 'My phone',
    })
    expect(started.responded[0]).toMatchObject({
      ChallengeName: 'MFA_SETUP',
      Session: 'session-4',
      ChallengeResponses: responses({}),
    })
  })

  it('after a wrong code takes another, and after a lost answer does not verify twice', async () => {
    const started = stage({
      initiate: [list('SOFTWARE_TOKEN_MFA')],
      associate: [associated],
      verify: ['sign-in.wrong-code', verified],
      respond: ['network.offline', tokens],
    })
    const profile = access({ signInMethod: 'password' })
    const pending = pendingOf(await started.issuer.signIn(profile, ana))
    const answer = () => started.issuer.answer(profile, pending, totpAnswer)
    expect(await answer()).toMatchObject(failed('sign-in.wrong-code'))
    expect(await answer()).toMatchObject(failed('network.offline'))
    expect(await answer()).toMatchObject(signedIn)
    expect(started.verified).toHaveLength(2)
  })

  it('with several ways asks which, and names what cannot be set up here', async () => {
    const { shown, answer } = await asked(list('SMS_MFA', 'SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'), {
      associate: [associated],
    })
    expect(shown).toEqual({ kind: 'mfa-setup', options: ['totp', 'email'], elsewhere: ['SMS_MFA'] })
    const totp = pendingOf(await answer({ kind: 'mfa-setup', choice: 'totp' }))
    expect(totp.challenge.kind).toBe('totp-setup')
  })

  it('by e-mail sends the address and goes on with its code', async () => {
    const started = stage({ initiate: [list('EMAIL_OTP')], respond: [challenge('EMAIL_OTP')] })
    const profile = access({ signInMethod: 'password' })
    const pending = pendingOf(await started.issuer.signIn(profile, ana))
    expect(pending.challenge).toEqual({ kind: 'email-setup' })
    const next = await started.issuer.answer(profile, pending, { kind: 'email-setup', email: ' a@b.c ' })
    expect(started.responded[0]?.ChallengeResponses).toEqual(responses({ EMAIL: 'a@b.c' }))
    expect(pendingOf(next).challenge).toMatchObject({ kind: 'code', challengeName: 'EMAIL_OTP' })
  })

  it('with nothing that can be set up here says so', async () => {
    const { shown } = await asked(list('SMS_MFA'))
    expect(shown).toEqual({ kind: 'mfa-setup', options: [], elsewhere: ['SMS_MFA'] })
  })
})

describe('CUSTOM_CHALLENGE', () => {
  const question = challenge('CUSTOM_CHALLENGE', { question: 'Colour?', USERNAME: 'u', USER_ID_FOR_SRP: 'u' })

  it("shows the Lambda's parameters and takes any answer", async () => {
    const { shown } = await asked(question)
    expect(shown).toEqual({ kind: 'custom', parameters: { question: 'Colour?' } })
    expect(await answerTo(question, { kind: 'custom', answer: 'green, or so' })).toMatchObject({
      ANSWER: 'green, or so',
    })
  })

  it('may come again, with a Session of its own', async () => {
    const again = challenge('CUSTOM_CHALLENGE', { question: 'Again?' }, 'session-3')
    const started = stage({ initiate: [question], respond: [again, tokens] })
    const profile = access({ signInMethod: 'custom' })
    const first = pendingOf(await started.issuer.signIn(profile, { ...ana, password: '' }))
    const second = pendingOf(await started.issuer.answer(profile, first, { kind: 'custom', answer: '1' }))
    expect(second.challenge).toEqual({ kind: 'custom', parameters: { question: 'Again?' } })
    expect(await started.issuer.answer(profile, second, { kind: 'custom', answer: '2' })).toMatchObject(
      signedIn,
    )
    expect(started.responded.map(({ Session }) => Session)).toEqual(['session-2', 'session-3'])
  })
})

describe('WEB_AUTHN', () => {
  it.each([
    [undefined, false],
    ['https://login.example.com', true],
  ])('with the domain %s can use the browser: %s', async (domain, canUseBrowser) => {
    const { shown } = await asked(challenge('WEB_AUTHN'), {}, { signInMethod: 'password', domain })
    expect(shown).toEqual({ kind: 'web-authn', canUseBrowser })
  })
})

describe('a challenge newer than Sesame', () => {
  const invented = challenge('PALM_READING', { hand: 'left' })

  it('is shown by its name and parameters, and takes a free answer', async () => {
    const { shown } = await asked(invented)
    expect(shown).toEqual({ kind: 'unknown', challengeName: 'PALM_READING', parameters: { hand: 'left' } })
    expect(await answerTo(invented, { kind: 'unknown', answer: 'long life' })).toEqual(
      responses({ ANSWER: 'long life' }),
    )
    expect(await answerTo(invented, { kind: 'unknown', answer: 'x', responseName: 'PALM_CODE' })).toEqual(
      responses({ PALM_CODE: 'x' }),
    )
  })
})

describe('NEW_PASSWORD_REQUIRED', () => {
  const needed = challenge('NEW_PASSWORD_REQUIRED', {
    requiredAttributes: '["userAttributes.name"]',
    userAttributes: '{"email":"ana@example.com","email_verified":"true","name":""}',
  })

  it('reads what a new password needs, and sends only what is new', async () => {
    const { shown } = await asked(needed)
    expect(shown).toEqual({
      kind: 'new-password',
      requiredAttributes: ['name'],
      knownAttributes: { email: 'ana@example.com', email_verified: 'true', name: '' },
    })
    const attributes = { name: 'Ana', email: 'ana@example.com', email_verified: 'true', nickname: '' }
    expect(await answerTo(needed, { kind: 'new-password', newPassword: 'New-Horse-10', attributes })).toEqual(
      responses({ NEW_PASSWORD: 'New-Horse-10', 'userAttributes.name': 'Ana' }),
    )
  })

  it('survives attributes that are no JSON', async () => {
    const { shown } = await asked(
      challenge('NEW_PASSWORD_REQUIRED', { requiredAttributes: 'oops', userAttributes: '[1]' }),
    )
    expect(shown).toEqual({ kind: 'new-password', requiredAttributes: [], knownAttributes: {} })
  })
})
