// Owns what a kind of sign-in step has to provide, so that the dialog can show any of them in the same frame.
import type { ReactNode } from 'react'
import type { Failure } from '../../../../main/failure.ts'
import type { SignInAnswer, SignInStep } from '../../../../preload/views.ts'
import type { Challenge } from '../flow.ts'
import type { FieldError } from '../placement.ts'

/** The challenge of a kind. */
export type ChallengeOf<K extends Challenge['kind']> = Extract<SignInStep, { kind: K }>

export interface StepProps<C> {
  readonly challenge: C
  readonly busy: boolean
  /** What the last answer to this step came to. */
  readonly failure: Failure | undefined
  /** What is wrong at the input of this name. */
  readonly errorAt: (field: string) => string | undefined
  /** Answers without waiting for Continue; only what was typed completely. */
  readonly onAnswer: (answer: SignInAnswer) => void
  /** Sends another code. Answers whether it went out. */
  readonly onResend: () => Promise<boolean>
}

/** What the inputs amount to: an answer to send, a way on in the browser or the profile's settings, or what is missing. */
export type Reading =
  | { readonly answer: SignInAnswer }
  | { readonly goOn: 'browser' | 'profile' }
  | { readonly missing: FieldError }

/** The dialog's buttons where a step needs other ones than Back, Cancel and Continue. */
export interface StepButtons {
  /** The main button's text; none where the step has no answer. */
  readonly submit?: string
  /** In the place of Back and Cancel, where there is nothing to go back to. */
  readonly decline?: { readonly text: string; readonly answer: SignInAnswer }
}

export interface StepKind<C extends Challenge> {
  readonly title: (challenge: C) => string
  /** No step for a person comes after this one. */
  readonly isLast: boolean
  /** The line under the title, where it is not the number of the step. */
  readonly lead?: string
  readonly buttons?: (challenge: C) => StepButtons
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

/** A code as people copy it: spaces inside do not count. */
export const codeIn = (form: FormData): string => textIn(form, 'code').replace(/\s/g, '')
