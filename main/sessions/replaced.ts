// Owns what of a stored session still has to be revoked when another one takes its place. Pure.
import { readFacts } from './facts.ts'
import { owing } from './record.ts'
import type { SessionRecord } from './session.ts'

/** What of a stored session still has to be revoked when another one takes its place. */
export const revocableTokens = (record: SessionRecord): readonly string[] => {
  const facts = readFacts(record.tokens)
  const isOver = record.ended !== undefined || (facts.ok && !facts.value.isRevocable)
  return [...(record.owedRevocations ?? []), ...(isOver ? [] : [record.tokens.refreshToken])]
}

const isSameSignIn = (one: SessionRecord, other: SessionRecord): boolean =>
  one.userId === other.userId && one.signedInAt === other.signedInAt

/**
 * The record of a sign-in that was made while what was stored could not be read, once that can be: it owes what it takes the place
 * of. `there` is undefined where nothing is. Tokens of the same sign-in are its own.
 */
export const takingPlaceOf = (record: SessionRecord, there: SessionRecord | undefined): SessionRecord => {
  const { replacesUnread, ...read } = record
  if (replacesUnread !== true || there === undefined) return read
  const left = isSameSignIn(record, there) ? (there.owedRevocations ?? []) : revocableTokens(there)
  return owing(read, [...(record.owedRevocations ?? []), ...left])
}
