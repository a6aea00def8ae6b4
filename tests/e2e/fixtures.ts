// Owns what every end-to-end test starts from, in a chain: a Cognito, an empty configuration folder, the app, its window.
// An app that logged an error of its own fails its test, whatever the test was about.
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { test as base, type ElectronApplication, expect } from 'playwright/test'
import { type CognitoServer, startCognitoServer } from '../cognito-server/index.ts'
import type { JournalMatch } from '../cognito-server/journal.ts'
import { host, type LaunchedApp, launchApp } from '../host/launch.ts'
import { SesameWindow } from './sesame-window.ts'
import { codeOf, type DemoUser, inputFor, worldWith } from './world.ts'

export { expect }

export const appFolder = resolve(import.meta.dirname, '../..')

/** For tests that look at what Electron shows nobody: trays, notifications, the system's theme. */
export const onlyOnStandIn = 'Electron lets no test look at its trays and notifications, or change the system'
export const isStandIn = host === 'stand-in'

export interface Options {
  /** How long tokens last, in seconds. */
  tokenSeconds: number
}

export interface Fixtures {
  cognito: CognitoServer
  configDir: string
  /** Starts the app on the test's folder; ended with the test, if the test does not end it before. */
  open: (options?: OpenOptions) => Promise<RunningSesame>
  app: LaunchedApp
  sesame: SesameWindow
  electron: ElectronApplication
}

export interface OpenOptions {
  /** `memory` (default) needs no keychain; a test about the keychain brings a keyring of its own in `env`. */
  readonly vault?: 'memory' | 'keychain'
  readonly env?: Readonly<Record<string, string | undefined>>
  /** For the executable, before the app. */
  readonly switches?: readonly string[]
  /** Another folder than the test's own. */
  readonly configDir?: string
}

export interface RunningSesame extends LaunchedApp {
  readonly sesame: SesameWindow
}

/** Starts Sesame on a configuration folder and waits until its window shows what is there. */
export const openSesame = async (
  configDir: string,
  { vault = 'memory', env = {}, switches = [] }: OpenOptions = {},
): Promise<RunningSesame> => {
  const app = await launchApp({
    app: appFolder,
    args: [`--config-dir=${configDir}`, ...(vault === 'memory' ? ['--memory-vault'] : [])],
    userDataDir: configDir,
    env,
    switches,
  })
  const sesame = new SesameWindow(app.window)
  await sesame.ready()
  return { ...app, sesame }
}

/** One line of the log file; see main/logging/log.ts. */
export interface LogLine {
  readonly at: string
  readonly level: 'info' | 'warn' | 'error'
  readonly event: string
  readonly [field: string]: unknown
}

/** What the app on this folder has logged so far. */
export const readLog = (configDir: string): LogLine[] => {
  const file = join(configDir, 'logs', 'sesame.log')
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines.filter((line) => line !== '').map((line): LogLine => JSON.parse(line))
}

export const test = base.extend<Fixtures & Options>({
  tokenSeconds: [3_600, { option: true }],
  cognito: async ({ tokenSeconds }, provide) => {
    await using server = await startCognitoServer(worldWith(tokenSeconds))
    await provide(server)
  },
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the pattern to know what a fixture needs
  configDir: async ({}, provide) => {
    const folder = await mkdtemp(join(tmpdir(), 'sesame-e2e-'))
    await provide(folder)
    const errors = readLog(folder).filter(({ level }) => level === 'error')
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
    expect(errors, 'the app logged errors').toEqual([])
  },
  open: async ({ configDir }, provide) => {
    const running: RunningSesame[] = []
    await provide(async (options) => {
      const opened = await openSesame(options?.configDir ?? configDir, options)
      running.push(opened)
      return opened
    })
    for (const app of running) await app.close()
  },
  app: async ({ open }, provide) => {
    await provide(await open())
  },
  sesame: async ({ app }, provide) => {
    await provide(new SesameWindow(app.window))
  },
  electron: async ({ app }, provide) => {
    await provide(app.electron)
  },
})

/** Signs the selected profile's user in through the dialog. */
export const signIn = async (sesame: SesameWindow, user: DemoUser): Promise<void> => {
  await sesame.openSignIn()
  await sesame.typePassword(user.username, user.password)
  if (user.totpSecret !== '') await sesame.typeCode(codeOf(user))
  await sesame.signedIn()
}

/** Adds a profile for the user and signs in through the dialog. Answers the profile's id. */
export const signInAs = async (
  sesame: SesameWindow,
  cognito: Pick<CognitoServer, 'url'>,
  user: DemoUser,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<string> => {
  const input = inputFor(user, cognito.url, settings)
  const id = await sesame.seedProfile(input)
  await sesame.select(String(input.settings['name']))
  await signIn(sesame, user)
  return id
}

/** What is on the clipboard, read by the main process as any other program would. */
export const readClipboard = (electron: ElectronApplication): Promise<string> =>
  electron.evaluate(({ clipboard }) => clipboard.readText())

/** Resolves once so many matching requests have reached the Cognito; unlike its own `waitFor` it gives up, and says why. */
export const cognitoSaw = (cognito: CognitoServer, match: JournalMatch, count = 1): Promise<void> =>
  expect
    .poll(() => cognito.requests.count(match), `${count} × ${JSON.stringify(match)}`)
    .toBeGreaterThanOrEqual(count)
