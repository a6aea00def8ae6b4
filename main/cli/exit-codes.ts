// Owns the one table of exit codes, as `sesame --help` and docs/terminal.md print it. Loads nothing: the fast path uses it too.

export interface ExitCode {
  readonly code: number
  readonly means: string
  /** Failure codes begin like one of these. */
  readonly failures: readonly string[]
}

/** The first row that fits a failure counts. */
export const exitCodes: readonly ExitCode[] = [
  { code: 0, means: 'done', failures: [] },
  { code: 1, means: 'something Sesame did not expect', failures: ['internal.'] },
  {
    code: 2,
    means: 'the command or one of its values is not right',
    failures: [
      'cli.usage',
      'cli.secret-argument',
      'cli.no-terminal',
      'cli.file',
      'cli.browser',
      'aws-files.',
      'import.',
      'export.',
      'input.',
      'agent.bad-request',
    ],
  },
  {
    code: 3,
    means: 'nobody is signed in, or the session has ended: sign in',
    failures: ['session.', 'token.'],
  },
  { code: 4, means: 'the sign-in was refused', failures: ['sign-in.', 'device.'] },
  {
    code: 5,
    means: 'no such profile, or not available to the command line',
    failures: ['profile.', 'profiles.'],
  },
  {
    code: 6,
    means: 'Cognito or AWS refuses: settings of the profile or the pool',
    failures: ['config.', 'credentials.', 'clock.', 'service.refused'],
  },
  { code: 7, means: 'the network or the service: try again later', failures: ['network.', 'service.'] },
  { code: 8, means: 'the keychain cannot be used', failures: ['vault.'] },
  { code: 9, means: 'the running app did not answer', failures: ['agent.'] },
  { code: 127, means: 'exec: the command could not be started', failures: ['cli.command-not-found'] },
  { code: 130, means: 'interrupted', failures: [] },
]

/** The exit code of a failure, by its code. */
export const exitCodeOf = (failureCode: string): number =>
  exitCodes.find(({ failures }) => failures.some((start) => failureCode.startsWith(start)))?.code ?? 1
