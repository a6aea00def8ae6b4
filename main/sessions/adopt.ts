// Owns taking over what another process made of a session: refreshed, begun anew, ended or signed out. Asks nobody, stores nothing.
import { failure } from '../failure.ts'
import type { ActivityLog } from './activity.ts'
import type { Book, Entry } from './book.ts'
import type { Elsewhere } from './elsewhere.ts'
import type { Clock } from './ports.ts'
import type { RefreshOutcome } from './refresh-attempt.ts'
import type { LiveSession } from './state.ts'

export interface AdoptOptions {
  readonly book: Book
  readonly activity: ActivityLog
  readonly clock: Clock
  /** Somebody signed in anew in another process: what this one had must not live on at Cognito. */
  readonly owe: (profileId: string, refreshToken: string) => void
}

/** What another process did. */
export type Deed = Exclude<Elsewhere, { kind: 'nothing' | 'unknown' }>

export const isDeed = (elsewhere: Elsewhere): elsewhere is Deed =>
  elsewhere.kind !== 'nothing' && elsewhere.kind !== 'unknown'

/** `refresh`: it still has to be refreshed here, from this session on. */
export type Adopted = RefreshOutcome | { readonly kind: 'refresh'; readonly session: LiveSession }

const superseded: RefreshOutcome = { kind: 'superseded', orphan: undefined }

export const createAdopt = ({ book, activity, clock, owe }: AdoptOptions) => {
  const adoptNewer = (
    entry: Entry,
    before: LiveSession,
    { session, isSameSignIn }: Extract<Deed, { kind: 'newer' }>,
  ): Adopted => {
    const basedOn = before.record.generation
    const { refreshToken } = before.record.tokens
    const isSeenTo = session.record.owedRevocations?.includes(refreshToken) === true
    if (!isSameSignIn && before.facts.isRevocable && !isSeenTo) owe(entry.id, refreshToken)
    // That process may end before they are revoked.
    for (const token of session.record.owedRevocations ?? []) owe(entry.id, token)
    book.apply(
      entry.id,
      isSameSignIn ? { kind: 'refreshed', basedOn, session } : { kind: 'signed-in', session },
    )
    activity.add(entry.id, { kind: isSameSignIn ? 'refreshed' : 'signed-in', detail: 'by another Sesame' })
    const current = entry.state.status === 'live' ? entry.state.session : session
    const isValid = clock.now() + session.offsetMs < session.facts.expiresAt
    return { kind: isValid ? 'renewed' : 'refresh', session: current }
  }

  /** `before` is the session as this process knew it; where it has moved on here meanwhile, nothing is taken over. */
  return (entry: Entry, before: LiveSession, deed: Deed): Adopted => {
    const basedOn = before.record.generation
    if (!book.isCurrent(entry.id, basedOn)) return superseded
    switch (deed.kind) {
      case 'signed-out':
        book.apply(entry.id, { kind: 'signed-out', isRevocationPending: false })
        activity.add(entry.id, { kind: 'signed-out', detail: 'by another Sesame' })
        return superseded
      case 'ended': {
        const why = failure(deed.code)
        book.apply(entry.id, { kind: 'ended', basedOn, record: deed.record, failure: why })
        activity.add(entry.id, { kind: 'ended', failure: why })
        return { kind: 'failed', failure: why }
      }
      case 'newer':
        return adoptNewer(entry, before, deed)
      default:
        return deed satisfies never
    }
  }
}
