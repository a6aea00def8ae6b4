// Owns how the palette finds things: every word typed must occur, and a hit in the name beats one anywhere else. Pure.

/** Something that can be found. `name` is what a person calls it; `rest` is everything else it may be found by. */
export interface Findable {
  readonly name: string
  readonly rest: string
}

const isWordStart = (text: string, at: number): boolean =>
  at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '')

/** 0: not in it. 1: inside a word. 2: at the start of a word. 3: at the very start. */
const hit = (text: string, word: string): 0 | 1 | 2 | 3 => {
  let at = text.indexOf(word)
  if (at === -1) return 0
  if (at === 0) return 3
  for (; at !== -1; at = text.indexOf(word, at + 1)) if (isWordStart(text, at)) return 2
  return 1
}

/** The words of a query, lower-cased. */
export const wordsOf = (query: string): string[] => query.toLowerCase().split(/\s+/).filter(Boolean)

/** So that one hit in the name outranks any number elsewhere, for queries of up to three words. */
const nameWeight = 10

/** What is searched is searched at every key, so it is put into lower case once. */
const lowered = new WeakMap<Findable, Findable>()

const lower = (item: Findable): Findable => {
  const known = lowered.get(item)
  if (known) return known
  const made = { name: item.name.toLowerCase(), rest: item.rest.toLowerCase() }
  lowered.set(item, made)
  return made
}

/** How well a candidate fits the words, lower-cased as by `wordsOf`; 0 when one of them is nowhere in it. */
export const score = (words: readonly string[], item: Findable): number => {
  const { name, rest } = lower(item)
  let total = 0
  for (const word of words) {
    const fit = hit(name, word) * nameWeight || hit(rest, word)
    if (fit === 0) return 0
    total += fit
  }
  return total
}

export interface Ranked<T> {
  readonly item: T
  readonly score: number
}

/** The candidates that fit, best first; equal ones keep their order. An empty query fits all of them equally. */
export const rank = <T extends Findable>(words: readonly string[], items: readonly T[]): Ranked<T>[] => {
  if (words.length === 0) return items.map((item) => ({ item, score: 0 }))
  return items
    .flatMap((item) => {
      const fit = score(words, item)
      return fit === 0 ? [] : [{ item, score: fit }]
    })
    .toSorted((a, b) => b.score - a.score)
}

/** The words that start a word of the text, and the others: "copy cred acme" against "Copy AWS credentials". */
export const splitWords = (
  words: readonly string[],
  text: string,
): { readonly inText: string[]; readonly others: string[] } => {
  const lower = text.toLowerCase()
  const inText = words.filter((word) => hit(lower, word) >= 2)
  return { inText, others: words.filter((word) => !inText.includes(word)) }
}
