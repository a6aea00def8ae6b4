// `sesame sign-in --browser`: the login page in a real Chromium and without one, by the app and without it, given up half-way.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createProfileStore } from '../../../main/profiles/profile-store.ts'
import { systemClock } from '../../../main/sessions/system-clock.ts'
import { launchBrowser } from '../../browser.ts'
import { allFlows, FLOWS, FLOWS_PASSWORD, withCallbackUrls } from '../../cognito-server/seeds-all-flows.ts'
import { noLock } from '../../unit/profiles/samples.ts'
import { cli, settingsFor, startWorld, type TestWorld } from '../agent/support.ts'
import { freePort } from '../free-port.ts'
import { createBrowser } from '../sessions/people.ts'

let world: TestWorld
let callbackUrl: string
/** Stands for the system browser: hands the address it is given over to the test. */
let browser: string
let opened: PromiseWithResolvers<string>
const handover = createServer((request, response) => {
  void text(request).then((url) => opened.resolve(url))
  response.end()
})

const settings = () => ({
  name: 'plain',
  userPoolId: FLOWS.everything.id,
  clientId: FLOWS.everything.clients[0]?.id ?? '',
  username: 'plain',
  domain: world.server.url,
  callbackUrl,
})

beforeAll(async () => {
  callbackUrl = `http://127.0.0.1:${await freePort()}/callback`
  world = await startWorld({ config: withCallbackUrls(allFlows, [callbackUrl, 'sesame://auth/callback']) })
  handover.listen(0, '127.0.0.1')
  await once(handover, 'listening')
  const address = handover.address()
  browser = join(world.directory, 'browser')
  writeFileSync(
    browser,
    `#!/bin/sh\ncurl -s --data-binary "$1" http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/\n`,
  )
  chmodSync(browser, 0o755)
  await world.add(settings())
})
afterAll(async () => {
  handover.close()
  await world[Symbol.asyncDispose]()
})

interface Started {
  readonly child: ChildProcess
  /** What stands on stderr, once something like this does. */
  readonly shows: (pattern: RegExp) => Promise<string>
  readonly over: Promise<{ code: number | null; stdout: string; stderr: string }>
}

const start = (
  args: readonly string[],
  { configDir = world.configDir, env = {} }: { configDir?: string; env?: NodeJS.ProcessEnv } = {},
): Started => {
  opened = Promise.withResolvers<string>()
  const child = spawn(process.execPath, [cli, '--config-dir', configDir, ...args], {
    env: { ...world.env, ...env },
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk))
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk))
  const { promise: over, resolve } = Promise.withResolvers<Awaited<Started['over']>>()
  child.once('close', (code) => resolve({ code, stdout, stderr }))
  return {
    child,
    over,
    async shows(pattern) {
      while (!pattern.test(stderr)) {
        const ended = await Promise.race([once(child.stderr, 'data').then(() => undefined), over])
        if (ended !== undefined && !pattern.test(stderr)) throw new Error(JSON.stringify(ended))
      }
      return stderr
    },
  }
}

const addressIn = (shown: string): string => /^http\S+$/m.exec(shown)?.[0] ?? 'no address'
const logIn = async (url: string): Promise<string> => {
  const person = createBrowser()
  const { url: page } = await person.load(url)
  const { response } = await person.submit(page, { username: 'plain', password: FLOWS_PASSWORD })
  return response.text()
}
const signedIn = { code: 0, stdout: 'Signed in to plain.\n' }
const isListening = (): Promise<boolean> =>
  fetch(callbackUrl).then(
    () => true,
    () => false,
  )

describe('by the running app', () => {
  test('a person in Chromium fills in the login page, and the command goes on', async () => {
    const chrome = await launchBrowser()
    try {
      const { over } = start(['sign-in', 'plain', '--browser'], { env: { BROWSER: browser } })
      const address = await opened.promise
      expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{22}$/)
      const page = await chrome.newPage()
      await page.goto(address)
      expect(await page.getByLabel('Username').inputValue()).toBe('plain')
      await page.getByLabel('Password').fill(FLOWS_PASSWORD)
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByRole('heading', { name: 'Back to Sesame' }).waitFor()
      expect(await over).toMatchObject(signedIn)
    } finally {
      await chrome.close()
    }
    const { stdout } = await world.sesame(['whoami', 'plain'])
    expect(stdout).toMatch(/Username +plain/)
  })

  test('the address is printed where that is asked for, or where no browser can be opened', async () => {
    for (const [args, env] of [
      [['--print-url'], {}],
      [['--browser'], { BROWSER: '/no/such/browser' }],
      [['--browser'], { BROWSER: '/bin/false' }],
      [['--browser'], {}],
    ] as const) {
      const { shows, over } = start(['sign-in', 'plain', ...args], { env })
      expect(await logIn(addressIn(await shows(/^http\S+\n/m)))).toContain('Back to Sesame')
      expect(await over).toMatchObject(signedIn)
    }
  })

  test.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)('%s leaves nobody listening', async (signal) => {
    const awaited = vi.spyOn(world.engine.sessions, 'awaitBrowser')
    const { child, shows, over } = start(['sign-in', 'plain', '--print-url'])
    await shows(/Ctrl-C cancels/)
    await expect.poll(() => awaited.mock.calls.length).toBe(1)
    awaited.mockRestore()
    expect(await isListening()).toBe(true)
    child.kill(signal)
    const { code, stdout } = await over
    expect({ code, stdout }).toEqual({ code: signal === 'SIGKILL' ? null : 130, stdout: '' })
    await expect.poll(isListening).toBe(false)
  })

  test('what the login page refuses is said', async () => {
    const { shows, over } = start(['sign-in', 'plain', '--print-url'])
    const url = new URL(addressIn(await shows(/^http\S+\n/m)))
    const back = new URLSearchParams({
      state: url.searchParams.get('state') ?? '',
      error: 'access_denied',
      error_description: 'User cancelled',
    })
    await fetch(`${callbackUrl}?${back}`)
    const { code, stderr } = await over
    expect(code).toBe(4)
    expect(stderr).toMatch(/Access was denied on the login page\. \(access_denied: User cancelled\)/)
  })
})

describe('without the app', () => {
  let configDir: string
  const env = { SESAME_VAULT: 'memory' }
  beforeAll(async () => {
    configDir = join(world.directory, 'alone')
    mkdirSync(configDir)
    const store = createProfileStore({ directory: configDir, clock: systemClock, lock: noLock })
    await store.open()
    await store.add(settingsFor(world.server, { ...settings(), signInMethod: 'browser' }))
    await store.add(
      settingsFor(world.server, { ...settings(), name: 'deep', callbackUrl: 'sesame://auth/callback' }),
    )
  })

  test('a profile whose method is the browser needs no option', async () => {
    const { shows, over } = start(['sign-in', 'plain'], { configDir, env })
    expect(await logIn(addressIn(await shows(/^http\S+\n/m)))).toContain('Back to Sesame')
    expect(await over).toMatchObject(signedIn)
  })

  test('Ctrl-C ends it at once', async () => {
    const { child, shows, over } = start(['sign-in', 'plain'], { configDir, env })
    await shows(/Ctrl-C cancels/)
    child.kill('SIGINT')
    expect(await over).toMatchObject({ code: 130, stdout: '' })
    expect(await isListening()).toBe(false)
  })

  test('a callback that only the app can receive is refused before a browser opens', async () => {
    const { over } = start(['sign-in', 'deep', '--browser'], { configDir, env: { ...env, BROWSER: browser } })
    const { code, stderr } = await over
    expect(code).toBe(6)
    expect(stderr).toMatch(/leads to the Sesame app, which is not running[\s\S]*http:\/\/localhost/)
  })
})
