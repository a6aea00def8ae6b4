// Owns the list of dialogs that a picture is taken of, and where the pictures are. A new kind of step fails to compile here until
// it is listed, and pictures.spec.ts fails until a test meets it.
import { join } from 'node:path'
import type { SignInStep } from '../../../preload/sign-in-views.ts'
import { appFolder } from '../fixtures.ts'

type StepKind = Exclude<SignInStep['kind'], 'signed-in'>

/** What each dialog asks. */
const pictured = {
  totp: 'SOFTWARE_TOKEN_MFA',
  'new-password': 'NEW_PASSWORD_REQUIRED',
  code: 'a code that was sent',
  'select-challenge': 'SELECT_CHALLENGE',
  password: 'PASSWORD',
  'select-mfa': 'SELECT_MFA_TYPE',
  'mfa-setup': 'MFA_SETUP with a choice',
  'totp-setup': 'MFA_SETUP of an authenticator',
  'email-setup': 'MFA_SETUP of an e-mail address',
  custom: 'CUSTOM_CHALLENGE',
  'web-authn': 'WEB_AUTHN',
  unknown: 'a challenge nobody has heard of',
  'remember-device': 'remember this device?',
  'reset-password': 'a code and a new password',
  'confirm-sign-up': 'the code of a sign-up',
  browser: 'the browser is open',
} as const satisfies Record<StepKind, string>

/** The same dialogs in other states, and the stage before them all. */
const states = {
  'sign-in': 'the first stage',
  'sign-in-choice': 'the first stage without a password',
  'sign-in-custom': 'the first stage with an optional password',
  'sign-in-refused': 'a wrong password',
  'sign-in-locked-out': 'too many wrong passwords',
  'sign-in-again': 'a Session that ran out',
  'code-refused': 'a wrong code',
  'code-resent': 'another code is on its way',
  'new-password-refused': 'a password against the policy',
  'reset-password-required': 'ordered by an administrator',
  'select-challenge-passkey': 'a passkey chosen',
  'web-authn-no-domain': 'no login page known',
} as const

export type Picture = keyof typeof pictured | keyof typeof states

export const pictures = Object.keys({ ...pictured, ...states })

export const themes = ['light', 'dark'] as const

/** Below `test-results`, where every run of the end-to-end tests starts anew. */
export const pictureFile = (picture: string, theme: (typeof themes)[number]): string =>
  join(appFolder, 'test-results/e2e/ways-in-pictures', `${picture}-${theme}.png`)
