// Owns how the sign-in methods are offered: four segments, the first of which stands for two methods. Pure.
import type { SignInMethod } from '../../../main/profiles/profile.ts'
import type { Option } from '../../ui/index.ts'
import type { FormValues } from './values.ts'

export type MethodSegment = 'password' | 'choice' | 'custom' | 'browser'

export const methodSegments: readonly Option<MethodSegment>[] = [
  { value: 'password', label: 'Password' },
  { value: 'choice', label: 'Choice' },
  { value: 'custom', label: 'Custom' },
  { value: 'browser', label: 'Browser' },
]

export type PasswordMethod = Extract<SignInMethod, 'srp' | 'password'>

export const passwordMethods: readonly Option<PasswordMethod>[] = [
  { value: 'srp', label: 'SRP (recommended)' },
  { value: 'password', label: 'Plain password' },
]

/** What choice-based sign-in asks Cognito for at once; the first stands for none, as it is stored. */
export const preferredOptions: readonly Option<FormValues['preferredChallenge']>[] = [
  { value: '', label: 'Ask each time' },
  { value: 'PASSWORD_SRP', label: 'Password by SRP' },
  { value: 'PASSWORD', label: 'Plain password' },
  { value: 'EMAIL_OTP', label: 'Code by e-mail' },
  { value: 'SMS_OTP', label: 'Code by text message' },
]

export const segmentOf = (method: SignInMethod): MethodSegment => (method === 'srp' ? 'password' : method)

/** Choosing "Password" means SRP, which never sends it. */
export const methodOf = (segment: MethodSegment): SignInMethod => (segment === 'password' ? 'srp' : segment)
