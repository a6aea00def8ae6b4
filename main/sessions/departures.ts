// Owns what becomes of a removed profile, and of an app client that a profile no longer speaks to: the session is ended at Cognito,
// however long that takes, and only then do its secrets and its settings go. Nobody sees it among the profiles meanwhile.
import type { SignOutOutcome } from '../../preload/views.ts'
import type { Profile } from '../profiles/profile.ts'
import { createBook, type Entry } from './book.ts'
import type { Debt, PayDebt } from './debt.ts'
import type { Keeper } from './keeper.ts'
import type { Limiter } from './limiter.ts'
import { createLoader } from './loader.ts'
import type { Clock, ProfileSource, RandomSource, SessionLock, SessionVault } from './ports.ts'
import { withOwed } from './record.ts'
import type { RefreshOutcome } from './refresh-attempt.ts'
import { createRevocations } from './revocations.ts'
import type { Scheduler } from './scheduler.ts'
import { createSignOutDesk } from './sign-out.ts'

/** What is at hand of a profile at the moment it is removed. */
export interface Leaving {
  readonly entry: Entry
  readonly debt: Pick<Debt, 'record' | 'tokens'> | undefined
  /** A refresh under way may still bring tokens. */
  readonly underWay: Promise<RefreshOutcome> | undefined
}

export interface Departures {
  /** Takes over a profile that was removed just now. */
  take(leaving: Leaving): void
  /** Takes over those that earlier runs left, apart from those taken already. */
  takeUp(): Promise<void>
  /**
   * What the sign-out of a profile that was removed in this run came to; undefined where there was nothing to end. Settles when all is
   * done that can be done at once.
   */
  outcomeOf(profileId: string): Promise<SignOutOutcome | undefined>
  /** Refresh tokens of earlier sessions that a removed profile still owes. */
  readonly owed: (profileId: string) => readonly string[]
  /** Those whose end waits for the network or the keychain. */
  waiting(): readonly Profile[]
  /** The keychain may be back. */
  recover(): Promise<void>
  hurry(): void
  readonly atRisk: () => Promise<readonly Entry[]>
  readonly tryNow: (entry: Entry) => Promise<void>
  drain(): Promise<void>
}

export interface DeparturesOptions {
  readonly profiles: ProfileSource
  readonly vault: SessionVault
  readonly keeper: Keeper
  readonly payDebt: PayDebt
  readonly lock: SessionLock
  readonly clock: Clock
  readonly random: RandomSource
  readonly scheduler: Scheduler
  readonly limiter: Limiter
  /** What waits may be another. */
  readonly onChange: () => void
  readonly reportBug: (error: unknown) => void
}

/** Nothing is told of a profile that is not there any more. */
const silence = {
  add: () => undefined,
  of: () => [],
  history: async () => [],
  forget: () => undefined,
}

export const createDepartures = (options: DeparturesOptions): Departures => {
  const { profiles, vault, keeper, onChange, reportBug } = options
  const outcomes = new Map<string, Promise<SignOutOutcome | undefined>>()
  const flights = new Map<string, Promise<RefreshOutcome>>()
  /** The first try is under way: nothing to be told yet. */
  const trying = new Set<string>()
  const finishing = new Map<string, Promise<void>>()

  const book = createBook((entry) => step(entry))
  const common = { ...options, book, activity: silence }
  const revocations = createRevocations(common)
  const loader = createLoader({ ...common, onOwed: revocations.restore })
  const signOut = createSignOutDesk({
    ...common,
    loader,
    revocations,
    refresher: {
      refresh: () => Promise.resolve({ kind: 'superseded', orphan: undefined }),
      underWay: (profileId) => flights.get(profileId),
      disown: (profileId) => void flights.delete(profileId),
      drain: () => Promise.resolve(),
    },
  })

  /** The settings go last: until then another start takes it up again. */
  const finish = async ({ id }: Entry): Promise<void> => {
    await keeper.remove(id)
    await vault.removeClientSecret(id)
    await profiles.forget?.(id)
    book.remove(id)
    flights.delete(id)
    onChange()
  }

  const end = async (entry: Entry): Promise<SignOutOutcome | undefined> => {
    trying.add(entry.id)
    const ended = await signOut.signOut(entry.id, 'device').finally(() => trying.delete(entry.id))
    onChange()
    return ended.ok ? ended.value : { profileId: entry.id, reached: 'pending', failure: ended.failure }
  }

  /** On from whatever state it has come to; what waits for the network or the keychain is moved by those. */
  const step = (entry: Entry): void => {
    const { id, state } = entry
    if (state.status === 'live' || state.status === 'ended') {
      if (outcomes.has(id)) return
      const outcome = end(entry)
      outcomes.set(id, outcome)
      outcome.catch(reportBug)
    } else if (state.status === 'signed-out' && !state.isRevocationPending && !finishing.has(id)) {
      const finished = finish(entry)
        .catch(reportBug)
        .finally(() => finishing.delete(id))
      finishing.set(id, finished)
    }
  }

  const take = ({ entry, debt, underWay }: Leaving): void => {
    const own = book.add(entry.profile)
    own.generation = entry.generation
    if (underWay !== undefined) flights.set(own.id, underWay)
    onChange()
    const { state } = entry
    if (state.status === 'live') {
      const session = withOwed(state.session, [...(debt?.tokens ?? [])])
      book.apply(own.id, { kind: 'restored', session })
    } else if (debt !== undefined) {
      book.apply(own.id, { kind: 'found-nothing', isRevocationPending: true })
      if (debt.record !== undefined) revocations.restore(own, debt.record)
      for (const token of debt.tokens) revocations.owe(own.id, token)
    } else if (state.status === 'ended') {
      book.apply(own.id, { kind: 'found-ended', record: state.record, failure: state.failure })
    } else {
      loader.ensure(own).catch(reportBug)
    }
  }

  const isWaiting = ({ id, state }: Entry): boolean =>
    state.status === 'unavailable' ||
    (state.status === 'signed-out' && state.isRevocationPending && !trying.has(id))

  return {
    take,
    async takeUp() {
      for (const profile of profiles.removed?.() ?? []) {
        if (book.get(profile.id) === undefined) book.add(profile)
      }
      await loader.loadAll()
      onChange()
    },
    async outcomeOf(profileId) {
      const entry = book.get(profileId)
      if (entry !== undefined) await loader.ensure(entry)
      const outcome = await outcomes.get(profileId)
      await finishing.get(profileId)
      return outcome
    },
    waiting: () => [...book.all()].filter(isWaiting).map(({ profile }) => profile),
    recover: () => loader.reload(),
    owed: revocations.owed,
    hurry: revocations.hurry,
    atRisk: revocations.atRisk,
    tryNow: revocations.tryNow,
    async drain() {
      await revocations.drain()
      await loader.drain()
      await Promise.all(outcomes.values())
      await Promise.all(finishing.values())
    },
  }
}
