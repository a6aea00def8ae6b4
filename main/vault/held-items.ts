// Owns the items that this process holds itself: those kept in memory by choice, and those the keychain has not taken, which lie in
// encrypted files too where the platform can. Knows the files of earlier runs and of other processes; knows no keychain.
import type { UnavailableReason, Unsaved, VaultRead, VaultWrite } from '../sessions/ports.ts'
import type { ItemIndex } from './item-index.ts'
import type { Spill, Spilled } from './spill.ts'

export type Held =
  | { readonly kind: 'by-choice'; readonly body: unknown }
  | {
      readonly kind: 'waiting'
      readonly body: unknown
      readonly generation: number
      readonly reason: UnavailableReason
      readonly isSpilled: boolean
    }
export type Waiting = Extract<Held, { kind: 'waiting' }>

export interface HeldItems {
  get(account: string): Held | undefined
  accounts(): readonly string[]
  waiting(): readonly (readonly [account: string, item: Waiting])[]
  holdByChoice(account: string, body: unknown): void
  /** Until the keychain takes it; in a file too, where that can be. */
  hold(account: string, item: Pick<Waiting, 'body' | 'generation' | 'reason'>): Promise<VaultWrite>
  /** Something newer is in the keychain. A file that cannot be opened is set aside. */
  release(account: string): Promise<void>
  /** A person let go of it, and of what was set aside. */
  forget(account: string): Promise<void>
  /** What an earlier run, or another process, could not save. */
  takeUpAll(): Promise<void>
  /** The same for one account; `found` is what was taken up. */
  takeUp(account: string): Promise<VaultRead<Waiting>>
  /** Whether no file is left that may be older than a removal of this account, and bring it back. */
  isClear(account: string): Promise<boolean>
  /** Where it waits; `in-memory` ends with this process. */
  unsaved(account: string): Unsaved
}

export interface HeldItemsOptions {
  readonly spill: Spill
  readonly index: Pick<ItemIndex, 'addAccount' | 'removalOf'>
}

export const createHeldItems = ({ spill, index }: HeldItemsOptions): HeldItems => {
  const held = new Map<string, Held>()

  const takeUpOne = async ({ account, generation, body }: Spilled): Promise<void> => {
    const ours = held.get(account)
    if (ours?.kind === 'by-choice' || (ours !== undefined && ours.generation >= generation)) return
    if (((await index.removalOf(account)) ?? 0) >= generation) await spill.release(account)
    else held.set(account, { kind: 'waiting', body, generation, reason: 'locked', isSpilled: true })
  }

  return {
    get: (account) => held.get(account),
    accounts: () => [...held.keys()],
    waiting: () =>
      [...held].flatMap(([account, item]) => (item.kind === 'waiting' ? [[account, item] as const] : [])),
    holdByChoice(account, body) {
      held.set(account, { kind: 'by-choice', body })
    },
    async hold(account, item) {
      held.set(account, { kind: 'waiting', ...item, isSpilled: false })
      const isSpilled = await spill.put({ account, generation: item.generation, body: item.body })
      // So that a switch to memory, or a removal, knows of it in the next run.
      if (isSpilled) await index.addAccount(account)
      held.set(account, { kind: 'waiting', ...item, isSpilled })
      return { kind: isSpilled ? 'spilled' : 'unsaved', reason: item.reason }
    },
    async release(account) {
      held.delete(account)
      await spill.release(account)
    },
    async forget(account) {
      held.delete(account)
      await spill.forget(account)
    },
    async takeUpAll() {
      for (const item of await spill.all()) await takeUpOne(item)
    },
    async takeUp(account) {
      if (held.has(account)) return { kind: 'absent' }
      const file = await spill.read(account)
      if (file.kind !== 'found') return file
      await takeUpOne(file.value)
      const item = held.get(account)
      return item?.kind === 'waiting' ? { kind: 'found', value: item } : { kind: 'absent' }
    },
    async isClear(account) {
      const item = held.get(account)
      // Its file has taken the place of what was there.
      if (item?.kind === 'waiting' && item.isSpilled) return true
      return (await spill.read(account)).kind === 'absent' && (await spill.forget(account))
    },
    unsaved(account) {
      const item = held.get(account)
      if (item?.kind !== 'waiting') return false
      return item.isSpilled ? 'on-disk' : 'in-memory'
    },
  }
}
