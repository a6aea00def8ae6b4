// The engine, killed again and again. `npm run soak` does so thousands of times; SESAME_SEED repeats a run that failed.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keyringAvailable } from '../keyring.ts'
import { type CrashRun, runCrashes } from './crashes.ts'
import { buildEngine, type EngineProgram } from './engine-child.ts'

const seed = Number(process.env['SESAME_SEED'] ?? Date.now() % 1_000_000)
let program: EngineProgram

beforeAll(async () => {
  program = await buildEngine()
})
afterAll(() => program.remove())

test.for<[CrashRun['store'], number]>([
  ['folder of small items', 100],
  ['folder', 60],
  ['keyring', 40],
])(
  'in a %s, %i kills at random instants leave the old session or the new one, refreshable, and nothing half-written or left behind',
  { timeout: 240_000 },
  async ([store, kills], { skip }) => {
    if (store === 'keyring' && !keyringAvailable()) skip('no gnome-keyring here')
    const { during, found } = await runCrashes({ store, kills, seed, program })
    expect(Object.values(during).reduce((sum, count) => sum + count, 0)).toBe(kills)
    // Most of them came in the middle of something, and some of them made a difference.
    expect(during.idle).toBeLessThan(kills / 2)
    expect(found.old + found.new).toBeGreaterThan(0)
  },
)
