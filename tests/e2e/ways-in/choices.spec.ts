// USER_AUTH in the window: the list of ways, a preferred one, codes instead of a password, a passkey. Keyboard only.
import type { PoolConfig, UserConfig } from '../../cognito-server/config.ts'
import { FLOWS, FLOWS_CALLBACKS, FLOWS_PASSWORD } from '../../cognito-server/seeds-all-flows.ts'
import { expect, test } from './fixtures.ts'

const choice = { signInMethod: 'choice' } as const

/** Somebody whom Cognito asks one thing more after the password, under this name. */
const alsoAsked = (username: string, name: string, answer = ''): UserConfig => ({
  username,
  password: FLOWS_PASSWORD,
  inventedChallenge: { name, parameters: {}, answer },
})

const pool: PoolConfig = {
  ...FLOWS.everything,
  users: [
    ...(FLOWS.everything.users ?? []),
    alsoAsked('twice', 'PASSWORD', FLOWS_PASSWORD),
    alsoAsked('key', 'WEB_AUTHN'),
  ],
}
test.use({ pool })

for (const [name, label] of [
  ['PASSWORD', 'Plain password'],
  ['PASSWORD_SRP', 'Password'],
] as const)
  test(`USER_AUTH without a preference: SELECT_CHALLENGE, ${name}`, async ({ person }) => {
    await person.opens('choice', { settings: choice })
    await person.meets('Sign in to choice', 'input Username, e-mail or phone')
    if (name === 'PASSWORD') await person.looks('sign-in-choice')
    await person.keys.enter()
    await person.meets('Choose how to sign in', 'radio Password')
    if (name === 'PASSWORD') await person.looks('select-challenge')
    await person.keys.choose(label)
    await person.keys.enter()
    await person.isRefused('Password', /^Enter the password\.$/, '')
    await person.keys.type(FLOWS_PASSWORD)
    await person.keys.enter()
    await person.signedIn()
    expect(person.asked('RespondToAuthChallenge')).toBe(name === 'PASSWORD' ? 1 : 2)
  })

for (const [name, label, title] of [
  ['EMAIL_OTP', 'Code by e-mail', 'Enter the code from the e-mail'],
  ['SMS_OTP', 'Code by text message', 'Enter the code from the text message'],
] as const)
  test(`USER_AUTH without a preference: SELECT_CHALLENGE, ${name}`, async ({ person }) => {
    await person.opens('choice', { client: 'secret', settings: choice })
    await person.keys.enter()
    await person.meets('Choose how to sign in', 'radio Password')
    await person.keys.choose(label)
    await person.keys.enter()
    await person.meets(title, 'input Code')
    await person.keys.type(person.codeSentTo('choice'))
    await person.keys.enter()
    await person.signedIn()
  })

for (const name of ['PASSWORD', 'PASSWORD_SRP'] as const)
  test(`USER_AUTH with PREFERRED_CHALLENGE ${name} asks for the password at once`, async ({ person }) => {
    await person.opens('choice', { settings: { ...choice, preferredChallenge: name } })
    await person.typesPassword()
    await person.signedIn()
    expect(person.asked('RespondToAuthChallenge')).toBe(name === 'PASSWORD' ? 0 : 1)
  })

test('USER_AUTH with PREFERRED_CHALLENGE EMAIL_OTP: a wrong code, another code, and in', async ({
  person,
}) => {
  await person.opens('choice', { settings: { ...choice, preferredChallenge: 'EMAIL_OTP' } })
  await person.keys.enter()
  await person.meets('Enter the code from the e-mail', 'input Code')
  await person.looks('code')
  const first = person.codeSentTo('choice')
  await person.keys.type('0000')
  await person.keys.enter()
  await person.isRefused('Code', /^That code is not right, or it has run out\./, '0000')
  await person.looks('code-refused')
  await person.sendsAnother()
  await person.looks('code-resent')
  await person.keys.backTo('input Code')
  await person.keys.type(first)
  await person.keys.enter()
  await person.isRefused('Code', /That code is not right/, first)
  await person.keys.type(person.codeSentTo('choice'))
  await person.keys.enter()
  await person.signedIn()
})

test('USER_AUTH with PREFERRED_CHALLENGE SMS_OTP asks for the code at once', async ({ person }) => {
  await person.opens('choice', { settings: { ...choice, preferredChallenge: 'SMS_OTP' } })
  await person.keys.enter()
  await person.meets('Enter the code from the text message', 'input Code')
  await person.keys.type(person.codeSentTo('choice'))
  await person.keys.enter()
  await person.signedIn()
})

test('PASSWORD that Cognito asks for by itself has a step of its own', async ({ person }) => {
  await person.opens('twice')
  await person.typesPassword()
  await person.meets('Enter the password', 'input Password')
  await person.looks('password')
  await person.typesPassword()
  await person.signedIn()
})

const withLoginPage = (url: string) => ({ domain: url, callbackUrl: FLOWS_CALLBACKS[2] })

test('WEB_AUTHN says why there is no passkey in this window, and leads to the browser', async ({
  person,
}) => {
  await person.electron.evaluate(({ shell }) => {
    shell.openExternal = () => Promise.resolve()
  })
  await person.opens('key', { settings: withLoginPage(person.cognito.url) })
  await person.typesPassword()
  await person.meets('Use a passkey in the browser', 'button Sign in with the browser')
  await expect(person.sesame.dialog).toContainText(
    "A passkey belongs to the web address of the pool's login page, so it cannot be used in this window.",
  )
  await person.looks('web-authn')
  await person.keys.enter()
  await person.meets('Sign in with the browser', 'button Open it again')
  await person.looks('browser')
  await person.keys.press('Back')
  await person.meets('Sign in to key', 'input Password')
  await person.keys.press('Cancel')
  await expect(person.sesame.dialog).toHaveCount(0)
})

test('WEB_AUTHN where no login page is known says what to do instead', async ({ person }) => {
  await person.opens('key')
  await person.typesPassword()
  await person.meets('Use a passkey in the browser', 'button Edit profile')
  await expect(person.sesame.dialog).toContainText("enter the pool's domain in its settings")
  await person.looks('web-authn-no-domain')
  await person.keys.enter()
  await expect(person.sesame.dialog).toHaveAccessibleName('Edit profile')
  await person.keys.press('Cancel')
  await expect(person.sesame.dialog).toHaveCount(0)
})

test('WEB_AUTHN among the ways goes on in the browser', async ({ person }) => {
  await person.opens('passkey', { settings: choice })
  await person.keys.enter()
  await person.meets('Choose how to sign in', 'radio Password')
  await person.keys.choose('Passkey')
  await person.looks('select-challenge-passkey')
  await person.keys.enter()
  await expect(person.sesame.dialog.getByRole('alert')).toContainText(
    'This profile does not say where the login page of its user pool is.',
  )
  await person.keys.tabTo('button Edit profile')
  await person.keys.press('Cancel')
  await expect(person.sesame.dialog).toHaveCount(0)
})
