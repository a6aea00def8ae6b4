// Owns what a failure means for a session (the tables of cognito.md). Knows codes only, not who made them.
import { type Failure, type FailureCode, failure } from '../failure.ts'
import type { UnavailableReason, Unsaved, VaultWrite } from './ports.ts'
import type { EndedCode } from './session.ts'

/**
 * `ended`: Cognito no longer accepts the refresh token. `passing`: tokens kept, tried again by itself.
 * `attention`: tokens kept, not tried again until a person changes something.
 */
export type RefreshVerdict = 'ended' | 'passing' | 'attention'

const ended: ReadonlySet<FailureCode> = new Set<EndedCode>([
  'session.ended',
  'session.revoked',
  'session.reused',
  'session.user-gone',
])

const passing: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'network.offline',
  'network.timed-out',
  'network.bad-answer',
  'network.certificate',
  'network.proxy',
  'service.throttled',
  'service.unavailable',
  // The client secret could not be read for now.
  'vault.locked',
  'vault.absent',
  'vault.timed-out',
  'vault.sealed',
  'vault.app-only',
  // Another process holds the session's lock.
  'session.busy',
])

/** Whether a failure is one that Cognito ends a session with. */
export const isEndedCode = (code: FailureCode): code is EndedCode => ended.has(code)

/** What a refused refresh does to the session (cognito.md, "Refreshing"). What the table does not name needs a person. */
export const refreshVerdict = (code: FailureCode): RefreshVerdict => {
  if (isEndedCode(code)) return 'ended'
  return passing.has(code) ? 'passing' : 'attention'
}

/** Whether the same request may work later without anybody changing anything. */
export const isPassing = (code: FailureCode): boolean => passing.has(code)

/** Something newer than what this process has lies where it cannot open it: Cognito would take a refresh with the older for a reuse. */
export const hidesNewer = (code: FailureCode): boolean => code === 'vault.sealed' || code === 'vault.app-only'

/** Whether it was the vault that could not answer. */
export const isOfVault = (code: FailureCode): boolean => code.startsWith('vault.')

/**
 * Whether a caller who needs tokens now is reason enough to try before the back-off is over. Not when the other side
 * asked for fewer requests or is in trouble; an unreachable network costs nobody anything.
 */
export const mayTryEarly = (code: FailureCode): boolean => code.startsWith('network.') || isOfVault(code)

const keepsSignIn: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'input.invalid',
  'config.invalid-parameter',
  'sign-in.wrong-code',
  'sign-in.password-policy',
  'sign-in.lambda',
  'sign-in.code-not-sent',
  'sign-in.too-many-tries',
  'sign-in.passkey',
])

/** Whether a refused answer leaves the sign-in where it was, so that the person can answer again (P6). */
export const keepsAttempt = (code: FailureCode): boolean => keepsSignIn.has(code) || passing.has(code)

const vaultCodes = {
  'no-service': 'vault.absent',
  locked: 'vault.locked',
  denied: 'vault.denied',
  'timed-out': 'vault.timed-out',
  corrupt: 'vault.corrupt',
  sealed: 'vault.sealed',
  'app-only': 'vault.app-only',
} as const satisfies Record<UnavailableReason, FailureCode>

/** What an answer of the vault means for a session. */
export const unsavedOf = ({ kind }: VaultWrite): Unsaved => {
  if (kind === 'saved') return false
  return kind === 'spilled' ? 'on-disk' : 'in-memory'
}

/** The failure a person sees when the vault could not answer. */
export const vaultFailure = (reason: UnavailableReason): Failure => failure(vaultCodes[reason])
