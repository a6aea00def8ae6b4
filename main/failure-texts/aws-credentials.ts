// Owns the failures of AWS credentials.
import type { FailureText } from './failure-text.ts'

export const awsCredentials = {
  'credentials.no-identity-pool': {
    message: 'This profile has no identity pool, so it cannot get AWS credentials.',
    remedy: "Enter the identity pool id in the profile's settings.",
  },
  'credentials.not-supported-provider': {
    message: 'The identity pool does not accept tokens of this user pool and app client.',
    remedy: 'Add this user pool and app client as an identity provider of the identity pool.',
  },
  'credentials.token-expired': {
    message: 'The ID token had expired when the identity pool looked at it.',
    remedy: 'Refresh the session, then try again.',
  },
  'credentials.identity-not-found': {
    message: 'The identity pool does not know the identity of this user.',
    remedy: 'Try again; Sesame asks for a new identity.',
  },
  'credentials.conflict': {
    message: 'This user is already linked to another identity of the identity pool.',
    remedy: 'Ask the owner of the identity pool to unlink one of them.',
  },
  'credentials.role': {
    message: 'The identity pool has no role for this user, or the trust policy of the role refuses it.',
    remedy: "Check the identity pool's role settings and the role's trust policy.",
  },
  'credentials.identity-pool-not-found': {
    message: 'AWS does not know this identity pool in this region.',
    remedy: 'Compare the identity pool id with the one in the console.',
  },
  'credentials.limit': {
    message: 'The identity pool has reached a limit of the AWS account.',
    remedy: 'Ask the owner of the AWS account to raise the limit.',
  },
  'credentials.not-representable': {
    message: 'A value has a character that this format cannot hold safely.',
    remedy: 'Choose another format, such as JSON.',
  },
  'credentials.refused': {
    message: 'AWS refuses these credentials.',
    remedy: 'Refresh the credentials; check the clock of this machine if it stays.',
  },

  'credentials.console': {
    message: 'AWS did not make a sign-in link of these credentials.',
    remedy: 'Test the credentials; the role needs to be one that may use the console.',
  },
  'credentials.endpoint': {
    message: 'The endpoint for containers could not be opened on this machine.',
    remedy: 'Check that programs may listen on 127.0.0.1, then try again.',
  },
  'credentials.slow': {
    message: 'AWS has not answered with credentials yet.',
    remedy: 'Try again in a moment; check the network if it stays.',
  },
  'credentials.endpoint-off': {
    message: 'This profile offers no endpoint for containers.',
    remedy: 'Turn on its container endpoint first, in the Credentials tab.',
  },
  'credentials.duration': {
    message: 'The role does not allow credentials to live that long.',
    remedy:
      'Shorten "Credentials live" in the profile (--aws-seconds), or raise the role\'s maximum session duration.',
  },
  'credentials.basic-flow-off': {
    message: 'The identity pool does not allow the basic flow, which durations over 1 hour need.',
    remedy:
      'Allow the basic (classic) flow in the identity pool, or choose the enhanced flow in the profile.',
  },
  'credentials.role-unknown': {
    message: 'The basic flow needs the ARN of a role, and neither profile nor token names one.',
    remedy: 'Choose a role in the profile.',
  },
  'clock.wrong': {
    message: 'The clock of this machine is wrong by so much that AWS refuses what it signs.',
    remedy: 'Set the clock, or turn on automatic time.',
  },
} as const satisfies Record<string, FailureText>
