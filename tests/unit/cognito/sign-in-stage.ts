// Owns a sign-in against a user pool that answers from lists, operation by operation, and keeps what it was asked.
import { createHmac } from 'node:crypto'
import type {
  AssociateSoftwareTokenCommandInput,
  ConfirmDeviceCommandInput,
  ConfirmForgotPasswordCommandInput,
  ConfirmSignUpCommandInput,
  ForgotPasswordCommandInput,
  InitiateAuthCommandInput,
  InitiateAuthCommandOutput,
  ResendConfirmationCodeCommandInput,
  RespondToAuthChallengeCommandInput,
  VerifySoftwareTokenCommandInput,
} from '@aws-sdk/client-cognito-identity-provider'
import { createSignIn } from '../../../main/cognito/sign-in.ts'
import type { FailureCode, Result } from '../../../main/failure.ts'
import type { Profile } from '../../../main/profiles/profile.ts'
import type { Challenge, PendingSignIn, SignInProgress } from '../../../main/sessions/ports.ts'
import { profileOf, scripted, standingClock, userPoolOf } from './support.ts'

export type Said = Omit<InitiateAuthCommandOutput, '$metadata'> | FailureCode
type Told = Readonly<Record<string, unknown>> | FailureCode

export interface Script {
  readonly initiate?: readonly Said[]
  readonly respond?: readonly Said[]
  readonly associate?: readonly Told[]
  readonly verify?: readonly Told[]
  readonly forgot?: readonly Told[]
  readonly confirmForgot?: readonly Told[]
  readonly confirmSignUp?: readonly Told[]
  readonly resend?: readonly Told[]
  readonly confirmDevice?: readonly Told[]
}

export const tokens = {
  AuthenticationResult: { IdToken: 'id', AccessToken: 'access', RefreshToken: 'refresh' },
}
export const verifier = {
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

/** A challenge as Cognito sends it; names the SDK does not list are admitted as Cognito's are. */
export const challenge = (
  name: string,
  parameters: Record<string, string> = {},
  session = 'session-2',
  available: readonly string[] = [],
): Said => {
  const said = {
    ChallengeName: name,
    Session: session,
    ChallengeParameters: parameters,
    AvailableChallenges: [...available],
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the SDK's types know today's names only
  return said as Said
}

export const ana = { username: 'ana@example.com', password: 'Correct-Horse-9' }

export const access = (changes: Partial<Profile> = {}, clientSecret?: string) => ({
  profile: profileOf(changes),
  clientSecret,
  clientMetadata: { origin: 'test' },
})

export const hashOf = (username: string): string =>
  createHmac('sha256', 'client-secret').update(`${username}${profileOf().clientId}`).digest('base64')

export const stage = (script: Script) => {
  const clock = standingClock()
  const initiate = scripted<InitiateAuthCommandInput, Exclude<Said, string>>(...(script.initiate ?? []))
  const respond = scripted<RespondToAuthChallengeCommandInput, Exclude<Said, string>>(
    ...(script.respond ?? []),
  )
  const told = <Input>(answers: readonly Told[] = []) => scripted<Input, object>(...answers)
  const associate = told<AssociateSoftwareTokenCommandInput>(script.associate)
  const verify = told<VerifySoftwareTokenCommandInput>(script.verify)
  const forgot = told<ForgotPasswordCommandInput>(script.forgot)
  const confirmForgot = told<ConfirmForgotPasswordCommandInput>(script.confirmForgot)
  const confirmSignUp = told<ConfirmSignUpCommandInput>(script.confirmSignUp)
  const resend = told<ResendConfirmationCodeCommandInput>(script.resend)
  const confirmDevice = told<ConfirmDeviceCommandInput>(script.confirmDevice)
  const issuer = createSignIn({
    clock,
    randomBytes: (size) => new Uint8Array(size).fill(3),
    deviceName: 'Sesame on test',
    userPool: () =>
      Promise.resolve(
        userPoolOf({
          initiateAuth: initiate.operation,
          respondToAuthChallenge: respond.operation,
          associateSoftwareToken: associate.operation,
          verifySoftwareToken: verify.operation,
          forgotPassword: forgot.operation,
          confirmForgotPassword: confirmForgot.operation,
          confirmSignUp: confirmSignUp.operation,
          resendConfirmationCode: resend.operation,
          confirmDevice: confirmDevice.operation,
        }),
      ),
  })
  return {
    issuer,
    clock,
    initiated: initiate.asked,
    responded: respond.asked,
    associated: associate.asked,
    verified: verify.asked,
    forgotten: forgot.asked,
    reset: confirmForgot.asked,
    confirmed: confirmSignUp.asked,
    resent: resend.asked,
    registered: confirmDevice.asked,
  }
}

/** The pending sign-in of a result that has to ask something. */
export const pendingOf = (result: Result<SignInProgress>): PendingSignIn => {
  if (!result.ok) throw new Error(`expected a challenge, got ${result.failure.code}`)
  if (result.value.kind !== 'challenge') throw new Error('expected a challenge, got tokens')
  return result.value.pending
}

export const challengeOf = (result: Result<SignInProgress>): Challenge => pendingOf(result).challenge

export const failed = (code: FailureCode, more: object = {}) => ({ ok: false, failure: { code, ...more } })
export const signedIn = { ok: true, value: { kind: 'signed-in' } }
