// Counts only: how long a storm takes and what the loop feels of it are figures of `npm run bench` (storm.*).
import { expect, test } from 'vitest'
import { runStorm } from './storm.ts'

test('a thousand sessions that run out together are a thousand refreshes, and one armed timer afterwards', async () => {
  // Faster than Cognito's quota allows, to save the time.
  const storm = await runStorm(1_000, { perSecond: 400, burst: 10 })
  expect(storm).toMatchObject({ requests: 1_000, good: 1_000, idleTimers: [1, 1] })
  // Tokens of an hour, refreshed five minutes before their end: nothing polls meanwhile.
  expect(storm.idleForMs).toBeGreaterThan(50 * 60_000)
}, 180_000)
