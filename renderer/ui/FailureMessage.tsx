// Owns how a failure reads: what happened, what to do next, and small what the other side said.
import type { ReactNode } from 'react'
import type { Failure } from '../../main/failure.ts'
import styles from './marks.module.css'
import { Note, type NoteProps } from './marks.tsx'

export interface FailureMessageProps {
  failure: Failure
  tone?: NoteProps['tone']
  role?: NoteProps['role']
  /** Buttons that do what the remedy says. */
  actions?: ReactNode
}

/** A failure as a note. It never holds a secret (main/failure.ts), so all of it is shown. */
export const FailureMessage = ({ failure, tone = 'bad', role = 'alert', actions }: FailureMessageProps) => (
  <Note tone={tone} role={role} title={failure.message} actions={actions}>
    {failure.remedy}
    {failure.detail !== undefined && <span className={styles.small}>{failure.detail}</span>}
    {failure.requestId !== undefined && (
      <span className={styles.small}>
        Request id <code>{failure.requestId}</code>
      </span>
    )}
  </Note>
)
