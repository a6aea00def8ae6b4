// Owns the failures of importing and exporting profiles.
import type { FailureText } from './failure-text.ts'

export const sharing = {
  'import.unrecognised': {
    message: 'Nothing in this text names a user pool.',
    remedy:
      'Use amplify_outputs.json, aws-exports.js, CDK outputs, the address of a pool, or profiles exported by Sesame.',
  },
  'import.broken': {
    message: 'This configuration has a mistake in it, so nothing of it was read.',
    remedy: 'Correct the place named here, or have its tool write it again.',
  },
  'import.newer': {
    message: 'These profiles were exported by a newer Sesame.',
    remedy: 'Update Sesame, or export them again with this version.',
  },
  'import.unreadable': {
    message: 'The file could not be read.',
    remedy: 'Check its permissions, or open it elsewhere and paste its text.',
  },
  'import.gone': {
    message: 'The profiles changed since this preview was made.',
    remedy: 'Make the preview again.',
  },
  'export.not-written': {
    message: 'The file could not be written.',
    remedy: 'Check free space and permissions of the folder, or choose another one.',
  },
} as const satisfies Record<string, FailureText>
