import {
  AssociateSoftwareTokenCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { decodeJwt } from 'jose'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { UserConfig } from '../../cognito-server/config.ts'
import type { CognitoServer } from '../../cognito-server/index.ts'
import {
  PASSWORD,
  passwordSignIn,
  pool,
  presentTokens,
  refusal,
  respond,
  srpSignIn,
  startStrict,
  TOTP_SECRET,
  tokensOf,
  totpCode,
  userPoolClient,
} from './kit.ts'

let server: CognitoServer
beforeEach(async () => {
  server = await startStrict()
})
afterEach(() => server.close())

describe('NEW_PASSWORD_REQUIRED', () => {
  const start = async () => {
    const challenge = await srpSignIn(server, { username: 'newcomer' })
    expect(challenge.ChallengeName).toBe('NEW_PASSWORD_REQUIRED')
    return challenge
  }
  const answers = { USERNAME: 'newcomer', NEW_PASSWORD: 'Brand-New-1', 'userAttributes.name': 'New' }

  test('names the attributes that are missing and those that are there', async () => {
    const { ChallengeParameters } = await start()
    expect(JSON.parse(ChallengeParameters?.['requiredAttributes'] ?? '')).toEqual(['userAttributes.name'])
    expect(JSON.parse(ChallengeParameters?.['userAttributes'] ?? '')).toEqual({ email: 'n@example.com' })
  })

  test('takes the new password and attributes, after which the old password is wrong', async () => {
    const { Session } = await start()
    const { AuthenticationResult } = await respond(server, 'NEW_PASSWORD_REQUIRED', Session, answers)
    expect(decodeJwt(presentTokens(AuthenticationResult).IdToken)['name']).toBe('New')
    expect(await refusal(passwordSignIn(server, { username: 'newcomer' }))).toBe(
      'NotAuthorizedException: Incorrect username or password.',
    )
    await srpSignIn(server, { username: 'newcomer', password: 'Brand-New-1' })
    await tokensOf(server, { username: 'newcomer', password: 'Brand-New-1' })
  })

  test('a weak password or a missing attribute is refused, and the Session goes on', async () => {
    const { Session } = await start()
    const attempt = (changes: Record<string, string>) =>
      respond(server, 'NEW_PASSWORD_REQUIRED', Session, { ...answers, ...changes })
    expect(await refusal(attempt({ NEW_PASSWORD: 'short' }))).toBe(
      'InvalidPasswordException: Password did not conform with policy: Password not long enough',
    )
    expect(await refusal(attempt({ 'userAttributes.email': 'x@example.com' }))).toBe(
      'NotAuthorizedException: Cannot modify an already provided email',
    )
    const { 'userAttributes.name': _, ...nameless } = answers
    expect(await refusal(respond(server, 'NEW_PASSWORD_REQUIRED', Session, nameless))).toBe(
      'InvalidParameterException: Invalid attributes given, name is missing',
    )
    presentTokens((await attempt({})).AuthenticationResult)
    expect(await refusal(attempt({}))).toMatch(/session can only be used once/)
  })

  test('its Session answers no other challenge', async () => {
    const { Session } = await start()
    const code = { USERNAME: 'newcomer', SOFTWARE_TOKEN_MFA_CODE: '000000' }
    expect(await refusal(respond(server, 'SOFTWARE_TOKEN_MFA', Session, code))).toMatch(
      /^CodeMismatchException/,
    )
  })
})

describe('SOFTWARE_TOKEN_MFA', () => {
  const start = async () => {
    const challenge = await srpSignIn(server, { username: 'grace' })
    expect(challenge.ChallengeName).toBe('SOFTWARE_TOKEN_MFA')
    return challenge.Session
  }
  const answer = (Session: string | undefined, code: string, USERNAME = 'grace') =>
    respond(server, 'SOFTWARE_TOKEN_MFA', Session, { USERNAME, SOFTWARE_TOKEN_MFA_CODE: code })

  test('takes the code an authenticator app shows, once', async () => {
    const [first, second] = [await start(), await start()]
    presentTokens((await answer(first, totpCode(server))).AuthenticationResult)
    expect(await refusal(answer(first, totpCode(server, undefined, 1)))).toMatch(/can only be used once/)
    expect(await refusal(answer(second, totpCode(server)))).toBe(
      'ExpiredCodeException: Your software token has already been used once.',
    )
    presentTokens((await answer(second, totpCode(server, undefined, 1))).AuthenticationResult)
  })

  test('a wrong code may be corrected, a fifth one locks', async () => {
    const Session = await start()
    const stale = totpCode(server, undefined, -10)
    for (let i = 0; i < 5; i++) {
      expect(await refusal(answer(Session, stale))).toBe(
        'CodeMismatchException: Invalid code received for user',
      )
    }
    expect(await refusal(answer(Session, totpCode(server)))).toMatch(/Password attempts exceeded/)
    server.clock.advance(1000)
    presentTokens((await answer(Session, totpCode(server))).AuthenticationResult)
  })

  test("another user's Session is of no use", async () => {
    expect(await refusal(answer(await start(), totpCode(server), 'ada'))).toMatch(/Invalid session/)
  })

  test('a Session is wanted', async () => {
    expect(await refusal(answer(undefined, totpCode(server)))).toBe(
      'InvalidParameterException: Missing required parameter Session',
    )
  })
})

describe('MFA_SETUP', () => {
  test('leads a user of a pool with compulsory MFA through a TOTP set-up', async () => {
    await using strict = await startStrict({ pools: [{ ...pool, mfa: 'on' }], identityPools: [] })
    const client = userPoolClient(strict)
    const { ChallengeName, Session, ChallengeParameters } = await srpSignIn(strict)
    expect(ChallengeName).toBe('MFA_SETUP')
    expect(ChallengeParameters?.['MFAS_CAN_SETUP']).toBe('["SOFTWARE_TOKEN_MFA"]')
    const associated = await client.send(new AssociateSoftwareTokenCommand({ Session }))
    const secret = associated.SecretCode ?? ''
    const verify = (UserCode: string, session = associated.Session) =>
      client.send(new VerifySoftwareTokenCommand({ Session: session, UserCode, FriendlyDeviceName: 'Phone' }))
    const stale = totpCode(strict, secret, -10)
    expect(await refusal(verify(stale))).toBe('EnableSoftwareTokenMFAException: Code mismatch')
    const unverified = respond(strict, 'MFA_SETUP', associated.Session, { USERNAME: 'ada' })
    expect(await refusal(unverified)).toMatch(/Invalid session/)
    const verified = await verify(totpCode(strict, secret))
    expect(verified.Status).toBe('SUCCESS')
    const done = await respond(strict, 'MFA_SETUP', verified.Session, { USERNAME: 'ada' })
    presentTokens(done.AuthenticationResult)
    expect(await passwordSignIn(strict)).toMatchObject({
      ChallengeName: 'SOFTWARE_TOKEN_MFA',
      ChallengeParameters: { FRIENDLY_DEVICE_NAME: 'Phone' },
    })
  })
})

describe('several second factors', () => {
  const phone = '+491701234567'
  const attributes = { name: 'Eve', email: 'eve@example.com', phone_number: phone }
  const addEve = (more: Partial<UserConfig> = {}) =>
    server.admin.addUser(pool.id, { username: 'eve', password: PASSWORD, attributes, ...more })
  const select = (Session: string | undefined, ANSWER: string) =>
    respond(server, 'SELECT_MFA_TYPE', Session, { USERNAME: 'eve', ANSWER })

  test('are offered, and the chosen one is asked for', async () => {
    addEve({ codeFactors: ['SMS_MFA', 'EMAIL_OTP'], totpSecret: TOTP_SECRET })
    const { ChallengeName, ChallengeParameters, Session } = await srpSignIn(server, { username: 'eve' })
    expect(ChallengeName).toBe('SELECT_MFA_TYPE')
    expect(JSON.parse(ChallengeParameters?.['MFAS_CAN_CHOOSE'] ?? '')).toEqual([
      'SMS_MFA',
      'EMAIL_OTP',
      'SOFTWARE_TOKEN_MFA',
    ])
    expect(await refusal(select(Session, 'FAX_MFA'))).toMatch(/^InvalidParameterException/)
    const totp = await select(Session, 'SOFTWARE_TOKEN_MFA')
    const answers = { USERNAME: 'eve', SOFTWARE_TOKEN_MFA_CODE: totpCode(server) }
    presentTokens((await respond(server, 'SOFTWARE_TOKEN_MFA', totp.Session, answers)).AuthenticationResult)
    expect(await refusal(select(Session, 'SMS_MFA'))).toMatch(/can only be used once/)
  })

  test.each([
    ['SMS_MFA', 'SMS_MFA', 'SMS', '+********4567', phone],
    ['EMAIL_OTP', 'EMAIL_OTP', 'EMAIL', 'e***@e***', attributes.email],
    ['EMAIL_MFA', 'EMAIL_OTP', 'EMAIL', 'e***@e***', attributes.email],
  ] as const)('%s sends a code and takes it back, once', async (choice, name, medium, shown, destination) => {
    addEve({ codeFactors: ['SMS_MFA', 'EMAIL_OTP'] })
    const chosen = await select((await srpSignIn(server, { username: 'eve' })).Session, choice)
    expect(chosen).toMatchObject({
      ChallengeName: name,
      ChallengeParameters: { CODE_DELIVERY_DELIVERY_MEDIUM: medium, CODE_DELIVERY_DESTINATION: shown },
    })
    const message = server.outbox.latest('eve')
    expect(message).toMatchObject({ medium, destination })
    const answer = (code = '') =>
      respond(server, name, chosen.Session, { USERNAME: 'eve', [`${name}_CODE`]: code })
    expect(await refusal(answer('wrong'))).toMatch(/^CodeMismatchException/)
    presentTokens((await answer(message?.code)).AuthenticationResult)
    expect(await refusal(answer(message?.code))).toMatch(/can only be used once/)
  })

  test('are not offered where one is preferred', async () => {
    addEve({ codeFactors: ['SMS_MFA', 'EMAIL_OTP'], preferredFactor: 'EMAIL_OTP' })
    expect((await srpSignIn(server, { username: 'eve' })).ChallengeName).toBe('EMAIL_OTP')
  })
})

test('a user who is disabled between two challenges gets no tokens', async () => {
  const { Session } = await srpSignIn(server, { username: 'grace' })
  server.admin.updateUser(pool.id, 'grace', { disabled: true })
  const answers = { USERNAME: 'grace', SOFTWARE_TOKEN_MFA_CODE: totpCode(server) }
  expect(await refusal(respond(server, 'SOFTWARE_TOKEN_MFA', Session, answers))).toMatch(/User is disabled/)
})
