// Forgotten passwords and sign-ups to confirm: AWS's libraries walk the whole way, its SDK asks where they do not go.
import {
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  ResendConfirmationCodeCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import {
  confirmResetPassword,
  confirmSignUp,
  resendSignUpCode,
  resetPassword,
  signIn,
  signOut,
} from 'aws-amplify/auth'
import { createSecretHash } from 'cognito-srp-helper'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CognitoServer } from '../../cognito-server/index.ts'
import { acijAsk, acijCall, acijSession, acijSignIn, acijUser } from './acij.ts'
import { configureAmplify } from './flows.ts'
import {
  PASSWORD,
  POOL,
  passwordSignIn,
  pool,
  refusal,
  SECRET,
  startStrict,
  tokensOf,
  userPoolClient,
} from './kit.ts'

const NEW_PASSWORD = 'Brand-New-1'
let server: CognitoServer
beforeEach(async () => {
  server = await startStrict()
  server.admin.addUser(POOL, {
    username: 'eve',
    password: PASSWORD,
    status: 'UNCONFIRMED',
    attributes: { email: 'eve@example.com' },
  })
})
afterEach(() => server.close())

const codeFor = (username: string) => server.outbox.latest(username)?.code ?? ''

const forgot = (Username: string, ClientId = 'public', SecretHash?: string) =>
  userPoolClient(server).send(new ForgotPasswordCommand({ ClientId, Username, SecretHash }))

const reset = (Username: string, ConfirmationCode: string, Password = NEW_PASSWORD, ClientId = 'public') =>
  userPoolClient(server).send(
    new ConfirmForgotPasswordCommand({ ClientId, Username, ConfirmationCode, Password }),
  )

const confirm = (Username: string, ConfirmationCode: string, ClientId = 'public') =>
  userPoolClient(server).send(new ConfirmSignUpCommand({ ClientId, Username, ConfirmationCode }))

const resend = (Username: string, ClientId = 'public') =>
  userPoolClient(server).send(new ResendConfirmationCodeCommand({ ClientId, Username }))

const LIMIT = 'LimitExceededException: Attempt limit exceeded, please try after some time.'
const MISMATCH = 'CodeMismatchException: Invalid verification code provided, please try again.'
const EXPIRED = 'ExpiredCodeException: Invalid code provided, please request a code again.'
const NOT_FOUND = 'UserNotFoundException: Username/client id combination not found.'

describe('amazon-cognito-identity-js', () => {
  test('resets a forgotten password', async () => {
    const user = acijUser(server, 'ada')
    await acijAsk((call) => user.forgotPassword(call))
    await acijAsk((call) => user.confirmPassword(codeFor('ada'), NEW_PASSWORD, call))
    expect(await refusal(acijSignIn(user))).toMatch(/Incorrect username or password/)
    acijSession(await acijSignIn(user, NEW_PASSWORD))
  })

  test('confirms a sign-up with a code sent again', async () => {
    const user = acijUser(server, 'eve')
    expect(await refusal(acijSignIn(user))).toMatch(/^UserNotConfirmedException/)
    await acijCall((done) => user.resendConfirmationCode(done))
    await acijCall((done) => user.confirmRegistration(codeFor('eve'), false, done))
    acijSession(await acijSignIn(user))
  })
})

describe('aws-amplify', () => {
  beforeEach(() => configureAmplify(server, POOL, 'public'))
  afterEach(() => signOut())

  test('resets a password that has to be', async () => {
    server.admin.updateUser(POOL, 'ada', { status: 'RESET_REQUIRED' })
    const asked = await signIn({ username: 'ada', password: PASSWORD })
    expect(asked.nextStep.signInStep).toBe('RESET_PASSWORD')
    const { nextStep } = await resetPassword({ username: 'ada' })
    expect(nextStep.codeDeliveryDetails).toMatchObject({ deliveryMedium: 'EMAIL', destination: 'a***@e***' })
    const confirmationCode = codeFor('ada')
    await confirmResetPassword({ username: 'ada', confirmationCode, newPassword: NEW_PASSWORD })
    const done = await signIn({ username: 'ada', password: NEW_PASSWORD })
    expect(done.nextStep.signInStep).toBe('DONE')
  })

  test('confirms a sign-up', async () => {
    const asked = await signIn({ username: 'eve', password: PASSWORD })
    expect(asked.nextStep.signInStep).toBe('CONFIRM_SIGN_UP')
    expect((await resendSignUpCode({ username: 'eve' })).destination).toBe('e***@e***')
    await confirmSignUp({ username: 'eve', confirmationCode: codeFor('eve') })
    expect((await signIn({ username: 'eve', password: PASSWORD })).nextStep.signInStep).toBe('DONE')
  })
})

describe('ForgotPassword', () => {
  test('sends a code by which the password is set once', async () => {
    const { CodeDeliveryDetails } = await forgot('ada@example.com')
    expect(CodeDeliveryDetails).toEqual({
      AttributeName: 'email',
      DeliveryMedium: 'EMAIL',
      Destination: 'a***@e***',
    })
    expect(await refusal(reset('ada', 'wrong'))).toBe(MISMATCH)
    expect(await refusal(reset('ada', codeFor('ada'), 'weak'))).toMatch(/^InvalidPasswordException/)
    await reset('ada', codeFor('ada'))
    expect(await refusal(reset('ada', codeFor('ada')))).toBe(EXPIRED)
    await tokensOf(server, { password: NEW_PASSWORD })
  })

  test('its code is good for an hour', async () => {
    await forgot('ada')
    server.clock.advance(3_600_000)
    expect(await refusal(reset('ada', codeFor('ada')))).toBe(EXPIRED)
  })

  test('five codes an hour, and five wrong ones', async () => {
    for (let i = 0; i < 5; i++) await forgot('ada')
    expect(await refusal(forgot('ada'))).toBe(LIMIT)
    for (let i = 0; i < 5; i++) await refusal(reset('ada', 'wrong'))
    expect(await refusal(reset('ada', codeFor('ada')))).toBe(LIMIT)
    server.clock.advance(3_600_000)
    await forgot('ada')
    await reset('ada', codeFor('ada'))
  })

  test('a code nobody asked for has expired', async () => {
    expect(await refusal(reset('ada', '123456'))).toBe(EXPIRED)
  })

  test.each([
    ['nobody@example.com', 'n***@e***', NOT_FOUND],
    [
      'plain',
      expect.stringMatching(/^[a-z]\*{3}@[a-z]\*{3}$/),
      'InvalidParameterException: Cannot reset password for the user as there is no registered/verified email or phone_number',
    ],
    ['disabled', expect.anything(), 'NotAuthorizedException: User is disabled.'],
  ])(
    '%s is told of a code that was never sent, unless the app client is legacy',
    async (name, shown, said) => {
      const [first, second] = [await forgot(name), await forgot(name)]
      expect(first.CodeDeliveryDetails?.Destination).toEqual(shown)
      expect(second.CodeDeliveryDetails).toEqual(first.CodeDeliveryDetails)
      expect(server.outbox.latest(name)).toBeUndefined()
      expect(await refusal(forgot(name, 'legacy'))).toBe(said)
    },
  )

  test('a guess at a code for nobody is a wrong code', async () => {
    expect(await refusal(reset('nobody', '123456'))).toBe(MISMATCH)
    expect(await refusal(reset('nobody', '123456', NEW_PASSWORD, 'legacy'))).toBe(NOT_FOUND)
  })

  test('a temporary password cannot be reset', async () => {
    expect(await refusal(forgot('newcomer'))).toBe(
      'NotAuthorizedException: User password cannot be reset in the current state.',
    )
  })

  test('wants SECRET_HASH where the app client has a secret', async () => {
    expect(await refusal(forgot('ada', 'confidential'))).toMatch(/SECRET_HASH was not received/)
    await forgot('ada', 'confidential', createSecretHash('ada', 'confidential', SECRET))
  })
})

describe('a user who was reset', () => {
  test('was sent a code by the administrator already', async () => {
    server.admin.updateUser(POOL, 'ada', { status: 'RESET_REQUIRED' })
    expect(await refusal(passwordSignIn(server))).toMatch(/^PasswordResetRequiredException/)
    await reset('ada', codeFor('ada'))
    await tokensOf(server, { password: NEW_PASSWORD })
  })
})

describe('ConfirmSignUp', () => {
  test('takes the code of the sign-up, which proves the address too', async () => {
    expect(await refusal(confirm('eve', 'wrong'))).toBe(MISMATCH)
    await confirm('eve', codeFor('eve'))
    await tokensOf(server, { username: 'eve@example.com' })
    expect(await refusal(confirm('eve', codeFor('eve')))).toBe(
      'NotAuthorizedException: User cannot be confirmed. Current status is CONFIRMED',
    )
    expect(await refusal(resend('eve'))).toBe('InvalidParameterException: User is already confirmed.')
  })

  test('its code is good for a day, and one sent again voids it', async () => {
    const first = codeFor('eve')
    await resend('eve')
    expect(await refusal(confirm('eve', first))).toBe(MISMATCH)
    server.clock.advance(86_400_000)
    expect(await refusal(confirm('eve', codeFor('eve')))).toBe(EXPIRED)
  })

  test('limits codes and tries', async () => {
    for (let i = 0; i < 4; i++) await resend('eve')
    expect(await refusal(resend('eve'))).toBe(LIMIT)
    for (let i = 0; i < 5; i++) await refusal(confirm('eve', 'wrong'))
    expect(await refusal(confirm('eve', codeFor('eve')))).toBe(LIMIT)
  })

  test('does not tell who is there, unless the app client is legacy', async () => {
    expect((await resend('nobody@example.com')).CodeDeliveryDetails?.Destination).toBe('n***@e***')
    expect(await refusal(confirm('nobody', '123456'))).toBe(EXPIRED)
    expect(await refusal(resend('nobody', 'legacy'))).toBe(NOT_FOUND)
    expect(await refusal(confirm('nobody', '123456', 'legacy'))).toBe(NOT_FOUND)
  })

  test('a user without an address cannot be sent a code', async () => {
    expect(pool.users?.find(({ username }) => username === 'unconfirmed')?.attributes).toBeUndefined()
    expect(await refusal(resend('unconfirmed'))).toMatch(/Auto verification not turned on/)
  })
})
