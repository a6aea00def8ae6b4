import { Amplify } from 'aws-amplify'
import { confirmSignIn, fetchAuthSession, getCurrentUser, signIn, signOut } from 'aws-amplify/auth'
import { cognitoUserPoolsTokenProvider } from 'aws-amplify/auth/cognito'
import { ConsoleLogger } from 'aws-amplify/utils'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { CognitoServer } from '../../cognito-server/index.ts'
import { ADMIN_ROLE, IDENTITY_POOL, PASSWORD, POOL, pool, refusal, startStrict, totpCode } from './kit.ts'

let server: CognitoServer

function configure(userPoolClientId = 'public'): void {
  Amplify.configure({
    Auth: {
      Cognito: {
        userPoolId: POOL,
        userPoolClientId,
        userPoolEndpoint: server.url,
        identityPoolId: IDENTITY_POOL,
        identityPoolEndpoint: server.url,
      },
    },
  })
  const items = new Map<string, string>()
  cognitoUserPoolsTokenProvider.setKeyValueStorage({
    setItem: async (key, value) => void items.set(key, value),
    getItem: async (key) => items.get(key) ?? null,
    removeItem: async (key) => void items.delete(key),
    clear: async () => items.clear(),
  })
}

// It warns of every custom endpoint, at every configuration.
ConsoleLogger.LOG_LEVEL = 'ERROR'

beforeEach(async () => {
  server = await startStrict()
  configure()
})
afterEach(async () => {
  await signOut()
  await server.close()
})

test.each(['USER_SRP_AUTH', 'USER_PASSWORD_AUTH'] as const)('signs in by %s', async (authFlowType) => {
  const { nextStep } = await signIn({ username: 'ada', password: PASSWORD, options: { authFlowType } })
  expect(nextStep.signInStep).toBe('DONE')
  expect((await getCurrentUser()).userId).toBe('11111111-1111-4111-8111-111111111111')
  const { tokens } = await fetchAuthSession()
  expect(tokens?.accessToken.payload['username']).toBe('ada')
  expect(tokens?.idToken?.payload['custom:team']).toBe('platform')
})

test('a wrong password is refused', async () => {
  expect(await refusal(signIn({ username: 'ada', password: 'Wrong-Password-1' }))).toBe(
    'NotAuthorizedException: Incorrect username or password.',
  )
})

test('walks through a TOTP code and a new password with its required attribute', async () => {
  const totp = await signIn({ username: 'grace', password: PASSWORD })
  expect(totp.nextStep.signInStep).toBe('CONFIRM_SIGN_IN_WITH_TOTP_CODE')
  const confirmed = await confirmSignIn({ challengeResponse: totpCode(server) })
  expect(confirmed.nextStep.signInStep).toBe('DONE')
  await signOut()
  const forced = await signIn({ username: 'newcomer', password: PASSWORD })
  expect(forced.nextStep).toMatchObject({
    signInStep: 'CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED',
    missingAttributes: ['name'],
  })
  const changed = await confirmSignIn({
    challengeResponse: 'Brand-New-1',
    options: { userAttributes: { name: 'New' } },
  })
  expect(changed.nextStep.signInStep).toBe('DONE')
})

test('chooses between second factors and answers a code sent by mail', async () => {
  server.admin.addUser(POOL, {
    username: 'eve',
    password: PASSWORD,
    attributes: { email: 'eve@example.com', phone_number: '+491701234567' },
    codeFactors: ['SMS_MFA', 'EMAIL_OTP'],
  })
  const { nextStep: choice } = await signIn({ username: 'eve', password: PASSWORD })
  expect(choice).toMatchObject({
    signInStep: 'CONTINUE_SIGN_IN_WITH_MFA_SELECTION',
    allowedMFATypes: ['SMS', 'EMAIL'],
  })
  const { nextStep: code } = await confirmSignIn({ challengeResponse: 'EMAIL' })
  expect(code.signInStep).toBe('CONFIRM_SIGN_IN_WITH_EMAIL_CODE')
  const { nextStep } = await confirmSignIn({ challengeResponse: server.outbox.latest('eve')?.code ?? '' })
  expect(nextStep.signInStep).toBe('DONE')
})

test('sets up TOTP on the way in where the pool wants a second factor', async () => {
  await server.close()
  server = await startStrict({ pools: [{ ...pool, mfa: 'on' }] })
  configure()
  const { nextStep } = await signIn({ username: 'ada', password: PASSWORD })
  if (nextStep.signInStep !== 'CONTINUE_SIGN_IN_WITH_TOTP_SETUP') throw new Error(nextStep.signInStep)
  const code = totpCode(server, nextStep.totpSetupDetails.sharedSecret)
  const done = await confirmSignIn({ challengeResponse: code })
  expect(done.nextStep.signInStep).toBe('DONE')
})

test('refreshes with rotation: each refresh token once, in a row', async () => {
  configure('rotating-public')
  await signIn({ username: 'ada', password: PASSWORD })
  for (let i = 0; i < 3; i++) {
    server.clock.advance(1000)
    const { tokens } = await fetchAuthSession({ forceRefresh: true })
    expect(tokens?.accessToken.payload.iat).toBe(server.clock.nowSeconds())
  }
  expect(server.requests.count({ operation: 'GetTokensFromRefreshToken', outcome: 'ok' })).toBe(3)
})

test('gets AWS credentials of the preferred role, for the same identity every time', async () => {
  await signIn({ username: 'ada', password: PASSWORD })
  const first = await fetchAuthSession()
  expect(first.credentials?.accessKeyId).toMatch(/^ASIA/)
  expect(first.credentials?.expiration?.getTime()).toBe((server.clock.nowSeconds() + 3600) * 1000)
  const second = await fetchAuthSession({ forceRefresh: true })
  expect(second.identityId).toBe(first.identityId)
  expect(first.tokens?.idToken?.payload['cognito:preferred_role']).toBe(ADMIN_ROLE)
})

test('signing out revokes, and global sign-out reaches the server', async () => {
  await signIn({ username: 'ada', password: PASSWORD })
  await signOut()
  expect(server.requests.count({ operation: 'RevokeToken', outcome: 'ok' })).toBe(1)
  await signIn({ username: 'ada', password: PASSWORD })
  await signOut({ global: true })
  expect(server.requests.count({ operation: 'GlobalSignOut', outcome: 'ok' })).toBe(1)
})
