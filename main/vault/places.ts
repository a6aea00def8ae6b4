// Owns the two places an account has in a store: what lies in each, and writing, emptying and setting aside one. Cuts a body into
// parts where the store's items are small. Which place is current is not its affair.
import { asideAccount, headAccount, type Place, partAccount, places } from './accounts.ts'
import { bodyText, decodeHead, encodePartsHead, encodeWhole, joinParts, splitText } from './item.ts'
import { type Certainty, done, type SecretStore, type StoreOutcome } from './secret-store.ts'

type Unavailable = Extract<StoreOutcome, { kind: 'unavailable' }>

/** What lies in one place. */
export type Content =
  | { readonly place: Place; readonly kind: 'empty' }
  | {
      readonly place: Place
      readonly kind: 'complete'
      readonly generation: number
      readonly body: unknown
      readonly isInParts: boolean
    }
  | { readonly place: Place; readonly kind: 'damaged' }

export interface Places {
  read(account: string, place: Place): Promise<Content | Unavailable>
  /** Both, looked at together. `certainty` is how sure an answer of `empty` has to be. */
  readBoth(account: string, certainty: Certainty): Promise<readonly Content[] | Unavailable>
  /** Parts first, the head last. `corrupt`: the store has kept something else. */
  write(account: string, place: Place, generation: number, body: unknown): Promise<StoreOutcome>
  /** The head first: what has none is not there. Then what parts there are, those of an interrupted write included. */
  empty(account: string, content: Content): Promise<StoreOutcome>
  /** Copies what lies there to other names, then empties the place. What cannot be copied stays. */
  setAside(account: string, place: Place): Promise<StoreOutcome>
}

export interface PlacesOptions {
  /** Lists an account before something is set aside there. */
  readonly list: (account: string) => Promise<void>
  /** Keeps several things that were set aside apart. */
  readonly stamp: () => string
}

/** More than anything needs. */
const mostParts = 1_000
/** Well below the 2,560 bytes of a Windows credential. */
const partBytes = 2_000

export const createPlaces = (store: SecretStore, { list, stamp }: PlacesOptions): Places => {
  const hasSmallItems = store.itemBytes !== undefined
  const longest = Math.min(partBytes, store.itemBytes ?? partBytes)

  /** Parts 1 to n as far as they are there without a gap. */
  const readParts = async (account: string, place: Place, from = 1, to = hasSmallItems ? mostParts : 0) => {
    const parts: string[] = []
    for (let part = from; part <= to; part += 1) {
      const read = await store.read(partAccount(account, place, part))
      if (read.kind === 'unavailable') return read
      if (read.kind === 'absent') break
      parts.push(read.value)
    }
    return { kind: 'found', parts } as const
  }

  /** What lies in a place with this head. */
  const contentOf = async (
    account: string,
    place: Place,
    text: string | undefined,
  ): Promise<Content | Unavailable> => {
    if (text === undefined) return { place, kind: 'empty' }
    const head = decodeHead(text)
    if (head.kind === 'damaged') return { place, kind: 'damaged' }
    const { generation } = head
    if (head.kind === 'whole') {
      return { place, kind: 'complete', generation, body: head.body, isInParts: false }
    }
    const found = await readParts(account, place, 1, head.parts)
    if (found.kind === 'unavailable') return found
    const joined = joinParts(head, found.parts)
    return joined === undefined
      ? { place, kind: 'damaged' }
      : { place, kind: 'complete', generation, body: joined.body, isInParts: true }
  }

  const readPlace: Places['read'] = async (account, place) => {
    const read = await store.read(headAccount(account, place))
    if (read.kind === 'unavailable') return read
    return contentOf(account, place, read.kind === 'found' ? read.value : undefined)
  }

  const readBoth: Places['readBoth'] = async (account, certainty) => {
    const heads = await store.readAll(
      places.map((place) => headAccount(account, place)),
      certainty,
    )
    if (heads.kind === 'unavailable') return heads
    const contents: Content[] = []
    for (const [index, place] of places.entries()) {
      const content = await contentOf(account, place, heads.values[index])
      if (content.kind === 'unavailable') return content
      contents.push(content)
    }
    return contents
  }

  /** From the last part to the first, so that what a crash leaves has no gap and is found again. */
  const removeParts = async (account: string, place: Place, from: number): Promise<StoreOutcome> => {
    const found = await readParts(account, place, from)
    if (found.kind === 'unavailable') return found
    for (let part = from + found.parts.length - 1; part >= from; part -= 1) {
      const removed = await store.remove(partAccount(account, place, part))
      if (removed.kind === 'unavailable') return removed
    }
    return done
  }

  const empty: Places['empty'] = async (account, { place, kind }) => {
    const removed = kind === 'empty' ? done : await store.remove(headAccount(account, place))
    return removed.kind === 'unavailable' ? removed : removeParts(account, place, 1)
  }

  const copyAside = async (name: string, text: string, stamped: string): Promise<StoreOutcome> => {
    const aside = asideAccount(stamped, name)
    await list(aside)
    return store.write(aside, text)
  }

  const setAside = async (account: string, place: Place): Promise<StoreOutcome> => {
    const stamped = stamp()
    const name = headAccount(account, place)
    const head = await store.read(name)
    if (head.kind === 'unavailable') return head
    const found = await readParts(account, place)
    if (found.kind === 'unavailable') return found
    if (head.kind === 'found') {
      const copied = await copyAside(name, head.value, stamped)
      if (copied.kind === 'unavailable') return copied
    }
    for (const [index, text] of found.parts.entries()) {
      const copied = await copyAside(partAccount(account, place, index + 1), text, stamped)
      if (copied.kind === 'unavailable') return copied
    }
    return empty(account, { place, kind: 'damaged' })
  }

  const writePlace = async (
    account: string,
    place: Place,
    generation: number,
    body: unknown,
  ): Promise<StoreOutcome> => {
    const text = bodyText(body)
    const whole = encodeWhole(generation, text)
    const parts = hasSmallItems && whole.length > longest ? splitText(text, longest) : []
    for (const [index, part] of parts.entries()) {
      const written = await store.write(partAccount(account, place, index + 1), part)
      if (written.kind === 'unavailable') return written
    }
    const head = parts.length === 0 ? whole : encodePartsHead(generation, text, parts.length)
    const written = await store.write(headAccount(account, place), head)
    return written.kind === 'unavailable' ? written : removeParts(account, place, parts.length + 1)
  }

  return { read: readPlace, readBoth, write: writePlace, empty, setAside }
}
