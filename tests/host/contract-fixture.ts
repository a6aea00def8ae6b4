/** Test parts for the demo app: a chain of user-data folder, app, first page, each fresh for each test. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, type ElectronApplication, expect, type Page, type TestInfo } from 'playwright/test'
import { demoFolder } from './build.ts'
import {
  createUserDataDir,
  type LaunchedApp,
  type LaunchOptions,
  launchApp,
  removeUserDataDir,
} from './launch.ts'
import type { Mutation } from './mutations.ts'

export interface DemoOptions {
  /** Breaks the demo app; the test then has to fail. */
  readonly mutation: Mutation | undefined
}

interface Fixtures {
  /** The built demo app. */
  readonly appDir: string
  readonly userDataDir: string
  /** Starts an app and ends it with the test. */
  readonly launch: (options: LaunchOptions) => Promise<LaunchedApp>
  readonly electron: ElectronApplication
  /** The demo's page, with its heading there. */
  readonly page: Page
}

export const test = base.extend<Fixtures & DemoOptions>({
  mutation: [undefined, { option: true }],
  appDir: async ({ mutation }, provide, testInfo) => {
    if (mutation === undefined) {
      await provide(demoFolder)
      return
    }
    const folder = breakDemo(mutation)
    await provide(folder)
    rmSync(folder, { recursive: true, force: true })
    judge(mutation, testInfo)
  },
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the pattern to know what a fixture needs
  userDataDir: async ({}, provide) => {
    const folder = createUserDataDir()
    await provide(folder)
    removeUserDataDir(folder)
  },
  launch: async ({ userDataDir }, provide) => {
    const launched: LaunchedApp[] = []
    await provide(async (options) => {
      const app = await launchApp({ userDataDir, ...options })
      launched.push(app)
      return app
    })
    for (const app of launched) await app.close()
  },
  electron: async ({ launch, appDir }, provide) => {
    await provide((await launch({ app: appDir })).electron)
  },
  page: async ({ electron }, provide) => {
    const page = await electron.firstWindow()
    await page.getByRole('heading', { name: 'Profiles' }).waitFor()
    await provide(page)
  },
})

export { expect }

/** What the demo's main process wrote down. */
export async function logOf(page: Page): Promise<string[]> {
  const log = await page.evaluate(() => window.api.invoke('log'))
  return Array.isArray(log) ? log.map(String) : []
}

/** @returns the folder of a broken copy */
function breakDemo({ name, file, from, to }: Mutation): string {
  const folder = mkdtempSync(join(tmpdir(), 'sesame-mutant-'))
  cpSync(demoFolder, folder, { recursive: true })
  const path = join(folder, file)
  const [before, after, ...more] = readFileSync(path, 'utf8').split(from)
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`the mutation "${name}" does not fit: ${from} is not in ${file} exactly once`)
  }
  writeFileSync(path, before + to + after)
  return folder
}

/** Turns the verdict round: the one failure that is expected is a pass, anything else is not. */
function judge({ name, because }: Mutation, testInfo: TestInfo): void {
  const messages = testInfo.errors.map((error) => stripAnsi(error.message ?? '')).join('\n')
  if (because.test(messages)) testInfo.expectedStatus = 'failed'
  else if (messages === '') throw new Error(`the mutation "${name}" was not caught`)
  else throw new Error(`the mutation "${name}" failed for another reason than ${because}`)
}

function stripAnsi(text: string): string {
  return text.replaceAll(new RegExp(`${String.fromCodePoint(0x1b)}\\[[0-9;]*m`, 'g'), '')
}
