// The main job through the real window, with a mouse: sign in, look, keep fresh, copy, sign out of all devices.
import { callerIdentityBySdk, callerIdentityOf } from './aws-cli.ts'
import { cognitoSaw, expect, readClipboard, signInAs, test } from './fixtures.ts'
import { takePictures } from './pictures.ts'
import { codeOf, demoUsers, formFor, inputFor } from './world.ts'

const { ada, linus, margaret } = demoUsers

test('a profile typed into the form signs in by SRP and an authenticator code', async ({
  sesame,
  cognito,
}) => {
  await sesame.addProfile(formFor(ada, cognito.url, 'ops · ada'))
  await sesame.openSignIn()
  await sesame.typePassword(ada.username, ada.password)
  await sesame.typeCode(codeOf(ada))
  await sesame.signedIn()

  await expect(sesame.row('ops · ada')).toContainText(/\d+ m/)
  for (const title of ['ID and access token', 'AWS credentials', 'Refresh token'])
    await expect(sesame.lifetimes.getByRole('heading', { name: title })).toBeVisible()
  await sesame.openTab('Claims')
  await expect(sesame.page.getByText('Signature verified')).toHaveCount(2)
  await expect(sesame.page.getByRole('row', { name: /^custom:team/ })).toContainText('platform')
  expect(cognito.requests.count({ operation: 'InitiateAuth', outcome: 'ok' })).toBe(1)
})

test('a wrong password is said at its field, and what was typed stays', async ({ sesame, cognito }) => {
  await sesame.seedProfile(inputFor(linus, cognito.url))
  await sesame.select('linus')
  await sesame.openSignIn()
  await sesame.typePassword('linus', 'Not-the-password-1')
  const password = sesame.dialog.getByLabel('Password', { exact: true })
  await expect(password).toHaveAttribute('aria-invalid', 'true')
  await expect(password).toBeFocused()
  await expect(sesame.dialog.getByText('Incorrect username or password.')).toBeVisible()
  await expect(sesame.dialog.getByLabel('Username, e-mail or phone')).toHaveValue('linus')
  await sesame.typePassword('linus', linus.password)
  await sesame.signedIn()
})

test('a wrong code can be followed by the right one', async ({ sesame, cognito }) => {
  await sesame.seedProfile(inputFor(ada, cognito.url))
  await sesame.select('ada')
  await sesame.openSignIn()
  await sesame.typePassword('ada', ada.password)
  const right = codeOf(ada)
  await sesame.typeCode(right === '000000' ? '000001' : '000000')
  await expect(sesame.dialog.getByLabel('Code of six digits')).toHaveAttribute('aria-invalid', 'true')
  await sesame.typeCode(codeOf(ada))
  await sesame.signedIn()
})

test('a temporary password leads to choosing a new one', async ({ sesame, cognito }) => {
  await sesame.seedProfile(inputFor(margaret, cognito.url))
  await sesame.select('margaret')
  await sesame.openSignIn()
  await sesame.typePassword('margaret', margaret.password)
  await sesame.chooseNewPassword('short')
  await expect(sesame.dialog.getByText(/policy/i)).toBeVisible()
  await sesame.chooseNewPassword('Margaret-Hamilton-1969')
  await sesame.signedIn()
})

test('a plain password signs in where the profile asks for that', async ({ sesame, cognito }) => {
  await signInAs(sesame, cognito, linus, { signInMethod: 'password' })
  expect(cognito.requests.count({ operation: 'RespondToAuthChallenge' })).toBe(0)
})

test.describe('with tokens of ten seconds', () => {
  test.use({ tokenSeconds: 10 })
  test('a session refreshes itself before its tokens expire', async ({ sesame, cognito }) => {
    await signInAs(sesame, cognito, linus)
    await sesame.openTab('Activity')
    await cognitoSaw(cognito, { operation: 'GetTokensFromRefreshToken', outcome: 'ok' })
    await expect(sesame.page.getByText('Refresh token rotated').first()).toBeVisible()
    await expect(sesame.badge('Active')).toBeVisible()
  })
})

test('a refresh that is asked for reaches Cognito once', async ({ sesame, cognito }) => {
  const id = await signInAs(sesame, cognito, linus)
  const held = cognito.faults.hold({ operation: 'GetTokensFromRefreshToken' })
  const asked = Array.from({ length: 5 }, () => sesame.request('session.refresh', id))
  await held.arrived
  held.release()
  expect((await Promise.all(asked)).every(({ ok }) => ok)).toBe(true)
  expect(cognito.requests.count({ operation: 'GetTokensFromRefreshToken' })).toBe(1)
})

test('the claims say what the last refresh changed', async ({ sesame, cognito }) => {
  await signInAs(sesame, cognito, linus)
  await sesame.openTab('Claims')
  const groups = sesame.pane.getByRole('row', { name: /^cognito:groups/ })
  await expect(groups).toHaveCount(2)
  await expect(sesame.pane.getByText('Changed by the last refresh')).toHaveCount(0)
  cognito.admin.updateUser(linus.pool.id, 'linus', { groups: ['customers'] })
  await sesame.button('Refresh').click()
  await expect(groups.getByText('Changed by the last refresh')).toHaveCount(2)
  await expect(groups.getByText('− staff')).toHaveCount(2)
  await takePictures(sesame, 'claims-changed')
})

test('copied credentials are accepted by the real AWS CLI, a tampered key is refused', async ({
  sesame,
  electron,
  cognito,
}) => {
  await signInAs(sesame, cognito, ada)
  await sesame.button('Copy AWS credentials').click()
  await expect(sesame.status).toContainText(/Clipboard clears in \d+ s/)
  const block = await readClipboard(electron)
  const identity = await callerIdentityOf(block, cognito.url)
  expect(await callerIdentityBySdk(block, cognito.url)).toEqual(identity)
  expect(identity.Arn).toContain(':assumed-role/SesameDemoAdmin/')

  const tampered = block.replace(
    /(AWS_SECRET_ACCESS_KEY='?)(.)/,
    (_, name: string, first: string) => name + (first === 'A' ? 'B' : 'A'),
  )
  expect(tampered).not.toBe(block)
  await expect(callerIdentityOf(tampered, cognito.url)).rejects.toThrow(/SignatureDoesNotMatch/)
})

test('credentials are tested against AWS without leaving the window', async ({ sesame, cognito }) => {
  await signInAs(sesame, cognito, ada)
  await sesame.openTab('Credentials')
  await sesame.button('Test credentials').click()
  await expect(sesame.pane.getByRole('alert')).toContainText('account 111122223333')
  expect(cognito.requests.count({ operation: 'GetCallerIdentity', outcome: 'ok' })).toBe(1)
})
