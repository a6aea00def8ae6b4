// Owns one try at paying what a profile owes Cognito after a sign-out here: the end of its last session and the revocation of
// tokens from sessions before it. When to try again is revocations.ts's affair.
import { failure } from '../failure.ts'
import type { Entry } from './book.ts'
import { type Ending, endSession, type SignOutScope } from './end-session.ts'
import type { Keeper } from './keeper.ts'
import { refreshTokenEndsAt } from './lifetimes.ts'
import { newestOf, type ToEnd } from './newest-record.ts'
import type { OpenPool } from './pool-access.ts'
import type { Clock, Issuer, PoolAccess, SessionLock } from './ports.ts'
import type { SessionRecord, TokenSet } from './session.ts'
import { isEndedCode, isPassing } from './verdicts.ts'

/** A stored session that only waits for its end at Cognito. */
export type SignedOutRecord = SessionRecord & { readonly signedOut: { scope: SignOutScope; at: number } }

export interface Debt {
  record: SignedOutRecord | undefined
  /** The record is not stored yet, or tokens for it are still on their way: Cognito is not asked to end it. */
  isBeingPrepared?: boolean
  /** Refresh tokens of sessions that were replaced. */
  readonly tokens: Set<string>
  /** The one among them whose session is still all that is stored: it waits until the session in its place is. */
  held?: string | undefined
  /** Tries in a row that did not get through. */
  attempts: number
}

/** What is stored is newer than the record at hand: that is what has to be ended. */
export const takeOver = (entry: Entry, debt: Debt, { record, replaced }: ToEnd): void => {
  debt.record = record
  for (const token of replaced) debt.tokens.add(token)
  entry.generation = Math.max(entry.generation, record.generation)
}

export interface Payment {
  /** What became of the record, where there was one. */
  readonly ending: Ending | undefined
  readonly isPaid: boolean
}

export interface DebtOptions {
  readonly issuer: Issuer
  readonly openPool: OpenPool
  readonly keeper: Keeper
  readonly lock: SessionLock
  readonly clock: Clock
}

/** Tries to pay. Changes the debt as far as it got, and stores tokens that it got on the way before they are used. */
export type PayDebt = (entry: Entry, debt: Debt) => Promise<Payment>

export const createPayDebt = ({ issuer, openPool, keeper, lock, clock }: DebtOptions): PayDebt => {
  const endRecord = async (
    entry: Entry,
    debt: Debt,
    record: SignedOutRecord,
    access: PoolAccess,
  ): Promise<Ending> => {
    let latest = record
    const seen = [record.tokens.refreshToken]
    const onRefreshed = async (tokens: TokenSet): Promise<void> => {
      seen.push(tokens.refreshToken)
      // A sign-in that came meanwhile has taken the token over.
      if (debt.record !== latest) {
        debt.tokens.add(tokens.refreshToken)
        return
      }
      latest = { ...latest, tokens, refreshedAt: clock.now() + record.clockOffsetMs }
      debt.record = latest
      await keeper.save(entry.profile, latest)
    }
    const serverNow = clock.now() + record.clockOffsetMs
    const ending = await endSession(issuer, access, record, {
      scope: record.signedOut.scope,
      serverNow,
      onRefreshed,
    })
    if (ending.kind === 'pending') return ending
    for (const token of seen) debt.tokens.delete(token)
    // It may have to stay for the tokens beside it, and is not asked for again.
    if (debt.record === latest) {
      debt.record = { ...latest, ended: { code: 'session.revoked', at: serverNow } }
    }
    return ending
  }

  /** Another process may have refreshed the session, or begun another one, until the lock was ours. */
  const endNewest = async (
    entry: Entry,
    debt: Debt,
    record: SignedOutRecord,
    access: PoolAccess,
  ): Promise<Ending | undefined> => {
    const newest = newestOf(await keeper.read(entry.profile), record)
    if (debt.record !== record) return endRecord(entry, debt, record, access)
    if (newest.kind === 'signed-in-since') {
      debt.record = undefined
      debt.tokens.add(record.tokens.refreshToken)
      return undefined
    }
    if (newest.record !== record) {
      takeOver(entry, debt, newest)
      await keeper.save(entry.profile, newest.record)
    }
    return endRecord(entry, debt, newest.record, access)
  }

  /** A global sign-out may refresh first, and another process may be refreshing right now. */
  const endAlone = async (
    entry: Entry,
    debt: Debt,
    record: SignedOutRecord,
    access: PoolAccess,
  ): Promise<Ending | undefined> => {
    // What stays in this process has nobody else.
    if (entry.profile.storage === 'memory') return endRecord(entry, debt, record, access)
    const held = await lock.hold(entry.id, () => endNewest(entry, debt, record, access))
    return held.kind === 'done' ? held.value : { kind: 'pending', failure: failure('session.busy') }
  }

  /** Its refresh token has ended by itself, and those of the sessions before it. */
  const hasRunOut = ({ profile }: Entry, { signedInAt, clockOffsetMs }: SignedOutRecord): boolean =>
    clock.now() + clockOffsetMs >= refreshTokenEndsAt(signedInAt, profile.refreshTokenLifetimeSeconds)

  /** A refusal that will not pass is the end of it: nobody can do more about that token from here. */
  const revokeTokens = async (debt: Debt, access: PoolAccess): Promise<void> => {
    for (const token of debt.tokens) {
      if (token === debt.held) continue
      const revoked = await issuer.revoke(access, token)
      const isOver = revoked.ok || isEndedCode(revoked.failure.code) || !isPassing(revoked.failure.code)
      if (isOver) debt.tokens.delete(token)
    }
  }

  return async (entry, debt) => {
    const { record, isBeingPrepared = false } = debt
    // One that Cognito has ended only waits for the tokens beside it.
    const open = record?.ended === undefined && !isBeingPrepared ? record : undefined
    const access = await openPool(entry.profile)
    if (!access.ok) {
      const { failure } = access
      if (open !== undefined && hasRunOut(entry, open))
        return { ending: { kind: 'device', failure, requestId: undefined }, isPaid: true }
      // Cognito was not asked: nothing is paid, whatever the reason.
      return { ending: open && { kind: 'pending', failure }, isPaid: false }
    }
    const ending = open && (await endAlone(entry, debt, open, access.value))
    await revokeTokens(debt, access.value)
    const isEnded = debt.record === undefined || debt.record.ended !== undefined
    return { ending, isPaid: isEnded && debt.tokens.size === 0 }
  }
}
