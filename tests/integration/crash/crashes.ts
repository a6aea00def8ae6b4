// Owns killing the engine at random instants and saying what has to be true afterwards. Used by the test and by the soak.
import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import type { RandomSource } from '../../../main/sessions/ports.ts'
import { headAccount, places, serviceNameFor, sessionAccount } from '../../../main/vault/accounts.ts'
import { type CognitoServer, startCognitoServer } from '../../cognito-server/index.ts'
import { seededRandom } from '../../unit/sessions/fakes.ts'
import { itemsIn } from '../file-store.ts'
import { type Keyring, withKeyring } from '../keyring.ts'
import { createAftermath, type StoredItems } from './aftermath.ts'
import { type Engine, type EngineProgram, startEngine } from './engine-child.ts'
import { type EngineSpec, pool, type Step, user } from './protocol.ts'

export type StoreKind = 'keyring' | 'folder' | 'folder of small items'

export interface CrashRun {
  readonly store: StoreKind
  readonly kills: number
  readonly seed: number
  readonly program: EngineProgram
}

export interface CrashCount {
  /** How many kills came in the middle of each step, and how many between two. */
  readonly during: Readonly<Record<Step | 'idle', number>>
  /** What was found after a kill in the middle of a step: the session as before it, or as after it. */
  readonly found: { readonly old: number; readonly new: number }
}

/** Whether somebody is signed in, as far as the last order that was answered says. */
type Known = 'nobody' | 'somebody'

const after = {
  'sign-in': 'somebody',
  refresh: 'somebody',
  'sign-out': 'nobody',
  'sign-out-globally': 'nobody',
} as const

const chooseStep = (known: Known, random: RandomSource): Step => {
  if (known === 'nobody') return 'sign-in'
  const at = random()
  if (at < 0.1) return 'sign-in'
  if (at < 0.55) return 'refresh'
  return at < 0.8 ? 'sign-out' : 'sign-out-globally'
}

/** To a fraction of a millisecond, which timers do not do. */
const wait = async (ms: number): Promise<void> => {
  const until = performance.now() + ms
  if (ms > 3) await pause(ms - 3)
  while (performance.now() < until) await nextTurn()
}

const inFolder =
  (folder: string): StoredItems =>
  () =>
    itemsIn(folder)

/** As our own index has it; whether a session is really gone, the keyring itself is asked. */
const inKeyring =
  (keyring: Keyring, { directory, profileId }: Pick<EngineSpec, 'directory' | 'profileId'>): StoredItems =>
  async (engine, isSignedIn) => {
    const report = await engine.order('items')
    const listed = report.kind === 'items' ? report.accounts : []
    if (isSignedIn) return listed
    const session = sessionAccount(profileId)
    const heads = places.map((place) => headAccount(session, place))
    const values = await Promise.all(heads.map((head) => keyring.lookup(serviceNameFor(directory, ''), head)))
    const there = heads.filter((_, index) => values[index] !== undefined)
    return [...listed.filter((account) => account !== session), ...there]
  }

/** One profile on one store, over many lives. Throws what is wrong, with the seed and the number of the kill. */
const crash = async (
  { kills, seed, program }: CrashRun,
  spec: EngineSpec,
  env: NodeJS.ProcessEnv,
  server: CognitoServer,
  stored: StoredItems,
): Promise<CrashCount> => {
  const random = seededRandom(seed)
  const aftermath = createAftermath(server, stored)
  const during: Record<Step | 'idle', number> = {
    'sign-in': 0,
    refresh: 0,
    'sign-out': 0,
    'sign-out-globally': 0,
    idle: 0,
  }
  const found = { old: 0, new: 0 }
  /** How long each step takes, as far as is known; milliseconds. It grows with every kill: one that always comes too early
   * would teach nothing. */
  const usual: Record<Step, number> = { 'sign-in': 120, refresh: 30, 'sign-out': 30, 'sign-out-globally': 30 }
  const history: string[] = []
  let known: Known = 'nobody'
  let interrupted: Step | undefined
  let next = startEngine(program, spec, env)

  const wrong = (what: string): never => {
    const requests = server.requests.list().map(({ operation, outcome }) => `  ${operation}: ${outcome}`)
    throw new Error(
      `seed ${seed}, after kill ${history.length}: ${what}\n${history.slice(-6).join('\n')}\n${requests.slice(-12).join('\n')}`,
    )
  }

  const mustBeDone = async (engine: Engine, step: Step): Promise<void> => {
    const report = await engine.order(step)
    if (report.kind !== 'done') wrong(`${step} answered ${JSON.stringify(report)}`)
  }

  const isNew = (there: Known, signIn: string | undefined): boolean =>
    there === 'nobody' ? known === 'somebody' : signIn !== undefined && aftermath.isOpenedSince(signIn)

  /** What the next start finds is what was before the kill or what the step was to make; and it can be worked with. */
  const check = async (engine: Engine): Promise<void> => {
    const report = await engine.order('start')
    if (report.kind !== 'session') return wrong(`start answered ${JSON.stringify(report)}`)
    if (report.status !== 'active' && report.status !== 'signed-out')
      return wrong(`found ${JSON.stringify(report)}`)
    const there: Known = report.status === 'active' ? 'somebody' : 'nobody'
    const allowed: readonly Known[] = interrupted === undefined ? [known] : [known, after[interrupted]]
    if (!allowed.includes(there)) return wrong(`found ${there} where ${allowed.join(' or ')} was to be`)
    if (interrupted !== undefined && interrupted !== 'refresh') {
      found[isNew(there, report.signIn) ? 'new' : 'old'] += 1
    }
    known = there
    if (known === 'somebody') await mustBeDone(engine, 'refresh')
    const left = await aftermath.settled(engine, report.signIn, interrupted)
    if (left !== undefined) wrong(`left behind after ${interrupted ?? 'nothing'}: ${left}`)
  }

  /** Orders steps until one is interrupted by the kill, or four were faster. */
  const killDuring = async (engine: Engine): Promise<Step | undefined> => {
    for (let steps = 0; steps < 4; steps += 1) {
      const step = chooseStep(known, random)
      aftermath.stepBegins()
      const started = performance.now()
      const answer = engine.order(step)
      const isKilled = await Promise.race([
        answer.then(() => false),
        wait(random() * usual[step] * 1.5).then(() => true),
      ])
      if (isKilled) {
        await engine.kill()
        const report = await answer
        // It may have been answered in the same instant.
        if (report.kind === 'killed') {
          usual[step] *= 1.15
          return step
        }
        if (report.kind !== 'done') wrong(`${step} answered ${JSON.stringify(report)}`)
        known = after[step]
        return undefined
      }
      const report = await answer
      if (report.kind !== 'done') wrong(`${step} answered ${JSON.stringify(report)}`)
      usual[step] = (usual[step] + performance.now() - started) / 2
      known = after[step]
    }
    await engine.kill()
    return undefined
  }

  try {
    for (let kill = 0; kill < kills; kill += 1) {
      const engine = next
      await engine.ready
      next = startEngine(program, spec, env)
      await check(engine)
      interrupted = await killDuring(engine)
      during[interrupted ?? 'idle'] += 1
      history.push(`kill ${kill + 1}: ${interrupted ?? 'idle'}, then known: ${known}`)
    }
    await next.ready
    await check(next)
    return { during, found }
  } finally {
    await next.ready.catch(() => undefined)
    await next.kill()
  }
}

/** Runs with a server, a folder and a store of its own, and takes them down. */
export const runCrashes = async (run: CrashRun): Promise<CrashCount> => {
  await using server = await startCognitoServer({
    pools: [
      {
        id: pool.id,
        clients: [
          {
            id: pool.clientId,
            explicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
            rotation: { graceSeconds: 60 },
          },
        ],
        users: [user],
      },
    ],
  })
  const directory = await mkdtemp(join(tmpdir(), 'sesame-crash-'))
  const common = { directory, profileId: randomUUID(), url: server.url }
  const { helper } = run.program.scripts
  try {
    if (run.store === 'keyring') {
      return await withKeyring((keyring) => {
        const spec: EngineSpec = { ...common, store: { kind: 'keychain', helper } }
        return crash(run, spec, keyring.env, server, inKeyring(keyring, spec))
      })
    }
    const folder = join(directory, 'store')
    await mkdir(folder)
    const itemBytes = run.store === 'folder' ? undefined : 2_560
    const spec: EngineSpec = { ...common, store: { kind: 'folder', folder, itemBytes } }
    return await crash(run, spec, process.env, server, inFolder(folder))
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
