// Owns the buttons under a stage of the sign-in dialog.
import type { SignInAnswer } from '../../../preload/views.ts'
import { Button } from '../../ui/index.ts'
import type { Challenge } from './flow.ts'
import { stepFor } from './steps/index.ts'

interface StageButtonsProps {
  challenge: Challenge | undefined
  /** What beginning is called. */
  begin: string
  busy: boolean
  onAnswer: (answer: SignInAnswer) => void
  onBack: () => void
  onCancel: () => void
}

export const StageButtons = ({ challenge, begin, busy, onAnswer, onBack, onCancel }: StageButtonsProps) => {
  const buttons = challenge && stepFor(challenge).buttons?.(challenge)
  const submit = challenge === undefined ? begin : buttons === undefined ? 'Continue' : buttons.submit
  const decline = buttons?.decline
  return (
    <>
      {challenge && decline === undefined && (
        <Button variant="ghost" data-start="" onClick={onBack}>
          Back
        </Button>
      )}
      {decline === undefined ? (
        <Button onClick={onCancel}>Cancel</Button>
      ) : (
        <Button onClick={() => onAnswer(decline.answer)}>{decline.text}</Button>
      )}
      {submit !== undefined && (
        <Button variant="primary" type="submit" busy={busy}>
          {submit}
        </Button>
      )}
    </>
  )
}
