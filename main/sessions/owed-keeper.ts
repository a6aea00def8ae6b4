// Owns that the refresh tokens a profile owes lie in the vault beside its session: added to what is stored there, under the session's
// lock, so that nothing another process has stored meanwhile is written over.
import type { Book, Entry } from './book.ts'
import type { Keeper } from './keeper.ts'
import type { SessionLock, VaultRead } from './ports.ts'
import { owing } from './record.ts'
import type { SessionRecord } from './session.ts'
import { unsavedOf } from './verdicts.ts'

export interface OwedKeeper {
  /** Puts the tokens beside the session of the profile, where there is one. Waits for whoever holds the session's lock. */
  keep(entry: Entry, tokens: readonly string[]): Promise<void>
  /** False where the tokens would end with this process. Waits for no lock. */
  isKept(entry: Entry, tokens: readonly string[]): Promise<boolean>
}

export interface OwedKeeperOptions {
  readonly book: Book
  readonly keeper: Keeper
  readonly lock: SessionLock
}

/** What is at hand here, as it would be stored. */
const ownRecord = ({ state }: Entry): SessionRecord | undefined => {
  if (state.status === 'live') return state.session.record
  return state.status === 'ended' ? state.record : undefined
}

/**
 * The record to add to; undefined where there is none. One that is absent was removed or is about to be written, and one of an
 * earlier sign-in is about to be replaced: whoever does that sees to it.
 */
const baseOf = (
  read: VaultRead<SessionRecord>,
  own: SessionRecord | undefined,
): SessionRecord | undefined => {
  if (read.kind === 'unavailable') return own
  if (read.kind === 'absent') return undefined
  const { value } = read
  if (own === undefined || value.signedInAt > own.signedInAt) return value
  if (value.signedInAt < own.signedInAt) return undefined
  return value.generation >= own.generation ? value : own
}

/** What the stored record says is owed. */
const owedIn = (read: VaultRead<SessionRecord>): readonly string[] =>
  read.kind === 'found' ? (read.value.owedRevocations ?? []) : []

export const createOwedKeeper = ({ book, keeper, lock }: OwedKeeperOptions): OwedKeeper => {
  const isIn = (entry: Entry, read: VaultRead<SessionRecord>, tokens: readonly string[]): boolean => {
    // A session that is to be revoked itself is there with its own token.
    const there = new Set(owedIn(read))
    if (read.kind === 'found') there.add(read.value.tokens.refreshToken)
    return keeper.unsaved(entry.id) !== 'in-memory' && tokens.every((token) => there.has(token))
  }

  const add = async (entry: Entry, tokens: readonly string[]): Promise<void> => {
    const read = await keeper.read(entry.profile)
    const base = baseOf(read, ownRecord(entry))
    if (base === undefined || isIn(entry, read, tokens)) return
    const write = await keeper.save(entry.profile, owing(base, [...owedIn(read), ...tokens]))
    book.apply(entry.id, { kind: 'stored', generation: base.generation, unsaved: unsavedOf(write) })
  }

  return {
    async keep(entry, tokens) {
      if (entry.profile.storage !== 'memory') await lock.hold(entry.id, () => add(entry, tokens))
    },
    async isKept(entry, tokens) {
      return entry.profile.storage !== 'memory' && isIn(entry, await keeper.read(entry.profile), tokens)
    },
  }
}
