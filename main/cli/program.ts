// Owns the parser: which commands there are, what they take, and what their help says. What they do is in commands/.
import { Argument, Command, Option } from 'commander'
import { ok } from '../failure.ts'
import { consoleLink } from './commands/console.ts'
import { credentialProcess, credentials, formatNames } from './commands/credentials.ts'
import { doctor, preflight, socketPath } from './commands/doctor.ts'
import { exec } from './commands/exec.ts'
import {
  addProfile,
  changeProfile,
  listProfiles,
  removeProfile,
  setClientSecret,
  showProfile,
} from './commands/profiles.ts'
import { claims, refresh, signOut, token, whoami } from './commands/session.ts'
import { exportProfiles, importProfiles } from './commands/share.ts'
import { signIn } from './commands/sign-in.ts'
import { completionScript, shells } from './completion.ts'
import { exitCodes } from './exit-codes.ts'
import { addSettings, type Settings, settingsOf } from './settings-options.ts'
import type { Outcome, World } from './world.ts'

/** What was asked for, to be done once there is a world to do it in. */
export type Task = (world: World) => Outcome

export interface GlobalOptions {
  readonly configDir?: string
  readonly json?: boolean
}

const profile = (): Argument => new Argument('<profile>', 'name or id of a profile, or the beginning of it')

const firstSteps = `First steps:
  sesame profiles import amplify_outputs.json   or: sesame profiles add --help
  sesame sign-in NAME
  sesame exec NAME -- aws sts get-caller-identity`

const exitCodeTable = (): string =>
  ['Exit codes:', ...exitCodes.map(({ code, means }) => `  ${String(code).padEnd(4)} ${means}`)].join('\n')

const addProfileCommands = (program: Command, choose: (task: Task) => void): void => {
  const profiles = program.command('profiles').description('list, show, add, share and remove profiles')
  profiles
    .command('list')
    .description('all profiles with their sessions')
    .option('--names', 'names alone, one per line')
    .action((options: { names?: boolean }) =>
      choose((world) => listProfiles(world, { names: options.names === true })),
    )
  profiles
    .command('show')
    .description('everything a profile is made of')
    .addArgument(profile())
    .action((name: string) => choose((world) => showProfile(world, name)))
  const add = profiles
    .command('add')
    .description('add a profile, available to the command line')
    .requiredOption('--name <name>', 'as it is listed')
    .requiredOption('--user-pool <id>', 'such as eu-west-1_Ab12Cd34E')
    .requiredOption('--client <id>', 'app client id')
    .option('--client-secret-stdin', 'read the app client secret from standard input')
  addSettings(add).action((options: Settings & { clientSecretStdin?: boolean }) =>
    choose((world) =>
      addProfile(world, {
        settings: { ...settingsOf(options), availableToCommandLine: true },
        clientSecretStdin: options.clientSecretStdin === true,
      }),
    ),
  )
  const change = profiles
    .command('change')
    .description('change what is given of a profile and leave the rest')
    .addArgument(profile())
    .option('--name <name>', 'as it is listed')
  addSettings(change).action((name: string, options: Settings) =>
    choose((world) => changeProfile(world, name, options)),
  )
  profiles
    .command('export')
    .description('write profiles without secrets, to share')
    .argument('[profiles...]', 'all of them where none is named')
    .option('--output <file>', 'instead of standard output')
    .action((names: string[], options: { output?: string }) =>
      choose((world) => exportProfiles(world, names, options.output)),
    )
  profiles
    .command('import')
    .description(
      'add the profiles of a file: exported ones, amplify_outputs.json, aws-exports.js, CDK outputs',
    )
    .argument('<file>', 'or - for standard input')
    .option('--dry-run', 'show what would become of it, and change nothing')
    .option('--yes', 'do not ask')
    .action((file: string, options: { dryRun?: boolean; yes?: boolean }) =>
      choose((world) =>
        importProfiles(world, file, { dryRun: options.dryRun === true, yes: options.yes === true }),
      ),
    )
  profiles
    .command('set-client-secret')
    .description('keep the secret of the app client; asks for it without echo')
    .addArgument(profile())
    .option('--client-secret-stdin', 'read it from standard input')
    .action((name: string, options: { clientSecretStdin?: boolean }) =>
      choose((world) => setClientSecret(world, name, { stdin: options.clientSecretStdin === true })),
    )
  profiles
    .command('remove')
    .description('remove a profile and end its session')
    .addArgument(profile())
    .option('--yes', 'do not ask')
    .action((name: string, options: { yes?: boolean }) =>
      choose((world) => removeProfile(world, name, { yes: options.yes === true })),
    )
}

type Kind = 'id' | 'access'
const kindOption = (initial: Kind): Option =>
  new Option('--kind <kind>', 'which token').choices(['id', 'access']).default(initial)

interface SignInArguments {
  readonly username?: string
  readonly passwordStdin?: boolean
  readonly code?: string[]
  readonly choose?: string[]
  readonly browser?: boolean
  readonly printUrl?: boolean
  readonly forgotPassword?: boolean
}

const addSessionCommands = (program: Command, choose: (task: Task) => void): void => {
  program
    .command('sign-in')
    .description('sign in; asks for password and codes without echo')
    .addArgument(profile())
    .option('--username <name>', "instead of the profile's")
    .option(
      '--password-stdin',
      'read the password, then a new one if asked for, from lines of standard input',
    )
    .option('--code <code...>', 'one-time code, or several in the order they are asked for')
    .option('--choose <name...>', 'what to choose where a script is asked, such as EMAIL_OTP')
    .option('--forgot-password', 'have a code sent and choose a new password')
    .addOption(
      new Option('--browser', "sign in at the pool's login page, in the system browser").conflicts([
        'passwordStdin',
        'code',
        'choose',
        'forgotPassword',
      ]),
    )
    .option('--print-url', 'as --browser, but print the address instead of opening it')
    .action((name: string, options: SignInArguments) =>
      choose((world) =>
        signIn(world, name, {
          username: options.username,
          passwordStdin: options.passwordStdin === true,
          codes: options.code ?? [],
          chosen: options.choose ?? [],
          browser: options.browser === true,
          printUrl: options.printUrl === true,
          forgotPassword: options.forgotPassword === true,
        }),
      ),
    )
  program
    .command('whoami')
    .description('who is signed in, and until when')
    .addArgument(profile())
    .action((name: string) => choose((world) => whoami(world, name)))
  program
    .command('claims')
    .description('what a token says, and whether its signature holds')
    .addArgument(profile())
    .addOption(kindOption('id'))
    .action((name: string, options: { kind: Kind }) => choose((world) => claims(world, name, options.kind)))
  program
    .command('token')
    .description('a valid token')
    .addArgument(profile())
    .addOption(kindOption('access'))
    .option('--header', 'as an Authorization header')
    .action((name: string, options: { kind: Kind; header?: boolean }) =>
      choose((world) => token(world, name, { kind: options.kind, header: options.header === true })),
    )
  program
    .command('refresh')
    .description('refresh the tokens now')
    .addArgument(profile())
    .action((name: string) => choose((world) => refresh(world, name)))
  program
    .command('sign-out')
    .description('sign out of this device')
    .argument('[profile]', 'name or id of a profile, or the beginning of it')
    .option('--global', 'sign out of all devices')
    .option('--all', 'every profile that is available to the command line')
    .action((name: string | undefined, options: { global?: boolean; all?: boolean }) =>
      choose((world) => signOut(world, name, { global: options.global === true, all: options.all === true })),
    )
}

const addCredentialCommands = (program: Command, choose: (task: Task) => void): void => {
  program
    .command('credentials')
    .description('temporary AWS credentials, for a shell or a file')
    .addArgument(profile())
    .addOption(new Option('--format <format>', "the profile's own unless given").choices(formatNames))
    .action((name: string, options: { format?: string }) =>
      choose((world) => credentials(world, name, options.format)),
    )
  program
    .command('console')
    .description('a link that signs a browser in to the AWS console, for 15 minutes')
    .addArgument(profile())
    .option('--open', 'open it instead of printing it')
    .action((name: string, options: { open?: boolean }) =>
      choose((world) => consoleLink(world, name, { open: options.open === true })),
    )
  program
    .command('credential-process')
    .description('for credential_process in ~/.aws/config')
    .addArgument(profile())
    .action((name: string) => choose((world) => credentialProcess(world, name)))
  program
    .command('exec')
    .description('run a command with AWS credentials')
    .addArgument(profile())
    .argument('[command...]', 'behind two dashes: sesame exec NAME -- aws s3 ls')
    .option(
      '--server',
      'serve credentials on 127.0.0.1 for as long as the command runs, renewed before they expire',
    )
    .action((name: string, command: string[], options: { server?: boolean }) =>
      choose((world) => exec(world, name, command, { server: options.server === true })),
    )
}

/**
 * The parser, fresh for one parse.
 * @param choose gets what was asked for; nothing is done while parsing
 */
export const createProgram = (version: string, choose: (task: Task) => void): Command => {
  const program = new Command('sesame')
  program
    .description('Sessions of Amazon Cognito in a terminal: tokens and temporary AWS credentials.')
    .version(version)
    .option('--config-dir <dir>', "profiles and sessions in another folder than the person's own")
    .option('--json', 'answer in JSON, errors too')
    .addHelpText('after', `\n${firstSteps}\n\n${exitCodeTable()}`)
    .enablePositionalOptions(false)
    .showSuggestionAfterError()
  addProfileCommands(program, choose)
  addSessionCommands(program, choose)
  addCredentialCommands(program, choose)
  program
    .command('doctor')
    .description('what this machine looks like to Sesame, or which step of a profile fails')
    .argument('[profile]', 'check each step from the user pool to AWS')
    .option('--socket', "the path of the app's socket alone, for curl --unix-socket")
    .action((name: string | undefined, options: { socket?: boolean }) =>
      choose((world) => {
        if (options.socket === true) return socketPath(world)
        return name === undefined ? doctor(world) : preflight(world, name)
      }),
    )
  program
    .command('completion')
    .description('completion for a shell')
    .addArgument(new Argument('<shell>').choices(shells))
    .action((shell: (typeof shells)[number]) =>
      choose(async () => {
        const text = completionScript(shell, program)
        return ok({ json: { shell, script: text }, text })
      }),
    )
  return program
}
