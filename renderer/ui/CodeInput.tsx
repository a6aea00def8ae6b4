// Owns the six boxes of a one-time code: one real input lies over them, so paste and auto-fill work by themselves.
import { type ComponentProps, useState } from 'react'
import styles from './Field.module.css'
import { useFieldAttributes } from './Field.tsx'

const length = 6

/** The digits of what was typed or pasted: "123 456" and "123-456" are the same code. */
export const digitsOf = (text: string): string => text.replace(/\D/g, '').slice(0, length)

export interface CodeInputProps
  extends Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'type' | 'maxLength'> {
  value: string
  onValueChange: (code: string) => void
  /** Called once when the sixth digit arrives. */
  onComplete?: (code: string) => void
}

/** A code of six digits. */
export const CodeInput = ({ value, onValueChange, onComplete, ...rest }: CodeInputProps) => {
  const [allSelected, setAllSelected] = useState(false)
  const attributes = useFieldAttributes()
  const invalid = rest['aria-invalid'] ?? attributes['aria-invalid']
  return (
    <div
      className={styles.code}
      data-invalid={invalid === true || invalid === 'true' ? '' : undefined}
      data-all={allSelected && value !== '' ? '' : undefined}
    >
      {Array.from({ length }, (_, index) => (
        <span
          // The boxes have no identity but their place.
          // oxlint-disable-next-line react/no-array-index-key -- see above
          key={index}
          className={styles.box}
          aria-hidden="true"
          data-active={index === Math.min(value.length, length - 1) ? '' : undefined}
        >
          {value[index]}
        </span>
      ))}
      <input
        {...attributes}
        {...rest}
        className={styles.codeInput}
        type="text"
        inputMode="numeric"
        autoComplete="one-time-code"
        spellCheck={false}
        value={value}
        onChange={(event) => {
          const code = digitsOf(event.target.value)
          onValueChange(code)
          if (code.length === length && code !== value) onComplete?.(code)
        }}
        // The caret is not visible, so it stays where typing goes on: at the end, or over everything.
        onSelect={(event) => {
          const input = event.currentTarget
          const whole = input.selectionStart === 0 && input.selectionEnd === input.value.length
          setAllSelected(whole && input.value !== '')
          if (!whole && input.selectionStart !== input.value.length) {
            input.setSelectionRange(input.value.length, input.value.length)
          }
        }}
      />
    </div>
  )
}
