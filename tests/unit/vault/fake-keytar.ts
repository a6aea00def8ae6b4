// A keychain that behaves as the real ones were seen to (platform.md): locked it says null, false, and rejects a write.
import type { Keytar } from '../../../main/vault/keytar.ts'

export type KeychainCondition = 'open' | 'locked' | 'gone' | 'hung'

export interface FakeKeytar extends Keytar {
  condition: KeychainCondition
  readonly items: Map<string, string>
  /** `get account`, `set account`, `delete account`, in order. */
  readonly calls: string[]
  /** Called with every call, when it is in `calls`. */
  onCall: () => void
  /** What an item keeps of what it is given. */
  keeps: (value: string) => string
  /** Ends every hung call, with what the keychain would have answered. */
  release(): void
  /** Ends every hung call with this error. */
  fail(reason: Error): void
}

const newGate = (): PromiseWithResolvers<void> => {
  const gate = Promise.withResolvers<void>()
  // Nobody may be waiting for it.
  gate.promise.catch(() => undefined)
  return gate
}

export const createFakeKeytar = (): FakeKeytar => {
  const items = new Map<string, string>()
  const calls: string[] = []
  let gate = newGate()
  const gone = new Error('The name org.freedesktop.secrets was not provided by any .service files')

  const called = (call: string): void => {
    calls.push(call)
    fake.onCall()
  }

  const fake: FakeKeytar = {
    condition: 'open',
    items,
    calls,
    onCall: () => undefined,
    keeps: (value) => value,
    release() {
      fake.condition = 'open'
      gate.resolve()
      gate = newGate()
    },
    fail(reason) {
      gate.reject(reason)
      gate = newGate()
    },
    async getPassword(service, account) {
      called(`get ${account}`)
      if (fake.condition === 'hung') await gate.promise
      if (fake.condition === 'gone') throw gone
      return fake.condition === 'locked' ? null : (items.get(`${service}/${account}`) ?? null)
    },
    async setPassword(service, account, password) {
      called(`set ${account}`)
      if (fake.condition === 'hung') await gate.promise
      if (fake.condition === 'gone') throw gone
      if (fake.condition === 'locked') throw new Error('Cannot create an item in a locked collection')
      items.set(`${service}/${account}`, fake.keeps(password))
    },
    async deletePassword(service, account) {
      called(`delete ${account}`)
      if (fake.condition === 'hung') await gate.promise
      if (fake.condition === 'gone') throw gone
      return fake.condition === 'locked' ? false : items.delete(`${service}/${account}`)
    },
  }
  return fake
}
