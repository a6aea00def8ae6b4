// A store whose condition a test sets: what is refused, and why.
import type { UnavailableReason } from '../../../main/sessions/ports.ts'
import { done, type SecretStore, unavailable } from '../../../main/vault/secret-store.ts'

export interface FakeStore extends SecretStore {
  /** Why everything is refused; undefined while the store is open. */
  refusal: UnavailableReason | undefined
  readonly values: Map<string, string>
  /** Calls in order: `probe`, `read a`, `write a`, `remove a`. */
  readonly calls: string[]
  recover(): void
}

export const createFakeStore = (values = new Map<string, string>()): FakeStore => {
  const listeners = new Set<() => void>()
  const calls: string[] = []
  const store: FakeStore = {
    backend: 'Fake',
    persistent: true,
    refusal: undefined,
    values,
    calls,
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
    async write(account, value) {
      calls.push(`write ${account}`)
      if (store.refusal !== undefined) return unavailable(store.refusal)
      values.set(account, value)
      return done
    },
    async remove(account) {
      calls.push(`remove ${account}`)
      if (store.refusal !== undefined) return unavailable(store.refusal)
      values.delete(account)
      return done
    },
    onRecovered(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
  return store
}
