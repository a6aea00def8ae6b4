// P5, in the browser: the app hands the login page to the person's own browser, a second Chromium, and goes on when that comes back.
import { once } from 'node:events'
import { AxeBuilder } from '@axe-core/playwright'
import type { ElectronApplication, Page } from 'playwright/test'
import { spawnApp } from '../host/launch.ts'
import { missingForKeyring, startKeyring } from '../integration/keyring.ts'
import { appFolder, cognitoSaw, expect } from './fixtures.ts'
import { takePagePictures, takePictures } from './pictures.ts'
import type { SesameWindow } from './sesame-window.ts'
import { browserProfile, deepLink, landed, logIn, test } from './system-browser.ts'

const waiting = (sesame: SesameWindow) => sesame.dialog.getByText('Waiting for the browser')

/** Opens the dialog of the selected profile and sends the person to the browser from it. */
const goToBrowser = async (sesame: SesameWindow, username = ''): Promise<void> => {
  await sesame.openSignIn()
  await sesame.field('Username').fill(username)
  await sesame.dialog.getByRole('button', { name: 'Open the browser' }).click()
}

const isListening = async (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  )

test('the login page is filled in in the browser, and the window goes on by itself', async ({
  app: { electron },
  sesame,
  cognito,
  callbackUrl,
  systemBrowser,
}) => {
  await systemBrowser.serve(electron)
  await sesame.seedProfile(browserProfile({ url: cognito.url, callbackUrl }, 'ops'))
  await sesame.select('ops')
  await goToBrowser(sesame, 'plain@example.com')
  await expect(waiting(sesame)).toBeVisible()
  await takePictures(sesame, 'browser-waiting')

  const page = await systemBrowser.open(electron)
  await expect(page.getByLabel('Username')).toHaveValue('plain@example.com')
  await logIn(page)
  await landed(page)
  await expect(page.getByText('You can close this tab.')).toBeVisible()
  await takePagePictures(page, 'browser-landing')
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])

  await sesame.signedIn()
  await expect(sesame.badge('Active')).toBeVisible()
  expect(await isListening(callbackUrl)).toBe(false)
  await sesame.openTab('Claims')
  await expect(sesame.page.getByText('Signature verified')).toHaveCount(2)
})

test.describe('with a keychain', () => {
  test.skip(missingForKeyring().length > 0, `no real keyring: ${missingForKeyring().join(', ')} is missing`)

  test('an app client with secret and rotation signs in in the browser; the session refreshes and outlives the app', async ({
    open,
    cognito,
    callbackUrl,
    systemBrowser,
  }) => {
    const keyring = await startKeyring('unlocked')
    const env = { ...keyring.env, DISPLAY: undefined, WAYLAND_DISPLAY: undefined }
    const first = await open({ vault: 'keychain', env })
    await systemBrowser.serve(first.electron)
    const at = { url: cognito.url, callbackUrl }
    await first.sesame.seedProfile(browserProfile(at, 'ops', {}, 'secret and rotation'))
    await first.sesame.select('ops')
    await goToBrowser(first.sesame)
    await logIn(await systemBrowser.open(first.electron))
    await first.sesame.signedIn()
    await first.sesame.button('Refresh').click()
    await cognitoSaw(cognito, { operation: 'GetTokensFromRefreshToken', outcome: 'ok' })
    await expect(first.sesame.badge('Active')).toBeVisible()
    await first.close()

    const second = await open({ vault: 'keychain', env })
    await second.sesame.select('ops')
    await expect(second.sesame.badge('Active')).toBeVisible()
    await second.sesame.button('Refresh').click()
    await cognitoSaw(cognito, { operation: 'GetTokensFromRefreshToken', outcome: 'ok' }, 2)
    await expect(second.sesame.badge('Active')).toBeVisible()
    await second.close()
    await keyring.stop()
  })
})

test('a federated provider says no, then yes; a profile that names it goes straight there', async ({
  app: { electron },
  sesame,
  cognito,
  callbackUrl,
  systemBrowser,
}) => {
  await systemBrowser.serve(electron)
  const at = { url: cognito.url, callbackUrl }
  await sesame.seedProfile(browserProfile(at, 'any'))
  await sesame.seedProfile(browserProfile(at, 'corp', { identityProvider: 'Corp' }))
  await sesame.select('any')
  await goToBrowser(sesame, 'kay@corp.example')
  const page = await systemBrowser.open(electron)
  await page.getByRole('link', { name: 'Continue with Corp' }).click()
  await page.getByRole('button', { name: 'Deny' }).click()
  await landed(page)
  await expect(sesame.dialog.getByText('Access was denied on the login page.')).toBeVisible()
  await expect(sesame.dialog.getByText('access_denied: Corp was told no')).toBeVisible()
  await expect(sesame.field('Username')).toHaveValue('kay@corp.example')
  await takePictures(sesame, 'browser-denied')
  await sesame.page.keyboard.press('Escape')

  await sesame.select('corp')
  await goToBrowser(sesame)
  const again = await systemBrowser.open(electron)
  expect(new URL(again.url()).pathname).toBe('/idp/Corp')
  await again.getByRole('button', { name: 'Continue as kay@corp.example' }).click()
  await landed(again)
  await sesame.signedIn()
  await expect(sesame.pane.getByText('kay@corp.example').first()).toBeVisible()
})

test('two profiles sign in at once, and a stranger at the callback changes nothing', async ({
  app: { electron },
  sesame,
  cognito,
  callbackUrl,
  systemBrowser,
}) => {
  await systemBrowser.serve(electron)
  const at = { url: cognito.url, callbackUrl }
  const other = await sesame.seedProfile(browserProfile(at, 'other'))
  await sesame.seedProfile(browserProfile(at, 'mine'))
  await sesame.select('mine')
  await goToBrowser(sesame)
  const mine = await systemBrowser.address(electron)
  // The window asks about one profile at a time; the second is asked for as its own code would.
  expect(await sesame.request('signIn.openBrowser', other, { loginHint: 'choice' })).toMatchObject({
    ok: true,
  })
  const page = await systemBrowser.open(electron)

  const stranger = await fetch(`${callbackUrl}?code=stolen&state=guess`)
  expect({ status: stranger.status, body: await stranger.text() }).toEqual({ status: 404, body: '' })
  await expect(waiting(sesame)).toBeVisible()

  await logIn(page, 'choice')
  await landed(page)
  await cognitoSaw(cognito, { operation: 'token', outcome: 'ok' })
  await expect(waiting(sesame)).toBeVisible()

  // Another person's browser: it does not know the one who has just signed in.
  await systemBrowser.context.clearCookies()
  await page.goto(mine)
  await logIn(page)
  await landed(page)
  await sesame.signedIn()
  expect(await isListening(callbackUrl)).toBe(false)
  await expect(sesame.pane.getByText('plain@example.com').first()).toBeVisible()
  await sesame.select('other')
  await expect(sesame.pane.getByText('choice@example.com').first()).toBeVisible()

  await sesame.button('Sign out everywhere…').click()
  await sesame.dialog.getByRole('button', { name: 'Sign out 2 sessions' }).click()
  await expect(sesame.dialog.getByText('The browser may still be signed in')).toBeVisible()
  await expect(sesame.dialog.getByRole('button', { name: 'Sign out in the browser' })).toHaveCount(1)
  await takePictures(sesame, 'browser-signed-out-everywhere')
})

test('cancelled, run out or without a browser: it is said, and nobody listens any more', async ({
  app: { electron },
  sesame,
  cognito,
  callbackUrl,
  systemBrowser,
}) => {
  await sesame.page.clock.install()
  await systemBrowser.serve(electron, false)
  await sesame.seedProfile(browserProfile({ url: cognito.url, callbackUrl }, 'ops'))
  await sesame.select('ops')
  await goToBrowser(sesame, 'plain')
  await expect(sesame.dialog.getByText('The system browser could not be opened')).toBeVisible()
  await takePictures(sesame, 'browser-not-opened')

  await systemBrowser.serve(electron)
  await sesame.dialog.getByRole('button', { name: 'Open it again' }).click()
  await expect(waiting(sesame)).toBeVisible()
  const cancelled = await systemBrowser.address(electron)
  expect(await isListening(callbackUrl)).toBe(true)
  await sesame.dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(sesame.dialog).toBeHidden()
  await expect.poll(() => isListening(callbackUrl)).toBe(false)

  await goToBrowser(sesame, 'plain')
  await expect(waiting(sesame)).toBeVisible()
  const page = await systemBrowser.context.newPage()
  await page.goto(cancelled)
  // What comes of a cancelled one is nobody's.
  const answer = page.waitForResponse((response) => response.url().startsWith(callbackUrl))
  await logIn(page)
  expect((await answer).status()).toBe(404)
  await expect(waiting(sesame)).toBeVisible()

  await sesame.page.clock.fastForward('10:01')
  await expect(sesame.dialog.getByText('This step stayed open too long')).toBeVisible()
  await expect(sesame.field('Username')).toHaveValue('plain')
  await expect.poll(() => isListening(callbackUrl)).toBe(false)
  expect(cognito.requests.count({ operation: 'token' })).toBe(0)
})

/** Fills in the login page and answers the address it leads to, which no browser of a test can open. */
const deepLinkAfter = async (page: Page): Promise<string> => {
  const [redirect] = await Promise.all([
    page.waitForResponse((response) => response.headers()['location']?.startsWith(deepLink) === true),
    logIn(page),
  ])
  return redirect.headers()['location'] ?? ''
}

/** As the system hands an address over on macOS. */
const openUrl = (electron: ElectronApplication, url: string): Promise<void> =>
  electron.evaluate(({ app }, address) => {
    app.emit('open-url', { preventDefault: () => undefined }, address)
  }, url)

test('the system hands a sesame:// address to the app that runs, by a second start or by event', async ({
  app: { electron },
  sesame,
  cognito,
  configDir,
  systemBrowser,
}) => {
  await systemBrowser.serve(electron)
  const at = { url: cognito.url, callbackUrl: deepLink }
  for (const name of ['by start', 'by event']) await sesame.seedProfile(browserProfile(at, name))

  await sesame.select('by start')
  await goToBrowser(sesame)
  const answer = await deepLinkAfter(await systemBrowser.open(electron))
  await openUrl(electron, answer.replace(/state=[^&]*/, 'state=guess'))
  await expect(waiting(sesame)).toBeVisible()
  const second = spawnApp({
    app: appFolder,
    args: [`--config-dir=${configDir}`, '--memory-vault', answer],
    userDataDir: configDir,
  })
  expect(await once(second, 'exit')).toEqual([0, null])
  await sesame.signedIn()

  await sesame.select('by event')
  await goToBrowser(sesame)
  await systemBrowser.context.clearCookies()
  await openUrl(electron, await deepLinkAfter(await systemBrowser.open(electron)))
  await sesame.signedIn()
})

test('after signing out the browser is still let in, until it is signed out as well', async ({
  app: { electron },
  sesame,
  cognito,
  callbackUrl,
  systemBrowser,
}) => {
  await systemBrowser.serve(electron)
  await sesame.seedProfile(browserProfile({ url: cognito.url, callbackUrl }, 'ops'))
  await sesame.select('ops')
  await goToBrowser(sesame)
  await logIn(await systemBrowser.open(electron))
  await sesame.signedIn()
  await sesame.signOut('this device')
  await expect(sesame.page.getByText(/login page may let this browser in again/)).toBeVisible()

  await goToBrowser(sesame)
  await landed(await systemBrowser.open(electron))
  await sesame.signedIn()
  await sesame.signOut('all devices')
  await takePictures(sesame, 'browser-signed-out')
  await sesame.button('Sign out in the browser').click()
  const logout = await systemBrowser.open(electron)
  await expect(logout.getByText('This browser is signed out of the login page.')).toBeVisible()
  expect(logout.url()).toBe(callbackUrl)

  await goToBrowser(sesame)
  await expect((await systemBrowser.open(electron)).getByLabel('Password')).toBeVisible()
})
