// Owns codes that Cognito sends by SMS or e-mail, as second factor (SMS_MFA, EMAIL_OTP) or first (EMAIL_OTP, SMS_OTP).
import { ok } from '../../failure.ts'
import { asking, type Opening } from './challenge.ts'
import { deliveryIn, typedCode } from './words.ts'

/** The ChallengeResponse is the challenge's own name with `_CODE`. */
export const sentCode =
  (challengeName: 'SMS_MFA' | 'EMAIL_OTP' | 'SMS_OTP'): Opening =>
  ({ parameters, isFirstFactor }) => {
    const { CODE_DELIVERY_DELIVERY_MEDIUM: medium, CODE_DELIVERY_DESTINATION: destination } = parameters
    const delivery = deliveryIn(medium ?? (challengeName === 'EMAIL_OTP' ? 'EMAIL' : 'SMS'), destination)
    return asking({
      challenge: { kind: 'code', challengeName, delivery, canResend: isFirstFactor },
      answer: (given) =>
        given.kind === 'code'
          ? ok({ kind: 'respond', responses: { [`${challengeName}_CODE`]: typedCode(given.code) } })
          : undefined,
      // Nothing was proved yet, so beginning anew costs the person nothing and sends a new code.
      ...(isFirstFactor
        ? { resend: () => ok({ kind: 'begin' as const, password: '', preferred: challengeName }) }
        : {}),
    })
  }
