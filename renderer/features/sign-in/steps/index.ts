// Owns the map from what Cognito asks to the step that answers it. A new kind of challenge gets a file beside this one
// and an entry here; until then the compiler refuses.
import type { Challenge } from '../flow.ts'
import { browser } from './browser.tsx'
import { code } from './code.tsx'
import { confirmSignUp } from './confirm-sign-up.tsx'
import { custom } from './custom.tsx'
import { emailSetup } from './email-setup.tsx'
import { mfaSetup } from './mfa-setup.tsx'
import { newPassword } from './new-password.tsx'
import { password } from './password.tsx'
import { rememberDevice } from './remember-device.tsx'
import { resetPassword } from './reset-password.tsx'
import { selectChallenge } from './select-challenge.tsx'
import { selectMfa } from './select-mfa.tsx'
import type { StepKind } from './step-kind.ts'
import { totp } from './totp.tsx'
import { totpSetup } from './totp-setup.tsx'
import { unknown } from './unknown.tsx'
import { webAuthn } from './web-authn.tsx'

const stepKinds: { readonly [K in Challenge['kind']]: StepKind<Extract<Challenge, { kind: K }>> } = {
  totp,
  'new-password': newPassword,
  code,
  'select-challenge': selectChallenge,
  password,
  'select-mfa': selectMfa,
  'mfa-setup': mfaSetup,
  'totp-setup': totpSetup,
  'email-setup': emailSetup,
  custom,
  'web-authn': webAuthn,
  unknown,
  'remember-device': rememberDevice,
  'reset-password': resetPassword,
  'confirm-sign-up': confirmSignUp,
  browser,
}

/** The step for a challenge. */
export const stepFor = <C extends Challenge>(challenge: C): StepKind<C> =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the map ties each kind to its own challenge, which the compiler cannot follow through an index
  stepKinds[challenge.kind] as unknown as StepKind<C>
