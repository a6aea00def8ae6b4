// Owns one sample of every step a sign-in can ask for, for the tests of the dialog and its pictures.
import type { SignInStep } from '../../../preload/views.ts'

type Challenge = Exclude<SignInStep, { kind: 'signed-in' }>
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never

const common = { attemptId: 'a-1', step: 2, username: 'ana' } as const
const delivery = { medium: 'email', destination: 'a***@e***' } as const
const browserUrl = 'https://login.example.com/oauth2/authorize?client_id=4k2v7c1m0p8s6d5f3g2h1j9q1t&state=x1'

const steps = {
  sms: {
    kind: 'code',
    challengeName: 'SMS_MFA',
    delivery: { medium: 'sms', destination: '+*******1234' },
    canResend: false,
  },
  otp: { kind: 'code', challengeName: 'EMAIL_OTP', delivery, canResend: true },
  selectChallenge: {
    kind: 'select-challenge',
    options: [
      { choice: 'EMAIL_OTP', needs: 'nothing' },
      { choice: 'PASSWORD_SRP', needs: 'password' },
      { choice: 'WEB_AUTHN', needs: 'browser' },
      { choice: 'CARRIER_PIGEON', needs: 'nothing' },
    ],
  },
  password: { kind: 'password', challengeName: 'PASSWORD_SRP' },
  selectMfa: { kind: 'select-mfa', options: ['SMS_MFA', 'SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'] },
  mfaSetup: { kind: 'mfa-setup', options: ['totp', 'email'], elsewhere: ['SMS_MFA'] },
  noMfaSetup: { kind: 'mfa-setup', options: [], elsewhere: ['SMS_MFA'] },
  totpSetup: {
    kind: 'totp-setup',
    secret: 'JBSWY3DPEHPK3PXP',
    otpauthUri: 'otpauth://totp/Sesame:ana?secret=JBSWY3DPEHPK3PXP&issuer=Sesame',
  },
  emailSetup: { kind: 'email-setup' },
  custom: { kind: 'custom', parameters: { question: 'Which colour?', tries: '2' } },
  webAuthn: { kind: 'web-authn', canUseBrowser: true },
  noWebAuthn: { kind: 'web-authn', canUseBrowser: false },
  unknown: { kind: 'unknown', challengeName: 'RETINA_SCAN', parameters: { eye: 'left' } },
  rememberDevice: { kind: 'remember-device', deviceName: 'ana-laptop' },
  forgotten: { kind: 'reset-password', reason: 'forgotten', delivery, canResend: true },
  required: { kind: 'reset-password', reason: 'required', delivery: {}, canResend: false },
  confirmSignUp: { kind: 'confirm-sign-up', delivery, canResend: true },
  browser: { kind: 'browser', url: browserUrl, isOpen: true },
  closedBrowser: { kind: 'browser', url: browserUrl, isOpen: false },
} satisfies Record<string, DistributiveOmit<Challenge, keyof typeof common | 'expiresAt'>>

export type StepName = keyof typeof steps

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.keys forgets that it lists the table's own keys
export const stepNames = Object.keys(steps) as StepName[]

/** The step, open for almost three minutes from now on. */
export const sampleStep = (name: StepName, now = Date.now()): Challenge => ({
  ...common,
  expiresAt: now + 170_000,
  ...steps[name],
})
