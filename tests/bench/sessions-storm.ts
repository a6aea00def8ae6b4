// Owns the figures of a storm (a thousand sessions that run out together) and of idling after it. Storage in memory: in a keychain a storm
// takes as long as the keychain's writes, of which vault.write is the figure.
import { runStorm } from '../integration/storm/storm.ts'
import { type Figure, figure } from './measure.ts'

const sessions = 1_000
/** The limiter's own defaults: 100 a second, 10 at once. */
const boundMs = ((sessions - 10) / 100) * 1_000

export const benchStorm = async (): Promise<Figure[]> => {
  const { requests, p99Ms, settleMs, idleTimers } = await runStorm(sessions)
  return [
    figure('storm.requests', requests, 'requests', 'one for each session', sessions),
    figure('storm.loop-p99', p99Ms, 'ms', 'the 50 ms allowed', 50),
    figure('storm.settle', settleMs, 'ms', "the rate limit's bound, storage in memory", boundMs),
    figure('idle.timers', idleTimers[1], 'timers', 'one', 1),
  ]
}
