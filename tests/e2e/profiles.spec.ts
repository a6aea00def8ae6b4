// P2 and P3: adding, editing, duplicating, reordering, removing profiles, and switching between them.
import { createServer } from 'node:http'
import { expect, readClipboard, signIn, signInAs, test } from './fixtures.ts'
import type { SesameWindow } from './sesame-window.ts'
import { demoUsers, formFor, inputFor } from './world.ts'

const { ada, grace, linus } = demoUsers

const namesIn = (sesame: SesameWindow): Promise<string[]> =>
  sesame.list
    .getByRole('option')
    .evaluateAll((rows) => rows.map((row) => row.querySelector('[class*=name]')?.textContent ?? ''))

test('a bad value is refused at its field, with what a right one looks like', async ({ sesame, cognito }) => {
  await sesame.openAddProfile()
  const bad = {
    'User pool id': ['eu-west-1-Ab12', /looks like eu-west-1_Ab12Cd34E/],
    'App client id': ['Not A Client', /only lower-case letters and digits/],
    'Identity pool id': ['eu-west-1_nope', /looks like eu-west-1:12345678-90ab/],
    'User pool endpoint': ['http://example.com', /https address, or http on this machine only/],
    'Role ARN': ['admin', /looks like arn:aws:iam::123456789012:role\/name/],
    'Refresh ahead': ['5', /10 seconds or more/],
  } as const
  await sesame.openMore()
  for (const [label, [value]] of Object.entries(bad)) await sesame.field(label).fill(value)
  await sesame.button('Add').last().click()

  for (const [label, [value, rule]] of Object.entries(bad)) {
    await expect(sesame.field(label)).toHaveAttribute('aria-invalid', 'true')
    await expect(sesame.field(label)).toHaveAccessibleDescription(rule)
    await expect(sesame.field(label)).toHaveValue(value)
  }
  await expect(sesame.field('Name')).toHaveAccessibleDescription(/A profile needs a name/)
  await expect(sesame.field('Name')).toBeFocused()

  // Put right, the same form is taken.
  await sesame.fillProfile(formFor(linus, cognito.url))
  await sesame.field('Role ARN').fill('')
  await sesame.field('Refresh ahead').fill('300')
  await sesame.button('Add').last().click()
  await expect(sesame.row('linus')).toBeVisible()
})

test('what only main can know is refused at its field, too', async ({ sesame, cognito }) => {
  await sesame.seedProfile(inputFor(linus, cognito.url, { name: 'taken' }))
  await sesame.openAddProfile()
  await sesame.fillProfile({ ...formFor(ada, cognito.url, 'ops'), clientSecret: '' })
  await sesame.button('Add').last().click()
  await expect(sesame.field('App client secret')).toHaveAttribute('aria-invalid', 'true')
  await expect(sesame.field('App client secret')).toHaveAccessibleDescription(/This app client has a secret/)
  await expect(sesame.field('App client secret')).toBeFocused()

  await sesame.field('App client secret').fill(ada.client.secret ?? '')
  await sesame.field('Name').fill('Taken')
  await sesame.button('Add').last().click()
  await expect(sesame.field('Name')).toHaveAttribute('aria-invalid', 'true')

  await sesame.field('Name').fill('ops')
  await sesame.button('Add').last().click()
  await expect(sesame.row('ops')).toBeVisible()
})

test('a pasted issuer fills in the pool and its endpoint', async ({ sesame, cognito }) => {
  await sesame.openAddProfile()
  await sesame.field('User pool id').evaluate((input, text) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text', text)
    input.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, cognito.issuerOf(linus.pool.id))
  await expect(sesame.field('User pool id')).toHaveValue(linus.pool.id)
  await expect(sesame.field('User pool endpoint')).toHaveValue(cognito.url)
})

test('a connection is checked before the profile is saved', async ({ sesame, cognito }) => {
  const other = createServer((_request, response) => response.writeHead(404).end()).listen(0, '127.0.0.1')
  await new Promise((listening) => other.once('listening', listening))
  const address = other.address()
  const port = typeof address === 'object' ? address?.port : undefined

  await sesame.openAddProfile()
  await sesame.fillProfile(formFor(linus, `http://127.0.0.1:${port}`))
  await sesame.button('Check connection').click()
  await expect(sesame.dialog.getByRole('alert')).toBeVisible()
  await expect(sesame.dialog.getByText('The user pool answers')).toBeHidden()
  await sesame.field('User pool endpoint').fill(cognito.url)
  await sesame.button('Check connection').click()
  await expect(sesame.dialog.getByText('The user pool answers')).toBeVisible()
  other.close()
})

test('an edited profile keeps its session, and is still so after a restart', async ({ open, cognito }) => {
  const first = await open()
  await signInAs(first.sesame, cognito, linus)
  await first.sesame.openTab('Settings')
  await first.sesame.button('Edit').click()
  await first.sesame.field('Name').fill('linus in production')
  await first.sesame.field('Environment').selectOption('production')
  await first.sesame.button('Save').click()
  await expect(first.sesame.row('linus in production')).toBeVisible()
  await expect(first.sesame.badge('Production')).toBeVisible()
  await expect(first.sesame.badge('Active')).toBeVisible()
  await first.close()

  const second = await open()
  await second.sesame.select('linus in production')
  await expect(second.sesame.badge('Production')).toBeVisible()
})

test('a duplicate has a name of its own, no session, and the client secret', async ({ sesame, cognito }) => {
  await signInAs(sesame, cognito, ada)
  await sesame.openMenuOf('ada')
  await sesame.chooseInMenu('Duplicate')
  await expect(sesame.field('Name')).toHaveValue('ada · copy')
  await sesame.field('Name').fill('ada again')
  await sesame.button('Save').click()
  await sesame.select('ada again')
  await sesame.signedOut()
  await signIn(sesame, ada)
  await expect(sesame.row('ada')).toContainText(/\d+ m/)
})

test('profiles keep the order a person gives them, over a restart too', async ({ open, cognito }) => {
  const first = await open()
  for (const name of ['one', 'two', 'three'])
    await first.sesame.seedProfile(inputFor(linus, cognito.url, { name }))
  await first.sesame.select('three')
  await first.sesame.list.press('Alt+ArrowUp')
  await expect.poll(() => namesIn(first.sesame)).toEqual(['one', 'three', 'two'])
  await first.sesame.openMenuOf('one')
  await first.sesame.chooseInMenu('Move down')
  await expect.poll(() => namesIn(first.sesame)).toEqual(['three', 'one', 'two'])
  await first.close()
  const second = await open()
  await expect.poll(() => namesIn(second.sesame)).toEqual(['three', 'one', 'two'])
})

test('removing a profile ends its session at Cognito and forgets it for good', async ({ open, cognito }) => {
  const first = await open()
  await signInAs(first.sesame, cognito, linus)
  await first.sesame.openTab('Settings')
  await first.sesame.button('Remove…').click()
  await expect(first.sesame.dialog).toContainText('linus is signed out of this device.')
  await first.sesame.button('Remove profile').click()
  await expect(first.sesame.heading).toHaveText('No profiles yet')
  expect(cognito.requests.count({ operation: 'RevokeToken', outcome: 'ok' })).toBe(1)
  await first.close()
  const second = await open()
  await expect(second.sesame.heading).toHaveText('No profiles yet')
})

test('several users of one pool are signed in side by side', async ({ sesame, cognito }) => {
  await signInAs(sesame, cognito, ada)
  await signInAs(sesame, cognito, grace)
  await sesame.openTab('Claims')
  for (const [name, team] of [
    ['ada', 'platform'],
    ['grace', 'support'],
    ['ada', 'platform'],
  ] as const) {
    await sesame.select(name)
    await expect(sesame.page.getByRole('row', { name: /^custom:team/ })).toContainText(team)
    await expect(sesame.row(name)).toContainText(/\d+ m/)
  }
})

test('profiles are switched by mouse and by palette', async ({ sesame, cognito, electron }) => {
  await signInAs(sesame, cognito, linus, { name: 'shop · linus' })
  await sesame.seedProfile(inputFor(ada, cognito.url, { name: 'ops · ada', environment: 'production' }))
  await sesame.row('ops · ada').click()
  await expect(sesame.heading).toHaveText('ops · ada')
  await sesame.openPalette('shop')
  await sesame.page.keyboard.press('Enter')
  await expect(sesame.heading).toHaveText('shop · linus')

  // A command for a profile that is not the one shown.
  await sesame.select('ops · ada')
  await sesame.openPalette('copy bearer linus')
  await sesame.page.keyboard.press('Enter')
  await expect.poll(() => readClipboard(electron)).toMatch(/^Authorization: Bearer eyJ/)
  await expect(sesame.heading).toHaveText('ops · ada')
})
