// Owns the failures of the command line and the agent.
import type { FailureText } from './failure-text.ts'

export const commandLine = {
  'profile.unknown-name': {
    message: 'No profile has this name or id.',
    remedy: 'See the names with: sesame profiles list',
  },
  'profile.ambiguous-name': {
    message: 'More than one profile begins like this.',
    remedy: 'Write more of the name, or the whole id.',
  },
  'profile.not-available': {
    message: 'This profile is not available to the command line.',
    remedy: 'Turn on "Available to the command line" in its settings in the Sesame window.',
  },
  'agent.bad-request': {
    message: 'The agent does not understand this request.',
    remedy: 'See docs/terminal.md for what it answers.',
  },
  'agent.unreachable': {
    message: 'The Sesame app is running but did not answer.',
    remedy: 'Try again; restart the app if it stays.',
  },
  'agent.taken': {
    message: 'Another program already listens where the agent would.',
    remedy: 'Quit the other Sesame that uses this configuration folder, then restart this one.',
  },
  'agent.unsafe-folder': {
    message: "The folder for the agent's socket belongs to somebody else or is open to others.",
    remedy: 'Remove the folder named here, or make it yours with mode 700.',
  },
  'cli.usage': {
    message: 'The command is not written as it should be.',
    remedy: 'See: sesame --help',
  },
  'cli.secret-argument': {
    message: 'Secrets are not taken as arguments: every process on this machine can read them there.',
    remedy: 'Leave it out to be asked for it, or pipe it in with --password-stdin.',
  },
  'cli.no-terminal': {
    message: 'There is no terminal to ask on.',
    remedy:
      'Run this in a terminal, or pipe the password in with --password-stdin and give codes with --code.',
  },
  'cli.command-not-found': {
    message: 'The command could not be started.',
    remedy: 'Check its name and that it is on the PATH.',
  },
  'cli.browser': {
    message: 'No browser could be opened here.',
    remedy: 'Have the address printed instead and open it yourself; BROWSER names another browser.',
  },
  'cli.file': { message: 'The file could not be used.', remedy: 'Check its path and permissions.' },
} as const satisfies Record<string, FailureText>
