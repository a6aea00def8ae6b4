// Owns the options that stand for a profile's settings, and nothing of what they mean: the profile store checks them.
import { type Command, Option } from 'commander'
import {
  credentialFormats,
  credentialsFlows,
  environments,
  preferredChallenges,
  signInMethods,
} from '../profiles/profile.ts'

/** Settings by the option that gives them. */
export type Settings = Readonly<Record<string, string | string[] | number | undefined>>

const settingNames = {
  name: 'name',
  userPool: 'userPoolId',
  client: 'clientId',
  identityPool: 'identityPoolId',
  username: 'username',
  environment: 'environment',
  method: 'signInMethod',
  preferredChallenge: 'preferredChallenge',
  domain: 'domain',
  callbackUrl: 'callbackUrl',
  logoutUrl: 'logoutUrl',
  identityProvider: 'identityProvider',
  scope: 'scopes',
  role: 'roleArn',
  awsFlow: 'credentialsFlow',
  awsSeconds: 'credentialsSeconds',
  exportRegion: 'exportRegion',
  format: 'exportFormat',
  storage: 'storage',
} as const
const endpointNames = {
  userPoolEndpoint: 'userPool',
  identityPoolEndpoint: 'identityPool',
  stsEndpoint: 'sts',
  federationEndpoint: 'federation',
} as const

/** Only what was given: the profile store fills in the rest and checks all of it. */
export const settingsOf = (options: Settings): Record<string, unknown> => {
  const given = (names: Readonly<Record<string, string>>): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(names).flatMap(([option, setting]) =>
        options[option] === undefined ? [] : [[setting, options[option]]],
      ),
    )
  return { ...given(settingNames), endpoints: given(endpointNames) }
}

/** The options that `profiles add` and `profiles change` share. */
export const addSettings = (command: Command): Command =>
  command
    .option('--identity-pool <id>', 'for AWS credentials')
    .option('--username <name>', 'filled in at sign-in')
    .addOption(new Option('--environment <name>', 'group in the list').choices(environments))
    .addOption(new Option('--method <method>', 'how to sign in').choices(signInMethods))
    .addOption(
      new Option('--preferred-challenge <name>', 'with the method choice: what to begin with').choices(
        preferredChallenges,
      ),
    )
    .option('--domain <domain>', "of the pool's login page, for the method browser")
    .option('--callback-url <url>', 'one of the app client: http://localhost with a port, or sesame://')
    .option('--logout-url <url>', 'one of the app client; the callback URL unless given')
    .option('--identity-provider <name>', 'goes straight to this provider, such as Google')
    .option('--scope <scope...>', 'all that the app client has unless given')
    .option('--role <arn>', 'role to ask the identity pool for')
    .addOption(
      new Option(
        '--aws-flow <flow>',
        'how AWS credentials are had: basic goes by STS, for more than 1 hour',
      ).choices(credentialsFlows),
    )
    .option(
      '--aws-seconds <seconds>',
      'how long AWS credentials live, in the basic flow: 900 to 43200',
      Number,
    )
    .option('--export-region <region>', 'written into exported credentials')
    .addOption(new Option('--format <format>', 'of exported credentials').choices(credentialFormats))
    .addOption(new Option('--storage <place>', 'where the session is kept').choices(['keychain', 'memory']))
    .option('--user-pool-endpoint <url>', 'for a local server, a proxy or a VPC')
    .option('--identity-pool-endpoint <url>', 'likewise')
    .option('--sts-endpoint <url>', 'likewise')
    .option('--federation-endpoint <url>', 'likewise, for console links')
