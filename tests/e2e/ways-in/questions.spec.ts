// Questions that come from a pool's own Lambda, and challenges nobody has heard of. Keyboard only.
import { expect, test } from './fixtures.ts'

const custom = { signInMethod: 'custom' } as const

test('CUSTOM_AUTH without a password: round after round, a wrong answer is asked again', async ({
  person,
}) => {
  await person.opens('plain', { settings: custom })
  await person.meets('Sign in to plain', 'input Password')
  await person.looks('sign-in-custom')
  await person.keys.enter()
  await person.meets("Answer the user pool's question", 'input Answer')
  await expect(person.sesame.dialog).toContainText('Which engine did Ada write for?')
  await person.looks('custom')
  await person.keys.type('difference')
  await person.keys.enter()
  await expect(person.sesame.dialog).toContainText('Step 3')
  await person.meets("Answer the user pool's question", 'input Answer')
  await expect(person.sesame.dialog).toContainText('Which engine did Ada write for?')
  await expect(person.sesame.field('Answer')).toHaveValue('')
  await person.keys.type('analytical')
  await person.keys.enter()
  await expect(person.sesame.dialog).toContainText('In which year?')
  await person.keys.isOn('input Answer')
  await person.keys.type('1843')
  await person.keys.enter()
  await person.signedIn()
})

test('CUSTOM_AUTH with SRP first: the password is proved before the rounds', async ({ person }) => {
  await person.opens('plain', { client: 'secret', settings: custom })
  await person.typesPassword()
  for (const answer of ['analytical', '1843']) {
    await person.meets("Answer the user pool's question", 'input Answer')
    await person.keys.type(answer)
    await person.keys.enter()
    if (answer === 'analytical') await expect(person.sesame.dialog).toContainText('In which year?')
  }
  await person.signedIn()
})

test('CUSTOM_AUTH: too many wrong answers start over and say so', async ({ person }) => {
  await person.opens('plain', { settings: custom })
  await person.keys.enter()
  for (const step of [2, 3, 4]) {
    await expect(person.sesame.dialog).toContainText(`Step ${step}`)
    await person.keys.isOn('input Answer')
    await person.keys.type(`wrong ${step}`)
    await person.keys.enter()
  }
  await person.meets('Sign in to plain', 'input Password')
  await expect(person.sesame.dialog.getByRole('alert')).toContainText('Incorrect username or password.')
  await person.keys.press('Cancel')
  await expect(person.sesame.dialog).toHaveCount(0)
})

test('a challenge nobody has heard of shows its name and parameters, and takes a free answer', async ({
  person,
}) => {
  await person.opens('future')
  await person.typesPassword()
  await person.meets('Answer RETINA_SCAN', 'input Answer')
  for (const sent of ['EYE', 'left', 'TIMEOUT', '60'])
    await expect(person.sesame.dialog.getByText(sent, { exact: true })).toBeVisible()
  await person.looks('unknown')
  await person.keys.type('brown')
  await person.keys.enter()
  await person.signedIn()
})
