// Owns the one table of expected failures: every code, what it tells a person and what they can do next.
// Knows nothing of where a failure came from; each folder maps its own world (Cognito, keychain, files) to these codes.

interface FailureText {
  /** What happened, and why if that is known. A sentence. */
  readonly message: string
  /** The next step for the person. A sentence that starts with a verb. */
  readonly remedy: string
}

/** The table. A new expected failure starts here; nothing else in the app makes up sentences for errors. */
export const failureTexts = {
  // Input
  'input.invalid': { message: 'This value is not valid.', remedy: 'Correct the field and try again.' },
  'request.refused': {
    message: 'The request was refused because it did not come from the Sesame window.',
    remedy: 'Restart Sesame.',
  },
  'internal.bug': {
    message: 'Something failed that Sesame did not expect.',
    remedy: 'Try again. If it stays, report it with the log file.',
  },

  // Profiles
  'profile.not-found': { message: 'This profile no longer exists.', remedy: 'Choose another profile.' },
  'profiles.damaged': {
    message: 'The profiles file could not be read and was set aside.',
    remedy: 'Open the file named here to recover it, or add the profiles again.',
  },
  'profiles.not-saved': {
    message: 'The profiles file could not be written.',
    remedy: 'Check free space and permissions of the folder, then save again.',
  },
  'profiles.restored': {
    message: 'The profiles file was missing; its last good copy was put back.',
    remedy: 'Check that all your profiles are there.',
  },
  'profiles.newer': {
    message: 'The profiles file was written by a newer Sesame and is left as it is.',
    remedy: 'Update Sesame, or move the file named here away to start with none.',
  },
  'profiles.unreadable': {
    message: 'The profiles file could not be opened and is left as it is.',
    remedy: 'Check the permissions of the file named here, then start Sesame again.',
  },

  // Importing and exporting profiles
  'import.unrecognised': {
    message: 'Nothing in this text names a user pool.',
    remedy:
      'Use amplify_outputs.json, aws-exports.js, CDK outputs, the address of a pool, or profiles exported by Sesame.',
  },
  'import.broken': {
    message: 'This configuration has a mistake in it, so nothing of it was read.',
    remedy: 'Correct the place named here, or have its tool write it again.',
  },
  'import.newer': {
    message: 'These profiles were exported by a newer Sesame.',
    remedy: 'Update Sesame, or export them again with this version.',
  },
  'import.unreadable': {
    message: 'The file could not be read.',
    remedy: 'Check its permissions, or open it elsewhere and paste its text.',
  },
  'import.gone': {
    message: 'The profiles changed since this preview was made.',
    remedy: 'Make the preview again.',
  },
  'export.not-written': {
    message: 'The file could not be written.',
    remedy: 'Check free space and permissions of the folder, or choose another one.',
  },

  // Signing in
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

  // Configuration of the pool or the profile
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

  // Sessions
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
    message: 'The session of a removed profile still has to be ended at Cognito.',
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

  // Network
  'network.offline': {
    message: 'The endpoint could not be reached.',
    remedy: 'Check the network; Sesame tries again by itself.',
  },
  'network.timed-out': {
    message: 'The endpoint did not answer in time.',
    remedy: 'Try again; Sesame also does so by itself.',
  },
  'network.bad-answer': {
    message: 'The endpoint answered with something that is not a Cognito answer.',
    remedy: 'Check for a captive portal or a proxy, and the endpoint of this profile.',
  },
  'network.certificate': {
    message: "The endpoint's certificate is not trusted on this machine.",
    remedy: "Check the endpoint, or add your organisation's certificate to the system's.",
  },
  'network.proxy': {
    message: 'The proxy of this network refused the connection.',
    remedy:
      "Check the proxy of the system's settings or HTTPS_PROXY: its address, and its user and password.",
  },
  'service.throttled': {
    message: 'Cognito asks for fewer requests.',
    remedy: 'Wait; Sesame tries again by itself.',
  },
  'service.unavailable': {
    message: 'Cognito had an internal error.',
    remedy: 'Wait; Sesame tries again by itself.',
  },
  'service.refused': {
    message: 'Cognito refused the request for a reason that Sesame does not know.',
    remedy: 'Read what Cognito said, and report it if it should be known.',
  },

  // AWS credentials
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
    remedy: "Choose a shorter duration in the profile, or raise the role's maximum session duration.",
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

  // Shared files of AWS
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

  // Command line and agent
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

  // Keychain
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
} as const satisfies Record<string, FailureText>

export type FailureCode = keyof typeof failureTexts

/** An expected failure as a value. It is safe to show, to log and to send to the renderer: it never holds a secret. */
export interface Failure {
  readonly code: FailureCode
  readonly message: string
  readonly remedy: string
  /** The input it is about, by its name in the form or file. */
  readonly field?: string | undefined
  /** What the other side said, or which file it is; shown small. Never a secret. */
  readonly detail?: string | undefined
  /** AWS's request id, where there was one. */
  readonly requestId?: string | undefined
  /** Epoch milliseconds by the server's clock: there is no use in another try before then. */
  readonly retryAt?: number | undefined
}

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure }

/** What worked. */
export const ok = <T>(value: T): Result<T> => ({ ok: true, value })

/** A failure of the table, with what is particular to this case. `message` and `remedy` override the table's. */
export const failure = (code: FailureCode, particulars: Partial<Omit<Failure, 'code'>> = {}): Failure => ({
  code,
  ...failureTexts[code],
  ...particulars,
})

/** What did not work, as a result. */
export const fail = (code: FailureCode, particulars?: Partial<Omit<Failure, 'code'>>): Result<never> => ({
  ok: false,
  failure: failure(code, particulars),
})

/** For the end of a switch over a union: a new member becomes a compile error here. */
export const assertNever = (value: never): never => {
  throw new Error(`unexpected member of a union: ${JSON.stringify(value)}`)
}
