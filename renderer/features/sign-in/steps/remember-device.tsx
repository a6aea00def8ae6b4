// Owns the question that is left once somebody is signed in: whether the pool shall remember this device.
import type { ChallengeOf, StepKind, StepProps } from './step-kind.ts'

type RememberDevice = ChallengeOf<'remember-device'>

const Body = ({ challenge }: StepProps<RememberDevice>) => (
  <p>
    The user pool knows this device as <strong>{challenge.deviceName}</strong>. Remembered, it may be asked
    for fewer second factors; you can forget it in the profile’s settings.
  </p>
)

export const rememberDevice: StepKind<RememberDevice> = {
  title: () => 'Remember this device?',
  isLast: true,
  lead: 'Signed in',
  buttons: () => ({
    submit: 'Remember',
    decline: { text: 'Don’t remember', answer: { kind: 'remember-device', remember: false } },
  }),
  fields: () => [],
  read: () => ({ answer: { kind: 'remember-device', remember: true } }),
  Body,
}
