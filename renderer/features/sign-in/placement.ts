// Owns where in the dialog a failure is shown: under the field it is about, or as a note above all of them. Pure.
import type { Failure } from '../../../main/failure.ts'

/** Something wrong at one input, by the input's name. */
export interface FieldError {
  readonly field: string
  readonly text: string
}

/** The inputs a failure may be about by its code, most fitting first; main's own `field` comes before these. */
const fieldsByCode: { readonly [C in Failure['code']]?: readonly string[] } = {
  'sign-in.wrong-password': ['password'],
  'sign-in.locked-out': ['password'],
  'sign-in.user-not-found': ['username'],
  'sign-in.wrong-code': ['code', 'answer'],
  'sign-in.password-policy': ['newPassword'],
}

/** Only where the other side's words add to ours: the rule of the password policy that was broken. */
const showsDetail: ReadonlySet<Failure['code']> = new Set(['sign-in.password-policy'])

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`)

const textOf = ({ code, message, remedy, detail }: Failure): string =>
  [message, showsDetail.has(code) && detail !== undefined && sentence(detail), remedy]
    .filter((part) => part !== false)
    .join(' ')

/**
 * The field error a failure becomes, or undefined where it is about none of the inputs shown.
 * @param fields the names of the inputs of the stage
 */
export const placeFailure = (failure: Failure, fields: readonly string[]): FieldError | undefined => {
  const candidates = [failure.field, ...(fieldsByCode[failure.code] ?? [])]
  const field = candidates.find((candidate) => candidate !== undefined && fields.includes(candidate))
  return field === undefined ? undefined : { field, text: textOf(failure) }
}
