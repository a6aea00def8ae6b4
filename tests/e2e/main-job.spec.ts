// The whole main job through the real window: every promise of the spine, with a mouse.
import type { ElectronApplication } from 'playwright/test'
import { callerIdentityOf } from './aws-cli.ts'
import { codeOf, demoUsers, expect, formFor, inputFor, readClipboard, signInAs, test } from './fixtures.ts'
import type { SesameWindow } from './sesame-window.ts'

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
  await sesame.openTab('Claims')
  await expect(sesame.page.getByText('Signature verified')).toHaveCount(2)
  await expect(sesame.page.getByText('custom:team').first()).toBeVisible()
  expect(cognito.requests.count({ operation: 'InitiateAuth', outcome: 'ok' })).toBe(1)
})

test('a wrong password is said at its field, and what was typed stays', async ({ sesame, cognito }) => {
  await sesame.seedProfile(inputFor(linus, cognito.url))
  await sesame.select('linus')
  await sesame.openSignIn()
  await sesame.typePassword('linus', 'Not-the-password-1')
  const password = sesame.dialog.getByLabel('Password', { exact: true })
  await expect(password).toHaveAttribute('aria-invalid', 'true')
  await expect(sesame.dialog.getByText('Incorrect username or password.')).toBeVisible()
  await expect(sesame.dialog.getByLabel('Username, e-mail or phone')).toHaveValue('linus')
  await password.fill(linus.password)
  await sesame.button('Sign in').last().click()
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
    await expect(sesame.page.getByText('Refresh token rotated').first()).toBeVisible()
    expect(cognito.requests.count({ operation: 'GetTokensFromRefreshToken' })).toBeGreaterThan(0)
  })
})

test('a refresh that is asked for reaches Cognito once', async ({ sesame, cognito }) => {
  const id = await signInAs(sesame, cognito, linus)
  cognito.faults.add({
    match: { operation: 'GetTokensFromRefreshToken' },
    fault: { kind: 'delay', milliseconds: 500 },
  })
  const asked = await Promise.all(Array.from({ length: 5 }, () => sesame.request('session.refresh', id)))
  expect(asked.every(({ ok }) => ok)).toBe(true)
  expect(cognito.requests.count({ operation: 'GetTokensFromRefreshToken' })).toBe(1)
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
  expect(identity.Arn).toContain(':assumed-role/SesameDemoAdmin/')

  const tampered = block.replace(
    /(AWS_SECRET_ACCESS_KEY='?)(.)/,
    (_, name: string, first: string) => name + (first === 'A' ? 'B' : 'A'),
  )
  expect(tampered).not.toBe(block)
  await expect(callerIdentityOf(tampered, cognito.url)).rejects.toThrow(/SignatureDoesNotMatch/)
})

test('signing out of all devices ends the session at Cognito', async ({ sesame, electron, cognito }) => {
  await signInAs(sesame, cognito, linus)
  const accessToken = await copyAccessToken(sesame, electron)
  await sesame.signOut('all devices')
  await expect(sesame.page.getByRole('main').getByRole('button', { name: 'Sign in' }).first()).toBeVisible()
  const answer = await fetch(cognito.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.GetUser',
    },
    body: JSON.stringify({ AccessToken: accessToken }),
  })
  expect(answer.status).toBe(400)
  expect(await answer.json()).toMatchObject({ message: 'Access Token has been revoked' })
})

test('signing out everywhere ends every session and says what survives', async ({ sesame, cognito }) => {
  for (const name of ['linus · one', 'linus · two']) {
    await signInAs(sesame, cognito, linus, { name })
  }
  await sesame.button('Sign out everywhere…').click()
  await expect(sesame.dialog.getByText('Still valid for a while')).toBeVisible()
  await sesame.dialog.getByRole('button', { name: 'Sign out 2 sessions' }).click()
  await expect(sesame.dialog.getByText('done', { exact: true })).toHaveCount(2)
  expect(cognito.requests.count({ operation: 'GlobalSignOut' })).toBeGreaterThan(0)
})

test('a token is copied for curl, as a header too', async ({ sesame, electron, cognito }) => {
  await signInAs(sesame, cognito, linus)
  await sesame.button(/Bearer header/).click()
  await expect
    .poll(() => readClipboard(electron))
    .toMatch(/^Authorization: Bearer eyJ[\w-]+\.[\w-]+\.[\w-]+$/)
})

const copyAccessToken = async (sesame: SesameWindow, electron: ElectronApplication): Promise<string> => {
  await sesame.button(/^Copy access token$/).click()
  await expect.poll(() => readClipboard(electron)).toMatch(/^eyJ/)
  return readClipboard(electron)
}
