// Owns the step that asks for a new password, and for the attributes the user pool requires with it.
import { Field, PasswordInput, TextInput } from '../../../ui/index.ts'
import type { Challenge } from '../flow.ts'
import { hintAttribute, labelAttribute } from '../words.ts'
import { type StepKind, type StepProps, textIn } from './step-kind.ts'

type NewPassword = Extract<Challenge, { kind: 'new-password' }>

const attributeField = (name: string): string => `attributes.${name}`

const Body = ({ challenge, busy, errorAt }: StepProps<NewPassword>) => (
  <>
    <Field
      label="New password"
      hint="The one you signed in with was temporary."
      error={errorAt('newPassword')}
    >
      <PasswordInput name="newPassword" autoComplete="new-password" maxLength={256} readOnly={busy} />
    </Field>
    {challenge.requiredAttributes.map((name) => (
      <Field
        key={name}
        label={labelAttribute(name)}
        hint={hintAttribute(name)}
        error={errorAt(attributeField(name))}
      >
        <TextInput
          name={attributeField(name)}
          defaultValue={challenge.knownAttributes[name]}
          maxLength={2048}
          readOnly={busy}
        />
      </Field>
    ))}
  </>
)

export const newPassword: StepKind<NewPassword> = {
  title: () => 'Choose a new password',
  // A second factor may still be asked for.
  isLast: false,
  fields: ({ requiredAttributes }) => ['newPassword', ...requiredAttributes.map(attributeField)],
  read: (form, { requiredAttributes }) => {
    const typed = textIn(form, 'newPassword')
    if (typed === '') return { missing: { field: 'newPassword', text: 'Enter a new password.' } }
    const attributes = requiredAttributes.map(
      (name) => [name, textIn(form, attributeField(name)).trim()] as const,
    )
    const blank = attributes.find(([, value]) => value === '')
    if (blank !== undefined)
      return { missing: { field: attributeField(blank[0]), text: 'This user pool requires a value here.' } }
    return {
      answer: { kind: 'new-password', newPassword: typed, attributes: Object.fromEntries(attributes) },
    }
  },
  Body,
}
