// Owns what every end-to-end test starts from, in a chain: a Cognito, an empty configuration folder, the app, its window.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { TOTP } from 'otpauth'
import { test as base, type ElectronApplication } from 'playwright/test'
import type { ProfileInput } from '../../preload/contract.ts'
import type { PoolConfig, ServerConfig } from '../cognito-server/config.ts'
import { type CognitoServer, startCognitoServer } from '../cognito-server/index.ts'
import { SEEDS } from '../cognito-server/seeds.ts'
import { type LaunchedApp, launchApp } from '../host/launch.ts'
import { type ProfileForm, SesameWindow } from './sesame-window.ts'

export { expect } from 'playwright/test'

export const appFolder = resolve(import.meta.dirname, '../..')

/** The demo's world with tokens that last as long as asked; an hour where a test is not about their end. */
export const worldWith = (tokenSeconds: number): ServerConfig => ({
  ...SEEDS.demo,
  pools: SEEDS.demo.pools.map(
    (pool): PoolConfig => ({
      ...pool,
      clients: pool.clients.map((client) => ({
        ...client,
        accessTokenSeconds: tokenSeconds,
        idTokenSeconds: tokenSeconds,
      })),
    }),
  ),
})

const [ops, shop] = SEEDS.demo.pools
const [identityPool] = SEEDS.demo.identityPools
export const demoUsers = {
  ada: userOf(ops, 'ada'),
  linus: userOf(shop, 'linus'),
  margaret: userOf(shop, 'margaret'),
}

function userOf(pool: PoolConfig | undefined, username: string) {
  const user = pool?.users?.find((one) => one.username === username)
  const client = pool?.clients[0]
  if (pool === undefined || user === undefined || client === undefined) throw new Error(`no user ${username}`)
  return { ...user, totpSecret: user.totpSecret ?? '', pool, client }
}

export type DemoUser = (typeof demoUsers)[keyof typeof demoUsers]

/** What a person types into the form for a user of the demo's pools. */
export const formFor = (user: DemoUser, url: string, name: string = user.username): ProfileForm => ({
  name,
  userPoolId: user.pool.id,
  clientId: user.client.id,
  clientSecret: user.client.secret,
  identityPoolId: identityPool?.id,
  username: user.username,
  endpoint: url,
})

/** The same as an input of the bridge, for tests that are about something else. */
export const inputFor = (
  user: DemoUser,
  url: string,
  settings: Readonly<Record<string, unknown>> = {},
): ProfileInput => ({
  settings: {
    name: user.username,
    environment: 'development',
    userPoolId: user.pool.id,
    clientId: user.client.id,
    hasClientSecret: user.client.secret !== undefined,
    identityPoolId: identityPool?.id,
    signInMethod: 'srp',
    username: user.username,
    storage: 'keychain',
    refreshLeadSeconds: 300,
    refreshTokenLifetimeSeconds: 30 * 86_400,
    exportFormat: 'bash',
    endpoints: { userPool: url, identityPool: url, sts: url },
    ...settings,
  },
  ...(user.client.secret === undefined ? {} : { clientSecret: user.client.secret }),
})

export interface Options {
  /** How long tokens last, in seconds. */
  tokenSeconds: number
  /** `memory` needs no keychain; a test about the keychain brings a keyring of its own. */
  vault: 'memory' | 'keychain'
}

export interface Fixtures {
  cognito: CognitoServer
  configDir: string
  app: LaunchedApp
  sesame: SesameWindow
  electron: ElectronApplication
}

/** Starts Sesame on a configuration folder. The environment is a person's own unless told otherwise. */
export const launchSesame = (
  configDir: string,
  { vault = 'memory', env = {} }: { vault?: Options['vault']; env?: Record<string, string | undefined> } = {},
): Promise<LaunchedApp> =>
  launchApp({
    app: appFolder,
    args: [`--config-dir=${configDir}`, ...(vault === 'memory' ? ['--memory-vault'] : [])],
    userDataDir: configDir,
    env,
  })

export const test = base.extend<Fixtures & Options>({
  tokenSeconds: [3_600, { option: true }],
  vault: ['memory', { option: true }],
  cognito: async ({ tokenSeconds }, provide) => {
    await using server = await startCognitoServer(worldWith(tokenSeconds))
    await provide(server)
  },
  configDir: async ({}, provide) => {
    const folder = await mkdtemp(join(tmpdir(), 'sesame-e2e-'))
    await provide(folder)
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  },
  app: async ({ configDir, vault }, provide) => {
    await using app = await launchSesame(configDir, { vault })
    await provide(app)
  },
  sesame: async ({ app }, provide) => {
    await provide(new SesameWindow(app.window))
  },
  electron: async ({ app }, provide) => {
    await provide(app.electron)
  },
})

/** Adds a profile for the user and signs in through the dialog. Answers the profile's id. */
export const signInAs = async (
  sesame: SesameWindow,
  cognito: CognitoServer,
  user: DemoUser,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<string> => {
  const input = inputFor(user, cognito.url, settings)
  const id = await sesame.seedProfile(input)
  await sesame.select(String(input.settings['name']))
  await sesame.openSignIn()
  await sesame.typePassword(user.username, user.password)
  if (user.totpSecret !== '') await sesame.typeCode(codeOf(user))
  await sesame.signedIn()
  return id
}

/** What the user's authenticator shows now. */
export const codeOf = (user: DemoUser): string => new TOTP({ secret: user.totpSecret }).generate()

/** What is on the clipboard, read by the main process as any other program would. */
export const readClipboard = (electron: ElectronApplication): Promise<string> =>
  electron.evaluate(({ clipboard }) => clipboard.readText())
