import { describe, expect, test } from 'vitest'
import { createScheduler } from '../../../main/sessions/scheduler.ts'
import { days, fakeClock, hours, minutes } from './fakes.ts'

const setUp = () => {
  const clock = fakeClock()
  const setBack: number[] = []
  const due: string[] = []
  const scheduler = createScheduler({ clock, onClockSetBack: (byMs) => setBack.push(byMs) })
  const lane = scheduler.lane((name) => due.push(name))
  const start = clock.now()
  return { clock, scheduler, lane, due, setBack, start }
}

describe('one timer', () => {
  test('is armed for the earliest of a thousand deadlines, and for none when there is none', async () => {
    const { clock, lane, start } = setUp()
    expect(clock.armed).toBe(0)
    for (let n = 1_000; n > 0; n -= 1) lane.set(`s${n}`, start + n * minutes)
    expect([clock.armed, clock.firesAt]).toEqual([1, start + minutes])
    for (let n = 1; n <= 1_000; n += 1) lane.clear(`s${n}`)
    expect(clock.armed).toBe(0)
  })

  test('is not armed anew for what does not come first', () => {
    const { clock, lane, start } = setUp()
    lane.set('first', start + 1_000)
    for (let n = 0; n < 100; n += 1) lane.set(`later ${n}`, start + 2_000 + n)
    expect(clock.armings).toBe(1)
  })

  test('is not armed anew for what is put off: it fires once in vain, and then for what is first', async () => {
    const { clock, lane, due, start } = setUp()
    for (let n = 0; n < 100; n += 1) lane.set('a', start + 1_000 + n * minutes)
    expect(clock.armings).toBe(1)
    await clock.advance(1_000)
    expect([due, clock.armings, clock.firesAt]).toEqual([[], 2, start + 1_000 + 99 * minutes])
    await clock.advance(99 * minutes)
    expect(due).toEqual(['a'])
    expect([clock.armings, clock.armed]).toEqual([2, 0])
  })

  test('calls what is due, each once, in order, and goes on to the next', async () => {
    const { clock, lane, due, start } = setUp()
    lane.set('b', start + 2_000)
    lane.set('a', start + 1_000)
    lane.set('c', start + 60_000)
    await clock.advance(2_500)
    expect(due).toEqual(['a', 'b'])
    await clock.advance(60_000)
    expect(due).toEqual(['a', 'b', 'c'])
    expect(clock.armed).toBe(0)
  })

  test('follows a deadline that was moved', async () => {
    const { clock, lane, due, start } = setUp()
    lane.set('a', start + 1_000)
    lane.set('a', start + 5_000)
    await clock.advance(4_000)
    expect(due).toEqual([])
    lane.set('a', start + 4_500)
    await clock.advance(500)
    expect(due).toEqual(['a'])
  })

  test('reaches deadlines beyond the longest timer', async () => {
    const { clock, lane, due, start } = setUp()
    lane.set('far', start + 60 * days)
    await clock.advance(59 * days)
    expect(due).toEqual([])
    await clock.advance(days)
    expect(due).toEqual(['far'])
  })

  test('fires no more after it was disposed of', async () => {
    const { clock, lane, scheduler, due, start } = setUp()
    lane.set('a', start + 1_000)
    scheduler.dispose()
    lane.set('b', start + 500)
    expect(clock.armed).toBe(0)
    await clock.advance(2_000)
    expect(due).toEqual([])
  })

  test('lets what is due set new deadlines, without running them in the same look', async () => {
    const clock = fakeClock()
    const runs: number[] = []
    const scheduler = createScheduler({ clock, onClockSetBack: () => undefined })
    const lane = scheduler.lane((name) => {
      runs.push(clock.now())
      if (runs.length < 3) lane.set(name, clock.now())
    })
    lane.set('a', clock.now())
    await clock.advance(100)
    expect(runs).toHaveLength(3)
    expect(new Set(runs).size).toBe(3)
  })
})

describe('the wall clock', () => {
  test('after a sleep, looking runs what the sleep made due', async () => {
    const { clock, lane, scheduler, due, setBack, start } = setUp()
    lane.set('a', start + hours)
    clock.sleep(2 * hours)
    expect(due).toEqual([])
    scheduler.look()
    expect([due, setBack]).toEqual([['a'], []])
  })

  test('set forward, it makes due what it passes', () => {
    const { clock, lane, scheduler, due, setBack, start } = setUp()
    lane.set('a', start + hours)
    clock.set(2 * days)
    scheduler.look()
    expect([due, setBack]).toEqual([['a'], []])
  })

  test('observed, runs nothing, and moves deadlines where it was set back', () => {
    const { clock, lane, scheduler, due, setBack, start } = setUp()
    lane.set('a', start + hours)
    clock.sleep(2 * hours)
    scheduler.observe()
    clock.set(-3 * hours)
    scheduler.observe()
    expect([due, setBack, lane.dueAt('a')]).toEqual([[], [-3 * hours], start - 2 * hours])
  })

  test.each([5 * minutes, 3 * days])(
    'set back by %i ms, deadlines stay as far away as they were',
    async (ms) => {
      const { clock, lane, due, setBack, start } = setUp()
      lane.set('a', start + hours)
      lane.set('b', start + 2 * hours)
      await clock.advance(30 * minutes)
      clock.set(-ms)
      await clock.advance(30 * minutes)
      expect([due, setBack]).toEqual([['a'], [-ms]])
      await clock.advance(hours)
      expect([due, setBack]).toEqual([['a', 'b'], [-ms]])
    },
  )

  test('slewed by a little over a day, it counts as right', async () => {
    const { clock, lane, setBack, start } = setUp()
    lane.set('a', start + days)
    clock.set(-20_000)
    await clock.advance(days + minutes)
    expect(setBack).toEqual([])
  })
})
