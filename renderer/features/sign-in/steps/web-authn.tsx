// Owns the step for passkeys: why there is none in this window, and the way to where there is.
import { Note } from '../../../ui/index.ts'
import type { ChallengeOf, StepKind, StepProps } from './step-kind.ts'

type WebAuthn = ChallengeOf<'web-authn'>

const Body = ({ challenge }: StepProps<WebAuthn>) => (
  // The words of `sign-in.passkey` in main's table; a test compares them.
  <Note title="A passkey belongs to the web address of the pool's login page, so it cannot be used in this window.">
    {challenge.canUseBrowser
      ? 'Sign in with the browser, or choose another way.'
      : "This profile does not say where the login page is: enter the pool's domain in its settings, or go back and choose another way."}
  </Note>
)

export const webAuthn: StepKind<WebAuthn> = {
  title: () => 'Use a passkey in the browser',
  isLast: false,
  buttons: ({ canUseBrowser }) => ({ submit: canUseBrowser ? 'Sign in with the browser' : 'Edit profile' }),
  fields: () => [],
  read: (_form, { canUseBrowser }) => ({ goOn: canUseBrowser ? 'browser' : 'profile' }),
  Body,
}
