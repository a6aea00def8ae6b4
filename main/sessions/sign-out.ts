// Owns signing out: gone here at once, ended at Cognito as far as it lets us, and saying what survives until when.
import type { SignOutOutcome } from '../../preload/views.ts'
import { fail, ok, type Result } from '../failure.ts'
import { issuerOf } from '../profiles/profile.ts'
import type { ActivityLog } from './activity.ts'
import type { SignOutProgress } from './api.ts'
import type { Book, Entry } from './book.ts'
import type { SignedOutRecord } from './debt.ts'
import type { Ending, SignOutScope } from './end-session.ts'
import { inParallel } from './in-parallel.ts'
import type { Keeper } from './keeper.ts'
import type { Loader } from './loader.ts'
import type { Clock } from './ports.ts'
import { owing } from './record.ts'
import type { RefreshOutcome } from './refresh-attempt.ts'
import type { Refresher } from './refresher.ts'
import type { Revocations } from './revocations.ts'
import type { EndedCode, SessionRecord, TokenSet } from './session.ts'
import type { LiveSession } from './state.ts'

const signOutsAtOnce = 8

export interface SignOutDesk {
  readonly signOut: (profileId: string, scope: SignOutScope) => Promise<Result<SignOutOutcome>>
  /** Everybody who is signed in; of all devices each user once. A failure of one leaves the others going. */
  signOutEverywhere(
    onProgress: (profileId: string, state: SignOutProgress) => void,
    options?: SignOutAllOptions,
  ): Promise<SignOutOutcome[]>
  /** Forgets the session here without telling Cognito. */
  readonly clear: (profileId: string) => Promise<void>
}

export interface SignOutAllOptions {
  /** All devices unless said otherwise. */
  readonly scope?: SignOutScope
  /** Which profiles; all of them unless said otherwise. */
  readonly isMeant?: (profileId: string) => boolean
}

export interface SignOutOptions {
  readonly book: Book
  readonly keeper: Keeper
  readonly loader: Loader
  readonly refresher: Refresher
  readonly revocations: Revocations
  readonly activity: ActivityLog
  readonly clock: Clock
  readonly reportBug: (error: unknown) => void
}

const orphanOf = async (underWay: Promise<RefreshOutcome> | undefined): Promise<TokenSet | undefined> => {
  const outcome = await underWay
  return outcome?.kind === 'superseded' ? outcome.orphan : undefined
}

/** What lives on although the session is over (cognito.md, "Signing out"). `serverNow`: epoch milliseconds. */
export const survivors = (
  session: LiveSession,
  serverNow: number,
): Pick<SignOutOutcome, 'tokensValidUntil' | 'credentialsValidUntil' | 'browserSessionRemains'> => {
  const tokensUntil = session.facts.lastExpiresAt
  const credentialsUntil = session.credentials?.credentials.expiresAt
  return {
    ...(tokensUntil > serverNow ? { tokensValidUntil: tokensUntil } : {}),
    ...(credentialsUntil !== undefined && credentialsUntil > serverNow
      ? { credentialsValidUntil: credentialsUntil }
      : {}),
    ...(session.record.signInDetails.authFlowType === 'BROWSER' ? { browserSessionRemains: true } : {}),
  }
}

const outcomeOf = (ending: Ending, scope: SignOutScope): Pick<SignOutOutcome, 'reached' | 'failure'> => {
  if (ending.kind === 'everywhere') return { reached: 'everywhere' }
  if (ending.kind === 'pending') return { reached: 'pending', failure: ending.failure }
  return { reached: scope === 'global' ? 'device-only' : 'device', failure: ending.failure }
}

const progressOf = ({ reached, failure }: SignOutOutcome): SignOutProgress => {
  if (reached === 'pending') return 'when-online'
  return failure === undefined ? 'done' : 'failed'
}

/** One user of one pool, whichever app client; a profile without a session stands for itself. */
const userOf = ({ id, profile, state }: Entry): string =>
  state.status === 'live' ? `${issuerOf(profile)} ${state.session.record.userId}` : id

const byUser = (entries: readonly Entry[]): [user: string, entries: Entry[]][] => [
  ...Map.groupBy(entries, userOf),
]

export const createSignOutDesk = (options: SignOutOptions): SignOutDesk => {
  const { book, keeper, loader, refresher, revocations, activity, clock, reportBug } = options

  const clearHere = async (entry: Entry): Promise<void> => {
    entry.generation += 1
    revocations.forget(entry.id)
    book.apply(entry.id, { kind: 'signed-out', isRevocationPending: false })
    await keeper.remove(entry.id)
  }

  /** Cognito has ended this session already. What sessions before it owe stays with its record until that is revoked. */
  const dropEnded = async (entry: Entry, record: SessionRecord, code: EndedCode): Promise<void> => {
    const owed = revocations.owed(entry.id)
    if (owed.length === 0) return clearHere(entry)
    const at = clock.now() + record.clockOffsetMs
    entry.generation += 1
    const left: SignedOutRecord = {
      ...owing(record, owed),
      generation: entry.generation,
      ended: record.ended ?? { code, at },
      signedOut: { scope: 'device', at },
    }
    book.apply(entry.id, { kind: 'signed-out', isRevocationPending: true })
    await keeper.save(entry.profile, left)
    revocations.restore(entry, left)
  }

  const end = async (entry: Entry, session: LiveSession, scope: SignOutScope): Promise<SignOutOutcome> => {
    const at = clock.now() + session.offsetMs
    const survives = survivors(session, at)
    const underWay = refresher.underWay(entry.id)
    entry.generation += 1
    const record: SignedOutRecord = {
      ...session.record,
      generation: entry.generation,
      clockOffsetMs: session.offsetMs,
      signedOut: { scope, at },
    }
    // From here on nothing of this session is handed out, and a refresh under way is dropped.
    book.apply(entry.id, { kind: 'signed-out', isRevocationPending: true })
    const ending = await revocations.end(entry, record, orphanOf(underWay))
    return { profileId: entry.id, ...outcomeOf(ending, scope), ...survives }
  }

  const signOut = async (entry: Entry, scope: SignOutScope): Promise<Result<SignOutOutcome>> => {
    await loader.ensure(entry)
    const { state } = entry
    switch (state.status) {
      case 'live':
        return ok(await end(entry, state.session, scope))
      case 'ended': {
        // Cognito ended it already; other devices can't be reached with its tokens.
        await dropEnded(entry, state.record, 'session.ended')
        activity.add(entry.id, { kind: 'signed-out', detail: 'this device' })
        return ok(
          scope === 'global'
            ? { profileId: entry.id, reached: 'device-only', failure: state.failure }
            : { profileId: entry.id, reached: 'device' },
        )
      }
      case 'unavailable':
        return { ok: false, failure: state.failure }
      case 'loading':
      case 'signed-out':
        return ok({ profileId: entry.id, reached: 'nothing-to-do' })
      default:
        return state satisfies never
    }
  }

  const endNow = async (entry: Entry, scope: SignOutScope): Promise<SignOutOutcome> => {
    const result = await signOut(entry, scope)
    return result.ok
      ? result.value
      : { profileId: entry.id, reached: 'nothing-to-do', failure: result.failure }
  }

  /** A global sign-out through another profile of the same user has ended this session too. */
  const endedAlready = async (entry: Entry): Promise<SignOutOutcome> => {
    const { state } = entry
    const survives =
      state.status === 'live' ? survivors(state.session, clock.now() + state.session.offsetMs) : {}
    if (state.status === 'live') await dropEnded(entry, state.session.record, 'session.revoked')
    else if (state.status === 'ended') await dropEnded(entry, state.record, 'session.revoked')
    else await clearHere(entry)
    activity.add(entry.id, { kind: 'signed-out', detail: 'all devices' })
    return { profileId: entry.id, reached: 'everywhere', ...survives }
  }

  /** Other profiles of a user who was signed out of all devices: asking Cognito shows at once what became of them. */
  const lookAtOthersOf = (user: string): void => {
    for (const entry of book.all()) {
      if (userOf(entry) === user) refresher.refresh(entry.id).catch(reportBug)
    }
  }

  return {
    async signOut(profileId, scope) {
      const entry = book.get(profileId)
      if (entry === undefined) return fail('profile.not-found')
      const user = userOf(entry)
      const result = await signOut(entry, scope)
      if (result.ok && result.value.reached === 'everywhere') lookAtOthersOf(user)
      return result
    },
    async signOutEverywhere(onProgress, { scope = 'global', isMeant = () => true } = {}) {
      const meant = [...book.all()].filter(({ id }) => isMeant(id))
      // Whose session it is has to be known before.
      await inParallel(signOutsAtOnce, meant, (entry) => loader.ensure(entry))
      const entries = meant.filter(({ state }) => state.status !== 'signed-out')
      const outcomes = new Map<string, SignOutOutcome>()
      for (const { id } of entries) onProgress(id, 'waiting')
      await inParallel(signOutsAtOnce, byUser(entries), async ([user, entriesOfUser]) => {
        let isUserOut = false
        for (const entry of entriesOfUser) {
          onProgress(entry.id, 'signing-out')
          const outcome: SignOutOutcome = isUserOut ? await endedAlready(entry) : await endNow(entry, scope)
          isUserOut ||= outcome.reached === 'everywhere'
          outcomes.set(entry.id, outcome)
          onProgress(entry.id, progressOf(outcome))
        }
        if (isUserOut) lookAtOthersOf(user)
      })
      return entries.flatMap(({ id }) => outcomes.get(id) ?? [])
    },
    async clear(profileId) {
      const entry = book.get(profileId)
      // A profile that is gone already may still have something in the vault.
      if (entry === undefined) await keeper.remove(profileId)
      else await clearHere(entry)
    },
  }
}
