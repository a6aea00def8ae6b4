// Second factors in the window: asked for, chosen, set up on the way in, and spared on a remembered device. Keyboard only.
import { TOTP } from 'otpauth'
import { FLOWS } from '../../cognito-server/seeds-all-flows.ts'
import { expect, test } from './fixtures.ts'

test('SOFTWARE_TOKEN_MFA: six digits, a wrong code first', async ({ person }) => {
  await person.opens('totp', { client: 'secret' })
  await person.typesPassword()
  await person.meets('Enter the code from your authenticator', 'input Code of six digits')
  await expect(person.sesame.dialog).toContainText('From A phone')
  await person.looks('totp')
  await person.keys.type(person.wrongTotp())
  // A refused code is of no further use: its boxes are empty for the next one.
  await person.isRefused('Code of six digits', /^That code is not right/, '')
  await person.typesTotp()
  await person.signedIn()
})

for (const [username, name, title] of [
  ['sms', 'SMS_MFA', 'Enter the code from the text message'],
  ['mail', 'EMAIL_OTP', 'Enter the code from the e-mail'],
] as const)
  test(`${name} as the second factor: where the code went, a wrong one, and in`, async ({ person }) => {
    await person.opens(username)
    await person.typesPassword()
    await person.meets(title, 'input Code')
    await expect(person.sesame.dialog).toContainText(/Sent by (e-mail|text message) to \S*\*/)
    await person.keys.type('0000')
    await person.keys.enter()
    await person.isRefused('Code', /^That code is not right/, '0000')
    await person.keys.type(person.codeSentTo(username))
    await person.keys.enter()
    await person.signedIn()
  })

test('SELECT_MFA_TYPE: each of several second factors can be chosen', async ({ person }) => {
  await person.opens('several')
  await person.typesPassword()
  await person.meets('Choose a second factor', 'radio Code by text message')
  await person.looks('select-mfa')
  await person.keys.choose('Code by e-mail')
  await person.keys.enter()
  await person.meets('Enter the code from the e-mail', 'input Code')
  await person.keys.press('Back')
  await person.meets('Sign in to several', 'input Password')
  await person.keys.enter()
  await person.meets('Choose a second factor', 'radio Code by text message')
  await person.keys.choose('Authenticator app')
  await person.keys.enter()
  await person.typesTotp()
  await person.signedIn()
})

test.describe('a pool that insists on a second factor', () => {
  test.use({ pool: FLOWS.mfaSetup })

  test('MFA_SETUP: an authenticator is chosen, with a QR code and the secret to type', async ({ person }) => {
    await person.opens('setup')
    await person.typesPassword()
    await person.meets('Set up a second factor', 'radio Authenticator app')
    await person.looks('mfa-setup')
    await person.keys.enter()
    await person.meets('Set up your authenticator', 'input Code the app shows')
    await person.sesame.dialog.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor()
    await person.looks('totp-setup')
    const secret = (await person.sesame.dialog.locator('code').first().innerText()).replace(/\s/g, '')
    // Drawn here: a QR code of an otpauth address has hundreds of dark modules.
    const drawn = await person.sesame.dialog.locator('svg[role="img"] path').getAttribute('d')
    expect(drawn?.match(/M/g)?.length).toBeGreaterThan(400)
    await person.keys.type('000000')
    await person.keys.typeInto('Name of the app', 'My phone')
    await person.keys.enter()
    await person.isRefused('Code the app shows', /^That code is not right/, '000000')
    await expect(person.sesame.field('Name of the app')).toHaveValue('My phone')
    await person.keys.type(new TOTP({ secret }).generate())
    await person.keys.enter()
    await person.signedIn()
  })

  test('MFA_SETUP: an e-mail address is chosen and proved by a code', async ({ person }) => {
    await person.opens('setup-too', { client: 'secret' })
    await person.typesPassword()
    await person.meets('Set up a second factor', 'radio Authenticator app')
    await person.keys.choose('Codes by e-mail')
    await person.keys.enter()
    await person.meets('Set up codes by e-mail', 'input E-mail address')
    await person.looks('email-setup')
    await person.keys.type('nothing')
    await person.keys.enter()
    await person.isRefused('E-mail address', /^Enter an e-mail address, such as/, 'nothing')
    await person.keys.type('second@example.com')
    await person.keys.enter()
    await person.meets('Enter the code from the e-mail', 'input Code')
    await person.keys.type(person.codeSentTo('setup-too'))
    await person.keys.enter()
    await person.signedIn()
  })
})

test.describe('a pool that insists on an authenticator', () => {
  test.use({ pool: FLOWS.totpSetup })

  test('MFA_SETUP: where nothing is to choose, the secret comes at once', async ({ person }) => {
    await person.opens('setup')
    await person.typesPassword()
    await person.meets('Set up your authenticator', 'input Code the app shows')
    await person.keys.press('Cancel')
    await expect(person.sesame.dialog).toHaveCount(0)
  })
})

test.describe('a pool that remembers devices', () => {
  test.use({ pool: FLOWS.devicesAlways })

  test('DEVICE_SRP_AUTH: the second sign-in on this device asks for no second factor', async ({ person }) => {
    await person.opens('desk-totp')
    await person.typesPassword()
    await person.typesTotp()
    await person.signedIn()
    await person.signsOut()
    await person.opensAgain('desk-totp')
    const before = person.asked('RespondToAuthChallenge')
    await person.typesPassword()
    await person.signedIn()
    // PASSWORD_VERIFIER, DEVICE_SRP_AUTH, DEVICE_PASSWORD_VERIFIER.
    expect(person.asked('RespondToAuthChallenge') - before).toBe(3)
  })
})

test.describe('a pool that asks before it remembers a device', () => {
  test.use({ pool: FLOWS.devicesAsked })

  for (const [answer, next] of [
    ['Remember', 'signs in without a second factor'],
    ['Don’t remember', 'asks for the second factor again'],
  ] as const)
    test(`remember this device? "${answer}": the next sign-in ${next}`, async ({ person }) => {
      await person.opens('desk-totp')
      await person.typesPassword()
      await person.typesTotp()
      await person.meets('Remember this device?', 'button Remember')
      if (answer === 'Remember') await person.looks('remember-device')
      await person.keys.press(answer)
      await person.signedIn()
      expect(person.asked('UpdateDeviceStatus')).toBe(answer === 'Remember' ? 1 : 0)
      await person.signsOut()
      await person.opensAgain('desk-totp')
      await person.typesPassword()
      if (answer !== 'Remember') await person.typesTotp()
      await person.signedIn()
    })
})
