// The main job without a mouse. The focus is never lost and always seen: `press` checks it after every key.
import { cognitoSaw, expect, readClipboard, signInAs, test } from './fixtures.ts'
import { focusIsOn, press, tabTo } from './focus.ts'
import type { SesameWindow } from './sesame-window.ts'
import { codeOf, demoUsers, formFor, inputFor } from './world.ts'

const { ada, linus } = demoUsers

const type = async (sesame: SesameWindow, label: RegExp, text: string): Promise<void> => {
  await tabTo(sesame.page, label)
  await sesame.page.keyboard.type(text)
}

test('the whole main job is done by keyboard alone', async ({ sesame, electron, cognito }) => {
  const { page } = sesame
  const form = formFor(ada, cognito.url, 'ops · ada')

  await test.step('add a profile', async () => {
    await page.keyboard.press('Tab')
    await tabTo(page, /^button Add profile/)
    await page.keyboard.press('Enter')
    await focusIsOn(page, /^input Name/)
    await page.keyboard.type(form.name)
    await type(sesame, /^input User pool id/, form.userPoolId)
    await type(sesame, /^input App client id/, form.clientId)
    await tabTo(page, /^input The app client has a secret/)
    await page.keyboard.press('Space')
    await focusIsOn(page, /^input App client secret/)
    await page.keyboard.type(form.clientSecret ?? '')
    await type(sesame, /^input Identity pool id/, form.identityPoolId ?? '')
    await tabTo(page, /^select Environment/)
    await page.keyboard.type('Prod')
    await type(sesame, /^input Username/, form.username ?? '')
    await tabTo(page, /^summary More/)
    await page.keyboard.press('Enter')
    for (const label of [/^input User pool endpoint/, /^input Identity pool endpoint/, /^input STS endpoint/])
      await type(sesame, label, form.endpoint ?? '')
    await page.keyboard.press('Enter')
    await expect(sesame.dialog).toHaveCount(0)
    await expect(sesame.heading).toHaveText('ops · ada')
    // The button that opened the dialog may have gone with the first run: something has the focus all the same.
    await focusIsOn(page, /^(listbox Profiles|button Add profile)/)
  })

  await test.step('sign in with an authenticator code', async () => {
    await tabTo(page, /^listbox Profiles/)
    await page.keyboard.press('Enter')
    await focusIsOn(page, /^input Password/)
    await expect(sesame.field('Username')).toHaveValue('ada')
    await page.keyboard.type(ada.password)
    await page.keyboard.press('Enter')
    await focusIsOn(page, /^input Code of six digits/)
    await page.keyboard.type(codeOf(ada))
    await sesame.signedIn()
    await focusIsOn(page, /^listbox Profiles/)
  })

  await test.step('read the claims', async () => {
    await tabTo(page, /^tab Overview/)
    await press(page, 'ArrowRight')
    await focusIsOn(page, /^tab Claims/)
    await expect(page.getByText('Signature verified')).toHaveCount(2)
    await tabTo(page, /^input Filter claims/)
    await page.keyboard.type('team')
    await expect(page.getByRole('row')).toHaveCount(1)
  })

  await test.step('copy credentials', async () => {
    await tabTo(page, /^listbox Profiles/, 'Shift+Tab')
    await page.keyboard.press('ControlOrMeta+c')
    await expect.poll(() => readClipboard(electron)).toMatch(/^export AWS_ACCESS_KEY_ID=/m)
    await focusIsOn(page, /^listbox Profiles/)
  })

  await test.step('sign out of all devices', async () => {
    await tabTo(page, /^button Sign out$/)
    await page.keyboard.press('Enter')
    await focusIsOn(page, /^menuitem Sign out of this device/)
    await press(page, 'ArrowDown')
    await focusIsOn(page, /^menuitem Sign out of all devices/)
    await page.keyboard.press('Enter')
    await sesame.signedOut()
    // The button that opened the menu has gone with the session: the list takes over.
    await focusIsOn(page, /^listbox Profiles/)
    expect(cognito.requests.count({ operation: 'GlobalSignOut', outcome: 'ok' })).toBe(1)
  })
})

test('profiles are switched, found and reordered by keyboard', async ({ sesame, cognito }) => {
  const { page } = sesame
  for (const name of ['one', 'two', 'three', 'four'])
    await sesame.seedProfile(inputFor(linus, cognito.url, { name }))
  await page.keyboard.press('Tab')
  await tabTo(page, /^listbox Profiles/)
  await press(page, 'Home')
  await expect(sesame.heading).toHaveText('one')
  await press(page, 'ArrowDown', 'ArrowDown')
  await expect(sesame.heading).toHaveText('three')
  await press(page, 'End')
  await expect(sesame.heading).toHaveText('four')
  await press(page, 't', 'h')
  await expect(sesame.heading).toHaveText('three')

  await press(page, '/')
  await focusIsOn(page, /^input Search profiles/)
  await page.keyboard.type('tw')
  await press(page, 'Enter')
  await focusIsOn(page, /^listbox Profiles/)
  await expect(sesame.heading).toHaveText('two')
  await press(page, '/', 'Escape', 'Escape')
  await focusIsOn(page, /^listbox Profiles/)
  await expect(sesame.search).toHaveValue('')
  await expect(sesame.list.getByRole('option')).toHaveCount(4)

  await press(page, 'Alt+ArrowUp')
  await expect(sesame.list.getByRole('option').first()).toContainText('two')
  await focusIsOn(page, /^listbox Profiles/)
})

test('every dialog closes with Esc and gives the focus back', async ({ sesame, cognito }) => {
  const { page } = sesame
  await signInAs(sesame, cognito, linus)
  await sesame.seedProfile(inputFor(linus, cognito.url, { name: 'other' }))
  await sesame.list.focus()
  await press(page, 'End')
  await expect(sesame.heading).toHaveText('other')
  const openers = {
    'Edit profile': 'F2',
    'Remove other?': 'Delete',
    'Sign in to other': 'Enter',
    'Command palette': 'ControlOrMeta+k',
  }
  for (const [title, key] of Object.entries(openers)) {
    await page.keyboard.press(key)
    await expect(page.getByRole('dialog', { name: title })).toBeVisible()
    await focusIsOn(page, /./)
    expect(await sesame.dialog.evaluate((dialog) => dialog.contains(document.activeElement))).toBe(true)
    await press(page, 'Escape')
    await expect(sesame.dialog).toHaveCount(0)
    await focusIsOn(page, /^listbox Profiles/)
  }

  await tabTo(page, /^button Sign out everywhere/)
  await page.keyboard.press('Enter')
  await expect(sesame.dialog).toBeVisible()
  await press(page, 'Escape')
  await focusIsOn(page, /^button Sign out everywhere/)

  await tabTo(page, /^button Settings/)
  await page.keyboard.press('Enter')
  await expect(sesame.menu).toBeVisible()
  // Its button is at the bottom of the window: there is room above it only.
  const [menu, button] = [await sesame.menu.boundingBox(), await sesame.button('Settings').boundingBox()]
  expect((menu?.y ?? 0) + (menu?.height ?? 0)).toBeLessThanOrEqual(button?.y ?? 0)
  await expect(sesame.menu).toBeInViewport({ ratio: 1 })
  await press(page, 'ArrowDown', 'Escape')
  await expect(sesame.menu).toHaveCount(0)
  await focusIsOn(page, /^button Settings/)
})

test('the focus goes on to the list where what had it goes away', async ({ sesame, cognito }) => {
  const { page } = sesame
  await sesame.seedProfile(inputFor(linus, cognito.url))
  await sesame.select('linus')
  await tabTo(page, /^button Sign in$/)
  await page.keyboard.press('Enter')
  await focusIsOn(page, /^input Password/)
  await page.keyboard.type(linus.password)
  await page.keyboard.press('Enter')
  await sesame.signedIn()
  // Where "Sign in" was, or on the list.
  await focusIsOn(page, /^(button Refresh|listbox Profiles)/)

  const down = cognito.faults.add({ match: { times: 'always' }, fault: { kind: 'reset' } })
  await sesame.button('Refresh').click()
  await expect(sesame.badge('Offline')).toBeVisible()
  await tabTo(page, /^button Try now/)
  // Only now: it tries by itself, too, and then the button goes.
  down.remove()
  await page.keyboard.press('Enter')
  await expect(sesame.badge('Active')).toBeVisible()
  await focusIsOn(page, /^listbox Profiles/)

  await tabTo(page, /^button Sign out everywhere/)
  await page.keyboard.press('Enter')
  await focusIsOn(page, /^button Cancel/)
  await tabTo(page, /^button Sign out 1 session/)
  await page.keyboard.press('Enter')
  await focusIsOn(page, /^button Close/)
  await page.keyboard.press('Enter')
  await expect(sesame.dialog).toHaveCount(0)
  await focusIsOn(page, /^listbox Profiles/)
})

test('Tab stays inside a dialog', async ({ sesame }) => {
  const { page } = sesame
  await page.keyboard.press('Tab')
  await tabTo(page, /^button Add profile/)
  await page.keyboard.press('Enter')
  await focusIsOn(page, /^input Name/)
  for (let step = 0; step < 25; step += 1) {
    await press(page, 'Tab')
    expect(await sesame.dialog.evaluate((dialog) => dialog.contains(document.activeElement))).toBe(true)
  }
})

test('a profile is removed by keyboard, and the focus goes to what is left', async ({ sesame, cognito }) => {
  const { page } = sesame
  for (const name of ['one', 'two']) await sesame.seedProfile(inputFor(linus, cognito.url, { name }))
  await sesame.list.focus()
  await press(page, 'End', 'Delete')
  await focusIsOn(page, /^button Cancel/)
  await tabTo(page, /^button Remove profile/)
  await page.keyboard.press('Enter')
  await expect(sesame.dialog).toHaveCount(0)
  await expect(sesame.list.getByRole('option')).toHaveCount(1)
  await focusIsOn(page, /^listbox Profiles/)
})

test('the palette runs a command and a profile by keyboard', async ({ sesame, cognito }) => {
  const { page } = sesame
  await signInAs(sesame, cognito, linus)
  await sesame.seedProfile(inputFor(linus, cognito.url, { name: 'other' }))
  await sesame.list.focus()
  await press(page, 'ControlOrMeta+k')
  await focusIsOn(page, /^combobox/)
  await page.keyboard.type('other')
  await page.keyboard.press('Enter')
  await expect(sesame.heading).toHaveText('other')
  await focusIsOn(page, /^listbox Profiles/)
  await press(page, 'ControlOrMeta+k')
  await focusIsOn(page, /^combobox/)
  await page.keyboard.type('sign out of this device linus')
  await page.keyboard.press('Enter')
  await cognitoSaw(cognito, { operation: 'RevokeToken', outcome: 'ok' })
  await focusIsOn(page, /^listbox Profiles/)
})
