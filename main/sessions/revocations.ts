// Owns what is still owed to Cognito after a sign-out here: tried at once, and again after a back-off or when the network is
// back, until it went through. What is owed is stored with the profile's record, so that it survives a restart.
import { failure } from '../failure.ts'
import type { ActivityLog } from './activity.ts'
import type { Book, Entry } from './book.ts'
import { type Debt, type PayDebt, type Payment, type SignedOutRecord, takeOver } from './debt.ts'
import type { Ending } from './end-session.ts'
import type { Keeper } from './keeper.ts'
import { retryDelayMs } from './lifetimes.ts'
import type { Limiter } from './limiter.ts'
import { newestOf } from './newest-record.ts'
import { createOwedKeeper } from './owed-keeper.ts'
import type { Clock, RandomSource, SessionLock } from './ports.ts'
import { createRatedLane, rateKey } from './rated-lane.ts'
import type { Scheduler } from './scheduler.ts'
import type { SessionRecord, TokenSet } from './session.ts'
import { tellEnding } from './sign-out-events.ts'

export interface Revocations {
  /**
   * Ends a session at Cognito and answers what was reached; what stays pending is tried again. `orphan` are tokens that a
   * refresh under way may still bring: they are the ones to end then.
   */
  readonly end: (
    entry: Entry,
    record: SignedOutRecord,
    orphan: Promise<TokenSet | undefined>,
  ) => Promise<Ending>
  /** A new sign-in takes the place of what is owed: answers the refresh tokens that its record has to carry. */
  readonly yieldTo: (profileId: string, replacedToken: string | undefined) => readonly string[]
  /** Adds the token of a session that was replaced, and stores it beside the session that replaced it. */
  readonly owe: (profileId: string, refreshToken: string) => void
  readonly owed: (profileId: string) => readonly string[]
  /** Takes up what a stored record says is owed. */
  readonly restore: (entry: Entry, record: SessionRecord) => void
  /**
   * Does the work, a sign-in, while nothing of this profile is ended at Cognito: a global sign-out would end the new session with the
   * old ones, and until the new one is stored the one it replaces is all that a crash would leave. What is owed is tried after it.
   */
  readonly quietly: <T>(profileId: string, work: () => Promise<T>) => Promise<T>
  /** Tries all of it soon, at the rate Cognito allows. */
  readonly hurry: () => void
  /** What nobody could pay after this process has ended, because its tokens are kept nowhere. */
  readonly atRisk: () => Promise<readonly Entry[]>
  /** Tries this one now. */
  readonly tryNow: (entry: Entry) => Promise<void>
  /** Forgets what is owed and answers it: the signed-out record, where there is one, and tokens of sessions before it. */
  readonly handOver: (profileId: string) => Pick<Debt, 'record' | 'tokens'> | undefined
  readonly forget: (profileId: string) => void
  readonly drain: () => Promise<void>
}

export interface RevocationsOptions {
  readonly book: Book
  readonly keeper: Keeper
  readonly payDebt: PayDebt
  readonly lock: SessionLock
  readonly clock: Clock
  readonly random: RandomSource
  readonly scheduler: Scheduler
  readonly limiter: Limiter
  readonly activity: ActivityLog
  readonly reportBug: (error: unknown) => void
}

const isSignedOut = (record: SessionRecord): record is SignedOutRecord => record.signedOut !== undefined

export const createRevocations = (options: RevocationsOptions): Revocations => {
  const { book, keeper, payDebt, clock, random, scheduler, limiter, activity } = options
  const owedKeeper = createOwedKeeper(options)
  const debts = new Map<string, Debt>()
  const settling = new Map<string, Promise<Ending | undefined>>()
  /** Tokens being stored. */
  const keeping = new Set<Promise<void>>()
  /** Profiles that somebody is signing in to, by how many times. */
  const quiet = new Map<string, number>()

  const debtOf = (profileId: string): Debt => {
    const debt = debts.get(profileId) ?? { record: undefined, tokens: new Set(), attempts: 0 }
    debts.set(profileId, debt)
    return debt
  }

  const endsEverything = (profileId: string): boolean => {
    const record = debts.get(profileId)?.record
    return record?.signedOut.scope === 'global' && record.ended === undefined
  }

  const paid = async (entry: Entry, { record }: Debt): Promise<void> => {
    debts.delete(entry.id)
    book.apply(entry.id, { kind: 'revocation-settled' })
    const isOurs = entry.state.status === 'signed-out' && entry.generation === record?.generation
    if (isOurs) await keeper.remove(entry.id)
  }

  /** A bug must not let go of what is owed either. */
  const tryToPay = async (entry: Entry, debt: Debt): Promise<Payment> => {
    try {
      return await payDebt(entry, debt)
    } catch (error) {
      options.reportBug(error)
      const ending = debt.record && ({ kind: 'pending', failure: failure('internal.bug') } as const)
      return { ending, isPaid: false }
    }
  }

  const pay = async (entry: Entry, debt: Debt): Promise<Ending | undefined> => {
    const { ending, isPaid } = await tryToPay(entry, debt)
    if (debts.get(entry.id) !== debt) return ending
    if (isPaid) {
      await paid(entry, debt)
      return ending
    }
    debt.attempts += 1
    lane.set(entry.id, clock.now() + retryDelayMs(debt.attempts, random))
    return ending
  }

  /** One at a time per profile: with rotation, a second refresh for a global sign-out would be a reuse. */
  const settle = async (entry: Entry): Promise<Ending | undefined> => {
    const debt = debts.get(entry.id)
    if (debt === undefined) return undefined
    lane.clear(entry.id)
    const run = pay(entry, debt).finally(() => {
      settling.delete(entry.id)
    })
    settling.set(entry.id, run)
    return run
  }

  /** A revocation that stays pending is told once, not at every try. */
  const settleAgain = async (entry: Entry): Promise<void> => {
    const startedAt = clock.monotonic()
    const ending = await settle(entry)
    if (ending === undefined || ending.kind === 'pending') return
    tellEnding(activity, entry.id, ending, clock.monotonic() - startedAt)
  }

  const lane = createRatedLane({
    find: (profileId) => book.get(profileId),
    scheduler,
    limiter,
    clock,
    onTurn(entry) {
      if (settling.has(entry.id)) return
      if (quiet.has(entry.id)) return
      settleAgain(entry).catch(options.reportBug)
    },
  })

  /** Kept on request nowhere but here, or not taken by vault and disk, which are asked once more. */
  const isKept = async (entry: Entry, { record, tokens }: Debt): Promise<boolean> => {
    if (entry.profile.storage === 'memory') return false
    if (record === undefined) return owedKeeper.isKept(entry, [...tokens])
    return (await keeper.save(entry.profile, record)).kind !== 'unsaved'
  }

  const keepTokens = (entry: Entry): Promise<void> => {
    const tokens = [...(debts.get(entry.id)?.tokens ?? [])]
    if (tokens.length === 0) return Promise.resolve()
    const run = owedKeeper
      .keep(entry, tokens)
      .catch(options.reportBug)
      .finally(() => keeping.delete(run))
    keeping.add(run)
    return run
  }

  /** Another process may have refreshed the session, or begun another one, since it was read: that one is to be ended. */
  const takeNewest = async (entry: Entry, debt: Debt, record: SignedOutRecord): Promise<SignedOutRecord> => {
    if (entry.profile.storage === 'memory') return record
    const newest = newestOf(await keeper.read(entry.profile), record)
    if (newest.kind !== 'to-end' || newest.record === record || debt.record !== record) return record
    takeOver(entry, debt, newest)
    return newest.record
  }

  /** Stored before Cognito is asked: a crash in between must not leave a session that looks alive and is revoked. */
  const prepare = async (
    entry: Entry,
    debt: Debt,
    signedOut: SignedOutRecord,
    orphan: Promise<TokenSet | undefined>,
  ): Promise<void> => {
    const record = await takeNewest(entry, debt, signedOut)
    await keeper.save(entry.profile, record)
    await settling.get(entry.id)
    const tokens = await orphan
    if (tokens === undefined || debt.record !== record) return
    // After a crash they are the ones to revoke.
    debt.record = { ...record, tokens }
    await keeper.save(entry.profile, debt.record)
  }

  return {
    async end(entry, signedOut, orphan) {
      const debt = debtOf(entry.id)
      debt.record = signedOut
      debt.isBeingPrepared = true
      for (const token of signedOut.owedRevocations ?? []) debt.tokens.add(token)
      try {
        await prepare(entry, debt, signedOut, orphan)
      } finally {
        debt.isBeingPrepared = false
      }
      // Nobody who asks is made to wait for the rate limit, but others wait for them.
      limiter.reserve(rateKey(entry), clock.monotonic())
      const startedAt = clock.monotonic()
      const ending = (await settle(entry)) ?? { kind: 'device', failure: undefined, requestId: undefined }
      tellEnding(activity, entry.id, ending, clock.monotonic() - startedAt)
      return ending
    },
    yieldTo(profileId, replacedToken) {
      if (replacedToken !== undefined) debtOf(profileId).tokens.add(replacedToken)
      const debt = debts.get(profileId)
      if (debt === undefined) return []
      if (debt.record !== undefined) debt.tokens.add(debt.record.tokens.refreshToken)
      debt.record = undefined
      debt.held = replacedToken
      lane.set(profileId, clock.now())
      return [...debt.tokens]
    },
    owe(profileId, refreshToken) {
      debtOf(profileId).tokens.add(refreshToken)
      lane.set(profileId, clock.now())
      const entry = book.get(profileId)
      if (entry !== undefined) void keepTokens(entry)
    },
    owed: (profileId) => [...(debts.get(profileId)?.tokens ?? [])],
    restore(entry, record) {
      const debt = debtOf(entry.id)
      if (isSignedOut(record)) debt.record = record
      for (const token of record.owedRevocations ?? []) debt.tokens.add(token)
      lane.set(entry.id, clock.now())
    },
    async quietly(profileId, work) {
      quiet.set(profileId, (quiet.get(profileId) ?? 0) + 1)
      try {
        if (endsEverything(profileId)) await settling.get(profileId)
        return await work()
      } finally {
        const others = (quiet.get(profileId) ?? 1) - 1
        if (others > 0) quiet.set(profileId, others)
        else quiet.delete(profileId)
        const debt = others === 0 ? debts.get(profileId) : undefined
        if (debt !== undefined) debt.held = undefined
        if (debt !== undefined && !settling.has(profileId)) lane.set(profileId, clock.now())
      }
    },
    hurry() {
      for (const [profileId, debt] of debts) {
        debt.attempts = 0
        if (!lane.isAdmitted(profileId)) lane.set(profileId, clock.now())
      }
    },
    async atRisk() {
      const entries: Entry[] = []
      for (const [profileId, debt] of debts) {
        const entry = book.get(profileId)
        if (entry !== undefined && !(await isKept(entry, debt))) entries.push(entry)
      }
      return entries
    },
    async tryNow(entry) {
      const underWay = settling.get(entry.id)
      await Promise.all([underWay ?? settleAgain(entry), keepTokens(entry)])
    },
    handOver(profileId) {
      const debt = debts.get(profileId)
      debts.delete(profileId)
      lane.clear(profileId)
      return debt
    },
    forget(profileId) {
      debts.delete(profileId)
      lane.clear(profileId)
    },
    async drain() {
      await Promise.allSettled([...settling.values(), ...keeping])
    },
  }
}
