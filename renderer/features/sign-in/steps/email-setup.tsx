// Owns the step that sets up codes by e-mail as second factor.
import { Field, TextInput } from '../../../ui/index.ts'
import { type ChallengeOf, type StepKind, type StepProps, textIn } from './step-kind.ts'

type EmailSetup = ChallengeOf<'email-setup'>

const Body = ({ busy, errorAt }: StepProps<EmailSetup>) => (
  <Field label="E-mail address" hint="Cognito sends a code there now." error={errorAt('email')}>
    <TextInput name="email" type="email" autoComplete="email" maxLength={254} readOnly={busy} />
  </Field>
)

export const emailSetup: StepKind<EmailSetup> = {
  title: () => 'Set up codes by e-mail',
  isLast: false,
  fields: () => ['email'],
  read: (form) => {
    const email = textIn(form, 'email').trim()
    return email.includes('@')
      ? { answer: { kind: 'email-setup', email } }
      : { missing: { field: 'email', text: 'Enter an e-mail address, such as ana@acme.io.' } }
  },
  Body,
}
