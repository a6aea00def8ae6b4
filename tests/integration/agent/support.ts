// Owns a running Sesame without a window: engine in memory, local Cognito, agent on its own socket, and the command against it.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Agent, startAgent } from '../../../main/agent/index.ts'
import { createEngine, type Engine } from '../../../main/engine.ts'
import { createLog, type Log } from '../../../main/logging/log.ts'
import type { Profile, ProfileSettings } from '../../../main/profiles/profile.ts'
import type { ServerConfig } from '../../cognito-server/config.ts'
import { type CognitoServer, startCognitoServer } from '../../cognito-server/index.ts'

export const root = resolve(import.meta.dirname, '../../..')
export const password = 'Correct-Horse-9'

export const totpSecret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
const ordinary = { poolId: 'eu-west-1_Terminal1', clientId: 'terminalclient' }
const identityPoolId = 'eu-west-1:12345678-90ab-cdef-1234-567890abcdef'
const readerRole = 'arn:aws:iam::111122223333:role/Reader'

export interface WorldOptions {
  readonly credentialsSeconds?: number
  readonly poolId?: string
  readonly clientId?: string
  readonly secretClientId?: string
  readonly userPassword?: string
  /** Of the first client, for sign-ins at the login page. */
  readonly callbackUrl?: string
  /** In place of all the others. */
  readonly config?: ServerConfig
}

export const configOf = ({
  credentialsSeconds = 3_600,
  poolId = ordinary.poolId,
  clientId = ordinary.clientId,
  secretClientId = 'secretclient',
  userPassword = password,
  callbackUrl,
}: WorldOptions = {}): ServerConfig => ({
  pools: [
    {
      id: poolId,
      clients: [
        { id: clientId, ...(callbackUrl === undefined ? {} : { callbackUrls: [callbackUrl] }) },
        { id: secretClientId, secret: 'the-client-secret-canary' },
        // Without grace a second use of a token is a reuse at once, and ends the session.
        { id: 'rotating', rotation: { graceSeconds: 0 } },
      ],
      groups: [{ name: 'readers', precedence: 1, roleArn: readerRole }],
      users: [
        {
          username: 'ana',
          password: userPassword,
          groups: ['readers'],
          attributes: { email: 'ana@example.com' },
        },
        { username: 'ben', password: userPassword, totpSecret },
        { username: 'cleo', password: userPassword, status: 'FORCE_CHANGE_PASSWORD' },
      ],
    },
  ],
  identityPools: [
    {
      id: identityPoolId,
      providers: [{ userPoolId: poolId, clientId }],
      roles: { authenticated: readerRole },
      credentialsSeconds,
    },
  ],
})

export const settingsFor = (server: Pick<CognitoServer, 'url'>, changes: Partial<ProfileSettings> = {}) => ({
  name: 'acme · ana',
  userPoolId: ordinary.poolId,
  clientId: ordinary.clientId,
  identityPoolId,
  username: 'ana',
  storage: 'memory',
  availableToCommandLine: true,
  endpoints: { userPool: server.url, identityPool: server.url, sts: server.url, federation: server.url },
  ...changes,
})

export interface Run {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly input?: string
  readonly env?: NodeJS.ProcessEnv
}

/** Runs a program to its end without blocking this process, which may be serving it. */
export const runProgram = (
  command: string,
  args: readonly string[],
  { input = '', env = {} }: RunOptions = {},
): Promise<Run> => {
  const { promise, resolve, reject } = Promise.withResolvers<Run>()
  const child = spawn(command, args, { env: { PATH: process.env['PATH'], ...env } })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  child.stdin.on('error', () => undefined) // one that reads nothing may be gone already
  child.once('error', reject)
  child.once('close', (code) => resolve({ code, stdout, stderr }))
  child.stdin.end(input)
  return promise
}

export interface TestWorld extends AsyncDisposable {
  readonly server: CognitoServer
  readonly engine: Engine
  readonly agent: Agent
  readonly directory: string
  readonly configDir: string
  /** Lines of the log. */
  readonly logged: string[]
  readonly env: NodeJS.ProcessEnv
  add(changes?: Partial<ProfileSettings>): Promise<Profile>
  signIn(profile: Profile): Promise<void>
  /** The `sesame` command in a process of its own, against this world. */
  sesame(args: readonly string[], options?: RunOptions): Promise<Run>
  curl(path: string, ...args: readonly string[]): Promise<Run>
}

/** A folder whose paths are short enough for a socket. */
export const makeFolder = (): string => mkdtempSync(join(tmpdir(), 'ssm-'))

export const cleanEnv = (directory: string): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  HOME: directory,
  XDG_RUNTIME_DIR: join(directory, 'run'),
  LC_ALL: 'C.UTF-8',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_SHARED_CREDENTIALS_FILE: join(directory, 'credentials'),
  AWS_CONFIG_FILE: join(directory, 'config'),
})

/** What is shipped; `npm test` builds it. */
export const cli = join(root, 'out/main/cli.js')

/** Says so at once, instead of a hundred times in every child. */
const assertBuilt = (): void => {
  if (!existsSync(cli)) throw new Error(`${cli} is not there; npm test builds it, and so does npm start`)
}

/** The agent reads this process's environment to find its place; the children get the same. */
export const startWorld = async (options: WorldOptions = {}): Promise<TestWorld> => {
  assertBuilt()
  const directory = makeFolder()
  const configDir = join(directory, 'config-dir')
  mkdirSync(configDir, { mode: 0o700 })
  const env = cleanEnv(directory)
  mkdirSync(join(directory, 'run'), { mode: 0o700 })
  const before = process.env['XDG_RUNTIME_DIR']
  process.env['XDG_RUNTIME_DIR'] = env['XDG_RUNTIME_DIR']

  const server = await startCognitoServer(options.config ?? configOf(options))
  const logged: string[] = []
  const keep = (line: string): void => void logged.push(line)
  const log: Log = createLog({ write: keep, writeNow: keep }, () => Date.now())
  const engine = createEngine({
    configDir,
    defaultConfigDir: configDir,
    vault: 'memory',
    clipboard: { readText: async () => '', writeText: async () => undefined },
    log,
  })
  await engine.open()
  await engine.sessions.start()
  const started = await startAgent({ ...engine, version: '0.0.0-test', configDir, log })
  if (!started.ok) throw new Error(started.failure.detail ?? started.failure.code)
  const agent = started.value

  return {
    server,
    engine,
    agent,
    directory,
    configDir,
    logged,
    env,
    async add(changes) {
      const added = await engine.profiles.add(settingsFor(server, changes))
      if (!added.ok) throw new Error(added.failure.message)
      return added.value
    },
    async signIn(profile) {
      const step = await engine.sessions.beginSignIn(profile.id, {
        username: profile.username ?? 'ana',
        password,
      })
      if (!step.ok || step.value.kind !== 'signed-in') throw new Error(JSON.stringify(step))
    },
    sesame: (args, options) =>
      runProgram(process.execPath, [cli, '--config-dir', configDir, ...args], {
        ...options,
        env: { ...env, ...options?.env },
      }),
    curl: (path, ...args) =>
      runProgram('curl', ['-sS', '--unix-socket', agent.path, ...args, `http://localhost${path}`], { env }),
    async [Symbol.asyncDispose]() {
      await agent.close()
      await engine.close()
      await server.close()
      if (before === undefined) delete process.env['XDG_RUNTIME_DIR']
      else process.env['XDG_RUNTIME_DIR'] = before
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
