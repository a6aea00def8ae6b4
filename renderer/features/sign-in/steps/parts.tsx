// Owns what several steps show: a code that was sent, another one on request, a list to choose from, a pool's parameters.
import { type ReactNode, useState } from 'react'
import type { CodeDelivery } from '../../../../preload/views.ts'
import { Field, LinkButton, TextInput } from '../../../ui/index.ts'
import { Fact, Facts } from '../../values/Facts.tsx'
import type { FieldError } from '../placement.ts'
import { describeDelivery } from '../words.ts'
import styles from './steps.module.css'

interface SentCodeProps {
  delivery: CodeDelivery
  /** Absent where a new code takes a new sign-in. */
  onResend: (() => Promise<boolean>) | undefined
  busy: boolean
  error: string | undefined
}

/** One input, since codes have six digits or eight by where they come from, with where this one went. */
export const SentCode = ({ delivery, onResend, busy, error }: SentCodeProps) => (
  <>
    <Field label="Code" hint={describeDelivery(delivery)} error={error}>
      <TextInput
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={64}
        readOnly={busy}
        className={styles.code}
      />
    </Field>
    {onResend && <Resend onResend={onResend} />}
  </>
)

const Resend = ({ onResend }: { onResend: () => Promise<boolean> }) => {
  const [sent, setSent] = useState(false)
  const resend = async (): Promise<void> => {
    setSent(false)
    setSent(await onResend())
  }
  return (
    <p className={styles.line}>
      <LinkButton onClick={() => void resend()}>Send another code</LinkButton>
      <output>{sent ? 'Another code is on its way; only the newest one counts.' : ''}</output>
    </p>
  )
}

export const missingCode: { readonly missing: FieldError } = {
  missing: { field: 'code', text: 'Enter the code.' },
}

export interface Choice {
  readonly value: string
  readonly label: string
  readonly hint?: string | undefined
}

interface ChoicesProps {
  /** What is chosen, for screen readers. */
  label: string
  options: readonly Choice[]
  value: string | undefined
  onValueChange: (value: string) => void
  disabled: boolean
}

/** Native radio buttons named `choice`, one below the other: the arrow keys are the browser's. */
export const Choices = ({ label, options, value, onValueChange, disabled }: ChoicesProps) => (
  <div role="radiogroup" aria-label={label} className={styles.choices}>
    {options.map((option) => (
      <label key={option.value} className={styles.choice}>
        <input
          type="radio"
          name="choice"
          value={option.value}
          checked={option.value === value}
          disabled={disabled}
          data-initial-focus={option.value === value ? '' : undefined}
          onChange={() => onValueChange(option.value)}
        />
        <span>
          {option.label}
          {option.hint !== undefined && <small>{option.hint}</small>}
        </span>
      </label>
    ))}
  </div>
)

/** What the pool sent with its question, as it is. */
export const Parameters = ({ parameters }: { parameters: Readonly<Record<string, string>> }): ReactNode => {
  const entries = Object.entries(parameters)
  return entries.length === 0 ? (
    <p className={styles.small}>The user pool sent nothing with this question.</p>
  ) : (
    <Facts>
      {entries.map(([name, value]) => (
        <Fact key={name} name={name}>
          {value}
        </Fact>
      ))}
    </Facts>
  )
}
