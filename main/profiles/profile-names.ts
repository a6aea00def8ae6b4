// Owns how profile names are told apart and how a copy is named.

const maximumLength = 80

/** Names that look the same are the same: letter case and Unicode composition do not count. */
export const isSameName = (one: string, other: string): boolean =>
  one.normalize('NFC').toLowerCase() === other.normalize('NFC').toLowerCase()

/** Cuts whole characters off the end until the text fits. */
const fit = (text: string, length: number): string => {
  const characters = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment)
  while (characters.join('').length > length) characters.pop()
  return characters.join('').trimEnd()
}

/** `name · copy`, then `name · copy 2`, and so on; the name itself is shortened where the whole would be too long. */
export const copyName = (name: string, taken: readonly string[]): string => {
  const base = name.replace(/ · copy(?: \d+)?$/, '')
  for (let count = 1; ; count += 1) {
    const suffix = count === 1 ? ' · copy' : ` · copy ${count}`
    const candidate = fit(base, maximumLength - suffix.length) + suffix
    if (!taken.some((other) => isSameName(other, candidate))) return candidate
  }
}
