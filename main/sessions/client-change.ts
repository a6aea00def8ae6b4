// Owns what becomes of a session whose profile comes to speak to another app client: it is none of the profile's any more, and leaves
// with the settings it belongs to, under an id of its own, to be ended there as that of a removed profile.
import { fail, ok, type Result } from '../failure.ts'
import type { Profile } from '../profiles/profile.ts'
import type { ActivityLog } from './activity.ts'
import type { Book, Entry } from './book.ts'
import type { Departures, Leaving } from './departures.ts'
import type { Keeper } from './keeper.ts'
import type { Loader } from './loader.ts'
import type { ProfileSource, SessionVault } from './ports.ts'
import { owing } from './record.ts'
import type { Refresher } from './refresher.ts'
import type { Revocations } from './revocations.ts'
import type { SessionRecord } from './session.ts'
import type { SessionState } from './state.ts'
import { vaultFailure } from './verdicts.ts'

export interface ClientChange {
  /**
   * To be asked before the profile changes, and before its client secret does. Settles when all is done that can be done at once.
   * Fails with a vault code where a session is stored and can not be read for now.
   */
  readonly prepare: (profileId: string) => Promise<Result<void>>
  /** The profile has changed; `before` is what it was. */
  readonly follow: (entry: Entry, before: Profile) => Promise<void>
  /** Settles when all that is leaving has left. */
  readonly drain: () => Promise<void>
}

export interface ClientChangeOptions {
  readonly profiles: ProfileSource
  readonly book: Book
  readonly keeper: Keeper
  readonly vault: SessionVault
  readonly loader: Loader
  readonly refresher: Refresher
  readonly revocations: Revocations
  readonly departures: Departures
  readonly activity: ActivityLog
}

type Left =
  | { readonly kind: 'nothing-to-end' }
  /** What is stored could not be read: it is where it was. */
  | { readonly kind: 'unread' }
  | { readonly kind: 'left'; readonly id: string }

/** What is to be stored of it; undefined where no record is at hand. */
const recordOf = ({ entry: { state }, debt }: Leaving): SessionRecord | undefined => {
  const tokens = [...(debt?.tokens ?? [])]
  if (state.status === 'live') return owing(state.session.record, tokens)
  if (debt?.record !== undefined) return owing(debt.record, tokens)
  return state.status === 'ended' && tokens.length > 0 ? owing(state.record, tokens) : undefined
}

const stateUnderId = (state: SessionState, profileId: string): SessionState => {
  if (state.status === 'ended') return { ...state, record: { ...state.record, profileId } }
  // What could not be read has been by now.
  if (state.status === 'unavailable') return { status: 'loading' }
  if (state.status !== 'live') return state
  const { session } = state
  return { ...state, session: { ...session, record: { ...session.record, profileId } } }
}

/** The same under the id of other settings. */
const underId = ({ entry, debt, underWay }: Leaving, profile: Profile): Leaving => {
  const { id } = profile
  const record = debt?.record && { ...debt.record, profileId: id }
  return {
    entry: { ...entry, id, profile, state: stateUnderId(entry.state, id) },
    debt: debt && { ...debt, record },
    underWay,
  }
}

export const createClientChange = (options: ClientChangeOptions): ClientChange => {
  const { profiles, book, keeper, vault, loader, refresher, revocations, departures, activity } = options
  const underWay = new Set<Promise<Left>>()

  /** Stored under the new id with all it takes to end it, before it goes where it was. */
  const handOn = async (leaving: Leaving, record: SessionRecord | undefined): Promise<Left> => {
    const before = leaving.entry.profile
    const former = await profiles.retire?.(before)
    if (former === undefined) return { kind: 'unread' }
    const secret = await vault.readClientSecret(before)
    if (secret.kind === 'found') await vault.writeClientSecret(former, secret.value)
    if (record !== undefined) await keeper.save(former, { ...record, profileId: former.id })
    departures.take(underId(leaving, former))
    return { kind: 'left', id: former.id }
  }

  const handOver = async (leaving: Leaving): Promise<Left> => {
    const { state, profile } = leaving.entry
    if (state.status === 'loading' || state.status === 'unavailable') {
      const read = await keeper.read(profile)
      if (read.kind === 'found') return handOn(leaving, read.value)
      const isLost = read.kind === 'absent' || read.reason === 'corrupt'
      return { kind: isLost ? 'nothing-to-end' : 'unread' }
    }
    const record = recordOf(leaving)
    const isOwing = record !== undefined || (leaving.debt?.tokens.size ?? 0) > 0
    return isOwing ? handOn(leaving, record) : { kind: 'nothing-to-end' }
  }

  /** From the call on nothing of this session is handed out. */
  const leaveNow = async (entry: Entry, before: Profile): Promise<Left> => {
    const { id } = entry
    const flight = refresher.underWay(id)
    const leaving = { entry: { ...entry, profile: before }, debt: revocations.handOver(id), underWay: flight }
    refresher.disown(id)
    entry.generation += 1
    const { generation } = entry
    book.apply(id, { kind: 'signed-out', isRevocationPending: false })
    if (leaving.entry.state.status === 'live')
      activity.add(id, { kind: 'signed-out', detail: 'another app client' })
    const left = await handOver(leaving)
    const isUnused = entry.state.status === 'signed-out' && entry.generation === generation
    if (left.kind !== 'unread' && isUnused) await keeper.remove(id)
    return left
  }

  const leave = (entry: Entry, before: Profile): Promise<Left> => {
    const run = leaveNow(entry, before).finally(() => underWay.delete(run))
    underWay.add(run)
    return run
  }

  return {
    async prepare(profileId) {
      const entry = book.get(profileId)
      if (entry === undefined) return fail('profile.not-found')
      await loader.ensure(entry)
      if (entry.state.status === 'unavailable' && (await vault.hasSession(profileId))) {
        const read = await keeper.read(entry.profile)
        if (read.kind === 'unavailable' && read.reason !== 'corrupt')
          return { ok: false, failure: vaultFailure(read.reason) }
      }
      const left = await leave(entry, entry.profile)
      if (left.kind === 'left') await departures.outcomeOf(left.id)
      return ok(undefined)
    },
    async follow(entry, before) {
      await leave(entry, before)
    },
    async drain() {
      await Promise.allSettled(underWay)
    },
  }
}
