// Owns the failures of profiles and their file.
import type { FailureText } from './failure-text.ts'

export const profiles = {
  'profile.not-found': { message: 'This profile no longer exists.', remedy: 'Choose another profile.' },
  'profiles.damaged': {
    message: 'The profiles file could not be read and was set aside.',
    remedy: 'Open the file named here to recover it, or add the profiles again.',
  },
  'profiles.not-saved': {
    message: 'The profiles file could not be written.',
    remedy: 'Check free space and permissions of the folder, then save again.',
  },
  'profiles.restored': {
    message: 'The profiles file was missing; its last good copy was put back.',
    remedy: 'Check that all your profiles are there.',
  },
  'profiles.newer': {
    message: 'The profiles file was written by a newer Sesame and is left as it is.',
    remedy: 'Update Sesame, or move the file named here away to start with none.',
  },
  'profiles.unreadable': {
    message: 'The profiles file could not be opened and is left as it is.',
    remedy: 'Check the permissions of the file named here, then start Sesame again.',
  },
} as const satisfies Record<string, FailureText>
