// Owns the step that asks for the six digits of an authenticator app.
import { useState } from 'react'
import { CodeInput, digitsOf, Field, Hidden } from '../../../ui/index.ts'
import type { Challenge } from '../flow.ts'
import { type StepKind, type StepProps, textIn } from './step-kind.ts'

type Totp = Extract<Challenge, { kind: 'totp' }>

const Body = ({ challenge, busy, failure, errorAt, onAnswer }: StepProps<Totp>) => {
  const [code, setCode] = useState('')
  // Boxes that are full again after one was changed may hold half of an old code: only a code typed from the start is
  // sent by itself.
  const [typedFromStart, setTypedFromStart] = useState(true)

  const change = (next: string): void => {
    setCode(next)
    if (next === '') setTypedFromStart(true)
  }

  // A refused code is of no further use. After any other failure it stays, to be sent again.
  const [seen, setSeen] = useState(failure)
  if (seen !== failure) {
    setSeen(failure)
    if (failure?.code === 'sign-in.wrong-code') change('')
  }

  return (
    <Field
      label={<Hidden>Code of six digits</Hidden>}
      hint={challenge.deviceName === undefined ? undefined : `From ${challenge.deviceName}`}
      error={errorAt('code')}
    >
      <CodeInput
        name="code"
        value={code}
        readOnly={busy}
        onValueChange={change}
        onComplete={(complete) => {
          if (!typedFromStart) return
          setTypedFromStart(false)
          onAnswer({ kind: 'totp', code: complete })
        }}
      />
    </Field>
  )
}

export const totp: StepKind<Totp> = {
  title: () => 'Enter the code from your authenticator',
  isLast: true,
  fields: () => ['code'],
  read: (form) => {
    const code = digitsOf(textIn(form, 'code'))
    return code.length === 6
      ? { answer: { kind: 'totp', code } }
      : { missing: { field: 'code', text: 'Enter all six digits.' } }
  },
  Body,
}
