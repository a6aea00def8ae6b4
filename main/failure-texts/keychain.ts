// Owns the failures of the keychain.
import type { FailureText } from './failure-text.ts'

export const keychain = {
  'vault.locked': {
    message: 'The keychain is locked. Your sessions are safe in it and cannot be read yet.',
    remedy: 'Unlock the login keyring, then retry.',
  },
  'vault.absent': {
    message: 'No keychain is running. Sessions stay in memory and end when Sesame quits.',
    remedy: 'Start a Secret Service such as gnome-keyring, then retry.',
  },
  'vault.denied': {
    message: 'The keychain refused access.',
    remedy: 'Allow Sesame to use the keychain, then retry.',
  },
  'vault.timed-out': {
    message: 'The keychain did not answer in time.',
    remedy: 'Look for a prompt of the keychain, then retry.',
  },
  'vault.corrupt': {
    message: 'A stored session could not be read and was set aside.',
    remedy: 'Sign in again.',
  },
  'vault.sealed': {
    message: 'What was last stored waits for the keychain in an encrypted file that cannot be opened now.',
    remedy:
      'Unlock the login keyring, then retry. If that does not help, sign in or enter the client secret again.',
  },
  'vault.app-only': {
    message: 'What was last stored waits for the keychain in an encrypted file that only the app can open.',
    remedy: 'Start the Sesame app, which moves it into the keychain, then try again.',
  },
} as const satisfies Record<string, FailureText>
