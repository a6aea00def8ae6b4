// Owns what an expected failure is as a value, and the results that carry one. Its codes and sentences are in failure-texts/.
// Knows nothing of where a failure came from; each folder maps its own world (Cognito, keychain, files) to these codes.
import { failureTexts } from './failure-texts/index.ts'

export type FailureCode = keyof typeof failureTexts

/** An expected failure as a value. It is safe to show, to log and to send to the renderer: it never holds a secret. */
export interface Failure {
  readonly code: FailureCode
  readonly message: string
  readonly remedy: string
  /** The input it is about, by its name in the form or file. */
  readonly field?: string | undefined
  /** What the other side said, or which file it is; shown small. Never a secret. */
  readonly detail?: string | undefined
  /** AWS's request id, where there was one. */
  readonly requestId?: string | undefined
  /** Epoch milliseconds by the server's clock: there is no use in another try before then. */
  readonly retryAt?: number | undefined
  /** What was asked may have been done all the same: no answer came, half of one, or one of something in between. */
  readonly mayBeDone?: true | undefined
}

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure }

/** What worked. */
export const ok = <T>(value: T): Result<T> => ({ ok: true, value })

/** A failure of the table, with what is particular to this case. `message` and `remedy` override the table's. */
export const failure = (code: FailureCode, particulars: Partial<Omit<Failure, 'code'>> = {}): Failure => ({
  code,
  ...failureTexts[code],
  ...particulars,
})

/** What did not work, as a result. */
export const fail = (code: FailureCode, particulars?: Partial<Omit<Failure, 'code'>>): Result<never> => ({
  ok: false,
  failure: failure(code, particulars),
})

/** For the end of a switch over a union: a new member becomes a compile error here. */
export const assertNever = (value: never): never => {
  throw new Error(`unexpected member of a union: ${JSON.stringify(value)}`)
}
