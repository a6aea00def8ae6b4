// Owns the record of what was asked of the server and how it went. Holds names and outcomes, never a secret or a token.
import { type Fault, matches, type RequestSubject } from './faults.ts'

export interface JournalEntry extends RequestSubject {
  /** The server's clock when the request had been read, in milliseconds since the epoch. */
  readonly at: number
  /** `ok` or the type of the exception; what the work came to, even where the answer was lost. */
  readonly outcome: string
  /** HTTP status sent, or undefined where nothing was. */
  readonly status: number | undefined
  readonly fault?: Fault['kind']
}

/** Which entries are meant; what is left out matches everything. */
export interface JournalMatch {
  readonly operation?: string
  readonly user?: string
  readonly clientId?: string
  readonly outcome?: string
}

export class Journal {
  #entries: JournalEntry[] = []
  readonly #waiting = new Set<() => void>()

  record(entry: JournalEntry): void {
    this.#entries.push(entry)
    for (const check of this.#waiting) check()
  }

  /** Entries in the order in which they ended. */
  list(match: JournalMatch = {}): readonly JournalEntry[] {
    const { outcome, ...subject } = match
    return this.#entries.filter(
      (entry) => matches(subject, entry) && (outcome === undefined || outcome === entry.outcome),
    )
  }

  count(match: JournalMatch = {}): number {
    return this.list(match).length
  }

  clear(): void {
    this.#entries = []
  }

  /** Settles as soon as `count` matching requests have ended, those before the call included. */
  async waitFor(match: JournalMatch, count = 1): Promise<readonly JournalEntry[]> {
    const done = Promise.withResolvers<void>()
    const check = () => {
      if (this.count(match) >= count) done.resolve()
    }
    this.#waiting.add(check)
    check()
    await done.promise
    this.#waiting.delete(check)
    return this.list(match)
  }
}
