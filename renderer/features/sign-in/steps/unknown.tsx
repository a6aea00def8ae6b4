// Owns the step for a challenge newer than Sesame: its name, what came with it, and a free answer.
import { Field, Note, TextInput } from '../../../ui/index.ts'
import { Parameters } from './parts.tsx'
import { type ChallengeOf, type StepKind, type StepProps, textIn } from './step-kind.ts'

type Unknown = ChallengeOf<'unknown'>

const Body = ({ challenge, busy, errorAt }: StepProps<Unknown>) => (
  <>
    <Note tone="warn" title="Sesame does not know this step">
      It may still be answered: what Cognito sent is below.
    </Note>
    <Parameters parameters={challenge.parameters} />
    <Field label="Answer" error={errorAt('answer')}>
      <TextInput name="answer" maxLength={8192} readOnly={busy} />
    </Field>
    <Field
      label="Name of the response"
      hint="as in the API of RespondToAuthChallenge"
      error={errorAt('responseName')}
    >
      <TextInput name="responseName" mono defaultValue="ANSWER" maxLength={128} readOnly={busy} />
    </Field>
  </>
)

export const unknown: StepKind<Unknown> = {
  title: ({ challengeName }) => `Answer ${challengeName}`,
  isLast: false,
  fields: () => ['answer', 'responseName'],
  read: (form) => {
    const responseName = textIn(form, 'responseName').trim()
    return {
      answer: {
        kind: 'unknown',
        answer: textIn(form, 'answer'),
        ...(responseName !== '' && { responseName }),
      },
    }
  },
  Body,
}
