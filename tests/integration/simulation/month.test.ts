import { expect, test } from 'vitest'
import { runMonth } from './month.ts'

/** Another month every time, and the same one again with SESAME_SEED. */
const seed = Number(process.env['SESAME_SEED'] ?? Date.now() % 1_000_000)

test.each([
  [1, 1_000, 30],
  [seed, 100, 30],
])(
  'with seed %i, %i sessions over %i days: none runs out that could have been refreshed',
  async (seed, sessions, days) => {
    const month = await runMonth(seed, sessions, days)
    expect(month.broken, `seed ${seed}`).toEqual([])
    expect(month.refreshes).toBeGreaterThan(sessions * days)
    expect(Math.min(month.sleeps, month.outages, month.clockJumps)).toBeGreaterThan(5)
  },
  120_000,
)
