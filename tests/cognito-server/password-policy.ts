// Owns what a new password must look like, and Cognito's sentence for each rule it breaks.
import { ServiceError } from './errors.ts'

export interface PasswordPolicy {
  readonly minimumLength: number
  readonly requireUppercase: boolean
  readonly requireLowercase: boolean
  readonly requireNumbers: boolean
  readonly requireSymbols: boolean
}

export const DEFAULT_PASSWORD_POLICY: PasswordPolicy = {
  minimumLength: 8,
  requireUppercase: true,
  requireLowercase: true,
  requireNumbers: true,
  requireSymbols: true,
}

// The symbols Cognito counts, from the user pool guide; a space counts only inside the password.
const SYMBOL = /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+-]|(?<=\S) +(?=\S)/

/** The first rule that the password breaks, in Cognito's words, or undefined if it conforms. */
export function brokenPasswordRule(password: string, policy: PasswordPolicy): string | undefined {
  if (password.length < policy.minimumLength) return 'Password not long enough'
  if (policy.requireUppercase && !/[A-Z]/.test(password)) return 'Password must have uppercase characters'
  if (policy.requireLowercase && !/[a-z]/.test(password)) return 'Password must have lowercase characters'
  if (policy.requireNumbers && !/\d/.test(password)) return 'Password must have numeric characters'
  if (policy.requireSymbols && !SYMBOL.test(password)) return 'Password must have symbol characters'
  return undefined
}

/** Throws InvalidPasswordException where the password breaks the policy. */
export function assertPasswordConforms(password: string, policy: PasswordPolicy): void {
  const rule = brokenPasswordRule(password, policy)
  if (rule !== undefined) {
    throw new ServiceError('InvalidPasswordException', `Password did not conform with policy: ${rule}`)
  }
}
