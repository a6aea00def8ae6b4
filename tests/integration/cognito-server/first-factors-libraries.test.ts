// USER_AUTH and CUSTOM_AUTH as aws-amplify and amazon-cognito-identity-js complete them.
import { confirmSignIn, fetchAuthSession, signIn, signOut } from 'aws-amplify/auth'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CognitoServer } from '../../cognito-server/index.ts'
import { acijAnswerCustom, acijSession, acijSignIn, acijStartCustom, acijUser } from './acij.ts'
import { configureAmplify, FLOWS_POOL, flowsPool } from './flows.ts'
import { PASSWORD, refusal, startStrict, totpCode } from './kit.ts'

let server: CognitoServer
const restart = async (pool = flowsPool) => {
  server = await startStrict({ pools: [pool], identityPools: [] })
  configureAmplify(server, FLOWS_POOL, 'flows')
}
beforeEach(() => restart())
afterEach(async () => {
  await signOut()
  await server.close()
})

const sentCode = () => server.outbox.latest('ada')?.code ?? ''
const signedInAs = async () => (await fetchAuthSession()).tokens?.accessToken.payload['username']

describe('aws-amplify', () => {
  const byChoice = { authFlowType: 'USER_AUTH' } as const

  test('chooses a first factor: a code by mail', async () => {
    const { nextStep: choice } = await signIn({ username: 'ada', options: byChoice })
    expect(choice).toMatchObject({
      signInStep: 'CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION',
      availableChallenges: ['PASSWORD', 'PASSWORD_SRP', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'],
    })
    const { nextStep: code } = await confirmSignIn({ challengeResponse: 'EMAIL_OTP' })
    expect(code).toMatchObject({
      signInStep: 'CONFIRM_SIGN_IN_WITH_EMAIL_CODE',
      codeDeliveryDetails: { destination: 'a***@e***' },
    })
    await confirmSignIn({ challengeResponse: sentCode() })
    expect(await signedInAs()).toBe('ada')
  })

  test.each(['PASSWORD', 'PASSWORD_SRP'])('chooses a first factor: %s', async (factor) => {
    await signIn({ username: 'ada@example.com', options: byChoice })
    const { nextStep } = await confirmSignIn({ challengeResponse: factor })
    expect(nextStep.signInStep).toBe('CONFIRM_SIGN_IN_WITH_PASSWORD')
    await confirmSignIn({ challengeResponse: PASSWORD })
    expect(await signedInAs()).toBe('ada')
  })

  test('prefers PASSWORD_SRP, and a second factor follows', async () => {
    const options = { ...byChoice, preferredChallenge: 'PASSWORD_SRP' } as const
    const { nextStep } = await signIn({ username: 'grace', password: PASSWORD, options })
    expect(nextStep.signInStep).toBe('CONFIRM_SIGN_IN_WITH_TOTP_CODE')
    await confirmSignIn({ challengeResponse: totpCode(server) })
    expect(await signedInAs()).toBe('grace')
  })

  test('prefers a code by text message', async () => {
    const options = { ...byChoice, preferredChallenge: 'SMS_OTP' } as const
    const { nextStep } = await signIn({ username: 'ada', options })
    expect(nextStep.signInStep).toBe('CONFIRM_SIGN_IN_WITH_SMS_CODE')
    expect(await refusal(confirmSignIn({ challengeResponse: '000' }))).toMatch(/^CodeMismatchException/)
    await confirmSignIn({ challengeResponse: sentCode() })
    expect(await signedInAs()).toBe('ada')
  })

  test.each([
    ['CUSTOM_WITHOUT_SRP', undefined],
    ['CUSTOM_WITH_SRP', PASSWORD],
  ] as const)('%s answers every round', async (authFlowType, password) => {
    const { nextStep } = await signIn({
      username: 'ada',
      ...(password !== undefined && { password }),
      options: { authFlowType },
    })
    expect(nextStep).toMatchObject({
      signInStep: 'CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE',
      additionalInfo: { question: 'Which engine?' },
    })
    await confirmSignIn({ challengeResponse: 'analytical' })
    await confirmSignIn({ challengeResponse: '1842' })
    expect(await signedInAs()).toBe('ada')
  })

  test('sets up e-mail as the second factor a pool insists on', async () => {
    await server.close()
    await restart({
      ...flowsPool,
      mfa: 'on',
      firstFactors: ['PASSWORD'],
      mfaSetups: ['SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'],
    })
    const { nextStep: choice } = await signIn({ username: 'ada', password: PASSWORD })
    expect(choice).toMatchObject({
      signInStep: 'CONTINUE_SIGN_IN_WITH_MFA_SETUP_SELECTION',
      allowedMFATypes: ['TOTP', 'EMAIL'],
    })
    await confirmSignIn({ challengeResponse: 'EMAIL' })
    const { nextStep: code } = await confirmSignIn({ challengeResponse: 'countess@example.com' })
    expect(code.signInStep).toBe('CONFIRM_SIGN_IN_WITH_EMAIL_CODE')
    expect(server.outbox.latest('ada')?.destination).toBe('countess@example.com')
    await confirmSignIn({ challengeResponse: sentCode() })
    await signOut()
    const { nextStep } = await signIn({ username: 'ada', password: PASSWORD })
    expect(nextStep.signInStep).toBe('CONFIRM_SIGN_IN_WITH_EMAIL_CODE')
  })
})

describe('amazon-cognito-identity-js', () => {
  const start = () => acijUser(server, 'ada', 'flows', { userPoolId: FLOWS_POOL })

  test('CUSTOM_AUTH without a password', async () => {
    const user = start()
    const first = await acijStartCustom(user)
    expect(first).toMatchObject({ kind: 'custom', parameters: { question: 'Which engine?' } })
    const again = await acijAnswerCustom(user, 'difference')
    expect(again).toMatchObject({ kind: 'custom', parameters: { question: 'Which engine?' } })
    expect((await acijAnswerCustom(user, 'analytical')).kind).toBe('custom')
    acijSession(await acijAnswerCustom(user, '1842'))
  })

  test('CUSTOM_AUTH with SRP first', async () => {
    expect(await refusal(acijSignIn(start(), 'Wrong-1', 'CUSTOM_AUTH'))).toMatch(/Incorrect username/)
    const user = start()
    expect((await acijSignIn(user, PASSWORD, 'CUSTOM_AUTH')).kind).toBe('custom')
    await acijAnswerCustom(user, 'analytical')
    acijSession(await acijAnswerCustom(user, '1842'))
  })
})
