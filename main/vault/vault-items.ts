// Owns that nothing written is lost while the keychain is away: what it cannot take is held, and promoted when it is back; removals
// it cannot make are remembered. Knows no sessions.
import type * as z from 'zod'
import { createTurns } from '../in-turn.ts'
import type { UnavailableReason, Unsaved, VaultRead, VaultState, VaultWrite } from '../sessions/ports.ts'
import { isAsideOf } from './accounts.ts'
import type { Generations } from './generations.ts'
import { createHeldItems, type Held } from './held-items.ts'
import type { ItemIndex, Removal } from './item-index.ts'
import { type SecretStore, unavailable } from './secret-store.ts'
import { noSpill, type Spill } from './spill.ts'

/** Where an item may lie: `memory` keeps it out of the keychain by choice. */
export type Storage = 'keychain' | 'memory'

export interface VaultItems {
  readonly state: VaultState
  /** Asks the store anew, then removes and promotes what waited. Listeners are told after that. */
  probe(): Promise<VaultState>
  onStateChange(listener: (state: VaultState) => void): () => void
  /** What does not fit `schema` is damaged: it is set aside, and the answer is the generation before it or `corrupt`. */
  read<T>(account: string, schema: z.ZodType<T>, storage?: Storage): Promise<VaultRead<T>>
  /** `body` is what JSON can say. */
  write(account: string, body: unknown, storage?: Storage): Promise<VaultWrite>
  /**
   * From then on the item reads as absent, also while the keychain cannot remove it yet. What was set aside of it goes too: until
   * then it is kept.
   */
  remove(account: string): Promise<VaultWrite>
  /** Accounts that begin with `prefix`, from our own index and from what waits. */
  accounts(prefix: string): Promise<readonly string[]>
  /** Where an item waits for the keychain: in an encrypted file, or in this process alone, with which it ends. */
  waiting(account: string): Unsaved
  /** Accounts that end with this process, because neither the keychain nor the disk took them. */
  unsaved(): readonly string[]
  /** Accounts that wait for the keychain in an encrypted file. */
  spilled(): readonly string[]
}

const saved: VaultWrite = { kind: 'saved' }

/** One item that is refused, or cannot be read, says nothing about the others; every other reason is about the keychain as a whole. */
const aboutOneItem: ReadonlySet<UnavailableReason> = new Set(['denied', 'corrupt', 'sealed', 'app-only'])

const isSame = (one: VaultState, other: VaultState): boolean => one.kind === other.kind

const acceptHeld = <T>({ body }: Held, schema: z.ZodType<T>): VaultRead<T> => {
  const accepted = schema.safeParse(body)
  return accepted.success ? { kind: 'found', value: accepted.data } : unavailable('corrupt')
}

export interface VaultItemsOptions {
  readonly store: SecretStore
  readonly generations: Generations
  readonly index: ItemIndex
  readonly spill?: Spill | undefined
  /** For a body that has to know what it takes the place of: makes the one to be written, of what is there or undefined. */
  readonly completion?: ((body: unknown) => ((there: unknown) => unknown) | undefined) | undefined
}

export const createVaultItems = ({
  store,
  generations,
  index,
  spill = noSpill,
  completion = () => undefined,
}: VaultItemsOptions): VaultItems => {
  const inTurn = createTurns()
  const held = createHeldItems({ spill, index })
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
    if (aboutOneItem.has(reason)) return
    closed = reason
    publish()
  }

  const removeFromStore = async ({ account, generation }: Removal): Promise<VaultWrite> => {
    const outcome = await generations.remove(account, generation)
    if (outcome.kind === 'done') {
      await index.deleteAccount(account)
      // A file of what was removed would bring it back.
      if (await held.isClear(account)) await index.deleteRemoval({ account, generation })
      return saved
    }
    close(outcome.reason)
    return { kind: 'unsaved', reason: outcome.reason }
  }

  /** Incomplete where what is there can not be read: then it can not be written either. */
  const completed = async (
    account: string,
    body: unknown,
    removed: Promise<number | undefined>,
  ): Promise<unknown> => {
    const complete = completion(body)
    if (complete === undefined) return body
    const there = await generations.read(account, (value) => value, await removed)
    if (there.kind === 'unavailable' && there.reason !== 'corrupt') return body
    return complete(there.kind === 'found' ? there.value : undefined)
  }

  /** `waited` is the number it was given when the keychain did not take it: what the keychain holds may be newer by now. */
  const writeToStore = async (account: string, body: unknown, waited?: number): Promise<VaultWrite> => {
    // While the keychain is looked at.
    const removal = index.removalOf(account)
    const listing = Promise.all([removal, index.numbers(), index.addAccount(account)])
    let generation = waited
    const whole = await completed(account, body, removal)
    const outcome = await generations.write(account, whole, async (newest) => {
      // Listed first: an item that is listed and missing is harmless, one that is there and not listed is never found again.
      const [removed = 0, numbers] = await listing
      const there = Math.max(newest, removed)
      if (waited !== undefined) return waited > there ? waited : undefined
      generation = await index.nextGeneration(there, numbers)
      return generation
    })
    const [removed = 0] = await listing
    if (outcome.kind !== 'unavailable') {
      await held.release(account)
      if (outcome.kind === 'done' && removed > 0) await index.deleteRemoval({ account, generation: removed })
      return saved
    }
    const { reason } = outcome
    close(reason)
    generation ??= await index.nextGeneration('hidden')
    return held.hold(account, { body, generation, reason })
  }

  /** What waited for the keychain; the rest stays where it is as soon as the keychain closes again. */
  const settleWaiting = async (): Promise<void> => {
    for (const removal of await index.removals()) {
      if (closed !== undefined) return
      await removeFromStore(removal)
    }
    for (const [account, item] of held.waiting()) {
      if (closed !== undefined) return
      await writeToStore(account, item.body, item.generation)
    }
  }

  /** The disk may have room again. */
  const spillRest = async (): Promise<void> => {
    for (const [account, item] of held.waiting()) if (!item.isSpilled) await held.hold(account, item)
  }

  const probeNow = async (): Promise<VaultState> => {
    const outcome = await store.probe()
    closed = outcome.kind === 'unavailable' ? outcome.reason : undefined
    await held.takeUpAll()
    if (closed === undefined) await settleWaiting()
    await spillRest()
    publish()
    return state
  }

  const openStore = async (): Promise<UnavailableReason | undefined> => {
    if (closed === 'unasked') await probeNow()
    return closed === 'unasked' ? undefined : closed
  }

  /** `upTo`: the generation up to which it goes; above every number ever given unless it is told. */
  const removeNow = async (account: string, upTo?: number): Promise<VaultWrite> => {
    const isListed = await index.hasAccount(account)
    const item = held.get(account)
    if (item?.kind === 'by-choice' && !isListed) {
      await held.forget(account)
      return saved
    }
    // Remembered first: a crash in between must not bring a signed-out session back.
    const removal: Removal = { account, generation: upTo ?? (await index.nextGeneration('hidden')) }
    await index.addRemoval(removal)
    await held.forget(account)
    const reason = await openStore()
    if (reason === undefined) return removeFromStore(removal)
    return isListed ? { kind: 'unsaved', reason } : saved
  }

  /** What was set aside of it may hold its secrets too. Nothing new is ever written there. */
  const removeWithAsides = async (account: string): Promise<VaultWrite> => {
    const removed = await removeNow(account)
    for (const name of await index.accounts()) {
      if (isAsideOf(name, account)) await removeNow(name, Number.MAX_SAFE_INTEGER)
    }
    return removed
  }

  /** Keeps the item in memory, and takes an earlier copy of it out of the keychain. */
  const holdByChoice = async (account: string, body: unknown): Promise<VaultWrite> => {
    const isWaiting = held.get(account)?.kind === 'waiting'
    if (isWaiting || (store.persistent && (await index.hasAccount(account)))) await removeWithAsides(account)
    held.holdByChoice(account, body)
    return saved
  }

  const readFromStore = async <T>(account: string, schema: z.ZodType<T>): Promise<VaultRead<T>> => {
    const reason = await openStore()
    // An earlier run may have left it waiting, which opening has taken up, if it could be opened then.
    const waiting = await held.takeUp(account)
    // What the keychain has is older, or was removed.
    if (waiting.kind === 'unavailable') return unavailable(reason ?? waiting.reason)
    if (waiting.kind === 'found' && reason === undefined) {
      await writeToStore(account, waiting.value.body, waiting.value.generation)
    }
    const item = held.get(account)
    if (item !== undefined) return acceptHeld(item, schema)
    const removed = await index.removalOf(account)
    if (reason !== undefined) return removed === undefined ? unavailable(reason) : { kind: 'absent' }
    const answer = await generations.read(account, (body) => schema.safeParse(body).data, removed)
    if (answer.kind === 'unavailable') close(answer.reason)
    return answer
  }

  const readHeld = async <T>(
    account: string,
    schema: z.ZodType<T>,
    storage: Storage,
  ): Promise<VaultRead<T>> => {
    const item = held.get(account)
    if (item !== undefined) return acceptHeld(item, schema)
    if (!store.persistent) return { kind: 'absent' }
    if (storage === 'keychain') return readFromStore(account, schema)
    // Kept in memory by choice, unless the choice was made after it went to the keychain.
    if (!(await index.hasAccount(account))) return { kind: 'absent' }
    const old = await readFromStore(account, schema)
    if (old.kind === 'found') await holdByChoice(account, old.value)
    return old
  }

  store.onRecovered(() => {
    void inTurn(probeNow)
  })

  return {
    get state() {
      return state
    },
    probe: () => inTurn(probeNow),
    onStateChange(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    read: (account, schema, storage = 'keychain') => inTurn(() => readHeld(account, schema, storage)),
    write: (account, body, storage = 'keychain') =>
      inTurn(async () => {
        if (storage === 'memory' || !store.persistent) return holdByChoice(account, body)
        const reason = await openStore()
        if (reason === undefined) return writeToStore(account, body)
        return held.hold(account, { body, generation: await index.nextGeneration('hidden'), reason })
      }),
    remove: (account) => inTurn(() => removeWithAsides(account)),
    accounts: (prefix) =>
      inTurn(async () => {
        const removed = new Set((await index.removals()).map(({ account }) => account))
        const listed = (await index.accounts()).filter((account) => !removed.has(account))
        return [...new Set([...listed, ...held.accounts()])].filter((account) => account.startsWith(prefix))
      }),
    waiting: (account) => held.unsaved(account),
    unsaved: () => held.waiting().flatMap(([account, item]) => (item.isSpilled ? [] : [account])),
    spilled: () => held.waiting().flatMap(([account, item]) => (item.isSpilled ? [account] : [])),
  }
}
