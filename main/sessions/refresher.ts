// Owns that a profile has one refresh under way at a time, however many ask for it. What a refresh does is not its affair.
import type { Book, Entry } from './book.ts'
import {
  type ClientMetadata,
  type RefreshAttempt,
  type RefreshOutcome,
  superseded,
} from './refresh-attempt.ts'
import type { LiveSession } from './state.ts'

export interface Refresher {
  /** Joins the refresh of this session that is under way, or starts one. Different `clientMetadata` waits for its own. */
  refresh(profileId: string, clientMetadata?: ClientMetadata): Promise<RefreshOutcome>
  /** The refresh under way, if there is one; it may be one of a session that is gone already. */
  underWay(profileId: string): Promise<RefreshOutcome> | undefined
  /** The refresh under way is of another app client's session: nobody joins it, and what it brings is nobody's. */
  disown(profileId: string): void
  /** Settles when none is under way. */
  drain(): Promise<void>
}

interface Flight {
  readonly origin: number
  readonly metadataKey: string
  readonly outcome: Promise<RefreshOutcome>
}

export const createRefresher = (book: Book, attempt: RefreshAttempt): Refresher => {
  const flights = new Map<string, Flight>()

  const start = (
    entry: Entry,
    session: LiveSession,
    metadata: ClientMetadata,
    metadataKey: string,
  ): Promise<RefreshOutcome> => {
    const outcome = attempt(entry, session, metadata).finally(() => {
      if (flights.get(entry.id)?.outcome === outcome) flights.delete(entry.id)
    })
    flights.set(entry.id, { origin: session.origin, metadataKey, outcome })
    return outcome
  }

  return {
    async refresh(profileId, clientMetadata) {
      const metadataKey = JSON.stringify(clientMetadata ?? {})
      for (;;) {
        const entry = book.get(profileId)
        if (entry === undefined || entry.state.status !== 'live') return superseded
        const { session } = entry.state
        const flight = flights.get(profileId)
        if (flight === undefined) return start(entry, session, clientMetadata, metadataKey)
        const isSameRequest = clientMetadata === undefined || flight.metadataKey === metadataKey
        if (isSameRequest && flight.origin === session.origin) return flight.outcome
        await flight.outcome
      }
    },
    underWay: (profileId) => flights.get(profileId)?.outcome,
    disown: (profileId) => void flights.delete(profileId),
    async drain() {
      while (flights.size > 0) await Promise.all([...flights.values()].map(({ outcome }) => outcome))
    },
  }
}
