// Owns the failures of sessions and tokens.
import type { FailureText } from './failure-text.ts'

export const sessions = {
  'session.none': { message: 'Nobody is signed in to this profile.', remedy: 'Sign in.' },
  'session.ended': {
    message: 'This session has ended; Cognito no longer accepts its refresh token.',
    remedy: 'Sign in again.',
  },
  'session.revoked': {
    message: 'This session was revoked, here or on another device.',
    remedy: 'Sign in again.',
  },
  'session.reused': {
    message: 'The refresh token was used twice, so Cognito ended every session that came from it.',
    remedy: 'Sign in again, and keep this session out of other programs.',
  },
  'session.user-gone': {
    message: 'This user no longer exists in the user pool.',
    remedy: 'Remove the profile, or sign in as another user.',
  },
  'session.busy': {
    message: 'Another Sesame is working on this session and does not let go.',
    remedy: 'Wait, or close the other one.',
  },
  'session.still-ending': {
    message: 'A session whose profile was removed or changed still has to be ended at Cognito.',
    remedy: 'Sesame does so as soon as network and keychain allow, also after a restart.',
  },
  'session.superseded': {
    message: 'The session changed while this was under way.',
    remedy: 'Try again.',
  },
  'token.malformed': { message: 'This is not a JSON Web Token.', remedy: 'Sign in again.' },
  'token.unverified': {
    message: "The token's signature could not be verified against the pool's keys.",
    remedy: "Compare the profile's user pool with the token's issuer.",
  },
  'token.expired': { message: 'The token has expired.', remedy: 'Refresh the session, then try again.' },
  'token.not-revocable': {
    message: 'Cognito does not revoke this token for this app client.',
    remedy: "Compare the profile's app client with the one that was signed in to.",
  },
  'token.scope-missing': {
    message: 'The access token lacks the scope aws.cognito.signin.user.admin, which this needs.',
    remedy: 'Revoke the refresh token of this device instead, or add the scope to the app client.',
  },
} as const satisfies Record<string, FailureText>
