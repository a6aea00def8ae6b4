// No serious finding of axe on any screen, dialog, menu or state, light and dark.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { missingForKeyring, startKeyring } from '../integration/keyring.ts'
import { test as base, cognitoSaw, expect, type RunningSesame, signInAs } from './fixtures.ts'
import { codeOf, demoUsers, formFor, inputFor } from './world.ts'

const { ada, linus, margaret } = demoUsers

/** Asks axe about what the window shows now, in both themes, whatever dialog or menu is open. */
type Check = (app: Pick<RunningSesame, 'electron' | 'window'>, screen: string) => Promise<void>

const test = base.extend<{ check: Check }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the pattern to know what a fixture needs
  check: async ({}, provide) => {
    const findings: string[] = []
    await provide(async ({ electron, window: page }, screen) => {
      // Nothing is caught half-way through a transition.
      await page.emulateMedia({ reducedMotion: 'reduce' })
      for (const theme of ['light', 'dark'] as const) {
        await electron.evaluate(({ nativeTheme }, source) => {
          nativeTheme.themeSource = source
        }, theme)
        await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
        // Legacy: the other mode opens a window of its own, which Electron has no browser for.
        const { violations } = await new AxeBuilder({ page })
          .setLegacyMode()
          .options({ resultTypes: ['violations'] })
          .analyze()
        for (const { id, impact, nodes } of violations)
          if (impact === 'serious' || impact === 'critical')
            findings.push(
              `${screen}, ${theme}: ${impact} ${id} at ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`,
            )
      }
    })
    expect(findings).toEqual([])
  },
})

test('first run and the profile form', async ({ app, sesame, cognito, check }) => {
  await check(app, 'first run')
  await sesame.openAddProfile()
  await check(app, 'add profile')
  await sesame.openMore()
  await sesame.field('User pool id').fill('no pool')
  await sesame.field('STS endpoint').fill('http://example.com')
  await sesame.button('Add').last().click()
  await expect(sesame.field('User pool id')).toHaveAttribute('aria-invalid', 'true')
  await check(app, 'add profile with errors')
  await sesame.fillProfile(formFor(ada, cognito.url))
  await sesame.button('Check connection').click()
  await expect(sesame.dialog.getByText('The user pool answers')).toBeVisible()
  await check(app, 'add profile, checked')
})

test('signing in', async ({ app, sesame, cognito, check }) => {
  await sesame.seedProfile(inputFor(ada, cognito.url, { environment: 'production' }))
  await sesame.seedProfile(inputFor(margaret, cognito.url))
  await sesame.select('ada')
  await check(app, 'signed out')
  await sesame.openTab('Claims')
  await check(app, 'claims, signed out')
  await sesame.openSignIn()
  await check(app, 'sign in')
  await sesame.typePassword('ada', 'wrong')
  await expect(sesame.field('Password')).toHaveAttribute('aria-invalid', 'true')
  await check(app, 'sign in, wrong password')
  await sesame.typePassword('ada', ada.password)
  await sesame.dialog.getByLabel('Code of six digits').waitFor()
  await check(app, 'authenticator code')
  await sesame.typeCode(codeOf(ada) === '000000' ? '000001' : '000000')
  await expect(sesame.dialog.getByLabel('Code of six digits')).toHaveAttribute('aria-invalid', 'true')
  await check(app, 'authenticator code, wrong')
  await sesame.page.keyboard.press('Escape')

  await sesame.select('margaret')
  await sesame.openSignIn()
  await sesame.typePassword('margaret', margaret.password)
  await sesame.chooseNewPassword('short')
  await expect(sesame.dialog.getByText(/policy/i)).toBeVisible()
  await check(app, 'new password, refused')
})

test('a live profile', async ({ app, sesame, cognito, check }) => {
  await sesame.seedProfile(inputFor(linus, cognito.url, { environment: 'staging' }))
  await signInAs(sesame, cognito, ada, { environment: 'production' })
  await check(app, 'overview')
  await sesame.button('Copy access token').click()
  await expect(sesame.status).toContainText('Clipboard clears')
  await check(app, 'copied')
  await sesame.openTab('Claims')
  await expect(sesame.page.getByText('Signature verified')).toHaveCount(2)
  await check(app, 'claims')
  await sesame.page.getByText('JSON', { exact: true }).click()
  await sesame.button('Show encoded token').first().click()
  await sesame.button('Hide encoded token').waitFor()
  await check(app, 'claims as JSON')
})

test('what belongs to a profile', async ({ app, sesame, cognito, check }) => {
  await signInAs(sesame, cognito, ada)
  await sesame.openTab('Credentials')
  await sesame.button('Test credentials').click()
  await sesame.pane.getByRole('alert').waitFor()
  await check(app, 'credentials')
  await sesame.openTab('Activity')
  await sesame.page.getByText('Signed in').first().waitFor()
  await check(app, 'activity')
  await sesame.openTab('Settings')
  await check(app, 'settings')
  await sesame.button('Edit').click()
  await sesame.dialog.waitFor()
  await check(app, 'edit profile')
  await sesame.page.keyboard.press('Escape')
  await sesame.button('Remove…').click()
  await sesame.dialog.waitFor()
  await check(app, 'remove profile')
})

test('menus, search and palette', async ({ app, sesame, cognito, check }) => {
  await signInAs(sesame, cognito, linus)
  const { page } = sesame
  const menus = {
    'profile menu': () => sesame.openMenuOf('linus'),
    'sign-out menu': () => sesame.button(/^Sign out( ▾)?$/).click(),
    'format menu': () => sesame.button(/^Format: /).click(),
    'settings menu': () => sesame.button('Settings').click(),
  }
  for (const [screen, open] of Object.entries(menus)) {
    await open()
    await sesame.menu.waitFor()
    await check(app, screen)
    await page.keyboard.press('Escape')
    await sesame.menu.waitFor({ state: 'detached' })
  }
  await sesame.search.fill('nobody of this name')
  await check(app, 'search without a match')
  await sesame.search.fill('')
  await sesame.openPalette()
  await check(app, 'palette')
  await sesame.dialog.getByRole('combobox').fill('nothing of this name')
  await check(app, 'palette without a match')
  await sesame.dialog.getByRole('combobox').fill('credentials as')
  await page.keyboard.press('Enter')
  await sesame.dialog.getByPlaceholder(/as…$/).waitFor()
  await check(app, 'palette, formats')
})

test('a session that pauses or ends, and signing out', async ({ app, sesame, cognito, check }) => {
  await signInAs(sesame, cognito, ada)
  await signInAs(sesame, cognito, linus)
  const down = cognito.faults.add({ match: { times: 'always' }, fault: { kind: 'reset' } })
  await sesame.button('Refresh').click()
  await expect(sesame.badge('Offline')).toBeVisible()
  await check(app, 'offline')
  await sesame.signOut('this device')
  await expect(sesame.pane.getByText('The sign-out still has to reach Cognito')).toBeVisible()
  await check(app, 'revocation pending')
  await sesame.button('Sign out everywhere…').click()
  await sesame.dialog.getByText('Still valid for a while').waitFor()
  await check(app, 'sign out everywhere')
  await sesame.dialog.getByRole('button', { name: 'Sign out 1 session' }).click()
  await expect(sesame.dialog.getByText('when online', { exact: true })).toBeVisible()
  await check(app, 'signed out, but not everywhere')
  await sesame.dialog.getByRole('button', { name: 'Close' }).last().click()

  down.remove()
  await signInAs(sesame, cognito, linus, { name: 'again' })
  cognito.admin.signOutUser(linus.pool.id, 'linus')
  await sesame.button('Refresh').click()
  await expect(sesame.badge('Session ended')).toBeVisible()
  await check(app, 'session ended')
})

test('a damaged profiles file and no keychain', async ({ open, configDir, cognito, check }) => {
  writeFileSync(join(configDir, 'profiles.json'), '{"version":1,"profiles":[{"name":"half a pro')
  const nowhere = `unix:path=${join(configDir, 'no-bus')}`
  const app = await open({
    vault: 'keychain',
    env: { DBUS_SESSION_BUS_ADDRESS: nowhere, DISPLAY: undefined, WAYLAND_DISPLAY: undefined },
  })
  await expect(app.sesame.pane.getByText('No keychain is running')).toBeVisible()
  await check(app, 'damaged file, no keychain')
  await signInAs(app.sesame, cognito, linus)
  await expect(app.sesame.badge('Not saved')).toBeVisible()
  await check(app, 'not saved')
  // Nobody is asked whether the unsaved session may go, nor whether its end at Cognito may be given up.
  await app.sesame.signOut('this device')
  await app.sesame.signedOut()
  await cognitoSaw(cognito, { operation: 'RevokeToken', outcome: 'ok' })
})

test('a locked keychain', async ({ open, cognito, check }) => {
  test.skip(missingForKeyring().length > 0, `no real keyring: ${missingForKeyring().join(', ')} is missing`)
  const keyring = await startKeyring()
  try {
    const onKeyring = {
      vault: 'keychain',
      env: { ...keyring.env, DISPLAY: undefined, WAYLAND_DISPLAY: undefined },
    } as const
    const first = await open(onKeyring)
    await signInAs(first.sesame, cognito, linus)
    await first.close()
    await keyring.lock()
    const app = await open(onKeyring)
    await app.sesame.select('linus')
    await expect(app.sesame.badge('Keychain locked')).toBeVisible()
    await check(app, 'locked')
    await app.close()
  } finally {
    await keyring.stop()
  }
})
