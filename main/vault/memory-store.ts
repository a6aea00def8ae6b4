// Owns secrets that end with the process.
import { assertStorable, done, type SecretStore } from './secret-store.ts'

/** A store that is always available and keeps nothing beyond this process. */
export const createMemoryStore = (): SecretStore => {
  const values = new Map<string, string>()
  return {
    backend: 'memory',
    persistent: false,
    itemBytes: undefined,
    probe: async () => done,
    read: async (account) => {
      const value = values.get(account)
      return value === undefined ? { kind: 'absent' } : { kind: 'found', value }
    },
    readAll: async (accounts) => ({ kind: 'read', values: accounts.map((account) => values.get(account)) }),
    write: async (account, value) => {
      assertStorable(value)
      values.set(account, value)
      return done
    },
    remove: async (account) => {
      values.delete(account)
      return done
    },
    onRecovered: () => () => undefined,
  }
}
