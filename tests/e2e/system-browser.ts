// Owns the person's own browser: a second, real Chromium that opens what the app hands to the system, and a person at the pages
// there. The app's own window knows nothing of it.
import { type Browser, type BrowserContext, type ElectronApplication, type Page } from 'playwright/test'
import type { ProfileInput } from '../../preload/contract.ts'
import { launchBrowser } from '../browser.ts'
import { startCognitoServer } from '../cognito-server/index.ts'
import {
  FLOWS,
  FLOWS_CLIENT_SECRET,
  FLOWS_PASSWORD,
  withCallbackUrls,
} from '../cognito-server/seeds-all-flows.ts'
import { freePort } from '../integration/free-port.ts'
import { test as base, expect } from './fixtures.ts'

export const deepLink = 'sesame://auth/callback'

const { everything: pool } = FLOWS
const [open, , rotating] = pool.clients
const clients = { open, 'secret and rotation': rotating }

/** A profile that signs in in the browser, of the pool with every way in. */
export const browserProfile = (
  { url, callbackUrl }: { readonly url: string; readonly callbackUrl: string },
  name: string,
  settings: Readonly<Record<string, unknown>> = {},
  client: keyof typeof clients = 'open',
): ProfileInput => {
  const { id, secret } = clients[client] ?? {}
  return {
    settings: {
      name,
      environment: 'development',
      userPoolId: pool.id,
      clientId: id,
      hasClientSecret: secret !== undefined,
      signInMethod: 'browser',
      storage: 'keychain',
      refreshLeadSeconds: 300,
      refreshTokenLifetimeSeconds: 30 * 86_400,
      exportFormat: 'bash',
      domain: url,
      callbackUrl,
      endpoints: { userPool: url },
      ...settings,
    },
    ...(secret !== undefined && { clientSecret: FLOWS_CLIENT_SECRET }),
  }
}

/** What was handed to the system and has not been opened yet; its name in the app's main process. */
const handed = '__handedToSystem'

export class SystemBrowser {
  readonly context: BrowserContext
  constructor(context: BrowserContext) {
    this.context = context
  }

  /** From now on the app's addresses come here. `false`: no browser can be opened. */
  async serve(electron: ElectronApplication, canOpen = true): Promise<void> {
    await electron.evaluate(
      ({ shell }, [name, can]) => {
        const addresses: string[] = []
        Reflect.set(globalThis, name, addresses)
        shell.openExternal = (url) => {
          if (!can) return Promise.reject(new Error('no browser'))
          addresses.push(url)
          return Promise.resolve()
        }
      },
      [handed, canOpen] as const,
    )
  }

  /** The next address that the app hands over, not opened. */
  async address(electron: ElectronApplication): Promise<string> {
    let address: string | undefined
    await expect
      .poll(async () => {
        address = await electron.evaluate((_electron, name): string | undefined => {
          const addresses: string[] | undefined = Reflect.get(globalThis, name)
          return addresses?.shift()
        }, handed)
        return address
      }, 'an address for the system browser')
      .toBeDefined()
    return address ?? ''
  }

  /** A tab on the next address that the app hands over. */
  async open(electron: ElectronApplication): Promise<Page> {
    const page = await this.context.newPage()
    await page.goto(await this.address(electron))
    return page
  }
}

/** Fills in the login page, as this user, and goes on. */
export const logIn = async (page: Page, username = 'plain'): Promise<void> => {
  await page.getByLabel('Username').fill(username)
  await page.getByLabel('Password').fill(FLOWS_PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** Resolves when the tab shows that Sesame has taken over. */
export const landed = (page: Page): Promise<void> =>
  page.getByRole('heading', { name: 'Back to Sesame' }).waitFor()

export interface BrowserFixtures {
  /** A callback on this machine that the pool's app clients list. */
  callbackUrl: string
  systemBrowser: SystemBrowser
}

export const test = base.extend<BrowserFixtures, { chromiumProcess: Browser }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the pattern to know what a fixture needs
  callbackUrl: async ({}, provide) => {
    await provide(`http://127.0.0.1:${await freePort()}/callback`)
  },
  cognito: async ({ callbackUrl }, provide) => {
    const world = withCallbackUrls({ pools: [pool], identityPools: [] }, [callbackUrl, deepLink])
    await using server = await startCognitoServer(world)
    await provide(server)
  },
  chromiumProcess: [
    // oxlint-disable-next-line no-empty-pattern -- as above
    async ({}, provide) => {
      const browser = await launchBrowser()
      await provide(browser)
      await browser.close()
    },
    { scope: 'worker' },
  ],
  systemBrowser: async ({ chromiumProcess }, provide) => {
    const context = await chromiumProcess.newContext({ viewport: { width: 900, height: 640 } })
    await provide(new SystemBrowser(context))
    await context.close()
  },
})
