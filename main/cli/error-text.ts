// Owns how a failure reads on stderr. Loads nothing: the fast path uses it too.
import type { Failure } from '../failure.ts'
import { printable } from './printable.ts'

export type ErrorWords = Pick<Failure, 'message' | 'remedy' | 'detail' | 'field'>

/** What happened, what the other side said, what to do next. An AWS tool prints this as the reason it has no credentials. */
export const errorText = ({ message, remedy, detail, field }: ErrorWords): string => {
  const about = [field, detail].filter((part) => part !== undefined && part !== '').join(': ')
  return `${printable(`sesame: ${message}${about === '' ? '' : ` (${about})`}`)}\n${printable(remedy)}\n`
}
