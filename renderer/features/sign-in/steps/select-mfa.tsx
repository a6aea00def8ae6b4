// Owns the step that asks which of several second factors to use.
import { useState } from 'react'
import { describeFactor } from '../words.ts'
import { Choices } from './parts.tsx'
import { type ChallengeOf, type StepKind, type StepProps, textIn } from './step-kind.ts'

type SelectMfa = ChallengeOf<'select-mfa'>

const Body = ({ challenge: { options }, busy }: StepProps<SelectMfa>) => {
  const [choice, setChoice] = useState(options[0])
  return (
    <Choices
      label="Second factor"
      value={choice}
      onValueChange={setChoice}
      disabled={busy}
      options={options.map((value) => ({ value, label: describeFactor(value) }))}
    />
  )
}

export const selectMfa: StepKind<SelectMfa> = {
  title: () => 'Choose a second factor',
  isLast: false,
  fields: () => [],
  read: (form) => ({ answer: { kind: 'select-mfa', choice: textIn(form, 'choice') } }),
  Body,
}
