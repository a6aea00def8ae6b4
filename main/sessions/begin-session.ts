// Owns the moment a sign-in becomes a session: its record, what it replaces, its place in the vault.
import { fail, ok, type Result } from '../failure.ts'
import type { Profile } from '../profiles/profile.ts'
import type { ActivityLog } from './activity.ts'
import type { Book, Entry } from './book.ts'
import type { Keeper } from './keeper.ts'
import type { OpenPool } from './pool-access.ts'
import type { Clock, Issuer, RandomSource, SessionLock, TokenGrant, VaultRead } from './ports.ts'
import { sessionOfSignIn, withOwed } from './record.ts'
import type { RefreshOutcome } from './refresh-attempt.ts'
import type { Refresher } from './refresher.ts'
import { revocableTokens } from './replaced.ts'
import type { Revocations } from './revocations.ts'
import { isSameClient } from './same-client.ts'
import type { SessionRecord, SignInDetails } from './session.ts'
import type { LiveSession } from './state.ts'
import { isPassing, unsavedOf } from './verdicts.ts'

/** So long a sign-in waits for whoever changes the stored session, such as a refresh that hangs. Then it is stored at once. */
const patienceMs = 10_000

export interface BeginSession {
  /** Makes a session of the grant and settles once the vault has answered. Fails with `token.malformed` and where the profile is gone. */
  commit(profile: Profile, grant: TokenGrant, loginId: string, durationMs: number): Promise<Result<void>>
  /** Lets go of a grant nobody waits for any more: its refresh token is revoked, as far as the network lets us. */
  discard(profile: Profile, grant: TokenGrant): void
}

export interface BeginSessionOptions {
  readonly book: Book
  readonly keeper: Keeper
  readonly refresher: Refresher
  readonly revocations: Revocations
  readonly issuer: Issuer
  readonly openPool: OpenPool
  readonly lock: SessionLock
  readonly activity: ActivityLog
  readonly clock: Clock
  readonly random: RandomSource
  readonly onOffset: (offsetMs: number, entry: Entry) => void
  readonly reportBug: (error: unknown) => void
}

/** There may be a session that nobody could look at. One that is damaged is nobody's any more. */
const isUnread = (read: VaultRead<SessionRecord>): boolean =>
  read.kind === 'unavailable' && read.reason !== 'corrupt'

export const createBeginSession = (options: BeginSessionOptions): BeginSession => {
  const { book, keeper, refresher, revocations, issuer, openPool, lock, activity, clock, random } = options

  /** What does not go through now is owed, where the profile still speaks to the app client that issued it. */
  const revoke = async (profile: Profile, refreshToken: string): Promise<void> => {
    const access = await openPool(profile)
    const revoked = access.ok ? await issuer.revoke(access.value, refreshToken) : access
    if (revoked.ok || !isPassing(revoked.failure.code)) return
    const entry = book.get(profile.id)
    if (entry !== undefined && isSameClient(profile, entry.profile)) revocations.owe(entry.id, refreshToken)
  }

  /** A refresh of the session before was under way: what Cognito issued for it must not stay behind. */
  const oweOrphan = async (profileId: string, underWay: Promise<RefreshOutcome>): Promise<void> => {
    const outcome = await underWay
    if (outcome.kind === 'superseded' && outcome.orphan !== undefined) {
      revocations.owe(profileId, outcome.orphan.refreshToken)
    }
  }

  const put = async (entry: Entry, record: SessionRecord): Promise<void> => {
    const write = await keeper.save(entry.profile, record)
    book.apply(entry.id, { kind: 'stored', generation: record.generation, unsaved: unsavedOf(write) })
  }

  /** Another process may have signed in at the same time: what it stored gives way, and is revoked. */
  const putOver = async (entry: Entry, { record }: LiveSession, known: readonly string[]): Promise<void> => {
    const read = await keeper.read(entry.profile)
    const { state } = entry
    // Signed out, signed in anew or refreshed meanwhile: whoever did that stores it.
    if (state.status !== 'live' || !book.isCurrent(entry.id, record.generation)) return
    const stored = read.kind === 'found' ? read.value : undefined
    if (stored?.tokens.refreshToken === record.tokens.refreshToken) return
    const left = stored === undefined ? [] : revocableTokens(stored).filter((token) => !known.includes(token))
    for (const token of left) revocations.owe(entry.id, token)
    const generation = Math.max(record.generation, (stored?.generation ?? 0) + 1)
    const replacesUnread = isUnread(read) ? true : undefined
    const raised = { ...state.session, record: { ...state.session.record, generation, replacesUnread } }
    const session = withOwed(raised, [...new Set([...(record.owedRevocations ?? []), ...left])])
    book.apply(entry.id, { kind: 'refreshed', basedOn: record.generation, session })
    await put(entry, session.record)
  }

  const store = async (entry: Entry, session: LiveSession, known: readonly string[]): Promise<void> => {
    // What stays in this process has nobody else.
    if (entry.profile.storage === 'memory') return put(entry, session.record)
    const work = (): Promise<void> => putOver(entry, session, known)
    const turn = lock.hold(entry.id, work)
    const { promise: late, resolve } = Promise.withResolvers<'late'>()
    const timer = clock.after(patienceMs, () => resolve('late'))
    const held = await Promise.race([turn, late])
    timer[Symbol.dispose]()
    if (held === 'late') turn.catch(options.reportBug)
    if (held === 'late' || held.kind === 'busy') await work()
  }

  const discard = (profile: Profile, grant: TokenGrant): void => {
    revoke(profile, grant.tokens.refreshToken).catch(options.reportBug)
  }

  return {
    discard,
    async commit(profile, grant, loginId, durationMs) {
      const entry = book.get(profile.id)
      if (entry === undefined || !isSameClient(profile, entry.profile)) {
        discard(profile, grant)
        return fail(entry === undefined ? 'profile.not-found' : 'session.superseded')
      }
      const { state } = entry
      const replaced = state.status === 'live' ? state.session : undefined
      const details: SignInDetails = grant.signInDetails ?? { loginId, authFlowType: 'USER_PASSWORD_AUTH' }
      const begun = sessionOfSignIn(entry.id, grant, details, {
        localNow: clock.now(),
        spread: random(),
        generation: entry.generation + 1,
      })
      if (!begun.ok) {
        activity.add(entry.id, { kind: 'sign-in-failed', durationMs, failure: begun.failure })
        return begun
      }
      // A token that Cognito can't revoke is none that is owed.
      const isOwed = replaced?.facts.isRevocable === true
      const owed = revocations.yieldTo(entry.id, isOwed ? replaced.record.tokens.refreshToken : undefined)
      const session = withOwed(begun.value, owed)
      const underWay = refresher.underWay(entry.id)
      // Applied before it is stored: from here on a refresh of the session before is dropped, and a sign-out finds this one.
      book.apply(entry.id, { kind: 'signed-in', session })
      activity.add(entry.id, { kind: 'signed-in', durationMs, requestId: grant.requestId })
      options.onOffset(session.offsetMs, entry)
      if (underWay !== undefined) oweOrphan(entry.id, underWay).catch(options.reportBug)

      const known = replaced === undefined ? owed : [...owed, replaced.record.tokens.refreshToken]
      await revocations.quietly(entry.id, () => store(entry, session, known))
      return ok(undefined)
    },
  }
}
