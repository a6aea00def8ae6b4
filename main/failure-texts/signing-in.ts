// Owns the failures of signing in: steps, codes, browser, devices.
import type { FailureText } from './failure-text.ts'

export const signingIn = {
  'sign-in.wrong-password': {
    message: 'Incorrect username or password.',
    remedy: 'Check both. After five wrong ones Cognito locks the user for a while.',
  },
  'sign-in.user-not-found': {
    message: 'This user pool has no such user.',
    remedy: 'Check the username, and that this is the right user pool.',
  },
  'sign-in.locked-out': {
    message: 'Cognito refuses this user for now because of too many wrong passwords.',
    remedy: 'Wait a moment before the next try; each wrong one doubles the wait, up to about 15 minutes.',
  },
  'sign-in.wrong-code': {
    message: 'That code is not right, or it has run out.',
    remedy: 'Check it, or enter a newer one.',
  },
  'sign-in.step-expired': {
    message: 'This step stayed open too long, or was already answered.',
    remedy: 'Start the sign-in again; what you typed is kept.',
  },
  'sign-in.password-policy': {
    message: 'The new password does not meet the rules of this user pool.',
    remedy: 'Choose a password that follows the rule named here.',
  },
  'sign-in.reset-required': {
    message: 'An administrator asked for this password to be reset.',
    remedy: 'Reset the password, then sign in with the new one.',
  },
  'sign-in.not-confirmed': {
    message: 'This user has not been confirmed yet.',
    remedy: 'Enter the confirmation code that was sent on sign-up.',
  },
  'sign-in.disabled': {
    message: 'This user is disabled.',
    remedy: 'Ask an administrator to enable the user.',
  },
  'sign-in.temporary-password-expired': {
    message: 'The temporary password of this user has run out.',
    remedy: 'Ask an administrator to send a new one.',
  },
  'sign-in.blocked': {
    message: "Cognito's threat protection refused this sign-in.",
    remedy: 'Ask the owner of the user pool, or try from a network you have used before.',
  },
  'sign-in.no-second-factor': {
    message: 'This user has no such second factor set up.',
    remedy: 'Ask an administrator to set one up for the user.',
  },
  'sign-in.alias-taken': {
    message: 'Another user of this pool already has this e-mail address or phone number.',
    remedy: 'Use another one, or sign in as that user.',
  },
  'sign-in.method-unavailable': {
    message: 'This profile signs in with the browser, so it takes no password here.',
    remedy: "Sign in with the browser, or choose another method in the profile's settings.",
  },
  'sign-in.unsupported-challenge': {
    message: 'Cognito asks for a step that Sesame does not know.',
    remedy: 'Sign in with another method, or report the name of the step.',
  },
  'sign-in.attempt-not-found': {
    message: 'This sign-in is no longer under way.',
    remedy: 'Start the sign-in again.',
  },
  'sign-in.code-not-sent': {
    message: 'Cognito could not send the code.',
    remedy: 'Ask for another one; if it stays, show the owner of the user pool what Cognito said.',
  },
  'sign-in.too-many-tries': {
    message: 'Cognito refuses further tries for this user for now.',
    remedy: 'Wait before you try again; this can take up to an hour.',
  },
  'sign-in.reset-impossible': {
    message: 'Cognito cannot reset the password of this user.',
    remedy: 'Ask an administrator to set a new password; what Cognito said is below.',
  },
  'sign-in.already-confirmed': {
    message: 'This user is confirmed already.',
    remedy: 'Sign in with username and password.',
  },
  'sign-in.device-unknown': {
    message: 'The user pool no longer knows this device.',
    remedy: 'Start the sign-in again; Sesame begins without the device.',
  },
  'sign-in.passkey': {
    message:
      "A passkey belongs to the web address of the pool's login page, so it cannot be used in this window.",
    remedy: 'Sign in with the browser, or choose another way.',
  },
  'sign-in.cancelled': { message: 'The sign-in was cancelled.', remedy: 'Start it again when you want to.' },
  'sign-in.browser-timed-out': {
    message: 'The browser did not come back in time.',
    remedy: 'Start the browser sign-in again and finish it in the browser.',
  },
  'sign-in.browser-not-opened': {
    message: 'The system browser could not be opened.',
    remedy: 'Copy the address and open it in a browser on this machine.',
  },
  'sign-in.browser-refused': {
    message: 'The login page ended the sign-in with an error.',
    remedy: 'Read what it said; check scopes, callback URL and identity provider of the app client.',
  },
  'sign-in.browser-denied': {
    message: 'Access was denied on the login page.',
    remedy: 'Start the browser sign-in again and agree there, or sign in another way.',
  },
  'sign-in.browser-mismatch': {
    message: 'What came back from the browser does not belong to this sign-in.',
    remedy: 'Start the browser sign-in again.',
  },
  'sign-in.callback-taken': {
    message: 'Another program listens on the port of this callback URL.',
    remedy: 'Close that program, or use another callback URL in the profile and the app client.',
  },
  'config.no-domain': {
    message: 'This profile does not say where the login page of its user pool is.',
    remedy: "Enter the pool's domain in the profile's settings.",
  },
  'config.callback-url': {
    message: 'This profile has no callback URL that Sesame can receive.',
    remedy: 'Enter one of the app client: http://localhost with a port, or sesame://.',
  },
  'config.openid-scope': {
    message: 'The login page brought no ID token.',
    remedy: 'Add the scope openid to the app client and the profile.',
  },
  'device.not-remembered': {
    message: 'The user pool does not know such a device of this user.',
    remedy: 'Load the list again.',
  },
  'sign-in.lambda': {
    message: 'A Lambda trigger of this user pool refused the request.',
    remedy: "Read the trigger's message; its log is in CloudWatch.",
  },
} as const satisfies Record<string, FailureText>
