// Owns the one table of expected failures: every code, what it tells a person and what they can do next; an area in each file. A new
// expected failure starts there; nothing else in the app makes up sentences for errors.
import { awsCredentials } from './aws-credentials.ts'
import { awsFiles } from './aws-files.ts'
import { commandLine } from './command-line.ts'
import { configuration } from './configuration.ts'
import { input } from './input.ts'
import { keychain } from './keychain.ts'
import { network } from './network.ts'
import { profiles } from './profiles.ts'
import { sessions } from './sessions.ts'
import { sharing } from './sharing.ts'
import { signingIn } from './signing-in.ts'

export const failureTexts = {
  ...input,
  ...profiles,
  ...sharing,
  ...signingIn,
  ...configuration,
  ...sessions,
  ...network,
  ...awsCredentials,
  ...awsFiles,
  ...commandLine,
  ...keychain,
} as const
