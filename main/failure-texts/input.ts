// Owns the failures of what was typed or asked for, and of bugs.
import type { FailureText } from './failure-text.ts'

export const input = {
  'input.invalid': { message: 'This value is not valid.', remedy: 'Correct the field and try again.' },
  'request.refused': {
    message: 'The request was refused because it did not come from the Sesame window.',
    remedy: 'Restart Sesame.',
  },
  'internal.bug': {
    message: 'Something failed that Sesame did not expect.',
    remedy: 'Try again. If it stays, report it with the log file.',
  },
} as const satisfies Record<string, FailureText>
