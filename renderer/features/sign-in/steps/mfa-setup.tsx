// Owns the step that asks which second factor to set up, or says that none can be set up here.
import { useState } from 'react'
import { Note } from '../../../ui/index.ts'
import { describeFactor } from '../words.ts'
import { Choices } from './parts.tsx'
import { type ChallengeOf, type StepKind, type StepProps, textIn } from './step-kind.ts'

type MfaSetup = ChallengeOf<'mfa-setup'>

const labels = { totp: 'Authenticator app', email: 'Codes by e-mail' } as const

const Body = ({ challenge: { options, elsewhere }, busy }: StepProps<MfaSetup>) => {
  const [choice, setChoice] = useState<string | undefined>(options[0])
  const others = elsewhere.map(describeFactor).join(', ')
  if (options.length === 0)
    return (
      <Note tone="warn" title="This user needs a second factor that cannot be set up here">
        {others === '' ? 'The user pool names none.' : `The user pool offers: ${others}.`} Ask an
        administrator to set one up, then sign in again.
      </Note>
    )
  return (
    <>
      <p>This user pool requires a second factor, and this user has none yet.</p>
      <Choices
        label="Second factor"
        value={choice}
        onValueChange={setChoice}
        disabled={busy}
        options={options.map((value) => ({ value, label: labels[value] }))}
      />
      {others !== '' && <p>An administrator can set up instead: {others}.</p>}
    </>
  )
}

export const mfaSetup: StepKind<MfaSetup> = {
  title: () => 'Set up a second factor',
  isLast: false,
  buttons: ({ options }) => (options.length === 0 ? {} : { submit: 'Continue' }),
  fields: () => [],
  read: (form) => ({
    answer: { kind: 'mfa-setup', choice: textIn(form, 'choice') === 'email' ? 'email' : 'totp' },
  }),
  Body,
}
