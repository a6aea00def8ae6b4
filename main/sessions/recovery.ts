// Owns what to do when the keychain may be back: read what could not be read, save what could not be saved, and think again
// about what failed for want of it.
import type { Book } from './book.ts'
import type { Keeper } from './keeper.ts'
import type { Loader } from './loader.ts'
import { unsavedOf } from './verdicts.ts'

export interface RecoveryOptions {
  readonly book: Book
  readonly keeper: Keeper
  readonly loader: Loader
}

export const createRecovery = ({ book, keeper, loader }: RecoveryOptions): (() => Promise<void>) => {
  const saveAgain = async (profileId: string): Promise<void> => {
    const entry = book.get(profileId)
    if (entry?.state.status !== 'live' || entry.state.session.unsaved === false) return
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
