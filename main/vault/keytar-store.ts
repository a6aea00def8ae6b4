// Owns secrets in the operating system's keychain, through keytar. Turns keytar's nulls, rejections and hung calls into typed
// answers. Never calls findCredentials or findPassword: on a locked keyring they end the process.
import { assertNever } from '../failure.ts'
import { createTurns } from '../in-turn.ts'
import type { Clock, UnavailableReason, VaultRead } from '../sessions/ports.ts'
import { sentinelAccount } from './accounts.ts'
import { reasonInError } from './keychain-errors.ts'
import { getPasswords, type Keytar, loadKeytar as loadKeytarHere, storePassword } from './keytar.ts'
import { createNativeCalls, type NativeAnswer } from './native-calls.ts'
import { askSecretService, type LockAnswer } from './secret-service.ts'
import {
  assertStorable,
  type Certainty,
  done,
  type ReadAll,
  type SecretStore,
  type StoreOutcome,
  unavailable,
} from './secret-store.ts'

export interface KeytarStoreOptions {
  /** See `serviceNameFor`. */
  readonly service: string
  readonly clock: Clock
  readonly platform?: NodeJS.Platform
  /** Per keychain call. */
  readonly timeoutMs?: number
  readonly loadKeytar?: () => Promise<Keytar>
  readonly askLock?: () => Promise<LockAnswer>
}

export interface KeytarStore extends SecretStore {
  /**
   * A call of this process is stuck in the keychain. Node waits for it when it exits, for 50 s on a hung Secret Service as measured
   * and for ever on a prompt: end the process with a signal then. Never so where keytar runs in a process of its own.
   */
  readonly stuck: boolean
}

const backends: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Keychain',
  linux: 'Secret Service',
  win32: 'Credential Manager',
}

/** CRED_MAX_CREDENTIAL_BLOB_SIZE on Windows. The others take what a session needs. */
const itemBytes: Partial<Record<NodeJS.Platform, number>> = { win32: 2_560 }

/**
 * Nobody unlocks a keyring in so short a time: one that was open before and after it was open in between. And one that was open so
 * short a time ago is as open as one that was asked just now.
 */
const aMomentMs = 250

/** macOS asks the person in the middle of a call; elsewhere a keychain answers in milliseconds or not at all. */
const defaultTimeoutMs = (platform: NodeJS.Platform): number => (platform === 'darwin' ? 60_000 : 8_000)

export const createKeytarStore = ({
  service,
  clock,
  platform = process.platform,
  timeoutMs = defaultTimeoutMs(platform),
  loadKeytar = loadKeytarHere,
  askLock = askSecretService,
}: KeytarStoreOptions): KeytarStore => {
  const inTurn = createTurns()
  const native = createNativeCalls(clock, timeoutMs)
  let binding: Promise<Keytar> | undefined
  let restart: Keytar['restart']
  let sentinelSeen = false
  /** When an item was last read, by the steady clock: the keyring was open then. */
  let openAt = Number.NEGATIVE_INFINITY

  // On Linux a locked keyring says "nothing there" to every read; elsewhere it says so only when it is true.
  const nullMayMeanLocked = platform === 'linux'

  const load = async (): Promise<Keytar> => {
    binding ??= loadKeytar().then((keytar) => {
      restart = keytar.restart && (() => keytar.restart?.())
      return keytar
    })
    return binding
  }

  /** libsecret holds on to the service it met first; a helper that is started anew meets the one that is there now. */
  const call = async <T>(use: (keytar: Keytar) => Promise<T>): Promise<NativeAnswer<T>> => {
    const askOnce = () => native.run(async () => use(await load()))
    const answer = await askOnce()
    const isGone = answer.kind === 'rejected' && reasonInError(answer.error) === 'no-service'
    if (!isGone || restart === undefined) return answer
    restart()
    return askOnce()
  }

  /** Ends a helper that hangs, once there is somebody who would answer. */
  const freed = async (): Promise<boolean> => {
    if (restart === undefined) return false
    if (nullMayMeanLocked && (await askLock()) === 'no-answer') return false
    const recovered = Promise.withResolvers<void>()
    const stop = native.onRecovered(recovered.resolve)
    if (native.stuck) {
      restart()
      await recovered.promise
    }
    stop()
    return true
  }

  const reasonFor = async (error: unknown): Promise<UnavailableReason> => {
    const reason = reasonInError(error)
    if (reason !== undefined) return reason
    const lock = nullMayMeanLocked ? await askLock() : 'unknown'
    if (lock === 'locked') return 'locked'
    return lock === 'no-service' || lock === 'no-collection' ? 'no-service' : 'denied'
  }

  /** Reads that take keytar's word for what is not there. */
  const getAll = async (accounts: readonly string[]): Promise<ReadAll> => {
    const beganAt = clock.monotonic()
    const answer = await call((keytar) => getPasswords(keytar, service, accounts))
    if (answer.kind === 'timed-out') return unavailable('timed-out')
    if (answer.kind === 'rejected') return unavailable(await reasonFor(answer.error))
    const values = answer.value.map((value) => value ?? undefined)
    // Of several, the first may be the one that showed it.
    if (values.some((value) => value !== undefined)) openAt = values.length > 1 ? beganAt : clock.monotonic()
    return { kind: 'read', values }
  }

  const get = async (account: string): Promise<VaultRead<string>> => {
    const read = await getAll([account])
    if (read.kind === 'unavailable') return read
    const [value] = read.values
    return value === undefined ? { kind: 'absent' } : { kind: 'found', value }
  }

  const set = async (account: string, value: string): Promise<StoreOutcome> => {
    const answer = await call((keytar) => storePassword(keytar, service, account, value))
    if (answer.kind === 'timed-out') return unavailable('timed-out')
    if (answer.kind === 'rejected') return unavailable(await reasonFor(answer.error))
    if (answer.value !== value) return unavailable('corrupt')
    openAt = clock.monotonic()
    return done
  }

  /** Whether the keychain is open, told by the item that is there whenever it is. */
  const readSentinel = async (): Promise<StoreOutcome> => {
    if (!nullMayMeanLocked) return done
    const sentinel = await get(sentinelAccount)
    if (sentinel.kind === 'found') return done
    return sentinel.kind === 'absent' ? unavailable('locked') : sentinel
  }

  const putSentinel = async (): Promise<StoreOutcome> => {
    const sentinel = await get(sentinelAccount)
    if (sentinel.kind === 'absent')
      return set(sentinelAccount, 'Sesame can read this while the keychain is open.')
    return sentinel.kind === 'found' ? done : sentinel
  }

  const probeNow = async (): Promise<StoreOutcome> => {
    if (native.stuck && !(await freed())) return unavailable('timed-out')
    if (!nullMayMeanLocked) {
      const answer = await get(sentinelAccount)
      return answer.kind === 'unavailable' ? answer : done
    }
    const lock = await askLock()
    switch (lock) {
      case 'locked':
        return unavailable('locked')
      case 'no-service':
        return unavailable('no-service')
      case 'no-answer':
        return unavailable('timed-out')
      case 'unlocked':
      case 'no-collection':
      case 'unknown': {
        // Open, or nobody can tell. A missing sentinel is written: on an open keyring that is its first one, and otherwise the
        // write itself shows whether the keyring takes anything.
        const sentinel = await putSentinel()
        sentinelSeen = sentinel.kind === 'done'
        return sentinel
      }
      default:
        return assertNever(lock)
    }
  }

  /** Every operation needs the sentinel to have been there once; else its absence would say nothing. */
  const whenProbed = async <T>(operation: () => Promise<T>): Promise<T | ReturnType<typeof unavailable>> => {
    if (nullMayMeanLocked && !sentinelSeen) {
      const probed = await probeNow()
      if (probed.kind === 'unavailable') return probed
    }
    return operation()
  }

  const readAllNow = async (accounts: readonly string[], certainty: Certainty): Promise<ReadAll> => {
    const beganAt = clock.monotonic()
    const wasOpenAt = openAt
    const read = await getAll(accounts)
    if (read.kind === 'unavailable' || certainty === 'likely' || !nullMayMeanLocked) return read
    const firstAbsent = read.values.indexOf(undefined)
    if (firstAbsent < 0) return read
    // One of these that was there before it shows as well as an earlier read that it was open.
    const openBefore = firstAbsent > 0 ? beganAt : wasOpenAt
    const sentinel = await readSentinel()
    if (sentinel.kind !== 'done') return sentinel
    // Again, because the keyring may have been opened between the two.
    return openAt - openBefore < aMomentMs ? read : getAll(accounts)
  }

  const readNow = async (account: string): Promise<VaultRead<string>> => {
    const read = await readAllNow([account], 'proved')
    if (read.kind === 'unavailable') return read
    const [value] = read.values
    return value === undefined ? { kind: 'absent' } : { kind: 'found', value }
  }

  const writeNow = async (account: string, value: string): Promise<StoreOutcome> => {
    // A write to a locked keyring may hang on a prompt.
    const wasJustOpen = clock.monotonic() - openAt < aMomentMs
    const sentinel = wasJustOpen ? done : await readSentinel()
    return sentinel.kind === 'unavailable' ? sentinel : set(account, value)
  }

  const removeNow = async (account: string): Promise<StoreOutcome> => {
    const answer = await call((keytar) => keytar.deletePassword(service, account))
    if (answer.kind === 'timed-out') return unavailable('timed-out')
    if (answer.kind === 'rejected') return unavailable(await reasonFor(answer.error))
    if (!answer.value) {
      const left = await readNow(account)
      if (left.kind === 'unavailable') return left
      if (left.kind === 'found') return unavailable('denied')
    }
    return done
  }

  return {
    backend: backends[platform] ?? 'Keychain',
    persistent: true,
    itemBytes: itemBytes[platform],
    get stuck() {
      return native.stuck && restart === undefined
    },
    probe: () => inTurn(probeNow),
    read: (account) => inTurn(() => whenProbed(() => readNow(account))),
    readAll: (accounts, certainty) => inTurn(() => whenProbed(() => readAllNow(accounts, certainty))),
    write: async (account, value) => {
      assertStorable(value)
      return inTurn(() => whenProbed(() => writeNow(account, value)))
    },
    remove: (account) => inTurn(() => whenProbed(() => removeNow(account))),
    onRecovered: (listener) => native.onRecovered(listener),
  }
}
