// Owns the plain inputs: text, text area, password, check box, choice. They wire themselves to the Field around them.
import { clsx } from 'clsx'
import { ChevronDown, Eye, EyeOff } from 'lucide-react'
import { type ComponentProps, type ReactNode, useId, useState } from 'react'
import { IconButton } from './Button.tsx'
import styles from './Field.module.css'
import { useFieldAttributes, useFieldGroupAttributes } from './Field.tsx'
import { Tooltip } from './Tooltip.tsx'

export interface TextInputProps extends ComponentProps<'input'> {
  /** For ids, ARNs and addresses. */
  mono?: boolean
}

/** A line of text. Spelling aids are off: what is typed here are names and ids. */
export const TextInput = ({ mono, className, type = 'text', ...rest }: TextInputProps) => (
  <input
    spellCheck={false}
    autoCapitalize="off"
    autoCorrect="off"
    autoComplete="off"
    {...useFieldAttributes()}
    {...rest}
    type={type}
    className={clsx(styles.input, mono && styles.mono, className)}
  />
)

/** Several lines of text. */
export const TextArea = ({ mono, className, ...rest }: ComponentProps<'textarea'> & { mono?: boolean }) => (
  <textarea
    spellCheck={false}
    {...useFieldAttributes()}
    {...rest}
    className={clsx(styles.input, mono && styles.mono, className)}
  />
)

/** A password, hidden until its eye is pressed. */
export const PasswordInput = ({
  className,
  autoComplete = 'current-password',
  ...rest
}: ComponentProps<'input'>) => {
  const [shown, setShown] = useState(false)
  return (
    <span className={styles.affix}>
      <input
        spellCheck={false}
        autoCapitalize="off"
        {...useFieldAttributes()}
        {...rest}
        type={shown ? 'text' : 'password'}
        autoComplete={autoComplete}
        className={clsx(styles.input, className)}
      />
      <IconButton
        label={shown ? 'Hide password' : 'Show password'}
        size="small"
        disabled={rest.disabled}
        onClick={() => setShown(!shown)}
      >
        {shown ? <EyeOff size={15} /> : <Eye size={15} />}
      </IconButton>
    </span>
  )
}

export interface CheckboxProps extends Omit<ComponentProps<'input'>, 'type' | 'children'> {
  label: ReactNode
  hint?: ReactNode
}

/** A check box with its label; the whole line is the target. */
export const Checkbox = ({ label, hint, className, id, ...rest }: CheckboxProps) => {
  const ownId = useId()
  const inputId = id ?? ownId
  return (
    <label className={clsx(styles.check, className)} htmlFor={inputId}>
      <input {...rest} id={inputId} type="checkbox" />
      <span>
        {label}
        {hint !== undefined && <small>{hint}</small>}
      </span>
    </label>
  )
}

export interface Option<V extends string> {
  readonly value: V
  readonly label: string
  readonly disabled?: boolean
  /** Shown by a segment while the pointer is on it, e.g. why it is disabled. */
  readonly tooltip?: string
}

export interface SegmentedProps<V extends string> {
  options: readonly Option<V>[]
  value: V
  onValueChange: (value: V) => void
  disabled?: boolean
  /** Names the group where no Field does. */
  'aria-label'?: string
}

/** A choice among a few, all visible. Native radio buttons, so the arrow keys are the browser's. */
export const Segmented = <V extends string>({
  options,
  value,
  onValueChange,
  disabled,
  ...rest
}: SegmentedProps<V>) => {
  const name = useId()
  return (
    <div role="radiogroup" {...useFieldGroupAttributes()} {...rest} className={styles.segments}>
      {options.map((option) => {
        const segment = (
          <label key={option.value} className={styles.segment}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              disabled={disabled === true || option.disabled === true}
              onChange={() => onValueChange(option.value)}
            />
            {option.label}
          </label>
        )
        if (option.tooltip === undefined) return segment
        return (
          <Tooltip key={option.value} text={option.tooltip}>
            {segment}
          </Tooltip>
        )
      })}
    </div>
  )
}

export interface SelectProps<V extends string> extends Omit<ComponentProps<'select'>, 'value' | 'children'> {
  options: readonly Option<V>[]
  value?: V
  onValueChange?: (value: V) => void
}

/** A choice among many. The platform's own list, which every keyboard and screen reader knows. */
export const Select = <V extends string>({
  options,
  onValueChange,
  onChange,
  className,
  ...rest
}: SelectProps<V>) => (
  <div className={styles.selectBox}>
    <select
      {...useFieldAttributes()}
      {...rest}
      className={clsx(styles.input, styles.select, className)}
      onChange={(event) => {
        onChange?.(event)
        const chosen = options.find((option) => option.value === event.target.value)
        if (chosen !== undefined) onValueChange?.(chosen.value)
      }}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value} disabled={option.disabled}>
          {option.label}
        </option>
      ))}
    </select>
    <ChevronDown size={14} aria-hidden="true" />
  </div>
)
