/**
 * What an app may rely on from its host, on the stand-in and on a real Electron alike (`E2E_ELECTRON_DIST`). Where the
 * two differ, the stand-in is wrong. Rules for these tests: never `page.url()`, ask `webContents.getURL()`; replace
 * members of shell and dialog through `electron.evaluate`; try eval from a timer, since protocol evaluation bypasses the
 * content security policy.
 */

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, logOf, test } from './contract-fixture.ts'
import { spawnApp } from './launch.ts'

test('a page loads, shows itself and asks the main process', async ({ page }) => {
  await page.getByRole('button', { name: 'Load' }).click()
  await expect(page.getByRole('listitem')).toHaveText(['Alpha 1970', 'Beta 1970'])
  expect(await page.title()).toBe('Demo App')
})

test.describe('a hostile page', () => {
  test('is held by the content security policy, in a secure context', async ({ page }) => {
    const held = await page.evaluate(async () => {
      const script = document.createElement('script')
      script.textContent = 'window.lateRan = true'
      document.head.append(script)
      const evalOutcome = await new Promise<string>((resolve) =>
        setTimeout(() => {
          try {
            // oxlint-disable-next-line typescript/no-implied-eval -- whether the policy forbids it is what is tested
            new Function('return 1')()
            resolve('ran')
          } catch (error) {
            resolve(error instanceof Error ? error.name : 'unknown')
          }
        }),
      )
      return {
        inlineRan: 'inlineRan' in window,
        lateRan: 'lateRan' in window,
        evalOutcome,
        foreignFetch: await fetch('https://example.org/').then(
          () => 'allowed',
          () => 'blocked',
        ),
        ownFetch: (await fetch('./index.html')).status,
        isSecure: window.isSecureContext,
        hasSubtleCrypto: typeof crypto.subtle,
        isOwnOrigin: window.origin === location.origin,
      }
    })
    expect(held).toEqual({
      inlineRan: false,
      lateRan: false,
      evalOutcome: 'EvalError',
      foreignFetch: 'blocked',
      ownFetch: 200,
      isSecure: true,
      hasSubtleCrypto: 'object',
      isOwnOrigin: true,
    })
  })

  test('cannot navigate away', async ({ electron, page }) => {
    await page.getByRole('link', { name: 'leave' }).click()
    await page.evaluate(() => {
      location.href = 'https://evil.example/2'
    })
    await expect
      .poll(() => logOf(page))
      .toEqual(
        expect.arrayContaining([
          'will-navigate:https://evil.example/x',
          'will-navigate:https://evil.example/2',
        ]),
      )
    const url = await (await electron.browserWindow(page)).evaluate((window) => window.webContents.getURL())
    expect(url).toBe('app://bundle/index.html')
    await expect(page.getByRole('heading', { name: 'Profiles' })).toBeVisible()
  })

  test('cannot open a window', async ({ electron, page }) => {
    await electron.evaluate(({ shell }) => {
      const opened: string[] = []
      Object.assign(globalThis, { opened })
      shell.openExternal = async (url) => void opened.push(url)
    })
    await page.getByRole('link', { name: 'docs' }).click()
    expect(await page.evaluate(() => window.open('https://docs.example/z') === null)).toBe(true)
    await expect
      .poll(() => electron.evaluate(() => Reflect.get(globalThis, 'opened')))
      .toEqual(['https://docs.example/y', 'https://docs.example/z'])
    await expect
      .poll(() => logOf(page))
      .toEqual(
        expect.arrayContaining(['window-open:https://docs.example/y', 'window-open:https://docs.example/z']),
      )
    expect(await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
    expect(electron.windows()).toHaveLength(1)
  })

  test('is refused every permission it asks for', async ({ page }) => {
    const answers = await page.evaluate(async () => {
      const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown')
      const outcome = (work: Promise<unknown>): Promise<string> => work.then(() => 'granted', nameOf)
      return {
        geolocation: await new Promise<string>((resolve) =>
          navigator.geolocation.getCurrentPosition(
            () => resolve('granted'),
            ({ code, PERMISSION_DENIED }) => resolve(code === PERMISSION_DENIED ? 'denied' : `error ${code}`),
            // A granted one would wait for a position that never comes.
            { timeout: 1000 },
          ),
        ),
        notifications: await Notification.requestPermission(),
        clipboard: await outcome(navigator.clipboard.readText()),
        microphone: await outcome(navigator.mediaDevices.getUserMedia({ audio: true })),
        screen: await outcome(navigator.mediaDevices.getDisplayMedia()),
      }
    })
    expect(answers).toEqual({
      geolocation: 'denied',
      notifications: 'denied',
      clipboard: 'NotAllowedError',
      // Without a microphone Chromium may say so before it asks.
      microphone: expect.stringMatching(/^(NotAllowedError|NotFoundError)$/),
      // Without an app that chooses, Electron says that it is not supported.
      screen: expect.stringMatching(/^(NotAllowedError|NotSupportedError|InvalidStateError)$/),
    })
    expect(await logOf(page)).toEqual(
      expect.arrayContaining(['permission-request:geolocation', 'permission-request:notifications']),
    )
  })

  test('finds every permission denied that it only looks at', async ({ page }) => {
    const states = await page.evaluate(async () => {
      const state = async (name: PermissionName): Promise<string> =>
        (await navigator.permissions.query({ name })).state
      return [Notification.permission, await state('geolocation'), await state('notifications')]
    })
    expect(states).toEqual(['denied', 'denied', 'denied'])
    expect((await logOf(page)).filter((entry) => entry.startsWith('permission-request:'))).toEqual([])
  })
})

test.describe('the desktop', () => {
  test("the clipboard is the main process's", async ({ electron, page }) => {
    await page.getByRole('button', { name: 'Copy' }).click()
    await expect.poll(() => electron.evaluate(({ clipboard }) => clipboard.readText())).toBe('copied!')
  })

  test('the theme reaches the page', async ({ page }) => {
    const background = (): Promise<string> =>
      page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    expect(await page.evaluate(() => window.api.invoke('theme', 'dark'))).toBe(true)
    await expect.poll(background).toBe('rgb(0, 0, 0)')
    expect(await page.evaluate(() => window.api.invoke('theme', 'light'))).toBe(false)
    await expect.poll(background).toBe('rgb(255, 255, 255)')
    expect(await logOf(page)).toEqual(expect.arrayContaining(['theme:true', 'theme:false']))
  })

  test('a menu item is found by its id and clicked', async ({ electron, page }) => {
    await electron.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('new')?.click())
    await expect(page.getByTestId('menu')).toHaveText('new')
  })

  test('power events and dialog answers are the test to give', async ({ electron, page }) => {
    await electron.evaluate(({ powerMonitor }) => powerMonitor.emit('suspend'))
    await expect.poll(() => logOf(page)).toContain('suspend')
    await electron.evaluate(({ dialog }) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: ['/tmp/x'] })
    })
    expect(await page.evaluate(() => window.api.invoke('pick'))).toEqual(['/tmp/x'])
  })
})

test.describe("the app's life", () => {
  test('the window and the app know who they are', async ({ electron, page, userDataDir }) => {
    const browserWindow = await electron.browserWindow(page)
    const seen = await browserWindow.evaluate((it) => [
      it.isVisible(),
      it.getTitle(),
      it.webContents.getURL(),
      it.isDestroyed(),
    ])
    expect(seen).toEqual([true, 'Demo App', 'app://bundle/index.html', false])
    expect(await page.evaluate(() => window.api.invoke('about'))).toEqual({
      userData: userDataDir,
      name: 'Demo App',
      version: '1.2.3',
      isPackaged: false,
      electron: expect.stringMatching(/^\d+\.\d+/),
      processType: 'browser',
    })
  })

  test('a reload is not a navigation of the page, and the bridge is there again', async ({ page }) => {
    await page.reload()
    await page.getByRole('button', { name: 'Load' }).click()
    await expect(page.getByRole('listitem')).toHaveCount(2)
    expect((await logOf(page)).filter((entry) => entry.startsWith('will-navigate:'))).toEqual([])
  })

  test('a page that crashes is reported, and comes back with a reload', async ({ electron, page }) => {
    await expect(page.getByRole('heading')).toBeVisible()
    const reason = await electron.evaluate(
      ({ BrowserWindow }) =>
        new Promise((resolve) => {
          const contents = BrowserWindow.getAllWindows()[0]?.webContents
          contents?.once('render-process-gone', (_event, details) => resolve(details.reason))
          contents?.forcefullyCrashRenderer()
        }),
    )
    expect(reason).toMatch(/^(crashed|killed)$/)
    const title = await electron.evaluate(
      ({ BrowserWindow }) =>
        new Promise((resolve) => {
          const contents = BrowserWindow.getAllWindows()[0]?.webContents
          contents?.once('did-finish-load', () => resolve(contents.executeJavaScript('document.title')))
          contents?.reload()
        }),
    )
    expect(title).toBe('Demo App')
  })

  test('a second instance hands over its command line and ends', async ({ page, appDir, userDataDir }) => {
    const second = spawnApp({ app: appDir, userDataDir, args: ['--from-second'] })
    expect(await new Promise((ended) => second.once('exit', ended))).toBe(0)
    await expect.poll(() => logOf(page)).toContain('second-instance:--from-second')
  })

  test('a utility process answers by its parentPort, and its end is told', async ({
    electron,
    userDataDir,
  }) => {
    const script = join(userDataDir, 'utility.mjs')
    await writeFile(
      script,
      "process.parentPort.on('message', ({ data }) => process.parentPort.postMessage({ got: data }))",
    )
    const seen = await electron.evaluate(
      ({ utilityProcess }, path) =>
        new Promise((resolve) => {
          const child = utilityProcess.fork(path, [], { stdio: 'ignore' })
          child.once('message', (answer: unknown) => {
            child.once('exit', () => resolve([answer, child.pid]))
            child.kill()
          })
          child.postMessage({ some: ['thing'] })
        }),
      script,
    )
    expect(seen).toEqual([{ got: { some: ['thing'] } }, undefined])
  })

  test('a quit closes the window and ends the process with 0', async ({ electron, page }) => {
    const ended = new Promise((resolve) => electron.process().once('exit', resolve))
    await electron
      .evaluate(({ app }) => app.quit())
      .catch(() => {
        // it may be gone before it answers
      })
    expect(await ended).toBe(0)
    expect(page.isClosed()).toBe(true)
  })

  test('an app may be CommonJS', async ({ launch, appDir }) => {
    const { window } = await launch({ app: `${appDir}/main/index.cjs` })
    await expect(window.getByRole('heading', { name: 'Profiles' })).toBeVisible()
  })
})
