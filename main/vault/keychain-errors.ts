// Owns what a keychain's error texts mean. keytar passes on the platform's words and no code, so words are all there is.
import type { UnavailableReason } from '../sessions/ports.ts'

// Linux: libsecret, GDBus and gnome-keyring as seen in their locked, absent and never-created states. macOS: SecCopyErrorMessageString.
// Windows: FormatMessage. Texts are translated in other languages; callers ask the Secret Service itself where these say nothing.
const rules: readonly (readonly [RegExp, UnavailableReason])[] = [
  [/locked collection|is locked|prompt (?:was )?dismissed/i, 'locked'],
  [/User interaction is not allowed/i, 'locked'],
  [/was not provided by any \.service files|ServiceUnknown|NameHasNoOwner/i, 'no-service'],
  [
    /Could not connect|Cannot autolaunch D-Bus|Cannot spawn a message bus|connection is closed/i,
    'no-service',
  ],
  [/keychain helper ended/i, 'no-service'],
  // libsecret holds on to a provider that is gone.
  [/session wrapping the secret does not exist/i, 'no-service'],
  [/Object does not exist at path|No such secret collection|No such interface/i, 'no-service'],
  [/Failed to load keytar native addon|libsecret/i, 'no-service'],
  [/specified keychain could not be found|no keychain is available/i, 'no-service'],
  [/specified logon session does not exist/i, 'no-service'],
  [/Timeout was reached|did not receive a reply|NoReply/i, 'timed-out'],
  [/passphrase you entered is not correct|User cancell?ed|access (?:is )?denied|not permitted/i, 'denied'],
]

/** The reason in a keychain's error, or undefined when its words are not known. */
export const reasonInError = (error: unknown): UnavailableReason | undefined => {
  const text = error instanceof Error ? error.message : String(error)
  return rules.find(([pattern]) => pattern.test(text))?.[1]
}
