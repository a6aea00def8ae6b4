// Owns the step whose question comes from the pool's own Lambda: what it sent, and a free answer.
import { Field, TextInput } from '../../../ui/index.ts'
import { Parameters } from './parts.tsx'
import { type ChallengeOf, type StepKind, type StepProps, textIn } from './step-kind.ts'

type Custom = ChallengeOf<'custom'>

const Body = ({ challenge, busy, errorAt }: StepProps<Custom>) => (
  <>
    <Parameters parameters={challenge.parameters} />
    <Field label="Answer" hint="may be empty where the pool expects none" error={errorAt('answer')}>
      <TextInput name="answer" maxLength={8192} readOnly={busy} />
    </Field>
  </>
)

export const custom: StepKind<Custom> = {
  title: () => "Answer the user pool's question",
  isLast: false,
  fields: () => ['answer'],
  read: (form) => ({ answer: { kind: 'custom', answer: textIn(form, 'answer') } }),
  Body,
}
