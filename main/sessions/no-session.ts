// Owns the failure that stands for each state without a session.
import { type Failure, failure } from '../failure.ts'
import type { SessionState } from './state.ts'

/** Why there is nobody to speak for: `session.none`, the keychain's failure, or what ended the session. */
export const noSession = (state: Exclude<SessionState, { status: 'live' }>): Failure =>
  'failure' in state ? state.failure : failure('session.none')
