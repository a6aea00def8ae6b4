// A store whose condition a test sets: what is refused, how large an item may be, when the process around it dies.
import type { UnavailableReason } from '../../../main/sessions/ports.ts'
import { done, type SecretStore, unavailable } from '../../../main/vault/secret-store.ts'

export interface FakeStore extends SecretStore {
  /** Why everything is refused; undefined while the store is open. */
  refusal: UnavailableReason | undefined
  readonly values: Map<string, string>
  /** Calls in order: `probe`, `read a`, `write a`, `remove a`. */
  readonly calls: string[]
  /** How many more changes are made before the process dies: no call answers from then on. */
  changesLeft: number
  /** What an item keeps of what it is given; a keychain that cuts, say. */
  keep: (value: string) => string
  recover(): void
}

export interface FakeStoreOptions {
  readonly values?: Map<string, string>
  readonly itemBytes?: number | undefined
}

export const createFakeStore = ({
  values = new Map<string, string>(),
  itemBytes,
}: FakeStoreOptions = {}): FakeStore => {
  const listeners = new Set<() => void>()
  const calls: string[] = []
  const dead = new Promise<never>(() => undefined)
  const change = async (apply: () => void) => {
    if (store.refusal !== undefined) return unavailable(store.refusal)
    if (store.changesLeft === 0) return dead
    store.changesLeft -= 1
    apply()
    return done
  }
  const store: FakeStore = {
    backend: 'Fake',
    persistent: true,
    itemBytes,
    refusal: undefined,
    values,
    calls,
    changesLeft: Number.POSITIVE_INFINITY,
    keep: (value) => value,
    recover() {
      for (const listener of listeners) listener()
    },
    async probe() {
      calls.push('probe')
      return store.refusal === undefined ? done : unavailable(store.refusal)
    },
    async read(account) {
      calls.push(`read ${account}`)
      if (store.refusal !== undefined) return unavailable(store.refusal)
      const value = values.get(account)
      return value === undefined ? { kind: 'absent' } : { kind: 'found', value }
    },
    async readAll(accounts) {
      for (const account of accounts) calls.push(`read ${account}`)
      if (store.refusal !== undefined) return unavailable(store.refusal)
      return { kind: 'read', values: accounts.map((account) => values.get(account)) }
    },
    async write(account, value) {
      calls.push(`write ${account}`)
      if (itemBytes !== undefined && Buffer.byteLength(value) > itemBytes) throw new RangeError('too long')
      const outcome = await change(() => values.set(account, store.keep(value)))
      return outcome.kind === 'done' && values.get(account) !== value ? unavailable('corrupt') : outcome
    },
    async remove(account) {
      calls.push(`remove ${account}`)
      return change(() => values.delete(account))
    },
    onRecovered(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
  return store
}
