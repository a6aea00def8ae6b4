// Owns what a kind of sign-in step has to provide, so that the dialog can show any of them in the same frame.
import type { ReactNode } from 'react'
import type { Failure } from '../../../../main/failure.ts'
import type { SignInAnswer } from '../../../../preload/views.ts'
import type { Challenge } from '../flow.ts'
import type { FieldError } from '../placement.ts'

export interface StepProps<C> {
  readonly challenge: C
  readonly busy: boolean
  /** What the last answer to this step came to. */
  readonly failure: Failure | undefined
  /** What is wrong at the input of this name. */
  readonly errorAt: (field: string) => string | undefined
  /** Answers without waiting for Continue; only what was typed completely. */
  readonly onAnswer: (answer: SignInAnswer) => void
}

/** What the inputs amount to: an answer to send, or what is missing. */
export type Reading = { readonly answer: SignInAnswer } | { readonly missing: FieldError }

export interface StepKind<C extends Challenge> {
  readonly title: (challenge: C) => string
  /** No step for a person comes after this one. */
  readonly isLast: boolean
  /** The names of its inputs, in order. */
  readonly fields: (challenge: C) => readonly string[]
  /** Reads the answer from the dialog's form, by the names of the inputs. */
  readonly read: (form: FormData, challenge: C) => Reading
  readonly Body: (props: StepProps<C>) => ReactNode
}

/** A text input's value; the dialog's forms hold no files. */
export const textIn = (form: FormData, name: string): string => {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}
