// P19: theme, tray, one instance, and what is kept over a restart or a damaged file.
import { once } from 'node:events'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication } from 'playwright/test'
import { spawnApp } from '../host/launch.ts'
import {
  chooseInTray,
  clickNotification,
  type SeenItem,
  seeNotifications,
  seeTrays,
  setSystemDark,
} from '../host/stand-in.ts'
import { appFolder, expect, isStandIn, onlyOnStandIn, readClipboard, signInAs, test } from './fixtures.ts'
import { demoUsers, inputFor } from './world.ts'

const { ada, linus } = demoUsers

const isVisible = (electron: ElectronApplication): Promise<boolean> =>
  electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() ?? false)

const closeWindow = (electron: ElectronApplication): Promise<void> =>
  electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())

test('the chosen theme is shown, and still there after a restart', async ({ open }) => {
  const first = await open()
  await first.sesame.chooseTheme('Dark')
  await expect(first.sesame.page.locator('html')).toHaveAttribute('data-theme', 'dark')
  const dark = await first.sesame.page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  await first.sesame.chooseTheme('Light')
  await expect(first.sesame.page.locator('html')).toHaveAttribute('data-theme', 'light')
  await expect
    .poll(() => first.sesame.page.evaluate(() => getComputedStyle(document.body).backgroundColor))
    .not.toBe(dark)
  await first.sesame.chooseTheme('Dark')
  await first.close()

  const second = await open()
  await expect(second.sesame.page.locator('html')).toHaveAttribute('data-theme', 'dark')
})

test.describe('on the stand-in', () => {
  test.skip(!isStandIn, onlyOnStandIn)

  test('the theme follows the system until one is chosen', async ({ electron, sesame }) => {
    const root = sesame.page.locator('html')
    await setSystemDark(electron, true)
    await expect(root).toHaveAttribute('data-theme', 'dark')
    await sesame.chooseTheme('Light')
    await expect(root).toHaveAttribute('data-theme', 'light')
    await setSystemDark(electron, false)
    await sesame.chooseTheme('As the system')
    await setSystemDark(electron, true)
    await expect(root).toHaveAttribute('data-theme', 'dark')
  })

  /** Labels of the menu, deep, with what cannot be chosen in brackets. */
  const labelsOf = (items: readonly SeenItem[]): string[] =>
    items
      .filter(({ type }) => type !== 'separator')
      .flatMap(({ label, enabled, items: inside }) => [
        enabled ? label : `(${label})`,
        ...labelsOf(inside).map((inner) => `> ${inner}`),
      ])

  test('the tray lists profiles with their state, and copies without the window', async ({
    electron,
    sesame,
    cognito,
  }) => {
    await sesame.seedProfile(inputFor(linus, cognito.url, { environment: 'production' }))
    await signInAs(sesame, cognito, ada)
    await expect
      .poll(async () => labelsOf((await seeTrays(electron))[0]?.items ?? []))
      .toEqual([
        'Show Sesame',
        '(Production)',
        'linus   Signed out',
        '> (Copy AWS Credentials as bash)',
        '> (Copy Access Token)',
        '> Sign In…',
        '> Show',
        '(Development)',
        expect.stringMatching(/^ada {3}Active until \d/),
        '> Copy AWS Credentials as bash',
        '> Copy Access Token',
        '> Refresh Now',
        '> Show',
        'Sign Out Everywhere…',
        'Quit Sesame',
      ])
    const labelOf = async (start: string): Promise<string> =>
      (await seeTrays(electron))[0]?.items.find(({ label }) => label.startsWith(start))?.label ?? ''

    await sesame.select('linus')
    await closeWindow(electron)
    expect(await isVisible(electron)).toBe(false)
    await chooseInTray(electron, await labelOf('ada'), 'Copy AWS Credentials as bash')
    await expect.poll(() => readClipboard(electron)).toMatch(/^export AWS_ACCESS_KEY_ID=/m)
    await expect
      .poll(() => seeNotifications(electron))
      .toEqual([{ title: 'ada', body: 'AWS credentials copied. The clipboard clears itself in a moment.' }])
    expect(await isVisible(electron)).toBe(false)
    await clickNotification(electron)
    expect(await isVisible(electron)).toBe(true)
    await expect(sesame.heading).toHaveText('ada')

    await chooseInTray(electron, await labelOf('linus'), 'Sign In…')
    await expect(sesame.dialog.getByRole('heading')).toHaveText('Sign in to linus')
    await sesame.page.keyboard.press('Escape')
    await chooseInTray(electron, 'Sign Out Everywhere…')
    await expect(sesame.dialog.getByRole('heading')).toHaveText('Sign out everywhere?')
  })
})

test('a second start brings the first window to the front and ends', async ({ app, sesame, configDir }) => {
  await closeWindow(app.electron)
  expect(await isVisible(app.electron)).toBe(false)
  const second = spawnApp({
    app: appFolder,
    args: [`--config-dir=${configDir}`, '--memory-vault'],
    userDataDir: configDir,
  })
  expect(await once(second, 'exit')).toEqual([0, null])
  await expect.poll(() => isVisible(app.electron)).toBe(true)
  await expect(sesame.heading).toBeVisible()
})

test('the window opens where and as large as it was', async ({ open }) => {
  const first = await open()
  const bounds = { x: 60, y: 40, width: 1_000, height: 640 }
  await first.electron.evaluate(
    ({ BrowserWindow }, next) => BrowserWindow.getAllWindows()[0]?.setBounds(next),
    bounds,
  )
  await first.close()
  const second = await open()
  const seen = await second.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getNormalBounds(),
  )
  expect(seen).toEqual(bounds)
})

test('a damaged profiles file is set aside, and the app opens with a notice', async ({ open, configDir }) => {
  writeFileSync(join(configDir, 'profiles.json'), '{"version":1,"profiles":[{"name":"half a pro')
  const { sesame } = await open()
  await expect(sesame.pane.getByRole('note').first()).toContainText('could not be read')
  const aside = readdirSync(configDir).filter((name) => name.startsWith('profiles.damaged-'))
  expect(aside).toHaveLength(1)
  await sesame.button('Dismiss').click()
  await expect(sesame.pane.getByRole('note')).toHaveCount(0)
})

test('diagnostics are copied from the settings, without a name', async ({ sesame, cognito, electron }) => {
  await sesame.seedProfile(inputFor(linus, cognito.url))
  await sesame.button('Settings').click()
  await sesame.page.getByRole('menuitem', { name: 'Copy diagnostics' }).click()
  await expect(sesame.page.getByText('Copied the diagnostics')).toBeVisible()
  const report = await readClipboard(electron)
  expect(report).toMatch(/^Sesame: .*\nRuns on: Node .*\n(.*\n)*Profiles: 1\nSessions: 1 signed-out\n/)
  expect(report).not.toContain('linus')
})
