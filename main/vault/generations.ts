// Owns how something is replaced in a store so that a crash at any instant leaves the old or the new: the new generation is
// written to the place that is not in use, read back, compared, made current by its head, and the old one goes last. Cuts a body
// into parts where the store's items are small. Knows neither sessions nor what waits while the store is away.
import type { VaultRead } from '../sessions/ports.ts'
import type { Place } from './accounts.ts'
import type { Content, Places } from './places.ts'
import { type Certainty, done, type StoreOutcome, unavailable } from './secret-store.ts'

export type GenerationWrite =
  | { readonly kind: 'done' }
  /** Not written: what the store holds is newer. */
  | { readonly kind: 'superseded' }
  | Extract<StoreOutcome, { kind: 'unavailable' }>

export interface Generations {
  /**
   * The newest complete generation above `after` that `accept` takes. Others that are damaged are set aside on the way; where
   * nothing else is left, that is `corrupt`.
   */
  read<T>(account: string, accept: (body: unknown) => T | undefined, after?: number): Promise<VaultRead<T>>
  /** `choose` gets the newest generation that is there (0 for none) and answers the number of the new one, or undefined to let it be. */
  write(
    account: string,
    body: unknown,
    choose: (newest: number) => Promise<number | undefined>,
  ): Promise<GenerationWrite>
  /** Removes what is not newer than `upTo`, oldest first. */
  remove(account: string, upTo: number): Promise<StoreOutcome>
}

export interface GenerationsOptions {
  /** Does the work while no other process changes this account: two at once would write to the same place, and remove each other's. */
  readonly alone?: <T>(account: string, work: () => Promise<T>) => Promise<T>
  /** Whether something is known to lie there. Then a reader that found nothing may have looked while it moved from place to place. */
  readonly isExpected?: (account: string) => Promise<boolean>
}

const generationOf = (content: Content): number => (content.kind === 'complete' ? content.generation : 0)

const newestFirst = (one: Content, other: Content): number => generationOf(other) - generationOf(one)

export const createGenerations = (
  places: Places,
  { alone = (_, work) => work(), isExpected = async () => false }: GenerationsOptions = {},
): Generations => {
  /** Both places, the newest complete generation first. */
  const readPlaces = async (account: string, certainty: Certainty = 'proved') => {
    const read = await places.readBoth(account, certainty)
    if ('kind' in read) return read
    return { kind: 'read', contents: read.toSorted(newestFirst) } as const
  }

  /**
   * Both places for whoever writes next. Where one holds something whole, the keychain was open a moment ago: locked since, it refuses
   * the write, and what it hid in the other place is replaced as it would be if it were seen. Where none does, it may be locked.
   */
  const readPlacesToWrite = async (account: string) => {
    const read = await readPlaces(account, 'likely')
    const isSure = read.kind === 'unavailable' || read.contents.some(({ kind }) => kind === 'complete')
    return isSure ? read : readPlaces(account)
  }

  /** Makes room: what an interrupted write left goes, what is damaged is set aside. */
  const clear = (account: string, content: Content): Promise<StoreOutcome> => {
    if (content.kind === 'damaged') return places.setAside(account, content.place)
    // A head that stayed would name parts that are being overwritten; one that is whole is replaced in one step.
    return content.kind === 'complete' && content.isInParts
      ? places.empty(account, content)
      : Promise.resolve(done)
  }

  /** What of both places can be accepted, the newest first, and the places of what is damaged. */
  const look = async <T>(account: string, accept: (body: unknown) => T | undefined, after: number) => {
    const read = await readPlaces(account)
    if (read.kind === 'unavailable') return read
    let found: T | undefined
    const damaged: Place[] = []
    for (const content of read.contents) {
      if (content.kind === 'empty' || (content.kind === 'complete' && content.generation <= after)) continue
      const accepted = content.kind === 'complete' ? accept(content.body) : undefined
      if (accepted === undefined) damaged.push(content.place)
      else found ??= accepted
    }
    return { kind: 'read', found, damaged } as const
  }

  const readAlone = async <T>(
    account: string,
    accept: (body: unknown) => T | undefined,
    after: number,
  ): Promise<VaultRead<T>> => {
    const seen = await look(account, accept, after)
    if (seen.kind === 'unavailable') return seen
    for (const place of seen.damaged) await places.setAside(account, place)
    if (seen.found !== undefined) return { kind: 'found', value: seen.found }
    return seen.damaged.length > 0 ? unavailable('corrupt') : { kind: 'absent' }
  }

  const writeAlone: Generations['write'] = async (account, body, choose) => {
    const read = await readPlacesToWrite(account)
    if (read.kind === 'unavailable') return read
    const [first, second] = read.contents
    if (first === undefined || second === undefined) throw new TypeError('an account has two places')
    const generation = await choose(generationOf(first))
    if (generation === undefined) return { kind: 'superseded' }
    // Both empty: place 1, for a name that people and version 0.1 know.
    const [current, free] = first.kind === 'complete' ? [first, second] : [second, first]
    const cleared = await clear(account, free)
    if (cleared.kind === 'unavailable') return cleared
    const written = await places.write(account, free.place, generation, body)
    if (written.kind === 'unavailable') {
      // Emptied only where nothing whole is: another process may have written at the same time.
      const left = written.reason === 'corrupt' ? await places.read(account, free.place) : undefined
      if (left?.kind === 'damaged') await places.empty(account, left)
      return written
    }
    // What stays because this fails is older, and goes with the next write.
    if (current.kind === 'complete') await places.empty(account, current)
    return done
  }

  const removeAlone: Generations['remove'] = async (account, upTo) => {
    const read = await readPlaces(account)
    if (read.kind === 'unavailable') return read
    // Oldest first: were the newest gone and an older one left, the older one would be current again.
    for (const content of read.contents.toReversed()) {
      if (generationOf(content) > upTo) continue
      const removed = await places.empty(account, content)
      if (removed.kind === 'unavailable') return removed
    }
    return done
  }

  return {
    read: async (account, accept, after = 0) => {
      const seen = await look(account, accept, after)
      if (seen.kind === 'unavailable') return seen
      const isWhole = seen.found !== undefined && seen.damaged.length === 0
      if (isWhole) return { kind: 'found', value: seen.found }
      const isNothing = seen.damaged.length === 0 && !(await isExpected(account))
      return isNothing ? { kind: 'absent' } : alone(account, () => readAlone(account, accept, after))
    },
    write: (account, body, choose) => alone(account, () => writeAlone(account, body, choose)),
    remove: (account, upTo) => alone(account, () => removeAlone(account, upTo)),
  }
}
