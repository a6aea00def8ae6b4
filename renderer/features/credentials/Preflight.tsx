// Owns "Why don't I get credentials?": every step between user pool and role, and what to change about the one that fails.
import { Check, Circle, Stethoscope, X } from 'lucide-react'
import { useState } from 'react'
import type { Failure } from '../../../main/failure.ts'
import type { PreflightStepView } from '../../../preload/views.ts'
import { request } from '../../state/index.ts'
import { Button, FailureMessage } from '../../ui/index.ts'
import styles from './Preflight.module.css'

type Run =
  | { readonly kind: 'idle' | 'running' }
  | { readonly kind: 'done'; readonly steps: readonly PreflightStepView[] }
  | { readonly kind: 'failed'; readonly failure: Failure }

const outcomes = {
  passed: { icon: Check, word: 'Passed' },
  failed: { icon: X, word: 'Failed' },
  skipped: { icon: Circle, word: 'Not checked' },
} as const

const Step = ({ step: { outcome, label, detail, failure } }: { step: PreflightStepView }) => {
  const { icon: Icon, word } = outcomes[outcome]
  return (
    <li className={styles.step} data-outcome={outcome}>
      <Icon size={14} aria-label={word} />
      <div>
        <span>{label}</span>
        {detail !== undefined && <small>{detail}</small>}
        {failure !== undefined && <FailureMessage failure={failure} />}
      </div>
    </li>
  )
}

export const Preflight = ({ profileId }: { profileId: string }) => {
  const [run, setRun] = useState<Run>({ kind: 'idle' })
  const start = async () => {
    setRun({ kind: 'running' })
    const answer = await request('credentials.preflight', profileId)
    setRun(answer.ok ? { kind: 'done', steps: answer.value } : { kind: 'failed', failure: answer.failure })
  }
  return (
    <section className={styles.preflight} aria-label="Why don't I get credentials?">
      <div>
        <Button icon={<Stethoscope size={14} />} busy={run.kind === 'running'} onClick={() => void start()}>
          Why don't I get credentials?
        </Button>
      </div>
      {run.kind === 'done' && (
        <ol className={styles.steps}>
          {run.steps.map((step) => (
            <Step key={step.id} step={step} />
          ))}
        </ol>
      )}
      {run.kind === 'failed' && <FailureMessage failure={run.failure} />}
    </section>
  )
}
