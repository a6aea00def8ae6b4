import { createHmac } from 'node:crypto'
import type {
  InitiateAuthCommandInput,
  InitiateAuthCommandOutput,
  RespondToAuthChallengeCommandInput,
} from '@aws-sdk/client-cognito-identity-provider'
import { describe, expect, it } from 'vitest'
import { createSignIn } from '../../../main/cognito/sign-in.ts'
import type { FailureCode } from '../../../main/failure.ts'
import type { Profile } from '../../../main/profiles/profile.ts'
import { never, profileOf, scripted, standingClock } from './support.ts'

type Said = Omit<InitiateAuthCommandOutput, '$metadata'> | FailureCode

const tokens = { AuthenticationResult: { IdToken: 'id', AccessToken: 'access', RefreshToken: 'refresh' } }
const verifier = {
  ChallengeName: 'PASSWORD_VERIFIER' as const,
  Session: 'session-1',
  ChallengeParameters: {
    SRP_B: 'abc123',
    SALT: '1f2',
    SECRET_BLOCK: 'AAEC',
    USER_ID_FOR_SRP: 'real-name',
    USERNAME: 'real-name',
  },
}
const totp = {
  ChallengeName: 'SOFTWARE_TOKEN_MFA' as const,
  Session: 'session-2',
  ChallengeParameters: { FRIENDLY_DEVICE_NAME: 'phone', USER_ID_FOR_SRP: 'real-name' },
}

const pool = (first: Said, ...later: Said[]) => {
  const clock = standingClock()
  const initiate = scripted<InitiateAuthCommandInput, Exclude<Said, string>>(first)
  const respond = scripted<RespondToAuthChallengeCommandInput, Exclude<Said, string>>(...later)
  const issuer = createSignIn({
    clock,
    randomBytes: (size) => new Uint8Array(size).fill(3),
    userPool: () =>
      Promise.resolve({
        initiateAuth: initiate.operation,
        respondToAuthChallenge: respond.operation,
        getTokensFromRefreshToken: never,
        revokeToken: never,
        globalSignOut: never,
      }),
  })
  return { issuer, clock, initiated: initiate.asked, responded: respond.asked }
}
const access = (changes: Partial<Profile> = {}, clientSecret?: string) => ({
  profile: profileOf(changes),
  clientSecret,
  clientMetadata: { origin: 'test' },
})
const ana = { username: 'ana@example.com', password: 'Correct-Horse-9' }
const hashOf = (username: string) =>
  createHmac('sha256', 'client-secret').update(`${username}${profileOf().clientId}`).digest('base64')

describe('an SRP sign-in', () => {
  it('proves the password without sending it, under the name Cognito gives', async () => {
    const { issuer, initiated, responded } = pool(verifier, tokens)
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
    const { issuer, initiated, responded } = pool(verifier, tokens)
    await issuer.signIn(access(), ana)
    expect(JSON.stringify([initiated, responded])).not.toContain('SECRET_HASH')
  })

  it.each(['SRP_B', 'SALT', 'SECRET_BLOCK', 'USER_ID_FOR_SRP'] as const)(
    'is a bad answer where the challenge lacks %s',
    async (missing) => {
      const { [missing]: _, ...rest } = verifier.ChallengeParameters
      const { issuer } = pool({ ...verifier, ChallengeParameters: rest })
      expect(await issuer.signIn(access(), ana)).toMatchObject({
        ok: false,
        failure: { code: 'network.bad-answer' },
      })
    },
  )

  it('ends where the same challenge comes again', async () => {
    const { issuer } = pool(verifier, verifier)
    expect(await issuer.signIn(access(), ana)).toMatchObject({
      ok: false,
      failure: { code: 'sign-in.unsupported-challenge', detail: 'PASSWORD_VERIFIER' },
    })
  })
})

describe('a password sign-in', () => {
  it('sends the password and takes the tokens', async () => {
    const { issuer, initiated } = pool(tokens)
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
      const { issuer } = pool({ AuthenticationResult })
      expect(await issuer.signIn(access({ signInMethod: 'password' }), ana)).toMatchObject({
        ok: false,
        failure: { code: 'network.bad-answer', detail: `The answer holds no ${name}.` },
      })
    },
  )
})

it.each(['choice', 'custom', 'browser'] as const)(
  'the method %s is refused plainly until it exists',
  async (signInMethod) => {
    const { issuer, initiated } = pool(tokens)
    expect(await issuer.signIn(access({ signInMethod }), ana)).toMatchObject({
      ok: false,
      failure: { code: 'sign-in.method-unavailable' },
    })
    expect(initiated).toEqual([])
  },
)

describe('a challenge for the person', () => {
  const begin = async (...answers: [Said, ...Said[]]) => {
    const started = pool(...answers)
    const progress = await started.issuer.signIn(access({}, 'client-secret'), ana)
    if (!progress.ok || progress.value.kind !== 'challenge') throw new Error('expected a challenge')
    return { ...started, pending: progress.value.pending }
  }

  it('is shown with its deadline, and nothing secret with it', async () => {
    const { pending, clock } = await begin(verifier, totp)
    expect(pending.challenge).toEqual({ kind: 'totp', deviceName: 'phone' })
    expect(pending.expiresAt).toBe(clock.now() + 180_000)
    expect(JSON.stringify(pending)).not.toContain('session-2')
  })

  it('takes a code in groups and goes on to the tokens', async () => {
    const { issuer, pending, responded } = await begin(verifier, totp, tokens)
    const result = await issuer.answer(access({}, 'client-secret'), pending, {
      kind: 'totp',
      code: ' 123 456 ',
    })
    expect(result).toMatchObject({ ok: true, value: { kind: 'signed-in' } })
    expect(responded[1]).toMatchObject({
      ChallengeName: 'SOFTWARE_TOKEN_MFA',
      Session: 'session-2',
      ChallengeResponses: {
        USERNAME: 'real-name',
        SECRET_HASH: hashOf('real-name'),
        SOFTWARE_TOKEN_MFA_CODE: '123456',
      },
    })
  })

  it('may be answered again after a wrong code', async () => {
    const { issuer, pending } = await begin(verifier, totp, 'sign-in.wrong-code', tokens)
    const code = { kind: 'totp', code: '000000' } as const
    expect(await issuer.answer(access(), pending, code)).toMatchObject({
      failure: { code: 'sign-in.wrong-code' },
    })
    expect(await issuer.answer(access(), pending, code)).toMatchObject({ ok: true })
  })

  it('refuses an answer to another question', async () => {
    const { issuer, pending } = await begin(verifier, totp)
    const other = { kind: 'new-password', newPassword: 'x', attributes: {} } as const
    expect(await issuer.answer(access(), pending, other)).toMatchObject({
      failure: { code: 'input.invalid' },
    })
  })

  it('is not found where it was not asked here', async () => {
    const { issuer, pending } = await begin(verifier, totp)
    const forged = { ...pending, resume: {} }
    expect(await issuer.answer(access(), forged, { kind: 'totp', code: '1' })).toMatchObject({
      failure: { code: 'sign-in.attempt-not-found' },
    })
  })

  it('reads what a new password needs, and sends only what is new', async () => {
    const { issuer, pending, responded } = await begin(
      {
        ChallengeName: 'NEW_PASSWORD_REQUIRED',
        Session: 'session-3',
        ChallengeParameters: {
          USER_ID_FOR_SRP: 'real-name',
          requiredAttributes: '["userAttributes.name"]',
          userAttributes: '{"email":"ana@example.com","email_verified":"true","name":""}',
        },
      },
      totp,
    )
    expect(pending.challenge).toEqual({
      kind: 'new-password',
      requiredAttributes: ['name'],
      knownAttributes: { email: 'ana@example.com', email_verified: 'true', name: '' },
    })
    const attributes = { name: 'Ana', email: 'ana@example.com', email_verified: 'true', nickname: '' }
    const next = await issuer.answer(access(), pending, {
      kind: 'new-password',
      newPassword: 'New-Horse-10',
      attributes,
    })
    expect(responded[0]?.ChallengeResponses).toEqual({
      USERNAME: 'real-name',
      NEW_PASSWORD: 'New-Horse-10',
      'userAttributes.name': 'Ana',
    })
    expect(next).toMatchObject({
      ok: true,
      value: { kind: 'challenge', pending: { challenge: { kind: 'totp' } } },
    })
  })

  it('survives attributes that are no JSON', async () => {
    const { pending } = await begin({
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      ChallengeParameters: { requiredAttributes: 'oops', userAttributes: '[1]' },
    })
    expect(pending.challenge).toEqual({ kind: 'new-password', requiredAttributes: [], knownAttributes: {} })
  })

  it('is named where Sesame does not know it', async () => {
    const { issuer } = pool({ ChallengeName: 'SMS_MFA', Session: 's', ChallengeParameters: {} })
    expect(await issuer.signIn(access(), ana)).toMatchObject({
      ok: false,
      failure: { code: 'sign-in.unsupported-challenge', detail: 'SMS_MFA' },
    })
  })
})
