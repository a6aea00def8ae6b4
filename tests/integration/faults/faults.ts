// Owns what goes wrong: at Cognito, in the keychain, on the disk. Each lasts until
// the step ends it: what the SDK repeats by itself meets it again.
import type { UnavailableReason } from '../../../main/sessions/ports.ts'
import type { Fault } from '../../cognito-server/faults.ts'
import type { Moment } from './failing-store.ts'

export type FaultKind =
  | { readonly at: 'server'; readonly fault: Fault }
  /** The server does its work and never answers. */
  | { readonly at: 'silence' }
  /** `spills`: there is a platform that encrypts, so that a file can hold what waits. From the first call of the step on, unless told. */
  | {
      readonly at: 'keychain'
      readonly reason: UnavailableReason
      readonly spills?: true
      readonly from?: Moment
    }
  /** Nothing can be written to the configuration folder. */
  | { readonly at: 'folder' }
  /**
   * The disk of the configuration folder takes half of what it is given, alone or while the keyring is locked; below `except` there
   * is still room.
   */
  | { readonly at: 'disk'; readonly reason?: UnavailableReason; readonly except?: string }

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
  'no answer until the deadline, work done': { at: 'silence' },
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
  'keyring locked before what was written is read back, and back': {
    at: 'keychain',
    reason: 'locked',
    from: 'at the read-back',
  },
  'keyring locked before the old one is removed, and back': {
    at: 'keychain',
    reason: 'locked',
    from: 'after the read-back',
  },
  'D-Bus gone, and back': { at: 'keychain', reason: 'no-service' },
  'keyring hangs, and back': { at: 'keychain', reason: 'timed-out' },
  'keyring locked and a file to wait in, and back': { at: 'keychain', reason: 'locked', spills: true },
  'folder takes no files': { at: 'folder' },
  'disk full, and room again': { at: 'disk' },
  'disk full while the keyring is locked, and back': { at: 'disk', reason: 'locked' },
  'disk full once the file to wait in is written, and back': {
    at: 'disk',
    reason: 'locked',
    except: 'vault-waiting',
  },
} as const satisfies Record<string, FaultKind>

export type FaultName = keyof typeof faults
