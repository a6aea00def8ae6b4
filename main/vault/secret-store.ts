// Names what a place for secrets can do. Implemented by the keychain and by memory; knows nothing of sessions.
import type { UnavailableReason, VaultRead } from '../sessions/ports.ts'

/** What became of a write, a removal or a probe. Removing what is not there is done. */
export type StoreOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'unavailable'; readonly reason: UnavailableReason }

export const done: StoreOutcome = { kind: 'done' }

export const unavailable = (
  reason: UnavailableReason,
): { readonly kind: 'unavailable'; readonly reason: UnavailableReason } => ({ kind: 'unavailable', reason })

/**
 * `likely` takes the keychain's word for what is not there, though a locked one says so of everything: for whoever writes there
 * next, which a locked one refuses. `proved` asks further where that word may mean "locked".
 */
export type Certainty = 'proved' | 'likely'

export type ReadAll =
  | { readonly kind: 'read'; readonly values: readonly (string | undefined)[] }
  | Extract<StoreOutcome, { kind: 'unavailable' }>

/**
 * Secrets by account name. Every answer tells "not there" from "cannot say"; nothing rejects except for a bug of the caller.
 * Calls run one after the other, in the order they were made.
 */
export interface SecretStore {
  /** What a person calls it: "Secret Service", "Keychain", "Credential Manager", "memory". */
  readonly backend: string
  /** Whether what is written outlives this process. */
  readonly persistent: boolean
  /** How many bytes the value of one item may have; undefined where nothing in practice is too long. */
  readonly itemBytes: number | undefined
  /** Asks whether the store can be used now, without a prompt where the platform allows that. */
  probe(): Promise<StoreOutcome>
  read(account: string): Promise<VaultRead<string>>
  /** Several at once, in that order. `certainty` is how sure an answer of "absent" has to be. */
  readAll(accounts: readonly string[], certainty: Certainty): Promise<ReadAll>
  /**
   * Done once it reads back as it was given; `corrupt` where the store has kept something else. `value` must not be empty and must
   * not hold a NUL: keychains refuse the one and cut at the other.
   */
  write(account: string, value: string): Promise<StoreOutcome>
  remove(account: string): Promise<StoreOutcome>
  /** Tells when a call that had timed out has settled after all, so that it is worth probing again. */
  onRecovered(listener: () => void): () => void
}

/** Throws for a value that no keychain keeps whole. */
export const assertStorable = (value: string): void => {
  if (value === '') throw new TypeError('a secret store keeps no empty value')
  if (value.includes('\0')) throw new TypeError('a secret store keeps no value with a NUL')
}
