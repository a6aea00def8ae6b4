// Owns a storm: many sessions whose tokens run out while the machine sleeps, then the machine wakes up. Real time, real requests.
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import * as z from 'zod'
import { createCredentialsSource, createIssuer } from '../../../main/cognito/index.ts'
import { createLockFiles } from '../../../main/locks/lock-files.ts'
import { readIdentity } from '../../../main/sessions/facts.ts'
import type { LimiterOptions } from '../../../main/sessions/limiter.ts'
import { createSessionManager } from '../../../main/sessions/manager.ts'
import type { Clock } from '../../../main/sessions/ports.ts'
import { tokenSetSchema } from '../../../main/sessions/session.ts'
import { systemClock } from '../../../main/sessions/system-clock.ts'
import { openMemoryVault } from '../../../main/vault/open-vault.ts'
import { fakeProfile, fakeProfiles, fakeRecord, valueOf } from '../../unit/sessions/fakes.ts'
import { stormPool } from './storm-server.ts'

export interface Storm {
  /** Refreshes that reached the server, and those that it granted. */
  readonly requests: number
  readonly good: number
  /** From waking up until the last session had its tokens. */
  readonly settleMs: number
  /** Of the event loop's delay meanwhile. */
  readonly p99Ms: number
  /** Timers that sessions had armed before, and after. */
  readonly idleTimers: readonly [number, number]
  /** Milliseconds until the next of them fires afterwards: until then nothing of theirs runs. */
  readonly idleForMs: number
}

const startedSchema = z.object({ url: z.string(), tokens: z.array(tokenSetSchema) })
const countsSchema = z.object({ requests: z.number(), good: z.number() })

/** The machine's clock, an hour behind until `wakeUp`, that knows the timers armed on it. */
const countingClock = () => {
  let shiftMs = -3_600_000
  /** When each fires, by the steady clock. */
  const armed = new Map<symbol, number>()
  const clock: Clock = {
    now: () => Date.now() + shiftMs,
    monotonic: () => systemClock.monotonic(),
    after(delayMs, callback) {
      const id = Symbol()
      armed.set(id, systemClock.monotonic() + delayMs)
      const timer = systemClock.after(delayMs, () => {
        armed.delete(id)
        callback()
      })
      return {
        [Symbol.dispose]() {
          armed.delete(id)
          timer[Symbol.dispose]()
        },
      }
    },
  }
  return {
    clock,
    armed: () => armed.size,
    idleForMs: () => Math.min(...armed.values()) - systemClock.monotonic(),
    wakeUp: () => {
      shiftMs = 0
    },
  }
}

export const runStorm = async (count: number, rate?: LimiterOptions): Promise<Storm> => {
  const folder = await mkdtemp(join(tmpdir(), 'sesame-storm-'))
  const worker = new Worker(new URL('storm-server.ts', import.meta.url), { workerData: count })
  try {
    const [started]: unknown[] = await once(worker, 'message')
    const { url, tokens } = startedSchema.parse(started)
    const { clock, armed, idleForMs, wakeUp } = countingClock()
    const vault = openMemoryVault(clock).sessions
    const profiles = tokens.map(() =>
      fakeProfile({ userPoolId: stormPool.id, clientId: stormPool.clientId, endpoints: { userPool: url } }),
    )
    for (const [index, profile] of profiles.entries()) {
      const set = tokens[index]
      if (set === undefined) throw new Error('a profile without tokens')
      await vault.writeSession(profile, fakeRecord(profile, set, valueOf(readIdentity(set))))
    }
    const sessions = createSessionManager({
      profiles: fakeProfiles(...profiles),
      vault,
      issuer: createIssuer({ clock: systemClock }),
      credentials: createCredentialsSource({ clock: systemClock }),
      clock,
      random: Math.random,
      lock: createLockFiles({ folder, clock: systemClock }),
      ...(rate === undefined ? {} : { rate }),
    })
    await sessions.start()
    const idleBefore = armed()
    const renewed = new Set<string>()
    const allRenewed = new Promise<void>((resolve) => {
      sessions.onSessionChange((change) => {
        if (change.kind === 'activity' && change.event.kind === 'refreshed')
          renewed.add(change.event.profileId)
        if (renewed.size === count) resolve()
      })
    })
    const delay = monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    const startedAt = performance.now()
    wakeUp()
    sessions.wake('resume')
    await allRenewed
    const settleMs = performance.now() - startedAt
    delay.disable()
    // Who was told last has been told in the middle of it.
    await nextTurn()
    const idle = { idleTimers: [idleBefore, armed()], idleForMs: idleForMs() } as const
    worker.postMessage('count')
    const [counted]: unknown[] = await once(worker, 'message')
    await sessions.stop()
    return {
      ...countsSchema.parse(counted),
      settleMs,
      p99Ms: delay.percentile(99) / 1e6,
      ...idle,
    }
  } finally {
    await worker.terminate()
    await rm(folder, { recursive: true, force: true })
  }
}
