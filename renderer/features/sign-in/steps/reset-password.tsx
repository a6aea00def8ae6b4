// Owns the step that sets a new password with a code: forgotten by the person, or asked for by an administrator.
import { Field, PasswordInput } from '../../../ui/index.ts'
import { missingCode, SentCode } from './parts.tsx'
import { type ChallengeOf, codeIn, type StepKind, type StepProps, textIn } from './step-kind.ts'

type ResetPassword = ChallengeOf<'reset-password'>

const Body = ({ challenge, busy, errorAt, onResend }: StepProps<ResetPassword>) => (
  <>
    {challenge.reason === 'required' && <p>An administrator asked for this password to be reset.</p>}
    <SentCode
      delivery={challenge.delivery}
      onResend={challenge.canResend ? onResend : undefined}
      busy={busy}
      error={errorAt('code')}
    />
    <Field label="New password" hint="Signing in goes on with this one." error={errorAt('newPassword')}>
      <PasswordInput name="newPassword" autoComplete="new-password" maxLength={256} readOnly={busy} />
    </Field>
  </>
)

export const resetPassword: StepKind<ResetPassword> = {
  title: () => 'Reset the password',
  isLast: false,
  fields: () => ['code', 'newPassword'],
  read: (form) => {
    const typed = codeIn(form)
    const newPassword = textIn(form, 'newPassword')
    if (typed === '') return missingCode
    if (newPassword === '') return { missing: { field: 'newPassword', text: 'Enter a new password.' } }
    return { answer: { kind: 'reset-password', code: typed, newPassword } }
  },
  Body,
}
