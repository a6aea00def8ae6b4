/** Visible mode, for a person without Electron. Chromium runs its real window code here, on a display that is not there. */
import { expect, test } from './contract-fixture.ts'

/** A screen without a display: with `--headless` Chromium would have no windows to speak of. */
const NO_DISPLAY = ['--ozone-platform=headless', '--ozone-override-screen-size=1280,1024']
const VISIBLE = { STANDIN_VISIBLE: '1' }

test.skip(process.platform !== 'linux', 'only Linux has a display that is not there')

test('the window says that it is a stand-in, the app does not', async ({ launch, appDir }) => {
  const { electron, window } = await launch({ app: appDir, env: VISIBLE, switches: NO_DISPLAY })
  await expect(window.getByRole('heading', { name: 'Profiles' })).toBeVisible()
  await expect.poll(() => window.title()).toBe('Demo App — development stand-in, not Electron')
  const browserWindow = await electron.browserWindow(window)
  expect(await browserWindow.evaluate((it) => it.getTitle())).toBe('Demo App')
  await browserWindow.evaluate((it) => it.setTitle('Other'))
  await expect.poll(() => window.title()).toBe('Other — development stand-in, not Electron')
})

test('it is an app-like window, of the size the app asked for', async ({ launch, appDir }) => {
  const { window: page } = await launch({ app: appDir, env: VISIBLE, switches: NO_DISPLAY })
  await page.getByRole('heading', { name: 'Profiles' }).waitFor()
  const see = (): Promise<unknown> =>
    page.evaluate(() => ({
      isAppLike: matchMedia('(display-mode: standalone)').matches,
      width: innerWidth,
      height: innerHeight,
      historyLength: history.length,
    }))
  await expect.poll(see).toEqual({ isAppLike: true, width: 900, height: 640, historyLength: 1 })
})

test('a person closing it quits the app, although the app would rather hide', async ({ launch, appDir }) => {
  const { electron, window: page } = await launch({ app: appDir, env: VISIBLE, switches: NO_DISPLAY })
  await page.getByRole('heading', { name: 'Profiles' }).waitFor()
  await electron.evaluate(({ BrowserWindow }) => {
    for (const open of BrowserWindow.getAllWindows()) open.on('close', (event) => event.preventDefault())
  })
  const ended = new Promise((resolve) => electron.process().once('exit', resolve))
  const session = await page.context().newCDPSession(page)
  // Chromium itself, not the app, takes the window away.
  await session.send('Page.close').catch(() => {
    // it is gone before it answers
  })
  expect(await ended).toBe(0)
})

test('a message box is asked in the window, whatever the page may show itself', async ({
  launch,
  appDir,
}) => {
  const { electron, window: page } = await launch({ app: appDir, env: VISIBLE, switches: NO_DISPLAY })
  await page.getByRole('heading', { name: 'Profiles' }).waitFor()
  const ask = (): Promise<number> =>
    electron.evaluate(async ({ dialog }) => {
      const options = { message: 'Leave?', buttons: ['Leave', 'Stay'], cancelId: 1 }
      return (await dialog.showMessageBox(options)).response
    })
  page.once('dialog', (box) => void box.dismiss())
  expect(await ask()).toBe(1)
  page.once('dialog', (box) => void box.accept())
  expect(await ask()).toBe(0)
})
