// Owns what goes wrong: at Cognito, in the keychain, on the disk. Each lasts until
// the step ends it: what the SDK repeats by itself meets it again.
import type { UnavailableReason } from '../../../main/sessions/ports.ts'
import type { Fault } from '../../cognito-server/faults.ts'

export type FaultKind =
  | { readonly at: 'server'; readonly fault: Fault }
  /** `spills`: there is a platform that encrypts, so that a file can hold what waits. */
  | { readonly at: 'keychain'; readonly reason: UnavailableReason; readonly spills?: true }
  /** Nothing can be written to the configuration folder. */
  | { readonly at: 'folder' }
  /** The disk of the configuration folder takes half of what it is given, alone or while the keyring is locked. */
  | { readonly at: 'disk'; readonly reason?: UnavailableReason }

const exception = (type: string, message: string, status = 400): FaultKind => ({
  at: 'server',
  fault: { kind: 'exception', type, message, status },
})

export const faults = {
  'slow answer': { at: 'server', fault: { kind: 'delay', milliseconds: 30 } },
  'connection reset': { at: 'server', fault: { kind: 'reset' } },
  throttled: { at: 'server', fault: { kind: 'throttle' } },
  'HTML page with status 500': { at: 'server', fault: { kind: 'html-500' } },
  'half an answer, work done': { at: 'server', fault: { kind: 'truncated' } },
  'answer lost, work done': { at: 'server', fault: { kind: 'answer-lost' } },
  'internal error': exception('InternalErrorException', 'Internal error', 500),
  'refused: revoked': exception('NotAuthorizedException', 'Refresh Token has been revoked'),
  'refused: user not found': exception('UserNotFoundException', 'User does not exist.'),
  'refused: password reset': exception(
    'PasswordResetRequiredException',
    'Password reset required for the user',
  ),
  'refused: wrong client': exception('ResourceNotFoundException', 'User pool client app does not exist.'),
  'refused: by an unknown name': exception('BrandNewException', 'Something nobody has read of'),
  'keyring locked, and back': { at: 'keychain', reason: 'locked' },
  'D-Bus gone, and back': { at: 'keychain', reason: 'no-service' },
  'keyring hangs, and back': { at: 'keychain', reason: 'timed-out' },
  'keyring locked and a file to wait in, and back': { at: 'keychain', reason: 'locked', spills: true },
  'folder takes no files': { at: 'folder' },
  'disk full, and room again': { at: 'disk' },
  'disk full while the keyring is locked, and back': { at: 'disk', reason: 'locked' },
} as const satisfies Record<string, FaultKind>

export type FaultName = keyof typeof faults
