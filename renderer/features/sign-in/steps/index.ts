// Owns the map from what Cognito asks to the step that answers it. A new kind of challenge gets a file beside this one
// and an entry here; until then the compiler refuses.
import type { Challenge } from '../flow.ts'
import { newPassword } from './new-password.tsx'
import type { StepKind } from './step-kind.ts'
import { totp } from './totp.tsx'

const stepKinds: { readonly [K in Challenge['kind']]: StepKind<Extract<Challenge, { kind: K }>> } = {
  totp,
  'new-password': newPassword,
}

/** The step for a challenge. */
export const stepFor = <C extends Challenge>(challenge: C): StepKind<C> =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the map ties each kind to its own challenge, which the compiler cannot follow through an index
  stepKinds[challenge.kind] as unknown as StepKind<C>
