// Owns that one process at a time works on something with a name, by files that survive a crash: what a process held that is gone
// is free. Knows no sessions. proper-lockfile does not fit: it calls a lock stale by the wall clock, so a process that slept or
// was stopped loses it while it still works, and two that find the same stale lock may both take it.
import { randomUUID } from 'node:crypto'
import { link, mkdir, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import type { Clock, SessionLock } from '../sessions/ports.ts'
import { livenessOf, ownIdentity } from './process-identity.ts'

export interface LockFilesOptions {
  /** One folder below it per name. */
  readonly folder: string
  readonly clock: Clock
  /** How long to wait for another process before answering `busy`. Longer than a refresh with its time-outs. */
  readonly patienceMs?: number
  /** The disk refuses lock files: work goes on without. Told once per kind of refusal. */
  readonly onUnprotected?: (reason: string) => void
}

const ownerSchema = z.object({
  pid: z.int(),
  start: z.string().optional(),
  boot: z.string().optional(),
  key: z.string(),
})

/** Locks this process holds, by their key: any other with our own number is left over from a release that failed. */
const heldHere = new Set<string>()

const firstPauseMs = 5
const longestPauseMs = 100
/** Where nothing tells when a process started (Windows), a lock so old counts as left by one that is gone. */
const unknownForMs = 10 * 60_000

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'

const numberOf = (name: string): number => Number(/^(\d+)\.lock$/.exec(name)?.[1] ?? 0)

/** The numbers in the folder. */
const numbersIn = async (folder: string): Promise<number[]> => (await readdir(folder)).map(numberOf)

/** 0 where there is none. The highest alone says whether the lock is free. */
const highestOf = (numbers: readonly number[]): number => Math.max(0, ...numbers)

/** Makes the folder where it is missing: an empty one. */
const makeFolder =
  (folder: string) =>
  async (error: unknown): Promise<number[]> => {
    if (codeOf(error) !== 'ENOENT') throw error
    await mkdir(folder, { recursive: true, mode: 0o700 })
    return []
  }

interface Held {
  readonly number: number
  readonly path: string
  /** Settles when what others left, and our own temporary file, is gone: work need not wait for that. Never rejects. */
  readonly swept: Promise<unknown>
}

/**
 * Locks by numbered files. The highest number is the lock; it is free when its file is empty or its owner is gone. Taking it means
 * making the next number, which only one can (link fails where the name exists). A released file stays until the next number is
 * there, so whoever was late finds a higher one and steps back.
 */
export const createLockFiles = (options: LockFilesOptions): SessionLock => {
  const { folder, clock, patienceMs = 90_000, onUnprotected } = options
  const queues = new Map<string, Promise<unknown>>()
  /** The number this process released last, by folder: while it is the highest there, the next one is free to take. */
  const released = new Map<string, number>()
  const told = new Set<string>()

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      clock.after(ms, resolve)
    })

  const isFree = async (path: string): Promise<boolean> => {
    // Released, as nearly always: to see that takes less than to read it.
    const seen = await stat(path).catch(() => undefined)
    if (seen === undefined || seen.size === 0) return true
    const text = await readFile(path, 'utf8').catch(() => '')
    if (text === '') return true
    let json: unknown
    try {
      json = JSON.parse(text)
    } catch {
      return true
    }
    const owner = ownerSchema.safeParse(json)
    if (!owner.success) return true
    if (heldHere.has(owner.data.key)) return false
    const own = await ownIdentity()
    if (owner.data.pid === own.pid && owner.data.start === own.start) return true
    const liveness = await livenessOf(owner.data)
    if (liveness !== 'unknown') return liveness === 'dead'
    const file = await stat(path).catch(() => undefined)
    return file === undefined || Math.abs(Date.now() - file.mtimeMs) > unknownForMs
  }

  const sweep = (own: string, numbers: readonly number[]): Promise<unknown> =>
    Promise.all(numbers.map((number) => rm(join(own, `${number}.lock`), { force: true })))

  /** Makes the lock of the number after `last`; undefined where somebody was faster, or `last` is not the last one, or not free. */
  const take = async (own: string, last: number, key: string): Promise<Held | undefined> => {
    const number = last + 1
    const path = join(own, `${number}.lock`)
    const temporary = join(own, `${key}.tmp`)
    await writeFile(temporary, JSON.stringify({ ...(await ownIdentity()), key }), { mode: 0o600, flag: 'wx' })
    try {
      await link(temporary, path)
    } catch (error) {
      await rm(temporary, { force: true })
      if (codeOf(error) === 'EEXIST') return undefined
      throw error
    }
    const [numbers, isLastFree] = await Promise.all([numbersIn(own), isFree(join(own, `${last}.lock`))])
    const before = numbers.filter((other) => other !== number)
    const isOurs = highestOf(numbers) === number && highestOf(before) === last && isLastFree
    const older = numbers.filter((other) => other > 0 && other < number)
    const swept = Promise.all([rm(temporary, { force: true }), sweep(own, isOurs ? older : [number])]).catch(
      () => undefined,
    )
    if (isOurs) return { number, path, swept }
    await swept
    return undefined
  }

  const takeFree = async (own: string, last: number, key: string): Promise<Held | undefined> => {
    heldHere.add(key)
    const held = await take(own, last, key)
    if (held === undefined) heldHere.delete(key)
    return held
  }

  /** Without a look at the folder first, which is as we left it most of the time. */
  const takeAgain = async (own: string, key: string): Promise<Held | undefined> => {
    const last = released.get(own)
    released.delete(own)
    if (last === undefined) return undefined
    return takeFree(own, last, key).catch((error: unknown) => {
      // The folder is gone, and made anew by who looks at it.
      if (codeOf(error) !== 'ENOENT') throw error
      return undefined
    })
  }

  /** The lock once it is ours; undefined when patience is over. */
  const acquire = async (own: string, key: string): Promise<Held | undefined> => {
    const again = await takeAgain(own, key)
    if (again !== undefined) return again
    const until = clock.monotonic() + patienceMs
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
      const last = highestOf(await numbersIn(own).catch(makeFolder(own)))
      const path = join(own, `${last}.lock`)
      if (last === 0 || (await isFree(path))) {
        const held = await takeFree(own, last, key)
        if (held !== undefined) return held
      }
      if (clock.monotonic() >= until) return undefined
      // Not in step with the others who wait.
      await pause(pauseMs * (0.5 + Math.random() / 2))
    }
  }

  const unprotected = async <T>(error: unknown, work: () => Promise<T>) => {
    const code = codeOf(error)
    if (!told.has(code)) onUnprotected?.(code)
    told.add(code)
    return { kind: 'done', value: await work() } as const
  }

  const holdNow = async <T>(name: string, work: () => Promise<T>) => {
    const key = randomUUID()
    const own = join(folder, name)
    let held: Held | undefined
    try {
      held = await acquire(own, key)
    } catch (error) {
      heldHere.delete(key)
      return unprotected(error, work)
    }
    if (held === undefined) return { kind: 'busy' } as const
    try {
      return { kind: 'done', value: await work() } as const
    } finally {
      // Emptied, not removed: that needs no space, and its number must not be given again. If it fails, our key says it is free.
      const emptied = truncate(held.path).then(
        () => true,
        () => false,
      )
      await held.swept
      if (await emptied) released.set(own, held.number)
      heldHere.delete(key)
    }
  }

  return {
    async hold(name, work) {
      const before = queues.get(name)
      const turn = (async () => {
        await before
        return holdNow(name, work)
      })()
      const done = turn.catch(() => undefined)
      queues.set(name, done)
      try {
        return await turn
      } finally {
        if (queues.get(name) === done) queues.delete(name)
      }
    },
  }
}
