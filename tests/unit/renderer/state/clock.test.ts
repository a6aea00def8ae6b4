// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { connect } from '../../../../renderer/state/index.ts'
import { hasJumped, subscribeToNow } from '../../../../renderer/state/now.ts'
import { fakeBridge } from '../fake-bridge.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it.each([
  ['nothing but time', 1_000, 1_000, false],
  ['a tick that came late', 20_000, 20_000, false],
  ['a clock that is slewed', 3_600_000 + 1_800, 3_600_000, false],
  ['a clock set back', -600_000, 1_000, true],
  ['a clock set forward, or a sleep', 600_000, 1_000, true],
])('%s between two readings', (_, wall, steady, expected) => {
  expect(hasJumped({ wall: 5, steady: 7 }, { wall: 5 + wall, steady: 7 + steady })).toBe(expected)
})

it('tells main once that the clock was set, at the next tick of a countdown that is shown', () => {
  const bridge = fakeBridge()
  bridge.answers('app.clockJumped', undefined)
  const stop = subscribeToNow(() => undefined)
  // The module read the real clocks when it was loaded.
  vi.advanceTimersByTime(1_000)
  const disconnect = connect(bridge)
  vi.advanceTimersByTime(5_000)
  expect(bridge.callsOf('app.clockJumped')).toHaveLength(0)
  vi.setSystemTime(Date.now() - 600_000)
  vi.advanceTimersByTime(5_000)
  expect(bridge.callsOf('app.clockJumped')).toHaveLength(1)
  disconnect()
  vi.setSystemTime(Date.now() + 600_000)
  vi.advanceTimersByTime(5_000)
  expect(bridge.callsOf('app.clockJumped')).toHaveLength(1)
  stop()
})
