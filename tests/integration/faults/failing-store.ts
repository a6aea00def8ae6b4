// Owns a store that begins to refuse at a chosen call in the middle of a write, and a server that takes requests and answers none.
import type { Clock, UnavailableReason } from '../../../main/sessions/ports.ts'
import { type SecretStore, unavailable } from '../../../main/vault/secret-store.ts'
import type { Fault } from '../../cognito-server/faults.ts'
import { createFakeStore } from '../../unit/vault/fake-store.ts'

/** Where in a step the store begins to refuse: at once, when what was written is read back, or when the old one is to go. */
export type Moment = 'at once' | 'at the read-back' | 'after the read-back'

export interface FailingStore {
  readonly store: SecretStore
  /** Refuses from this moment on; undefined makes it work again. */
  readonly refuse: (reason: UnavailableReason | undefined, moment?: Moment) => void
}

export const createFailingStore = (): FailingStore => {
  const store = createFakeStore()
  let later: { readonly reason: UnavailableReason; readonly moment: Moment; hasWritten: boolean } | undefined
  const beforeCall = (): void => {
    if (later?.hasWritten === true) store.refusal = later.reason
  }
  return {
    store: {
      ...store,
      read(account) {
        beforeCall()
        return store.read(account)
      },
      readAll(accounts, certainty) {
        beforeCall()
        return store.readAll(accounts, certainty)
      },
      async write(account, value) {
        beforeCall()
        const outcome = await store.write(account, value)
        if (later === undefined || outcome.kind !== 'done') return outcome
        later.hasWritten = true
        // Written, and nobody can look at it.
        if (later.moment === 'at the read-back') store.refusal = later.reason
        return store.refusal === undefined ? outcome : unavailable(store.refusal)
      },
      remove(account) {
        beforeCall()
        return store.remove(account)
      },
    },
    refuse(reason, moment = 'at once') {
      const isNow = reason === undefined || moment === 'at once'
      store.refusal = isNow ? reason : undefined
      later = isNow ? undefined : { reason, moment, hasWritten: false }
    },
  }
}

export interface Silence {
  /** Does the work and never answers; the deadline of who asked is over as soon as the request is there. */
  readonly fault: Fault
  /** Arms deadlines that come only then. */
  readonly after: Clock['after']
  /** Lets go of the requests it holds. */
  end(): void
}

export const createSilence = (): Silence => {
  const deadlines = new Set<() => void>()
  const over = Promise.withResolvers<void>()
  return {
    fault: {
      kind: 'hold',
      when: 'after',
      arrive() {
        for (const strike of deadlines) strike()
        return over.promise
      },
    },
    after(_, strike) {
      deadlines.add(strike)
      return { [Symbol.dispose]: () => void deadlines.delete(strike) }
    },
    end: over.resolve,
  }
}
