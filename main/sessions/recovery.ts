// Owns what to do when the keychain may be back: read what could not be read, save what could not be saved, and think again
// about what failed for want of it.
import type { Book, Entry } from './book.ts'
import type { Keeper } from './keeper.ts'
import type { Loader } from './loader.ts'
import type { VaultRead } from './ports.ts'
import { takingPlaceOf } from './replaced.ts'
import type { SessionRecord } from './session.ts'
import type { LiveSession } from './state.ts'
import { unsavedOf } from './verdicts.ts'

const isNewer = (stored: SessionRecord, ours: SessionRecord): boolean =>
  stored.signedInAt > ours.signedInAt ||
  (stored.signedInAt === ours.signedInAt && stored.generation > ours.generation)

export interface RecoveryOptions {
  readonly book: Book
  readonly keeper: Keeper
  readonly loader: Loader
  /** Takes up the refresh token of a session that was replaced. */
  readonly owe: (profileId: string, refreshToken: string) => void
}

export const createRecovery = ({ book, keeper, loader, owe }: RecoveryOptions): (() => Promise<void>) => {
  /** The vault may have put the session in the place of the other one already: then it has what is owed. */
  const takeUpReplaced = (entry: Entry, session: LiveSession, read: VaultRead<SessionRecord>): void => {
    if (read.kind === 'unavailable') return
    const stored = read.kind === 'found' ? read.value : undefined
    const record = takingPlaceOf(session.record, stored)
    const basedOn = session.record.generation
    if (!book.apply(entry.id, { kind: 'refreshed', basedOn, session: { ...session, record } })) return
    for (const token of record.owedRevocations ?? []) owe(entry.id, token)
  }

  const saveAgain = async (profileId: string): Promise<void> => {
    const entry = book.get(profileId)
    if (entry?.state.status !== 'live' || entry.state.session.unsaved === false) return
    const stored = await keeper.read(entry.profile)
    if (entry.state.status !== 'live') return
    // What another process stored meanwhile is taken up by the next refresh, not written over.
    if (stored.kind === 'found' && isNewer(stored.value, entry.state.session.record)) return
    if (entry.state.session.record.replacesUnread === true) takeUpReplaced(entry, entry.state.session, stored)
    const { record } = entry.state.session
    const write = await keeper.save(entry.profile, record)
    const { generation } = record
    book.apply(profileId, { kind: 'stored', generation, unsaved: unsavedOf(write) })
  }

  return async () => {
    await loader.reload()
    for (const { id, state } of book.all()) {
      if (state.status !== 'live') continue
      const { health } = state
      if (health.kind === 'attention' && health.failure.code.startsWith('vault.')) {
        book.apply(id, { kind: 'reconsidered' })
      }
      await saveAgain(id)
    }
  }
}
