// Owns the step that asks how somebody wants to prove who they are. A choice that takes a password asks for it here.
import { useState } from 'react'
import { Field, PasswordInput } from '../../../ui/index.ts'
import { describeFactor } from '../words.ts'
import { Choices } from './parts.tsx'
import { type ChallengeOf, type StepKind, type StepProps, textIn } from './step-kind.ts'

type SelectChallenge = ChallengeOf<'select-challenge'>

const hints: Readonly<Record<string, string>> = {
  PASSWORD: 'sent to Cognito as it is',
  PASSWORD_SRP: 'proved by SRP, not sent',
}

/** In Cognito's order, but that a password sent as it is comes last: the first way is chosen to begin with. */
const inOrder = (options: SelectChallenge['options']): SelectChallenge['options'] =>
  options.toSorted((a, b) => Number(a.choice === 'PASSWORD') - Number(b.choice === 'PASSWORD'))

const Body = ({ challenge, busy, errorAt }: StepProps<SelectChallenge>) => {
  const options = inOrder(challenge.options)
  const [choice, setChoice] = useState(options[0]?.choice)
  const chosen = options.find((option) => option.choice === choice)
  return (
    <>
      <Choices
        label="How to sign in"
        value={choice}
        onValueChange={setChoice}
        disabled={busy}
        options={options.map((option) => ({
          value: option.choice,
          label: describeFactor(option.choice),
          hint:
            option.needs === 'browser' ? 'in the browser, where the passkey belongs' : hints[option.choice],
        }))}
      />
      {chosen?.needs === 'password' && (
        <Field label="Password" error={errorAt('password')}>
          <PasswordInput name="password" maxLength={256} readOnly={busy} />
        </Field>
      )}
    </>
  )
}

export const selectChallenge: StepKind<SelectChallenge> = {
  title: () => 'Choose how to sign in',
  isLast: false,
  fields: () => ['password'],
  read: (form, { options }) => {
    const choice = textIn(form, 'choice')
    const needs = options.find((option) => option.choice === choice)?.needs
    if (needs === 'browser') return { goOn: 'browser' }
    if (needs !== 'password') return { answer: { kind: 'select-challenge', choice } }
    const password = textIn(form, 'password')
    return password === ''
      ? { missing: { field: 'password', text: 'Enter the password.' } }
      : { answer: { kind: 'select-challenge', choice, password } }
  },
  Body,
}
