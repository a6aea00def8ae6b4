// Owns the step that asks for the password after the username, in choice-based sign-in.
import { Field, PasswordInput } from '../../../ui/index.ts'
import { type ChallengeOf, type StepKind, type StepProps, textIn } from './step-kind.ts'

type Password = ChallengeOf<'password'>

const Body = ({ challenge, busy, errorAt }: StepProps<Password>) => (
  <Field
    label="Password"
    hint={
      challenge.challengeName === 'PASSWORD_SRP'
        ? 'Proved by SRP; it is not sent.'
        : 'Sent to Cognito as it is.'
    }
    error={errorAt('password')}
  >
    <PasswordInput name="password" maxLength={256} readOnly={busy} />
  </Field>
)

export const password: StepKind<Password> = {
  title: () => 'Enter the password',
  // A second factor may still be asked for.
  isLast: false,
  fields: () => ['password'],
  read: (form) => {
    const typed = textIn(form, 'password')
    return typed === ''
      ? { missing: { field: 'password', text: 'Enter the password.' } }
      : { answer: { kind: 'password', password: typed } }
  },
  Body,
}
