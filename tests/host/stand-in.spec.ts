/** What the stand-in promises beyond Electron's contract: it says what it cannot do, and leaves nothing behind. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { ElectronApplication } from 'playwright/test'
import { expect, logOf, test } from './contract-fixture.ts'
import { spawnApp } from './launch.ts'
import {
  chooseInTray,
  clickNotification,
  seeCalls,
  seeNotifications,
  seeTrays,
  setOnline,
  setSystemDark,
} from './stand-in.ts'

interface Chromium {
  readonly pid: number
  readonly profile: string
}

/** The Chromium of an app, found as any process is. */
function chromiumOf(electron: ElectronApplication): Chromium {
  const table = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8', maxBuffer: 1 << 24 })
  for (const line of table.split('\n')) {
    const [, pid, parent, args = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? []
    const [, profile] = /--user-data-dir=(\S+)/.exec(args) ?? []
    if (Number(parent) === electron.process().pid && profile !== undefined)
      return { pid: Number(pid), profile }
  }
  throw new Error('the app has no Chromium')
}

function isRunning({ pid }: Pick<Chromium, 'pid'>): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

const exitOf = (child: ReturnType<typeof spawnApp>): Promise<number | null> =>
  new Promise((resolve) => child.once('exit', resolve))

test.describe('it leaves nothing behind', () => {
  test('after a quit, neither Chromium nor its profile', async ({ electron, page }) => {
    const chromium = chromiumOf(electron)
    expect(existsSync(chromium.profile)).toBe(true)
    const ended = new Promise((resolve) => electron.process().once('exit', resolve))
    await page.evaluate(() => window.close())
    expect(await ended).toBe(0)
    expect(isRunning(chromium)).toBe(false)
    expect(existsSync(chromium.profile)).toBe(false)
  })

  test('killed, no Chromium; and the next one removes the profile', async ({
    launch,
    appDir,
    electron,
    page,
  }) => {
    await expect(page.getByRole('heading')).toBeVisible()
    const chromium = chromiumOf(electron)
    electron.process().kill('SIGKILL')
    await expect.poll(() => isRunning(chromium), { timeout: 10_000 }).toBe(false)
    // The kernel freed the lock with the process: the next one is the first.
    await launch({ app: appDir })
    await expect.poll(() => existsSync(chromium.profile)).toBe(false)
  })

  test('when Chromium dies, the app ends with an error', async ({ electron, page }) => {
    await expect(page.getByRole('heading')).toBeVisible()
    const ended = new Promise((resolve) => electron.process().once('exit', resolve))
    process.kill(chromiumOf(electron).pid, 'SIGKILL')
    expect(await ended).toBe(1)
  })
})

test('Playwright closing it is a quit in which the app has its say', async ({ electron, page }) => {
  await expect(page.getByRole('heading')).toBeVisible()
  let output = ''
  electron.process().stdout?.on('data', (chunk) => {
    output += String(chunk)
  })
  await electron.close()
  await expect.poll(() => output).toMatch(/demo: before-quit[^]*demo: will-quit/)
})

test('every further instance reaches the first, however many come at once', async ({
  page,
  appDir,
  userDataDir,
}) => {
  const names = ['--one', '--two', '--three']
  const ends = names.map((name) => exitOf(spawnApp({ app: appDir, userDataDir, args: [name] })))
  expect(await Promise.all(ends)).toEqual([0, 0, 0])
  await expect
    .poll(async () => (await logOf(page)).filter((entry) => entry.startsWith('second-')).length)
    .toBe(3)
  expect(await logOf(page)).toEqual(expect.arrayContaining(names.map((name) => `second-instance:${name}`)))
})

test.describe('it says what it does not do', () => {
  test('a member that is not covered throws its name', async ({ electron }) => {
    await expect(electron.evaluate(({ app }) => app.getFileIcon('/'))).rejects.toThrow(
      'stand-in: app.getFileIcon is not covered',
    )
    await expect(electron.evaluate(({ autoUpdater }) => autoUpdater.checkForUpdates())).rejects.toThrow(
      'stand-in: autoUpdater.checkForUpdates is not covered',
    )
    await expect(
      electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setVibrancy(null)),
    ).rejects.toThrow('stand-in: BrowserWindow.setVibrancy is not covered')
  })

  type Switch = 'nodeIntegration' | 'sandbox' | 'contextIsolation' | 'webSecurity' | 'webviewTag'
  const insecure: Pick<Electron.WebPreferences, Switch>[] = [
    { nodeIntegration: true },
    { sandbox: false },
    { contextIsolation: false },
    { webSecurity: false },
    { webviewTag: true },
  ]
  for (const preferences of insecure) {
    test(`a window with ${JSON.stringify(preferences)} is refused`, async ({ electron }) => {
      const opening = electron.evaluate(
        ({ BrowserWindow }, webPreferences) => new BrowserWindow({ webPreferences }).id,
        preferences,
      )
      await expect(opening).rejects.toThrow(/webPreferences .* is refused/)
    })
  }

  test('it has no safe storage, and does not pretend', async ({ electron }) => {
    const storage = await electron.evaluate(({ safeStorage }) => [
      safeStorage.isEncryptionAvailable(),
      safeStorage.getSelectedStorageBackend(),
    ])
    expect(storage).toEqual([false, 'basic_text'])
    await expect(electron.evaluate(({ safeStorage }) => safeStorage.encryptString('x'))).rejects.toThrow(
      'Encryption is not available',
    )
  })

  test('without a Chromium it ends with one line that names the remedy', async ({ appDir, userDataDir }) => {
    const child = spawnApp({ app: appDir, userDataDir, env: { CHROMIUM_PATH: '/nowhere/chromium' } })
    let errors = ''
    child.stderr?.on('data', (chunk) => {
      errors += String(chunk)
    })
    expect(await exitOf(child)).toBe(1)
    expect(errors).toBe('stand-in: CHROMIUM_PATH names /nowhere/chromium, which is not an executable file.\n')
  })
})

test.describe('it shows what a person would see', () => {
  test('trays and their menus', async ({ electron, page }) => {
    await expect(page.getByRole('heading')).toBeVisible()
    expect(await seeTrays(electron)).toEqual([
      { toolTip: 'Demo', title: '', items: [expect.objectContaining({ label: 'Show', enabled: true })] },
    ])
    await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide())
    await chooseInTray(electron, 'Show')
    expect(
      await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible()),
    ).toBe(true)
    await expect(chooseInTray(electron, 'Nothing')).rejects.toThrow('no tray item to choose at Nothing')
  })

  test('notifications, and a click on one', async ({ electron, page }) => {
    await page.evaluate(() => window.api.invoke('notify', 'hello'))
    expect(await seeNotifications(electron)).toEqual([{ title: 'hello', body: 'body' }])
    await clickNotification(electron)
    await expect(clickNotification(electron, 7)).rejects.toThrow('no notification to click')
  })

  test('what the app asked of the system', async ({ electron, page }) => {
    await page.evaluate(() => window.api.invoke('open', 'https://docs.example/'))
    expect(await seeCalls(electron, 'shell.openExternal')).toEqual([
      { what: 'shell.openExternal', args: ['https://docs.example/'] },
    ])
  })

  test('the system turning dark', async ({ electron, page }) => {
    await setSystemDark(electron, true)
    await expect
      .poll(() => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches))
      .toBe(true)
    expect(await electron.evaluate(({ nativeTheme }) => nativeTheme.shouldUseDarkColors)).toBe(true)
  })

  test('the network going away', async ({ electron, page }) => {
    await setOnline(electron, false)
    await expect.poll(() => page.evaluate(() => navigator.onLine)).toBe(false)
    expect(await electron.evaluate(({ net }) => net.isOnline())).toBe(false)
  })
})
