// Owns how the sign-in methods are offered: four segments, the first of which stands for two methods. Pure.
import type { SignInMethod } from '../../../main/profiles/profile.ts'
import type { Option } from '../../ui/index.ts'

export type MethodSegment = 'password' | 'choice' | 'custom' | 'browser'

/** What `main/cognito/flows.ts` can begin; the others are refused there with `sign-in.method-unavailable`. */
const available: ReadonlySet<SignInMethod> = new Set<SignInMethod>(['srp', 'password'])

const segment = (value: MethodSegment, label: string): Option<MethodSegment> =>
  available.has(value)
    ? { value, label }
    : { value, label, disabled: true, tooltip: 'Not in this version of Sesame yet.' }

export const methodSegments: readonly Option<MethodSegment>[] = [
  segment('password', 'Password'),
  segment('choice', 'Choice'),
  segment('custom', 'Custom'),
  segment('browser', 'Browser'),
]

export type PasswordMethod = Extract<SignInMethod, 'srp' | 'password'>

export const passwordMethods: readonly Option<PasswordMethod>[] = [
  { value: 'srp', label: 'SRP (recommended)' },
  { value: 'password', label: 'Plain password' },
]

export const segmentOf = (method: SignInMethod): MethodSegment => (method === 'srp' ? 'password' : method)

/** Choosing "Password" means SRP, which never sends it. */
export const methodOf = (segment: MethodSegment): SignInMethod => (segment === 'password' ? 'srp' : segment)
