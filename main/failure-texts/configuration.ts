// Owns the failures of a pool or a profile that is set up in a way that cannot work.
import type { FailureText } from './failure-text.ts'

export const configuration = {
  'config.client-secret': {
    message: 'The app client secret of this profile is missing or not the right one.',
    remedy: "Enter the secret of this app client in the profile's settings.",
  },
  'config.client-not-found': {
    message: 'This user pool has no app client with this id.',
    remedy: "Compare the app client id with the user pool's app clients.",
  },
  'config.pool-not-found': {
    message: 'Cognito does not know this user pool in this region.',
    remedy: 'Compare the user pool id with the one in the console.',
  },
  'config.flow-not-enabled': {
    message: 'This sign-in method is not enabled for the app client.',
    remedy: 'Choose another method, or enable this one in the app client.',
  },
  'config.revocation-off': {
    message: 'The app client does not allow its tokens to be revoked.',
    remedy: 'Sign out of all devices instead, or enable token revocation in the app client.',
  },
  'config.operation-disabled': {
    message: 'The user pool does not allow this operation in this region.',
    remedy: "Use the user pool's primary region, or ask its owner.",
  },
  'config.pool-settings': {
    message: 'A setting of the user pool keeps Cognito from answering.',
    remedy: 'Show its owner what Cognito said.',
  },
  'config.operation-unknown': {
    message: 'The endpoint does not know this operation.',
    remedy: 'Check the endpoint of this profile.',
  },
  'config.invalid-parameter': {
    message: 'Cognito refused a parameter of the request.',
    remedy: "Compare the profile's settings with the user pool.",
  },
  'config.forbidden': {
    message: 'A firewall (AWS WAF) or a policy in front of the user pool refused the request.',
    remedy: 'Ask the owner of the user pool to admit this client.',
  },
} as const satisfies Record<string, FailureText>
