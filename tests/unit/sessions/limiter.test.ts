import { expect, test } from 'vitest'
import { createLimiter } from '../../../main/sessions/limiter.ts'

test('lets a burst go at once and puts the others one interval apart', () => {
  const limiter = createLimiter({ perSecond: 100, burst: 3 })
  const waits = Array.from({ length: 6 }, () => limiter.reserve('eu-west-1', 1_000))
  expect(waits).toEqual([0, 0, 0, 10, 20, 30])
})

test('never admits more than the rate and the burst in any second', () => {
  const limiter = createLimiter({ perSecond: 100, burst: 10 })
  const admitted: number[] = []
  for (let n = 0; n < 1_000; n += 1) {
    const now = Math.floor(n / 50)
    admitted.push(now + limiter.reserve('k', now))
  }
  for (const from of admitted) {
    expect(admitted.filter((at) => at >= from && at < from + 1_000).length).toBeLessThanOrEqual(110)
  }
  expect(Math.max(...admitted)).toBeLessThanOrEqual(10_000)
})

test('keeps regions apart and forgets after a pause', () => {
  const limiter = createLimiter({ perSecond: 10, burst: 1 })
  expect(limiter.reserve('a', 0)).toBe(0)
  expect(limiter.reserve('a', 0)).toBe(100)
  expect(limiter.reserve('b', 0)).toBe(0)
  expect(limiter.reserve('a', 10_000)).toBe(0)
})
