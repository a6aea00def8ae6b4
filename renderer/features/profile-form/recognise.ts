// Owns what the form does with a paste that names a pool: whether to ask main, and what of the answer goes where. Pure.
import type { RequestValue } from '../../../preload/contract.ts'

/** The contract's limit for `profiles.recognise`. */
const longest = 4_096

/** An id, an ARN or an address; anything else is pasted as it is, without asking. */
const naming = /^["'`]?(?:https?:\/\/|arn:aws|local_|[a-z]{2,4}(?:-[a-z]+)+-\d{1,2}[_:])/i

/** Whether a pasted text may name a pool, so that main is asked before it lands in the field. */
export const mayNamePool = (pasted: string): boolean => pasted.length <= longest && naming.test(pasted.trim())

/** The contract's limit for `profiles.previewImport`. */
const longestConfiguration = 600_000

/** Whether a pasted text may be a whole configuration, so that main is asked: an object that says something of a pool. */
export const mayBeConfiguration = (pasted: string): boolean =>
  pasted.length <= longestConfiguration && pasted.includes('{') && /pool|sesame-profiles|-\d_\w/i.test(pasted)

/** The text fields a recognised pool can fill. */
export type Recognisable =
  | 'userPoolId'
  | 'clientId'
  | 'identityPoolId'
  | `endpoints.${'userPool' | 'identityPool' | 'sts'}`

export interface Fill {
  readonly field: Recognisable
  readonly value: string
  /** How a person is told of it. */
  readonly label: string
}

/** What a recognised pool puts into the form, field by field; empty where nothing was recognised. */
export const fillsOf = (pool: RequestValue<'profiles.recognise'>): Fill[] => {
  const all: readonly (Omit<Fill, 'value'> & { readonly value: string | undefined })[] = [
    { field: 'userPoolId', value: pool.userPoolId, label: 'user pool id' },
    { field: 'clientId', value: pool.clientId, label: 'app client id' },
    { field: 'identityPoolId', value: pool.identityPoolId, label: 'identity pool id' },
    { field: 'endpoints.userPool', value: pool.endpoints?.userPool, label: 'user pool endpoint' },
    { field: 'endpoints.identityPool', value: pool.endpoints?.identityPool, label: 'identity pool endpoint' },
    { field: 'endpoints.sts', value: pool.endpoints?.sts, label: 'STS endpoint' },
  ]
  return all.flatMap(({ value, ...rest }) => (value === undefined ? [] : [{ ...rest, value }]))
}

/** "Filled in from what you pasted: user pool id, user pool endpoint." */
export const describeFills = (fills: readonly Fill[]): string =>
  `Filled in from what you pasted: ${fills.map(({ label }) => label).join(', ')}.`
