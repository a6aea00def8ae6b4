// Owns what the last refresh changed about a token's claims. Pure.
import type { TokenView } from '../../../preload/views.ts'
import { unreachable } from '../../format/unreachable.ts'

type Claims = TokenView['payload']

export type Change =
  | { readonly kind: 'added' }
  | { readonly kind: 'removed' }
  /** `earlier` where the value before reads in a word. */
  | { readonly kind: 'changed'; readonly earlier: string | undefined }

/** These differ in every token: that they changed says nothing. */
const ofEveryToken: ReadonlySet<string> = new Set(['exp', 'iat', 'nbf', 'jti', 'event_id'])

/** Groups and scopes are sets: Cognito promises no order. */
const comparable = (value: unknown): string =>
  JSON.stringify(Array.isArray(value) ? value.map((item) => JSON.stringify(item)).toSorted() : value) ?? ''

const flagOf = (name: string): string => `${name}_verified`

/** What became of one claim; undefined where nothing did, or nothing is known of before. */
export const changeOf = (name: string, now: Claims, before: Claims | undefined): Change | undefined => {
  if (before === undefined || ofEveryToken.has(name)) return undefined
  if (!Object.hasOwn(before, name)) return { kind: 'added' }
  if (!Object.hasOwn(now, name)) return { kind: 'removed' }
  const isSame = [name, flagOf(name)].every((key) => comparable(now[key]) === comparable(before[key]))
  if (isSame) return undefined
  const earlier = before[name]
  const isWord = typeof earlier === 'string' && !earlier.includes(' ') && earlier !== now[name]
  return { kind: 'changed', earlier: isWord ? earlier : undefined }
}

/** The claims of both, those that are gone last. */
export const withRemoved = (now: Claims, before: Claims | undefined): Claims => ({
  ...now,
  ...Object.fromEntries(
    Object.entries(before ?? {}).filter(([name]) => changeOf(name, now, before)?.kind === 'removed'),
  ),
})

/** Values of a set, each that came or went with its sign; those come first. */
export const withSigns = (values: readonly string[], earlier: readonly string[]): readonly string[] => [
  ...values.filter((value) => !earlier.includes(value)).map((value) => `+ ${value}`),
  ...earlier.filter((value) => !values.includes(value)).map((value) => `− ${value}`),
  ...values.filter((value) => earlier.includes(value)),
]

/** Said under the value. */
export const changeWords = (change: Change): string => {
  switch (change.kind) {
    case 'added':
      return 'Added by the last refresh'
    case 'removed':
      return 'Removed by the last refresh'
    case 'changed':
      return `Changed by the last refresh${change.earlier === undefined ? '' : `; before: ${change.earlier}`}`
    default:
      return unreachable(change)
  }
}
