// Owns the failures of ~/.aws.
import type { FailureText } from './failure-text.ts'

export const awsFiles = {
  'aws-files.taken': {
    message: 'The section is already there, and Sesame did not write it.',
    remedy: 'Choose another section name, or tell Sesame to take this one over.',
  },
  'aws-files.twice': {
    message: 'The section is in the file more than once.',
    remedy: 'Remove all but one of them, or choose another section name.',
  },
  'aws-files.unreadable': {
    message: 'The AWS file could not be read and is left as it is.',
    remedy: 'Check the permissions of the file named here.',
  },
  'aws-files.unusual': {
    message: 'The AWS file is not a text that can be changed safely, and is left as it is.',
    remedy: 'Save it as UTF-8 text with ordinary line ends, then try again.',
  },
  'aws-files.not-written': {
    message: 'The AWS file could not be written and is left as it was.',
    remedy: 'Check free space and permissions of the file named here and of its folder.',
  },
  'aws-files.busy': {
    message: 'Another program keeps changing the AWS file.',
    remedy: 'Try again in a moment.',
  },
  'aws-files.off': {
    message: 'This profile keeps no AWS file up to date.',
    remedy: 'Choose what to write first.',
  },
} as const satisfies Record<string, FailureText>
