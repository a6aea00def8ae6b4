// Owns the frame of a form field: label, hint, error, and how they are tied to the input inside for screen readers.
import { createContext, type ReactNode, use, useId } from 'react'
import styles from './Field.module.css'

interface FieldWiring {
  readonly id: string
  readonly labelId: string
  readonly describedBy: string | undefined
  readonly invalid: boolean
}

const FieldContext = createContext<FieldWiring | undefined>(undefined)

export interface FieldProps {
  label: ReactNode
  /** What a right value is for, or looks like; shown under the label. */
  hint?: ReactNode
  /** Why the value was refused, with what a right one looks like; shown under the input. */
  error?: ReactNode
  children: ReactNode
}

/** A labelled field around one of the inputs of this folder. */
export const Field = ({ label, hint, error, children }: FieldProps) => {
  const id = useId()
  const hasHint = hint !== undefined && hint !== ''
  const hasError = error !== undefined && error !== '' && error !== null
  const described = [hasError && `${id}-error`, hasHint && `${id}-hint`].filter((part) => part !== false)
  const wiring: FieldWiring = {
    id,
    labelId: `${id}-label`,
    describedBy: described.length > 0 ? described.join(' ') : undefined,
    invalid: hasError,
  }
  return (
    <div className={styles.field}>
      <label className={styles.label} id={wiring.labelId} htmlFor={id}>
        {label}
      </label>
      {hasHint && (
        <span className={styles.hint} id={`${id}-hint`}>
          {hint}
        </span>
      )}
      <FieldContext value={wiring}>{children}</FieldContext>
      {hasError && (
        <span className={styles.error} id={`${id}-error`} role="alert">
          {error}
        </span>
      )}
    </div>
  )
}

/** The attributes an input takes over from the field around it; none outside one. */
export const useFieldAttributes = () => {
  const wiring = use(FieldContext)
  return wiring === undefined
    ? {}
    : {
        id: wiring.id,
        'aria-describedby': wiring.describedBy,
        'aria-invalid': wiring.invalid || undefined,
      }
}

/** The same for a group of inputs, which a `label for` cannot name. */
export const useFieldGroupAttributes = () => {
  const wiring = use(FieldContext)
  return wiring === undefined
    ? {}
    : { 'aria-labelledby': wiring.labelId, 'aria-describedby': wiring.describedBy }
}
