// Owns the moment a sign-in becomes a session: its record, what it replaces, its place in the vault.
import { fail, ok, type Result } from '../failure.ts'
import type { Profile } from '../profiles/profile.ts'
import type { ActivityLog } from './activity.ts'
import type { Book, Entry } from './book.ts'
import type { Keeper } from './keeper.ts'
import type { OpenPool } from './pool-access.ts'
import type { Clock, Issuer, RandomSource, TokenGrant } from './ports.ts'
import { sessionOfSignIn, withOwed } from './record.ts'
import type { RefreshOutcome } from './refresh-attempt.ts'
import type { Refresher } from './refresher.ts'
import type { Revocations } from './revocations.ts'
import { isSameClient } from './same-client.ts'
import type { SignInDetails } from './session.ts'

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
  readonly activity: ActivityLog
  readonly clock: Clock
  readonly random: RandomSource
  readonly onOffset: (offsetMs: number, entry: Entry) => void
  readonly reportBug: (error: unknown) => void
}

export const createBeginSession = (options: BeginSessionOptions): BeginSession => {
  const { book, keeper, refresher, revocations, issuer, openPool, activity, clock, random } = options

  const revoke = async (profile: Profile, refreshToken: string): Promise<void> => {
    const access = await openPool(profile)
    if (access.ok) await issuer.revoke(access.value, refreshToken)
  }

  /** A refresh of the session before was under way: what Cognito issued for it must not stay behind. */
  const oweOrphan = async (profileId: string, underWay: Promise<RefreshOutcome>): Promise<void> => {
    const outcome = await underWay
    if (outcome.kind === 'superseded' && outcome.orphan !== undefined) {
      revocations.owe(profileId, outcome.orphan.refreshToken)
    }
  }

  const discard = (profile: Profile, grant: TokenGrant): void => {
    revoke(profile, grant.tokens.refreshToken).catch(options.reportBug)
  }

  return {
    discard,
    async commit(profile, grant, loginId, durationMs) {
      const entry = book.get(profile.id)
      if (entry === undefined || !isSameClient(entry.profile, profile)) {
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

      const write = await keeper.save(entry.profile, session.record)
      const { generation } = session.record
      book.apply(entry.id, { kind: 'stored', generation, isUnsaved: write.kind === 'unsaved' })
      return ok(undefined)
    },
  }
}
