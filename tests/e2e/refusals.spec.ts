// What a hostile page is refused: going elsewhere, opening windows and frames, permissions, files. The page of these tests is
// ours, doing what a script that got into it would do.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication, Page } from 'playwright/test'
import { test } from './bait.ts'
import { expect, isStandIn, readLog } from './fixtures.ts'

interface Where {
  readonly url: string
  readonly windows: number
}

/** Where the window is, as main sees it, and how many there are. */
const whereabouts = (electron: ElectronApplication): Promise<Where> =>
  electron.evaluate(({ BrowserWindow }) => ({
    url: BrowserWindow.getAllWindows()[0]?.webContents.getURL() ?? '',
    windows: BrowserWindow.getAllWindows().length,
  }))

/** What the page shows, without waiting for a navigation that was refused and so never ends. */
const titleOf = (page: Page): Promise<string | null | undefined> =>
  page.evaluate(() => document.querySelector('main h1')?.textContent)

const atHome: Where = { url: 'app://sesame/', windows: 1 }

/** From here on addresses that would go to the person's browser are kept instead. */
const keepOpened = (electron: ElectronApplication): Promise<void> =>
  electron.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { opened })
    shell.openExternal = async (url) => void opened.push(url)
  })

const openedBy = (electron: ElectronApplication): Promise<unknown> =>
  electron.evaluate(() => Reflect.get(globalThis, 'opened'))

/** Adds a link to the page and clicks it as a person would. */
const clickLink = async (page: Page, href: string, target = ''): Promise<void> => {
  await page.evaluate(
    ([href, target]) => {
      const link = document.createElement('a')
      Object.assign(link, { href, target, textContent: 'a link from somewhere' })
      document.querySelector('main')?.prepend(link)
    },
    [href, target] as const,
  )
  await page.getByRole('link', { name: 'a link from somewhere' }).first().click()
}

test('the page goes nowhere else, by script, link or form', async ({ electron, sesame, bait, configDir }) => {
  const { page } = sesame
  await keepOpened(electron)
  await page.evaluate((url) => {
    location.href = `${url}/by-href`
  }, bait.url)
  await page.evaluate((url) => location.replace(`${url}/by-replace`), bait.url)
  await clickLink(page, `${bait.url}/by-link`)
  await page.evaluate((action) => {
    const form = Object.assign(document.createElement('form'), { action, method: 'post' })
    document.body.append(form)
    form.submit()
  }, `${bait.url}/by-form`)
  await expect
    .poll(() => readLog(configDir).filter(({ event }) => event === 'link.refused').length)
    .toBeGreaterThanOrEqual(3)
  expect(await titleOf(page)).toBe('No profiles yet')
  expect(await whereabouts(electron)).toEqual(atHome)
  expect(await openedBy(electron)).toEqual([])
  expect(bait.taken).toEqual([])
})

test('a redirect is not followed, even of an address that main asked for', async ({
  electron,
  sesame,
  bait,
}) => {
  await expect(sesame.heading).toBeVisible()
  const outcome = await electron.evaluate(
    ({ BrowserWindow }, url) =>
      BrowserWindow.getAllWindows()[0]
        ?.loadURL(url)
        .then(
          () => 'loaded',
          () => 'refused',
        ),
    `${bait.url}/redirect`,
  )
  expect(outcome).toBe('refused')
  expect(bait.taken).not.toContain('GET /redirected')
})

test('no window opens; only pages of AWS go to the browser', async ({
  electron,
  sesame,
  bait,
  configDir,
}) => {
  const { page } = sesame
  await keepOpened(electron)
  const docs = 'https://docs.aws.amazon.com/cognito/'
  const opened = await page.evaluate(
    (urls) => urls.map((url) => window.open(url) === null),
    [
      `${bait.url}/opened`,
      docs,
      'https://evil.example/',
      'https://docs.aws.amazon.com.evil.example/',
      'https://user:word@docs.aws.amazon.com/',
      'http://docs.aws.amazon.com/',
      'file:///etc/passwd',
      'about:blank',
    ],
  )
  expect(opened).toEqual(Array<boolean>(8).fill(true))
  await clickLink(page, `${bait.url}/by-blank`, '_blank')
  await clickLink(page, docs)
  await expect.poll(() => openedBy(electron)).toEqual([docs, docs])
  await expect
    .poll(
      () =>
        readLog(configDir).filter(
          ({ event, host }) => event === 'link.refused' && host === new URL(bait.url).host,
        ).length,
    )
    .toBe(2)
  expect(await whereabouts(electron)).toEqual(atHome)
  expect(electron.windows()).toHaveLength(1)
  expect(bait.taken).toEqual([])
})

test('no frame and no webview opens inside the page', async ({ electron, sesame, bait }) => {
  const { page } = sesame
  await page.evaluate((url) => {
    const blocked: string[] = []
    Object.assign(window, { blocked })
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
      blocked.push(effectiveDirective),
    )
    for (const tag of ['webview', 'object', 'embed', 'iframe']) {
      const frame = document.createElement(tag)
      frame.setAttribute(tag === 'object' ? 'data' : 'src', `${url}/${tag}`)
      document.body.append(frame)
    }
  }, bait.url)
  await expect
    .poll(() => page.evaluate(() => Reflect.get(window, 'blocked')))
    .toEqual(expect.arrayContaining(['frame-src', 'object-src']))
  expect(page.frames()).toHaveLength(2) // an iframe that was refused stays as an empty one
  expect(await electron.evaluate(({ webContents }) => webContents.getAllWebContents().length)).toBe(1)
  expect(bait.taken).toEqual([])
})

test('every permission is refused, asked for or only looked at', async ({ sesame }) => {
  const answers = await sesame.page.evaluate(async () => {
    const outcome = (work: Promise<unknown>): Promise<string> =>
      work.then(
        () => 'granted',
        (error: unknown) => (error instanceof Error ? error.name : 'unknown'),
      )
    const state = async (name: string): Promise<string> =>
      (await navigator.permissions.query(Object({ name }))).state
    return {
      geolocation: await new Promise<string>((done) =>
        navigator.geolocation.getCurrentPosition(
          () => done('granted'),
          ({ code }) => done(code === 1 ? 'denied' : `error ${code}`),
          // A granted one would wait for a position that never comes.
          { timeout: 1_000 },
        ),
      ),
      notifications: await Notification.requestPermission(),
      clipboard: await outcome(navigator.clipboard.readText()),
      camera: await outcome(navigator.mediaDevices.getUserMedia({ video: true })),
      states: [Notification.permission, await state('geolocation'), await state('notifications')],
      clipboardState: await state('clipboard-read'),
    }
  })
  expect(answers).toEqual({
    geolocation: 'denied',
    notifications: 'denied',
    clipboard: 'NotAllowedError',
    // Without a camera Chromium may say so before it asks.
    camera: expect.stringMatching(/^(NotAllowedError|NotFoundError)$/),
    states: ['denied', 'denied', 'denied'],
    clipboardState: 'denied',
  })
})

test('the window is made with every guard on', async ({ electron }) => {
  // Electron tells what a page runs with; the stand-in keeps what the window was asked to be made with.
  const preferences = await electron.evaluate(({ BrowserWindow }, isStandIn): unknown => {
    const contents: object = Object(BrowserWindow.getAllWindows()[0]?.webContents)
    return isStandIn
      ? Reflect.get(Object(Reflect.get(contents, 'options')), 'webPreferences')
      : Reflect.apply(Object(Reflect.get(contents, 'getLastWebPreferences')), contents, [])
  }, isStandIn)
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    webSecurity: true,
    nodeIntegration: false,
    webviewTag: false,
    spellcheck: false,
    navigateOnDragDrop: false,
    disableDialogs: true,
  })
})

// Chromium on the stand-in ignores such a drop by itself; Electron has to be told, and the test above sees that it is.
test('a file dropped on the window changes nothing', async ({ electron, sesame, configDir }) => {
  const { page } = sesame
  const file = join(mkdtempSync(join(configDir, 'dropped-')), 'page.html')
  writeFileSync(file, '<h1>A file from the desktop</h1>')
  const protocol = await page.context().newCDPSession(page)
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await protocol.send('Input.dispatchDragEvent', {
      type,
      x: 600,
      y: 300,
      data: { items: [], files: [file], dragOperationsMask: 1 },
    })
  await expect(sesame.heading).toBeVisible()
  expect(await whereabouts(electron)).toEqual(atHome)
})
