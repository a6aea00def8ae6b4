// Owns the rule of what comes after a first factor: a new password, a second factor, the device, tokens. Pure.
import type { Passed } from './sessions.ts'
import type { SecondFactor } from './users.ts'

/** What a sign-in has still to prove, by the name of the challenge that asks for it. */
export type NextStep =
  | 'NEW_PASSWORD_REQUIRED'
  | 'SOFTWARE_TOKEN_MFA'
  | 'SMS_MFA'
  | 'EMAIL_OTP'
  | 'SELECT_MFA_TYPE'
  | 'MFA_SETUP'
  | 'DEVICE_SRP_AUTH'
  | 'INVENTED'
  | 'tokens'

/** What the device that signs in is worth: a remembered one proves itself instead of a second factor, or besides it. */
export type DeviceRole = 'none' | 'besides-mfa' | 'instead-of-mfa'

interface Candidate {
  readonly status: string
  readonly secondFactors: readonly SecondFactor[]
  readonly preferredFactor?: SecondFactor | undefined
  readonly inventedChallenge?: object | undefined
}

export function nextStep(
  user: Candidate,
  poolMfa: 'off' | 'optional' | 'on',
  passed: Passed,
  device: DeviceRole,
): NextStep {
  if (user.status === 'FORCE_CHANGE_PASSWORD') return 'NEW_PASSWORD_REQUIRED'
  const mfa =
    poolMfa === 'off' || passed.mfa || device === 'instead-of-mfa' ? undefined : factor(user, poolMfa)
  if (mfa !== undefined) return mfa
  if (device !== 'none' && !passed.device) return 'DEVICE_SRP_AUTH'
  if (user.inventedChallenge !== undefined && !passed.invented) return 'INVENTED'
  return 'tokens'
}

function factor(user: Candidate, poolMfa: 'optional' | 'on'): NextStep | undefined {
  const [only, ...others] = user.secondFactors
  if (only === undefined) return poolMfa === 'on' ? 'MFA_SETUP' : undefined
  return others.length === 0 ? only : (user.preferredFactor ?? 'SELECT_MFA_TYPE')
}
