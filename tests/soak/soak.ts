// `npm run soak`: kills the engine thousands of times and says what it saw. `-- --kills 500 --seed 7` for another number, or to
// repeat one; `--store "folder of small items"` for one store alone. Not part of `npm test`, which kills 200 times.
import { parseArgs } from 'node:util'
import { type CrashCount, runCrashes, type StoreKind } from '../integration/crash/crashes.ts'
import { buildEngine } from '../integration/crash/engine-child.ts'
import { keyringAvailable } from '../integration/keyring.ts'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '5000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    store: { type: 'string' },
  },
})

/** One profile's lives; then a new server, a new folder and a new store. */
const killsPerRun = 100

const shares: readonly (readonly [store: StoreKind, share: number])[] = [
  ['folder of small items', 0.5],
  ['folder', 0.3],
  ['keyring', 0.2],
]

const kills = Number(values.kills)
const firstSeed = Number(values.seed)
if (!Number.isInteger(kills) || kills < 1 || !Number.isInteger(firstSeed)) {
  throw new RangeError('--kills and --seed take whole numbers')
}

const runs = shares
  .filter(([store]) => values.store === undefined || values.store === store)
  .filter(([store]) => store !== 'keyring' || keyringAvailable())
  .flatMap(([store, share]) => {
    const wanted = Math.ceil(kills * (values.store === undefined ? share : 1))
    return Array.from({ length: Math.ceil(wanted / killsPerRun) }, (_, number) => ({
      store,
      kills: Math.min(killsPerRun, wanted - number * killsPerRun),
    }))
  })

const totals = new Map<StoreKind, { kills: number; inSteps: number; changed: number }>()
const count = (store: StoreKind, { during, found }: CrashCount): void => {
  const total = totals.get(store) ?? { kills: 0, inSteps: 0, changed: 0 }
  const all = Object.values(during).reduce((sum, one) => sum + one, 0)
  totals.set(store, {
    kills: total.kills + all,
    inSteps: total.inSteps + all - during.idle,
    changed: total.changed + found.new,
  })
}

const program = await buildEngine()
const waiting = runs.map((run, number) => ({ ...run, seed: firstSeed + number, program }))
let done = 0

/** Two at once: one waits for its processes to start while the other works. */
const work = async (): Promise<void> => {
  for (let run = waiting.shift(); run !== undefined; run = waiting.shift()) {
    count(run.store, await runCrashes(run))
    done += run.kills
    process.stderr.write(`${done} kills; the last ${run.kills} with seed ${run.seed} in a ${run.store}\n`)
  }
}

try {
  await Promise.all([work(), work()])
  for (const [store, { kills, inSteps, changed }] of totals) {
    process.stdout.write(
      `${store}: ${kills} kills, ${inSteps} of them in the middle of a step; ${changed} sign-ins and sign-outs were found done, the others not begun; no session was lost, nothing was damaged or left behind\n`,
    )
  }
} finally {
  await program.remove()
}
