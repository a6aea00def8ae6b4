// @vitest-environment jsdom
import { expect, test } from 'vitest'
import { createDrafts } from '../../../../renderer/features/sign-in/drafts.ts'
import type { Stage } from '../../../../renderer/features/sign-in/flow.ts'

const first: Stage = { kind: 'credentials' }
const resetting = (username: string): Stage => ({
  kind: 'challenge',
  challenge: {
    kind: 'reset-password',
    attemptId: 'a-1',
    step: 2,
    username,
    expiresAt: 0,
    reason: 'forgotten',
    delivery: {},
    canResend: true,
  },
})

/** The inputs of a stage, by their names. */
const inputs = (...names: string[]) => {
  const container = document.createElement('div')
  for (const name of names) container.append(Object.assign(document.createElement('input'), { name }))
  return container
}
const inputIn = (container: Element, name: string): HTMLInputElement => {
  const found = [...container.querySelectorAll('input')].find((input) => input.name === name)
  if (found === undefined) throw new Error(`no ${name}`)
  return found
}
const type = (container: Element, name: string, text: string): HTMLInputElement =>
  Object.assign(inputIn(container, name), { value: text })

test('what was typed at a stage is put back there, and nowhere else', () => {
  const drafts = createDrafts()
  drafts.keep(first, type(inputs('password'), 'password', 'Correct-Horse-1'))
  const again = inputs('username', 'password')
  drafts.restore(first, again)
  expect(inputIn(again, 'password').value).toBe('Correct-Horse-1')
  expect(inputIn(again, 'username').value).toBe('')
  const elsewhere = inputs('password')
  drafts.restore(resetting('ana'), elsewhere)
  expect(inputIn(elsewhere, 'password').value).toBe('')
})

test('a code and an answer are good once, so they are not kept; a new password is, for its own user', () => {
  const drafts = createDrafts()
  const step = inputs('code', 'answer', 'newPassword')
  for (const name of ['code', 'answer', 'newPassword']) drafts.keep(resetting('ana'), type(step, name, name))
  const again = inputs('code', 'answer', 'newPassword')
  drafts.restore(resetting('eve'), again)
  expect([...again.querySelectorAll('input')].map(({ value }) => value)).toEqual(['', '', ''])
  drafts.restore(resetting('ana'), again)
  expect([...again.querySelectorAll('input')].map(({ value }) => value)).toEqual(['', '', 'newPassword'])
})

test('what is forgotten does not come back', () => {
  const drafts = createDrafts()
  drafts.keep(first, type(inputs('password'), 'password', 'Correct-Horse-1'))
  drafts.forget()
  const again = inputs('password')
  drafts.restore(first, again)
  expect(inputIn(again, 'password').value).toBe('')
})
