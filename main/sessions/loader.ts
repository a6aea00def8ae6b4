// Owns reading stored sessions: all of them at the start, few at a time, one at once when somebody needs it, and again what
// could not be read before. What a record means is record.ts's affair.
import { failure } from '../failure.ts'
import type { ActivityLog } from './activity.ts'
import type { Book, Entry } from './book.ts'
import { inParallel } from './in-parallel.ts'
import type { Keeper } from './keeper.ts'
import type { Clock, RandomSource, UnavailableReason } from './ports.ts'
import { sessionOfRecord } from './record.ts'
import type { SessionRecord } from './session.ts'
import type { SessionEvent } from './state.ts'
import { vaultFailure } from './verdicts.ts'

/** The vault makes one call at a time; more would only queue there in front of what a person is waiting for. */
const readsAtOnce = 4
/** Reasons that say nothing about the other items of the keychain. */
const aboutOneItem: ReadonlySet<UnavailableReason> = new Set(['corrupt', 'denied', 'sealed', 'app-only'])

export interface Loader {
  /** Settles once the session of this profile has been read, by this call or by one under way. */
  ensure(entry: Entry): Promise<void>
  /** Reads all that are not read yet. */
  loadAll(): Promise<void>
  /** Reads again all that could not be read. */
  reload(): Promise<void>
  drain(): Promise<void>
}

export interface LoaderOptions {
  readonly book: Book
  readonly keeper: Keeper
  readonly random: RandomSource
  readonly clock: Clock
  readonly activity: ActivityLog
  /** A stored record says that revocations are still owed. */
  readonly onOwed: (entry: Entry, record: SessionRecord) => void
}

export const createLoader = (options: LoaderOptions): Loader => {
  const { book, keeper, random, clock, activity, onOwed } = options
  const reading = new Map<string, Promise<void>>()

  const eventOf = (entry: Entry, record: SessionRecord): SessionEvent => {
    if (record.signedOut !== undefined) return { kind: 'found-nothing', isRevocationPending: true }
    if (record.ended !== undefined) {
      return { kind: 'found-ended', record, failure: failure(record.ended.code) }
    }
    const session = sessionOfRecord(record, random(), clock.now())
    if (!session.ok) return { kind: 'unreadable', failure: failure('vault.corrupt') }
    const { clientId } = session.value.facts
    // A session of another app client is none of this profile's: the profile was changed and its session not yet cleared.
    if (clientId !== undefined && clientId !== entry.profile.clientId) {
      return { kind: 'found-nothing', isRevocationPending: false }
    }
    // What an earlier run could not save may wait in a file.
    const unsaved = keeper.unsaved(entry.id)
    return { kind: 'restored', session: { ...session.value, unsaved } }
  }

  const found = (entry: Entry, record: SessionRecord): void => {
    entry.generation = Math.max(entry.generation, record.generation)
    const event = eventOf(entry, record)
    if (!book.apply(entry.id, event)) return
    if (event.kind === 'restored') activity.add(entry.id, { kind: 'restored' })
    if (record.signedOut !== undefined || record.owedRevocations !== undefined) onOwed(entry, record)
  }

  const unreadable = (entry: Entry, reason: UnavailableReason): void => {
    book.apply(entry.id, { kind: 'unreadable', failure: vaultFailure(reason) })
  }

  const read = async (entry: Entry): Promise<UnavailableReason | undefined> => {
    const result = await keeper.read(entry.profile)
    switch (result.kind) {
      case 'found':
        found(entry, result.value)
        return undefined
      case 'absent':
        book.apply(entry.id, { kind: 'found-nothing', isRevocationPending: false })
        return undefined
      case 'unavailable':
        unreadable(entry, result.reason)
        return result.reason
      default:
        return result satisfies never
    }
  }

  const load = (entry: Entry, shared: { outOfReach?: UnavailableReason }): Promise<void> => {
    const underWay = reading.get(entry.id)
    if (underWay !== undefined) return underWay
    if (shared.outOfReach !== undefined && entry.profile.storage === 'keychain') {
      unreadable(entry, shared.outOfReach)
      return Promise.resolve()
    }
    const run = (async () => {
      const reason = await read(entry)
      // A thousand time-outs one after the other help nobody: what holds for the keychain holds for all its items.
      if (reason !== undefined && !aboutOneItem.has(reason)) shared.outOfReach = reason
    })().finally(() => {
      reading.delete(entry.id)
    })
    reading.set(entry.id, run)
    return run
  }

  const loadThose = async (status: 'loading' | 'unavailable'): Promise<void> => {
    const shared: { outOfReach?: UnavailableReason } = {}
    const entries = [...book.all()].filter(({ state }) => state.status === status)
    await inParallel(readsAtOnce, entries, async (entry) => {
      if (entry.state.status === status) await load(entry, shared)
    })
  }

  return {
    async ensure(entry) {
      if (entry.state.status === 'loading') await load(entry, {})
    },
    loadAll: () => loadThose('loading'),
    reload: () => loadThose('unavailable'),
    async drain() {
      await Promise.all(reading.values())
    },
  }
}
