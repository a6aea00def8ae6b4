// Owns finding out what another process made of a session meanwhile, by reading the store again. Changes nothing.
import type { Failure } from '../failure.ts'
import type { Entry } from './book.ts'
import type { Keeper } from './keeper.ts'
import type { RandomSource } from './ports.ts'
import { sessionOfRecord } from './record.ts'
import type { EndedCode, SessionRecord } from './session.ts'
import type { LiveSession } from './state.ts'
import { vaultFailure } from './verdicts.ts'

export type Elsewhere =
  /** Nothing, as far as the store says. */
  | { readonly kind: 'nothing' }
  /** Refreshed, or somebody signed in anew. */
  | { readonly kind: 'newer'; readonly session: LiveSession; readonly isSameSignIn: boolean }
  | { readonly kind: 'ended'; readonly record: SessionRecord; readonly code: EndedCode }
  | { readonly kind: 'signed-out' }
  /** The store does not answer, and the failure says why. */
  | { readonly kind: 'unknown'; readonly failure: Failure }

export type LookElsewhere = (entry: Entry, session: LiveSession) => Promise<Elsewhere>

const nothing: Elsewhere = { kind: 'nothing' }

/** A later sign-in may begin its numbers anew; one in the same instant has gone on from ours. */
const isNewer = (stored: SessionRecord, ours: SessionRecord): boolean =>
  stored.signedInAt > ours.signedInAt || stored.generation > ours.generation

export const createLookElsewhere =
  (keeper: Keeper, random: RandomSource): LookElsewhere =>
  async (entry, session) => {
    // What stays in this process has nobody else.
    if (entry.profile.storage === 'memory') return nothing
    const read = await keeper.read(entry.profile)
    if (read.kind === 'absent') {
      return (await keeper.isRemovedElsewhere(entry.id)) ? { kind: 'signed-out' } : nothing
    }
    if (read.kind === 'unavailable') return { kind: 'unknown', failure: vaultFailure(read.reason) }
    const { value } = read
    if (!isNewer(value, session.record)) return nothing
    if (value.signedOut !== undefined) return { kind: 'signed-out' }
    if (value.ended !== undefined) return { kind: 'ended', record: value, code: value.ended.code }
    const restored = sessionOfRecord(value, random())
    if (!restored.ok || restored.value.facts.clientId !== session.facts.clientId) return nothing
    const isSameSignIn =
      value.userId === session.record.userId &&
      value.signedInAt === session.record.signedInAt &&
      restored.value.facts.originJti === session.facts.originJti
    return { kind: 'newer', session: restored.value, isSameSignIn }
  }
