// Owns that nothing written is lost while the keychain is away: items it cannot take are held in memory and promoted when it is
// back, removals it cannot make are remembered. Knows no sessions, only text by account.
import PQueue from 'p-queue'
import type { UnavailableReason, VaultRead, VaultState, VaultWrite } from '../sessions/ports.ts'
import type { ItemIndex } from './item-index.ts'
import { type SecretStore, unavailable } from './secret-store.ts'

/** Where an item may lie: `memory` keeps it out of the keychain by choice. */
export type Storage = 'keychain' | 'memory'

export interface VaultItems {
  readonly state: VaultState
  /** Asks the store anew, then removes and promotes what waited. Listeners are told after that. */
  probe(): Promise<VaultState>
  onStateChange(listener: (state: VaultState) => void): () => void
  read(account: string, storage?: Storage): Promise<VaultRead<string>>
  write(account: string, value: string, storage?: Storage): Promise<VaultWrite>
  /** From then on the item reads as absent, also while the keychain cannot remove it yet. */
  remove(account: string): Promise<VaultWrite>
  /** Copies an unreadable item to another account, then removes it. False when no copy could be made: it stays then. */
  setAside(account: string, asideAccount: string, value: string): Promise<boolean>
  /** Accounts that begin with `prefix`, from our own index and from memory. */
  accounts(prefix: string): Promise<readonly string[]>
  /** Accounts that are held in memory only because the keychain did not take them. */
  unsaved(): readonly string[]
}

type Held =
  | { readonly kind: 'by-choice'; readonly value: string }
  | { readonly kind: 'unsaved'; readonly value: string; readonly reason: UnavailableReason }

const saved: VaultWrite = { kind: 'saved' }

/** One refused item says nothing about the others; every other reason is about the keychain as a whole. */
const closesStore = (reason: UnavailableReason): boolean => reason !== 'denied' && reason !== 'corrupt'

const isSame = (one: VaultState, other: VaultState): boolean => one.kind === other.kind

export const createVaultItems = (store: SecretStore, index: ItemIndex): VaultItems => {
  const queue = new PQueue({ concurrency: 1 })
  const held = new Map<string, Held>()
  const listeners = new Set<(state: VaultState) => void>()
  /** Why the store cannot be used; `unasked` before the first probe. */
  let closed: UnavailableReason | 'unasked' | undefined = 'unasked'

  const stateNow = (): VaultState => {
    if (!store.persistent) return { kind: 'memory' }
    if (closed === undefined) return { kind: 'unlocked', backend: store.backend }
    return { kind: closed === 'no-service' ? 'absent' : 'locked', backend: store.backend }
  }
  let state = stateNow()

  const publish = (): void => {
    const next = stateNow()
    if (isSame(next, state)) return
    state = next
    for (const listener of listeners) listener(next)
  }

  const close = (reason: UnavailableReason): void => {
    if (!closesStore(reason)) return
    closed = reason
    publish()
  }

  const forgetRemoval = (account: string): Promise<void> => index.delete('removals', account)

  const removeFromStore = async (account: string): Promise<VaultWrite> => {
    const outcome = await store.remove(account)
    if (outcome.kind === 'done') {
      await index.delete('accounts', account)
      await forgetRemoval(account)
      return saved
    }
    await index.add('removals', account)
    close(outcome.reason)
    return { kind: 'unsaved', reason: outcome.reason }
  }

  const writeToStore = async (account: string, value: string): Promise<VaultWrite> => {
    // Listed first: an item that is listed and missing is harmless, one that is there and not listed is never found again.
    await index.add('accounts', account)
    const outcome = await store.write(account, value)
    if (outcome.kind === 'done') {
      held.delete(account)
      await forgetRemoval(account)
      return saved
    }
    held.set(account, { kind: 'unsaved', value, reason: outcome.reason })
    close(outcome.reason)
    return { kind: 'unsaved', reason: outcome.reason }
  }

  /** What waited for the keychain. What is held is newer than what the keychain has: this process is its only writer. */
  const settleWaiting = async (): Promise<void> => {
    for (const account of await index.list('removals')) {
      if (closed !== undefined) return
      await removeFromStore(account)
    }
    for (const [account, item] of held) {
      if (closed !== undefined) return
      if (item.kind === 'unsaved') await writeToStore(account, item.value)
    }
  }

  const probeNow = async (): Promise<VaultState> => {
    const outcome = await store.probe()
    closed = outcome.kind === 'unavailable' ? outcome.reason : undefined
    if (closed === undefined) await settleWaiting()
    publish()
    return state
  }

  const openStore = async (): Promise<UnavailableReason | undefined> => {
    if (closed === 'unasked') await probeNow()
    return closed === 'unasked' ? undefined : closed
  }

  const readFromStore = async (account: string): Promise<VaultRead<string>> => {
    if (await index.has('removals', account)) return { kind: 'absent' }
    const reason = await openStore()
    if (reason !== undefined) return unavailable(reason)
    const answer = await store.read(account)
    if (answer.kind === 'unavailable') close(answer.reason)
    return answer
  }

  const removeNow = async (account: string): Promise<VaultWrite> => {
    const listed = await index.has('accounts', account)
    const item = held.get(account)
    held.delete(account)
    if (item?.kind === 'by-choice' && !listed) return saved
    // Remembered first: a crash in between must not bring a signed-out session back.
    await index.add('removals', account)
    const reason = await openStore()
    if (reason === undefined) return removeFromStore(account)
    return listed ? { kind: 'unsaved', reason } : saved
  }

  /** Keeps the item in memory, and takes an earlier copy of it out of the keychain. */
  const holdByChoice = async (account: string, value: string): Promise<VaultWrite> => {
    const listed = await index.has('accounts', account)
    if (listed) await removeNow(account)
    held.set(account, { kind: 'by-choice', value })
    return saved
  }

  const readHeld = async (account: string, storage: Storage): Promise<VaultRead<string>> => {
    const item = held.get(account)
    if (item !== undefined) return { kind: 'found', value: item.value }
    if (storage === 'keychain') return readFromStore(account)
    // Kept in memory by choice, unless the choice was made after it went to the keychain.
    if (!(await index.has('accounts', account))) return { kind: 'absent' }
    const old = await readFromStore(account)
    if (old.kind === 'found') await holdByChoice(account, old.value)
    return old
  }

  store.onRecovered(() => {
    void queue.add(probeNow)
  })

  return {
    get state() {
      return state
    },
    probe: () => queue.add(probeNow),
    onStateChange(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    read: (account, storage = 'keychain') => queue.add(() => readHeld(account, storage)),
    write: (account, value, storage = 'keychain') =>
      queue.add(async () => {
        if (storage === 'memory') return holdByChoice(account, value)
        const reason = await openStore()
        if (reason === undefined) return writeToStore(account, value)
        held.set(account, { kind: 'unsaved', value, reason })
        return { kind: 'unsaved', reason }
      }),
    remove: (account) => queue.add(() => removeNow(account)),
    setAside: (account, asideAccount, value) =>
      queue.add(async () => {
        const reason = await openStore()
        if (reason !== undefined) return false
        await index.add('accounts', asideAccount)
        const copied = await store.write(asideAccount, value)
        if (copied.kind === 'unavailable') return false
        return (await removeFromStore(account)).kind === 'saved'
      }),
    accounts: (prefix) =>
      queue.add(async () => {
        const removed = new Set(await index.list('removals'))
        const listed = (await index.list('accounts')).filter((account) => !removed.has(account))
        return [...new Set([...listed, ...held.keys()])].filter((account) => account.startsWith(prefix))
      }),
    unsaved: () => [...held].flatMap(([account, item]) => (item.kind === 'unsaved' ? [account] : [])),
  }
}
