// Owns choosing combinations so that every allowed pair of values meets at least once: a greedy covering array. Pure, seeded.

export type Combination<F extends Record<string, readonly string[]>> = {
  readonly [K in keyof F]: F[K][number]
}

const seeded = (seed: number) => {
  let state = seed
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** Every two values that meet in a combination. */
export const pairsOf = (combination: Readonly<Record<string, string>>): string[] => {
  const values = Object.entries(combination).map(([factor, value]) => `${factor}=${value}`)
  return values.flatMap((one, at) => values.slice(at + 1).map((other) => `${one} ${other}`))
}

const everyCombination = (
  factors: Readonly<Record<string, readonly string[]>>,
): Readonly<Record<string, string>>[] => {
  let all: Record<string, string>[] = [{}]
  for (const [factor, values] of Object.entries(factors)) {
    all = all.flatMap((one) => values.map((value) => ({ ...one, [factor]: value })))
  }
  return all
}

/**
 * Combinations among the allowed ones that cover every pair of values, then more of them until there are `atLeast`. The same for
 * the same seed.
 */
export const pairwise = <const F extends Record<string, readonly string[]>>(
  factors: F,
  isAllowed: (combination: Combination<F>) => boolean,
  atLeast: number,
  seed = 1,
): { readonly combinations: Combination<F>[]; readonly pairs: number } => {
  const below = seeded(seed)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- built of exactly these factors and values
  const left = (everyCombination(factors) as Combination<F>[])
    .filter(isAllowed)
    .map((combination) => ({ combination, pairs: pairsOf(combination), order: below(2 ** 30) }))
    .toSorted((one, other) => one.order - other.order)
  const open = new Set(left.flatMap(({ pairs }) => pairs))
  const pairs = open.size
  const chosen: Combination<F>[] = []
  while (left.length > 0 && (open.size > 0 || chosen.length < atLeast)) {
    let best = 0
    let most = -1
    for (const [at, { pairs }] of left.entries()) {
      const gain = pairs.filter((pair) => open.has(pair)).length
      if (gain > most) [best, most] = [at, gain]
    }
    const [next] = left.splice(best, 1)
    if (next === undefined) break
    for (const pair of next.pairs) open.delete(pair)
    chosen.push(next.combination)
  }
  return { combinations: chosen, pairs }
}
