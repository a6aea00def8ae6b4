// Owns the step that asks for a code Cognito sent, as second factor or instead of a password.

import { missingCode, SentCode } from './parts.tsx'
import { type ChallengeOf, codeIn, type StepKind, type StepProps } from './step-kind.ts'

type Code = ChallengeOf<'code'>

const titles: Record<Code['challengeName'], string> = {
  SMS_MFA: 'Enter the code from the text message',
  SMS_OTP: 'Enter the code from the text message',
  EMAIL_OTP: 'Enter the code from the e-mail',
}

const Body = ({ challenge, busy, errorAt, onResend }: StepProps<Code>) => (
  <SentCode
    delivery={challenge.delivery}
    onResend={challenge.canResend ? onResend : undefined}
    busy={busy}
    error={errorAt('code')}
  />
)

export const code: StepKind<Code> = {
  title: ({ challengeName }) => titles[challengeName],
  // A first factor may be followed by a second one.
  isLast: false,
  fields: () => ['code'],
  read: (form) => {
    const typed = codeIn(form)
    return typed === '' ? missingCode : { answer: { kind: 'code', code: typed } }
  },
  Body,
}
