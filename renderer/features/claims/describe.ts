// Owns how the claims of a token become rows to read: named, explained, checked against the profile. Pure; verifies nothing.
import type { ClaimsView, TokenView } from '../../../preload/views.ts'
import { type Change, changeOf, changeWords, withRemoved, withSigns } from './changes.ts'
import { type ClaimKind, explain, isCustom, placeOfClaim } from './explanations.ts'

export type ClaimValue =
  | { readonly kind: 'text'; readonly text: string }
  /** An id nobody reads whole. */
  | { readonly kind: 'id'; readonly text: string }
  | { readonly kind: 'issuer'; readonly text: string }
  | { readonly kind: 'role'; readonly text: string }
  | { readonly kind: 'chips'; readonly values: readonly string[] }
  /** Epoch milliseconds; `whole` where the day matters as much as the time. */
  | { readonly kind: 'time'; readonly at: number; readonly whole: boolean }
  | { readonly kind: 'json'; readonly text: string }

export interface ClaimRow {
  readonly name: string
  readonly value: ClaimValue
  readonly explanation: string
  readonly custom: boolean
  /** Folded from `email_verified` and `phone_number_verified`. */
  readonly verified: boolean | undefined
  /** Whether the claim is what the profile says it must be; undefined where nothing is expected. */
  readonly expected: boolean | undefined
  /** What the last refresh did to it. */
  readonly change: Change | undefined
}

const isStrings = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string')

const asText = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))

/** A value that does not have the shape its name promises is shown as it is. */
const valueOf = (name: string, kind: ClaimKind, value: unknown): ClaimValue => {
  const isText = typeof value === 'string'
  if (isStrings(value)) return { kind: 'chips', values: value }
  if (kind === 'time' && typeof value === 'number' && Number.isFinite(value))
    // NumericDate, RFC 7519 section 2: seconds.
    return { kind: 'time', at: value * 1_000, whole: name === 'auth_time' || name === 'updated_at' }
  if (kind === 'scopes' && isText) return { kind: 'chips', values: value.split(' ').filter(Boolean) }
  if ((kind === 'id' || kind === 'client') && isText) return { kind: 'id', text: value }
  if ((kind === 'issuer' || kind === 'role') && isText) return { kind, text: value }
  if (typeof value === 'object' && value !== null)
    return { kind: 'json', text: JSON.stringify(value, null, 2) }
  return { kind: 'text', text: asText(value) }
}

const matches = (value: unknown, expected: string): boolean =>
  value === expected || (isStrings(value) && value.includes(expected))

const checkOf = (
  kind: ClaimKind,
  value: unknown,
  expected: ClaimsView['expected'],
): { expected: boolean | undefined; text?: string } => {
  if (kind === 'issuer') {
    const right = matches(value, expected.issuer)
    return {
      expected: right,
      text: right ? "Matches this profile's pool" : `Not this profile's pool: ${expected.issuer}`,
    }
  }
  if (kind === 'client') {
    const right = matches(value, expected.clientId)
    return {
      expected: right,
      text: right
        ? "Matches this profile's app client"
        : `Not this profile's app client: ${expected.clientId}`,
    }
  }
  return { expected: undefined }
}

/** Cognito writes these as booleans in ID tokens and as strings in attributes. */
const isTrue = (value: unknown): boolean => value === true || value === 'true'

/** Roles are shown by the name at their end, so a sign before them would not be seen. */
const signed = (value: ClaimValue, earlier: ClaimValue): ClaimValue =>
  value.kind === 'chips' && earlier.kind === 'chips' && !value.values.some((each) => each.startsWith('arn:'))
    ? { kind: 'chips', values: withSigns(value.values, earlier.values) }
    : value

/** Every claim of a token as a row, and those that the last refresh took. Nothing is left out: `*_verified` is folded into the claim it is about. */
export const describeClaims = (
  now: TokenView['payload'],
  expected: ClaimsView['expected'],
  before?: TokenView['payload'],
): readonly ClaimRow[] => {
  const payload = withRemoved(now, before)
  return Object.keys(payload)
    .filter((name) => {
      const about = /^(email|phone_number)_verified$/.exec(name)?.[1]
      return about === undefined || !Object.hasOwn(payload, about)
    })
    .map((name, index) => ({ name, index }))
    .toSorted((a, b) => placeOfClaim(a.name) - placeOfClaim(b.name) || a.index - b.index)
    .map(({ name }) => {
      const { kind, text } = explain(name)
      const check = checkOf(kind, payload[name], expected)
      const flag = `${name}_verified`
      const change = changeOf(name, now, before)
      const value = valueOf(name, kind, payload[name])
      return {
        name,
        value:
          change?.kind === 'changed' && before !== undefined
            ? signed(value, valueOf(name, kind, before[name]))
            : value,
        // What does not belong to this profile matters more than when it came.
        explanation:
          check.expected === false || change === undefined ? (check.text ?? text) : changeWords(change),
        change,
        custom: isCustom(name),
        verified: Object.hasOwn(payload, flag) ? isTrue(payload[flag]) : undefined,
        expected: check.expected,
      }
    })
}

/** The text a filter looks in. */
const searchable = ({ name, explanation, value }: ClaimRow): string => {
  const shown = value.kind === 'chips' ? value.values.join(' ') : value.kind === 'time' ? '' : value.text
  return `${name} ${explanation} ${shown}`.toLowerCase()
}

/** Of many values, those that have what was typed come first: only the first are shown unasked. */
const matchingFirst = (row: ClaimRow, wanted: string): ClaimRow => {
  if (row.value.kind !== 'chips') return row
  const rankOf = (value: string): number => (value.toLowerCase().includes(wanted) ? 0 : 1)
  const values = row.value.values.toSorted((a, b) => rankOf(a) - rankOf(b))
  return { ...row, value: { kind: 'chips', values } }
}

/** Rows whose name, explanation or value has what was typed. */
export const filterClaims = (rows: readonly ClaimRow[], typed: string): readonly ClaimRow[] => {
  const wanted = typed.trim().toLowerCase()
  if (wanted === '') return rows
  return rows.filter((row) => searchable(row).includes(wanted)).map((row) => matchingFirst(row, wanted))
}
