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

test.describe('IPC', () => {
  test('a value arrives in the main process as the structured clone leaves it', async ({ page }) => {
    const described = await page.evaluate(() => {
      class Point {
        readonly x = 1
        sum(): number {
          return this.x
        }
      }
      const circle: Record<string, unknown> = { a: 1 }
      circle['self'] = circle
      // oxlint-disable-next-line no-sparse-arrays -- the hole is what is tested
      const sparse = [1, , 3]
      const values: unknown[] = [
        undefined,
        null,
        Number.NaN,
        -0,
        Number.POSITIVE_INFINITY,
        10n,
        new Date(5),
        new Map([['key', { n: 1 }]]),
        new Set([1]),
        new Uint8Array([1, 2, 255]),
        new Uint8Array([9, 8, 7]).subarray(1),
        new Float64Array([0.5]),
        new ArrayBuffer(3),
        /a+/gi,
        sparse,
        { u: undefined },
        'ü€😀',
        { ['__proto__x']: 1 },
        new TypeError('t'),
        new Point(),
        circle,
      ]
      return Promise.all(values.map((value) => window.api.invoke('describe', value)))
    })
    expect(described).toEqual([
      'undefined:undefined',
      'null',
      'number:NaN',
      'number:-0',
      'number:Infinity',
      'bigint:10',
      'Date:5',
      'Map{string:key=>{n:number:1}}',
      'Set{number:1}',
      'Uint8Array:0102ff',
      'Uint8Array:0807',
      'Float64Array:000000000000e03f',
      'ArrayBuffer:3',
      'RegExp:/a+/gi',
      '[number:1,undefined:undefined,number:3]',
      '{u:undefined:undefined}',
      'string:ü€😀',
      '{__proto__x:number:1}',
      'Error(Error|t)',
      '{x:number:1}',
      '{a:number:1,self:<self>}',
    ])
  })

  test('a value comes back as it went', async ({ page }) => {
    const kept = await page.evaluate(async () => {
      const sent = {
        date: new Date(7),
        map: new Map([[1, new Set(['x'])]]),
        nothing: undefined,
        bytes: new Uint8Array([1]),
        error: new RangeError('r'),
        big: 2n ** 70n,
      }
      // What echo gives back is what is asked here.
      const got: Partial<Record<keyof typeof sent, unknown>> = Object(await window.api.invoke('echo', sent))
      const { date, map, bytes, error, big } = got
      return [
        date instanceof Date && date.getTime(),
        map instanceof Map && map.get(1) instanceof Set,
        'nothing' in got,
        bytes instanceof Uint8Array,
        error instanceof Error && [error.name, error.message],
        typeof big === 'bigint' && big.toString(),
        Object.getPrototypeOf(got) === Object.prototype,
      ]
    })
    expect(kept).toEqual([7, true, true, true, ['Error', 'r'], '1180591620717411303424', true])
  })

  test('what cannot be cloned is refused on both sides', async ({ page }) => {
    const messages = await page.evaluate(async () => {
      const message = (work: Promise<unknown>): Promise<string> =>
        work.then(
          () => 'accepted',
          (error: unknown) => (error instanceof Error ? error.message : 'no error'),
        )
      return [
        await message(Promise.resolve().then(() => window.api.invoke('echo', { f: () => 1 }))),
        await message(window.api.invoke('give-function')),
      ]
    })
    expect(messages).toEqual([
      'An object could not be cloned.',
      "Error invoking remote method 'give-function': Error: An object could not be cloned.",
    ])
  })

  test("a handler's error arrives as a plain Error with its text", async ({ page }) => {
    const errors = await page.evaluate(() => {
      const describe = async (channel: string, ...args: unknown[]): Promise<unknown> => {
        try {
          return await window.api.invoke(channel, ...args)
        } catch (error) {
          if (!(error instanceof Error)) return 'no error'
          return [error.constructor === Error, error.name, error.message, 'code' in error]
        }
      }
      return Promise.all([
        describe('fail'),
        describe('fail', 'type'),
        describe('fail', 'string'),
        describe('nobody'),
      ])
    })
    const remote = (channel: string, text: string): unknown[] => [
      true,
      'Error',
      `Error invoking remote method '${channel}': ${text}`,
      false,
    ]
    expect(errors).toEqual([
      remote('fail', 'CodedError: coded'),
      remote('fail', 'TypeError: bad thing'),
      remote('fail', 'plain'),
      remote('nobody', "Error: No handler registered for 'nobody'"),
    ])
  })

  test('the main process pushes, in order, until the page stops listening', async ({ page }) => {
    await expect(page.getByTestId('tick')).not.toHaveText('0')
    const got = await page.evaluate(async () => {
      const numbers: unknown[] = []
      const stop = window.api.onPong((number) => numbers.push(number))
      window.api.send('ping', 1)
      window.api.send('ping', 10)
      await window.api.invoke('echo', 0)
      stop()
      window.api.send('ping', 100)
      await window.api.invoke('echo', 0)
      return numbers
    })
    expect(got).toEqual([2, 3, 11, 12])
  })
})

test.describe('context bridge', () => {
  test('the preload lives in a world of its own, without Node', async ({ page }) => {
    expect(await page.evaluate(() => window.api.world)).toEqual({
      requireError: 'module not found: fs',
      isSandboxed: true,
      isIsolated: true,
      readyState: 'loading',
    })
    const leaked = await page.evaluate(() =>
      ['preloadSecret', 'require', 'process', 'module', '__electronSend', '__electronReceive'].filter(
        (name) => name in window,
      ),
    )
    expect(leaked).toEqual([])
  })

  test('what it exposes is frozen and cannot be replaced', async ({ page }) => {
    const held = await page.evaluate(() => {
      const wasReplaced = Reflect.set(window, 'api', 1)
      return [wasReplaced, typeof window.api, Object.isFrozen(window.api), Object.isFrozen(window.api.world)]
    })
    expect(held).toEqual([false, 'object', true, true])
  })

  test('calls cross it, and their errors', async ({ page }) => {
    const crossed = await page.evaluate(() => {
      try {
        window.api.throwError()
        return 'nothing thrown'
      } catch (error) {
        return [window.api.add(2, 3), error instanceof Error && error.constructor === Error, String(error)]
      }
    })
    expect(crossed).toEqual([5, true, 'Error: from preload'])
  })

  test('values cross it as copies', async ({ page }) => {
    const copied = await page.evaluate(async () => {
      const given = {
        date: new Date(1),
        map: new Map([[1, 2]]),
        symbol: Symbol('x'),
        increment: (x: number) => x + 1,
        list: [1, undefined],
        promise: Promise.resolve(9),
        error: new TypeError('te'),
        self: undefined as unknown,
      }
      given.self = given
      const got: typeof given = Object(window.api.give(given))
      return [
        got !== given,
        got.date instanceof Date,
        got.map instanceof Map,
        typeof got.symbol,
        got.increment(1),
        got.list.length,
        await got.promise,
        got.error instanceof Error && got.error.message,
        got.self === got,
        Object.isFrozen(got),
      ]
    })
    expect(copied).toEqual([true, true, true, 'undefined', 2, 2, 9, 'te', true, false])
  })

  test('what cannot be copied is refused', async ({ page }) => {
    const message = await page.evaluate(() => {
      try {
        window.api.give(new WeakMap())
        return 'accepted'
      } catch (error) {
        return String(error)
      }
    })
    expect(message).toContain('could not be cloned')
  })
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
      }
    })
    expect(answers).toEqual({
      geolocation: 'denied',
      notifications: 'denied',
      clipboard: 'NotAllowedError',
      // Without a microphone Chromium may say so before it asks.
      microphone: expect.stringMatching(/^(NotAllowedError|NotFoundError)$/),
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
