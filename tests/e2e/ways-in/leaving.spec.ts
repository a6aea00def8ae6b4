// Leaving a step: Back and Cancel wherever one is, and a Session that ran out meanwhile. Keyboard only.
import { FLOWS, FLOWS_PASSWORD, FLOWS_TEMPORARY_PASSWORD } from '../../cognito-server/seeds-all-flows.ts'
import { expect, test } from './fixtures.ts'
import type { Opening, Person } from './person.ts'

const newPassword = 'Brand-New-Horse-1'

interface Way {
  readonly username: string
  /** What is typed at the first stage; nothing where that asks for no password. */
  readonly password?: string
  readonly opening?: Opening
  /** The titles of the steps that Enter leads through. */
  readonly titles: readonly string[]
}

/** Goes back from the last step, comes there again with what is kept, and cancels. */
const comesAndGoes = async (
  person: Person,
  { username, password = FLOWS_PASSWORD, opening, titles }: Way,
): Promise<void> => {
  const { dialog, page } = person.sesame
  const goOn = async (): Promise<void> => {
    for (const title of titles) {
      await person.keys.enter()
      await expect(page.getByRole('dialog', { name: title })).toBeVisible()
      // Enter means nothing before the step can be answered.
      await expect(dialog.locator('[aria-busy]')).toHaveCount(0)
    }
  }
  await person.opens(username, opening)
  await person.keys.type(password)
  await goOn()
  await person.keys.press('Back')
  await expect(page.getByRole('dialog', { name: `Sign in to ${username}` })).toBeVisible()
  await goOn()
  const asked = person.cognito.requests.count()
  await person.keys.press('Cancel')
  await expect(dialog).toHaveCount(0)
  await person.keys.isOn('listbox Profiles')
  expect(person.cognito.requests.count()).toBe(asked)
}

const choice = { settings: { signInMethod: 'choice' } } as const

const ways: readonly Way[] = [
  { username: 'totp', titles: ['Enter the code from your authenticator'] },
  { username: 'sms', titles: ['Enter the code from the text message'] },
  { username: 'several', titles: ['Choose a second factor'] },
  { username: 'newcomer', password: FLOWS_TEMPORARY_PASSWORD, titles: ['Choose a new password'] },
  { username: 'reset', titles: ['Reset the password'] },
  { username: 'unconfirmed', titles: ['Confirm the sign-up'] },
  { username: 'future', titles: ['Answer RETINA_SCAN'] },
  {
    username: 'plain',
    opening: { settings: { signInMethod: 'custom' } },
    titles: ["Answer the user pool's question"],
  },
  // The username is typed again, over the one that is selected.
  { username: 'choice', password: 'choice', opening: choice, titles: ['Choose how to sign in'] },
]

test('Back and Cancel work at every step', async ({ person }) => {
  for (const way of ways) await test.step(way.username, () => comesAndGoes(person, way))
})

test.describe('a pool that insists on a second factor', () => {
  test.use({ pool: FLOWS.mfaSetup })

  test('Back and Cancel work while a second factor is set up', async ({ person }) => {
    const titles = ['Set up a second factor', 'Set up your authenticator']
    await comesAndGoes(person, { username: 'setup', titles })
  })
})

test('Back keeps what was typed, but for the code; nothing of it outlives the dialog', async ({ person }) => {
  await person.opens('totp')
  await person.typesPassword()
  await person.meets('Enter the code from your authenticator', 'input Code of six digits')
  await person.keys.type('123')
  await person.keys.press('Back')
  await person.meets('Sign in to totp', 'input Password')
  await expect(person.sesame.field('Username')).toHaveValue('totp')
  await expect(person.sesame.field('Password')).toHaveValue(FLOWS_PASSWORD)
  await person.keys.enter()
  await person.meets('Enter the code from your authenticator', 'input Code of six digits')
  await expect(person.sesame.dialog.getByLabel('Code of six digits')).toHaveValue('')
  await person.keys.press('Cancel')
  await expect(person.sesame.dialog).toHaveCount(0)
  await person.keys.isOn('listbox Profiles')
  // Nothing of it outlives the dialog.
  await person.opensAgain('totp')
  await expect(person.sesame.field('Password')).toHaveValue('')
  await person.keys.page.keyboard.press('Escape')
  await expect(person.sesame.dialog).toHaveCount(0)
})

test('a Session that ran out starts over, with what was typed kept', async ({ person }) => {
  await person.opens('newcomer')
  await person.typesPassword(FLOWS_TEMPORARY_PASSWORD)
  await person.meets('Choose a new password', 'input New password')
  await person.keys.type(newPassword)
  await person.keys.typeInto('Full name', 'Ada Newcomer')
  person.cognito.clock.advance(181_000)
  await person.keys.enter()
  await person.meets('Sign in to newcomer', 'input Password')
  await expect(person.sesame.dialog.getByRole('alert')).toContainText('This step stayed open too long')
  await expect(person.sesame.dialog.getByRole('alert')).toContainText('what you typed is kept')
  await expect(person.sesame.field('Username')).toHaveValue('newcomer')
  await expect(person.sesame.field('Password')).toHaveValue(FLOWS_TEMPORARY_PASSWORD)
  await person.looks('sign-in-again')
  await person.keys.enter()
  await person.meets('Choose a new password', 'input New password')
  await expect(person.sesame.field('New password')).toHaveValue(newPassword)
  await expect(person.sesame.field('Full name')).toHaveValue('Ada Newcomer')
  await person.keys.enter()
  await person.signedIn()
})
