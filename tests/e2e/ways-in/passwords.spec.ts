// The ways in that begin with a password, and what a person meets when it is wrong, forgotten or not theirs yet. Keyboard only.
import { FLOWS_PASSWORD, FLOWS_TEMPORARY_PASSWORD } from '../../cognito-server/seeds-all-flows.ts'
import { expect, test } from './fixtures.ts'

const newPassword = 'Brand-New-Horse-1'

test('USER_SRP_AUTH: the password is proved, and the session is there', async ({ person }) => {
  await person.opens('plain')
  await person.meets('Sign in to plain', 'input Password')
  await person.looks('sign-in')
  await person.typesPassword()
  await person.signedIn()
  expect(person.asked('RespondToAuthChallenge')).toBe(1)
})

test('USER_PASSWORD_AUTH: the password is sent, and no challenge is left', async ({ person }) => {
  await person.opens('plain', { settings: { signInMethod: 'password' } })
  await person.typesPassword()
  await person.signedIn()
  expect(person.asked('RespondToAuthChallenge')).toBe(0)
})

test('an app client with a secret, and one that rotates', async ({ person }) => {
  for (const client of ['secret', 'rotating'] as const) {
    await person.opens('plain', { client, settings: { name: client } })
    await person.typesPassword()
    await person.signedIn()
  }
})

test('an e-mail address, a phone number and a preferred name stand for the username', async ({ person }) => {
  await person.opens('nobody', { settings: { username: '', name: 'aliases' } })
  for (const alias of ['plain@example.com', '+491701234501', 'simple']) {
    await person.meets('Sign in to aliases', 'input Username, e-mail or phone')
    await person.keys.typeInto('Username, e-mail or phone', alias)
    await person.keys.tabTo('input Password')
    await person.typesPassword()
    await person.signedIn()
    await person.signsOut()
    await person.opensAgain('aliases')
  }
  await person.keys.press('Cancel')
  await expect(person.sesame.dialog).toHaveCount(0)
})

test('a wrong password is said where it was typed, and what was typed stays', async ({ person }) => {
  await person.opens('plain')
  await person.typesPassword('Not-the-password-1')
  await person.isRefused('Password', /^Incorrect username or password\. Check both\./, 'Not-the-password-1')
  await expect(person.sesame.field('Username')).toHaveValue('plain')
  await person.looks('sign-in-refused')
  // It is selected, so that typing replaces it.
  await person.typesPassword()
  await person.signedIn()
})

test('a lockout after wrong passwords tells how long it lasts', async ({ person }) => {
  await person.opens('plain', { settings: { signInMethod: 'password' } })
  await person.keys.type('Not-the-password-1')
  for (let tries = 1; tries <= 10; tries += 1) {
    await person.keys.enter()
    await expect.poll(() => person.cognito.requests.count({ operation: 'InitiateAuth' })).toBe(tries)
    await expect(person.sesame.button('Sign in').last()).not.toHaveAttribute('aria-busy')
    // The waits in between; not the last one, of 32 seconds.
    if (tries < 10) person.cognito.clock.advance(20_000)
  }
  await person.isRefused('Password', /Wait (2\d|3[0-2]) seconds before the next try/, 'Not-the-password-1')
  await person.looks('sign-in-locked-out')
  await person.typesPassword()
  await person.isRefused('Password', /^Cognito refuses this user for now .* Wait \d+ seconds/, FLOWS_PASSWORD)
  person.cognito.clock.advance(40_000)
  await person.typesPassword()
  await person.signedIn()
})

test('a forgotten password: a code, a new one, and in', async ({ person }) => {
  await person.opens('plain', { client: 'secret' })
  await person.keys.press('Forgot password')
  await person.meets('Reset the password', 'input Code')
  await person.looks('reset-password')
  await person.keys.type('000000')
  await person.keys.typeInto('New password', newPassword)
  await person.keys.enter()
  await person.isRefused('Code', /^That code is not right, or it has run out\./, '000000')
  await expect(person.sesame.field('New password')).toHaveValue(newPassword)
  await person.keys.type(person.codeSentTo('plain'))
  await person.keys.typeInto('New password', 'weak')
  await person.keys.enter()
  await person.isRefused('New password', /does not meet the rules of this user pool\. Password/, 'weak')
  await expect(person.sesame.field('Code')).toHaveValue(person.codeSentTo('plain'))
  await person.keys.type(newPassword)
  await person.keys.enter()
  await person.signedIn()
})

test('a forgotten password: another code is sent, and only the newest counts', async ({ person }) => {
  await person.opens('plain')
  await person.keys.press('Forgot password')
  await person.meets('Reset the password', 'input Code')
  const first = person.codeSentTo('plain')
  await person.keys.typeInto('New password', newPassword)
  await person.sendsAnother()
  await expect(person.sesame.field('New password')).toHaveValue(newPassword)
  await person.keys.backTo('input Code')
  await person.keys.type(first)
  await person.keys.enter()
  await person.isRefused('Code', /That code is not right/, first)
  await person.keys.type(person.codeSentTo('plain'))
  await person.keys.enter()
  await person.signedIn()
})

test('PasswordResetRequiredException is the next step of the same dialog', async ({ person }) => {
  await person.opens('reset')
  await person.typesPassword()
  await person.meets('Reset the password', 'input Code')
  await expect(person.sesame.dialog).toContainText('An administrator asked for this password to be reset.')
  await person.looks('reset-password-required')
  await person.keys.type(person.codeSentTo('reset'))
  await person.keys.typeInto('New password', newPassword)
  await person.keys.enter()
  await person.signedIn()
})

test('UserNotConfirmedException is the next step of the same dialog, with another code', async ({
  person,
}) => {
  await person.opens('unconfirmed')
  await person.typesPassword()
  await person.meets('Confirm the sign-up', 'input Code')
  await person.looks('confirm-sign-up')
  const first = person.codeSentTo('unconfirmed')
  await person.sendsAnother()
  await person.keys.backTo('input Code')
  await person.keys.type(first)
  await person.keys.enter()
  await person.isRefused('Code', /That code is not right/, first)
  await person.keys.type(person.codeSentTo('unconfirmed'))
  await person.keys.enter()
  await person.signedIn()
})

test('NEW_PASSWORD_REQUIRED: a new password, and the attribute the pool requires', async ({ person }) => {
  await person.opens('newcomer')
  await person.typesPassword(FLOWS_TEMPORARY_PASSWORD)
  await person.meets('Choose a new password', 'input New password')
  await person.looks('new-password')
  await person.keys.type('short')
  await person.keys.enter()
  const name = person.sesame.dialog.getByLabel('Full name', { exact: true })
  await expect(name).toHaveAttribute('aria-invalid', 'true')
  await person.keys.isOn('input Full name')
  await person.keys.type('Ada Newcomer')
  await person.keys.enter()
  await person.isRefused('New password', /does not meet the rules of this user pool\. Password/, 'short')
  await expect(name).toHaveValue('Ada Newcomer')
  await person.looks('new-password-refused')
  await person.keys.type(newPassword)
  await person.keys.enter()
  await person.signedIn()
})
