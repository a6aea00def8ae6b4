// Owns which of Cognito's challenges a person can be asked here, by ChallengeName.
import { fail } from '../../failure.ts'
import type { Opening } from './challenge.ts'
import { sentCode } from './code.ts'
import { custom } from './custom.ts'
import { mfaSetup } from './mfa-setup.ts'
import { newPassword } from './new-password.ts'
import { password } from './password.ts'
import { selectChallenge } from './select-challenge.ts'
import { selectMfa } from './select-mfa.ts'
import { softwareToken } from './software-token.ts'
import { unknown } from './unknown.ts'
import { webAuthn } from './web-authn.ts'

/** Proofs that are computed; where one comes that no flow has prepared, no person can help either. */
const computed: Opening = ({ name }) => fail('sign-in.unsupported-challenge', { detail: name })

const openings: Readonly<Record<string, Opening | undefined>> = {
  CUSTOM_CHALLENGE: custom,
  DEVICE_PASSWORD_VERIFIER: computed,
  DEVICE_SRP_AUTH: computed,
  EMAIL_OTP: sentCode('EMAIL_OTP'),
  MFA_SETUP: mfaSetup,
  NEW_PASSWORD_REQUIRED: newPassword,
  PASSWORD: password('PASSWORD'),
  PASSWORD_SRP: password('PASSWORD_SRP'),
  PASSWORD_VERIFIER: computed,
  SELECT_CHALLENGE: selectChallenge,
  SELECT_MFA_TYPE: selectMfa,
  SMS_MFA: sentCode('SMS_MFA'),
  SMS_OTP: sentCode('SMS_OTP'),
  SOFTWARE_TOKEN_MFA: softwareToken,
  WEB_AUTHN: webAuthn,
}

/** How a challenge becomes a question; one that is newer than Sesame becomes one with a free answer. */
export const openingOf = (challengeName: string): Opening => openings[challengeName] ?? unknown
