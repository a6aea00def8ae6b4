// Owns the step that confirms a user who signed up and never entered the code.
import { missingCode, SentCode } from './parts.tsx'
import { type ChallengeOf, codeIn, type StepKind, type StepProps } from './step-kind.ts'

type ConfirmSignUp = ChallengeOf<'confirm-sign-up'>

const Body = ({ challenge, busy, errorAt, onResend }: StepProps<ConfirmSignUp>) => (
  <>
    <p>This user signed up and was never confirmed. Signing in goes on once the code is right.</p>
    <SentCode
      delivery={challenge.delivery}
      onResend={challenge.canResend ? onResend : undefined}
      busy={busy}
      error={errorAt('code')}
    />
  </>
)

export const confirmSignUp: StepKind<ConfirmSignUp> = {
  title: () => 'Confirm the sign-up',
  isLast: false,
  fields: () => ['code'],
  read: (form) => {
    const typed = codeIn(form)
    return typed === '' ? missingCode : { answer: { kind: 'confirm-sign-up', code: typed } }
  },
  Body,
}
