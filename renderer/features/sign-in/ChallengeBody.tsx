// Owns the body of the sign-in dialog while a challenge is open: its step, and the time it stays open.
import { useEffect, useEffectEvent } from 'react'
import { useTicking } from '../../state/index.ts'
import type { Challenge } from './flow.ts'
import styles from './SignInDialog.module.css'
import { stepFor } from './steps/index.ts'
import type { StepProps } from './steps/step-kind.ts'
import { formatTimeLeft } from './words.ts'

interface ChallengeBodyProps extends StepProps<Challenge> {
  readonly onRunOut: () => void
}

export const ChallengeBody = ({ onRunOut, ...step }: ChallengeBodyProps) => {
  const { Body } = stepFor(step.challenge)
  return (
    <>
      <Body {...step} />
      <Deadline expiresAt={step.challenge.expiresAt} busy={step.busy} onRunOut={onRunOut} />
    </>
  )
}

/** Counts down. An answer under way is waited for: Cognito may have taken it in time. */
const Deadline = ({
  expiresAt,
  busy,
  onRunOut,
}: {
  expiresAt: number
  busy: boolean
  onRunOut: () => void
}) => {
  const left = useTicking((now) => formatTimeLeft(expiresAt - now))
  const isOver = useTicking((now) => now >= expiresAt)
  const runOut = useEffectEvent(onRunOut)
  useEffect(() => {
    if (isOver && !busy) runOut()
  }, [isOver, busy])
  return <p className={styles.deadline}>This step stays open for {left}.</p>
}
