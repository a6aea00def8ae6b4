// P10 and "no network, no blame": every way a session ends or pauses, and what the person is told.
import { cognitoSaw, expect, readClipboard, signIn, signInAs, test } from './fixtures.ts'
import { demoUsers } from './world.ts'

const { ada, linus } = demoUsers

/** Asks Cognito for something with a token, as a script of somebody else's would. */
const ask = async (
  url: string,
  operation: string,
  body: object,
): Promise<{ status: number; body: unknown }> => {
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
    },
    body: JSON.stringify(body),
  })
  return { status: answer.status, body: await answer.json() }
}

test('signing out of this device leaves the others signed in', async ({ sesame, cognito }) => {
  await signInAs(sesame, cognito, linus)
  const elsewhere = await cognito.admin.grantTokens(linus.client.id, 'linus')
  await sesame.signOut('this device')
  await sesame.signedOut()
  await expect(sesame.page.getByText('linus is signed out of this device.')).toBeVisible()
  await expect(sesame.page.getByText(/accept them until/)).toBeVisible()
  expect(cognito.requests.count({ operation: 'RevokeToken', outcome: 'ok' })).toBe(1)
  expect(cognito.requests.count({ operation: 'GlobalSignOut' })).toBe(0)
  const other = await ask(cognito.url, 'GetUser', { AccessToken: elsewhere.accessToken })
  expect(other.status).toBe(200)
})

test('signing out of all devices ends the session at Cognito', async ({ sesame, electron, cognito }) => {
  await signInAs(sesame, cognito, linus)
  await sesame.button(/^Copy access token$/).click()
  await expect.poll(() => readClipboard(electron)).toMatch(/^eyJ/)
  const AccessToken = await readClipboard(electron)
  await sesame.signOut('all devices')
  await sesame.signedOut()
  expect(await ask(cognito.url, 'GetUser', { AccessToken })).toMatchObject({
    status: 400,
    body: { message: 'Access Token has been revoked' },
  })
})

test('signing out everywhere ends every session and says what survives', async ({ sesame, cognito }) => {
  for (const name of ['linus · one', 'linus · two']) await signInAs(sesame, cognito, linus, { name })
  await sesame.button('Sign out everywhere…').click()
  await expect(sesame.dialog.getByText('Still valid for a while')).toBeVisible()
  await sesame.dialog.getByRole('button', { name: 'Sign out 2 sessions' }).click()
  await expect(sesame.dialog.getByText('done', { exact: true })).toHaveCount(2)
  await expect(sesame.dialog.getByText('2 sessions signed out of all devices.')).toBeVisible()
  expect(cognito.requests.count({ operation: 'GlobalSignOut', outcome: 'ok' })).toBeGreaterThan(0)
})

test('signing out everywhere says which sessions it could not reach yet', async ({ sesame, cognito }) => {
  await signInAs(sesame, cognito, linus)
  await signInAs(sesame, cognito, ada)
  cognito.faults.add({ match: { clientId: ada.client.id, times: 'always' }, fault: { kind: 'reset' } })
  cognito.faults.add({ match: { user: 'ada', times: 'always' }, fault: { kind: 'reset' } })
  await sesame.button('Sign out everywhere…').click()
  await sesame.dialog.getByRole('button', { name: 'Sign out 2 sessions' }).click()
  await expect(sesame.dialog.getByText('done', { exact: true })).toHaveCount(1)
  await expect(sesame.dialog.getByText('when online', { exact: true })).toHaveCount(1)
  await expect(sesame.dialog.getByRole('heading')).toHaveText('Signed out, but not everywhere')
})

test('a sign-out without a network is completed once there is one', async ({ sesame, electron, cognito }) => {
  await signInAs(sesame, cognito, linus)
  const down = cognito.faults.add({ match: { times: 'always' }, fault: { kind: 'reset' } })
  await sesame.signOut('this device')
  await sesame.signedOut()
  await expect(sesame.pane.getByText('The sign-out still has to reach Cognito')).toBeVisible()
  await expect(sesame.row('linus')).toContainText('Pending')

  down.remove()
  // The machine tells that it woke up, rather than the test waiting for the next try.
  await electron.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'))
  await cognitoSaw(cognito, { operation: 'RevokeToken', outcome: 'ok' })
  await expect(sesame.pane.getByText('The sign-out still has to reach Cognito')).toBeHidden()
  await expect(sesame.row('linus')).not.toContainText('Pending')
})

test('without a network what is valid keeps working, and says until when', async ({
  sesame,
  electron,
  cognito,
}) => {
  await signInAs(sesame, cognito, linus)
  const down = cognito.faults.add({ match: { times: 'always' }, fault: { kind: 'reset' } })
  await sesame.button('Refresh').click()
  await expect(sesame.badge('Offline')).toBeVisible()
  await expect(sesame.pane.getByText(/The tokens stay valid until/)).toBeVisible()
  await sesame.button('Copy access token').click()
  await expect.poll(() => readClipboard(electron)).toMatch(/^eyJ/)
  down.remove()
  // It tries by itself, too: then the button is gone before it is clicked.
  const isBack = expect(sesame.badge('Active')).toBeVisible()
  await Promise.race([sesame.button('Try now').click(), isBack])
  await isBack
})

test('a session that an administrator ended asks to sign in again', async ({ sesame, cognito }) => {
  await signInAs(sesame, cognito, linus)
  cognito.admin.signOutUser(linus.pool.id, 'linus')
  await sesame.button('Refresh').click()
  await expect(sesame.badge('Session ended')).toBeVisible()
  await expect(sesame.row('linus')).toContainText('Sign in')
  await expect(sesame.button('Sign in again')).toBeVisible()
  await signIn(sesame, linus)
  await expect(sesame.badge('Active')).toBeVisible()
})
