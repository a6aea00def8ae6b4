// Owns one try at paying what a profile owes Cognito after a sign-out here: the end of its last session and the revocation of
// tokens from sessions before it. When to try again is revocations.ts's affair.
import { failure } from '../failure.ts'
import type { Entry } from './book.ts'
import { type Ending, endSession, type SignOutScope } from './end-session.ts'
import { refreshTokenEndsAt } from './lifetimes.ts'
import type { OpenPool } from './pool-access.ts'
import type { Clock, Issuer, PoolAccess, SessionLock } from './ports.ts'
import type { SessionRecord } from './session.ts'
import { isEndedCode, isPassing } from './verdicts.ts'

/** A stored session that only waits for its end at Cognito. */
export type SignedOutRecord = SessionRecord & { readonly signedOut: { scope: SignOutScope; at: number } }

export interface Debt {
  record: SignedOutRecord | undefined
  /** Refresh tokens of sessions that were replaced. */
  readonly tokens: Set<string>
  /** Tries in a row that did not get through. */
  attempts: number
}

export interface Payment {
  /** What became of the record, where there was one. */
  readonly ending: Ending | undefined
  readonly isPaid: boolean
}

export interface DebtOptions {
  readonly issuer: Issuer
  readonly openPool: OpenPool
  readonly lock: SessionLock
  readonly clock: Clock
}

/** Tries to pay. Changes the debt as far as it got; stores nothing. */
export type PayDebt = (entry: Entry, debt: Debt) => Promise<Payment>

export const createPayDebt = ({ issuer, openPool, lock, clock }: DebtOptions): PayDebt => {
  const endRecord = async (debt: Debt, record: SignedOutRecord, access: PoolAccess): Promise<Ending> => {
    const serverNow = clock.now() + record.clockOffsetMs
    const ending = await endSession(issuer, access, record, record.signedOut.scope, serverNow)
    if (ending.kind !== 'pending') {
      // A sign-in that came meanwhile has taken the token over.
      debt.tokens.delete(record.tokens.refreshToken)
    } else if (debt.record === record && ending.tokens !== record.tokens) {
      debt.record = { ...record, tokens: ending.tokens }
    }
    return ending
  }

  /** A global sign-out may refresh first, and another process may be refreshing right now. */
  const endAlone = async (
    entry: Entry,
    debt: Debt,
    record: SignedOutRecord,
    access: PoolAccess,
  ): Promise<Ending> => {
    const work = (): Promise<Ending> => endRecord(debt, record, access)
    if (entry.profile.storage === 'memory') return work()
    const held = await lock.hold(entry.id, work)
    return held.kind === 'done'
      ? held.value
      : { kind: 'pending', failure: failure('session.busy'), tokens: record.tokens }
  }

  /** Its refresh token has ended by itself, and those of the sessions before it. */
  const hasRunOut = ({ profile }: Entry, { signedInAt, clockOffsetMs }: SignedOutRecord): boolean =>
    clock.now() + clockOffsetMs >= refreshTokenEndsAt(signedInAt, profile.refreshTokenLifetimeSeconds)

  /** A refusal that will not pass is the end of it: nobody can do more about that token from here. */
  const revokeTokens = async (debt: Debt, access: PoolAccess): Promise<void> => {
    for (const token of debt.tokens) {
      const revoked = await issuer.revoke(access, token)
      const isOver = revoked.ok || isEndedCode(revoked.failure.code) || !isPassing(revoked.failure.code)
      if (isOver) debt.tokens.delete(token)
    }
  }

  return async (entry, debt) => {
    const { record } = debt
    // One that Cognito has ended only waits for the tokens beside it.
    const open = record?.ended === undefined ? record : undefined
    const access = await openPool(entry.profile)
    if (!access.ok) {
      const { failure } = access
      if (open !== undefined && hasRunOut(entry, open))
        return { ending: { kind: 'device', failure }, isPaid: true }
      // Cognito was not asked: nothing is paid, whatever the reason.
      return { ending: open && { kind: 'pending', failure, tokens: open.tokens }, isPaid: false }
    }
    const ending = open && (await endAlone(entry, debt, open, access.value))
    await revokeTokens(debt, access.value)
    const isRecordDone = debt.record === undefined || (debt.record === record && ending?.kind !== 'pending')
    return { ending, isPaid: isRecordDone && debt.tokens.size === 0 }
  }
}
