// Owns what is typed into the profile form and what is wrong with it. Our own, since a form library weighs 12 kB of the 150
// that the renderer may have, and main validates anyway.
import { type ChangeEvent, useState } from 'react'
import { oncePointerRests } from '../../ui/index.ts'
import { type FieldPath, formFields, hints, isRequired, requiredFields } from './hints.ts'
import type { FormValues, TextField } from './values.ts'

type Input = HTMLInputElement | HTMLSelectElement

/** What a text input or a choice of the form takes. */
export interface FieldProps {
  readonly name: string
  readonly value: string
  readonly onChange: (event: ChangeEvent<Input>) => void
  readonly onBlur: () => void
}

/** What is known about the form's fields besides their values. */
export interface FieldMarks {
  /** Left once, so that their light check shows. */
  readonly left: ReadonlySet<FieldPath>
  /** Main's refusals, until what they are about is changed. */
  readonly refused: Readonly<Partial<Record<FieldPath, string>>>
  /** Sending was tried: what is required and blank shows. */
  readonly sent: boolean
}

export const noMarks: FieldMarks = { left: new Set(), refused: {}, sent: false }

/** What is wrong at a field, or undefined: main's word first, then the light check, then what is missing. */
export const errorOf = (path: FieldPath, values: FormValues, marks: FieldMarks): string | undefined => {
  const refusal = marks.refused[path]
  if (refusal !== undefined) return refusal
  const value = values[path]
  const isShown = marks.left.has(path) || marks.sent
  const hint = isShown && typeof value === 'string' ? hints[path]?.(value, values) : undefined
  if (hint !== undefined) return hint
  return marks.sent && isRequired(path) && values[path].trim() === '' ? requiredFields[path] : undefined
}

/** The first field, in the order of the form, that would be refused if this were sent. */
export const firstError = (values: FormValues): FieldPath | undefined =>
  formFields.find(
    (field): field is FieldPath =>
      field !== 'clientSecret' && errorOf(field, values, { ...noMarks, sent: true }) !== undefined,
  )

export interface FormState {
  readonly values: FormValues
  /** Sets fields as if typed and left. */
  readonly fill: (some: Partial<FormValues>) => void
  readonly field: (path: TextField) => FieldProps
  readonly errorAt: (path: FieldPath) => string | undefined
  readonly refuse: (path: FieldPath, message: string) => void
  /** Shows everything that keeps the form from being sent. */
  readonly markSent: () => void
}

export const useFormState = (initial: FormValues): FormState => {
  const [values, setValues] = useState(initial)
  const [marks, setMarks] = useState(noMarks)

  const fill = (some: Partial<FormValues>, left: readonly string[] = Object.keys(some)): void => {
    setValues((now) => ({ ...now, ...some }))
    setMarks((now) => ({
      ...now,
      left: new Set([...now.left, ...formFields.filter(isFieldPath).filter((path) => left.includes(path))]),
      // A refusal was about the text that has just changed.
      refused: Object.fromEntries(Object.entries(now.refused).filter(([path]) => !(path in some))),
    }))
  }

  return {
    values,
    fill: (some) => fill(some),
    field: (path) => ({
      name: path,
      value: values[path],
      onChange: (event) => fill({ [path]: event.target.value }, []),
      // A message that appears while something is pressed would push it from under the pointer.
      onBlur: () => oncePointerRests(() => fill({}, [path])),
    }),
    errorAt: (path) => errorOf(path, values, marks),
    refuse: (path, message) => setMarks((now) => ({ ...now, refused: { ...now.refused, [path]: message } })),
    markSent: () => setMarks((now) => ({ ...now, sent: true })),
  }
}

const isFieldPath = (field: (typeof formFields)[number]): field is FieldPath => field !== 'clientSecret'
