import { describe, expect, it } from 'vitest'
import { durationText, relativeText, shortDurationText, timeTexts } from '../../../../renderer/format/time.ts'

const s = 1_000
const min = 60 * s
const h = 60 * min
const d = 24 * h

describe('durations never promise more time than there is', () => {
  it.each([
    [-5 * min, '0 s', '0 s'],
    [0, '0 s', '0 s'],
    [999, '0 s', '0 s'],
    [40 * s, '40 s', '40 s'],
    [59 * s + 999, '59 s', '59 s'],
    [min, '1 min', '1 m'],
    [48 * min + 59 * s, '48 min', '48 m'],
    [60 * min, '1 h', '1 h'],
    [65 * min, '1 h 5 min', '1 h'],
    [5 * h + 41 * min, '5 h 41 min', '5 h'],
    [d - 1, '23 h 59 min', '23 h'],
    [d, '1 day', '24 h'],
    [27 * h, '1 day 3 h', '27 h'],
    [2 * d, '2 days', '2 d'],
    [30 * d, '30 days', '30 d'],
    [400 * d, '400 days', '400 d'],
    [3_650 * d, '10 years', '10 y'],
  ])('%d ms reads %s, in a list %s', (ms, long, short) => {
    expect(durationText(ms)).toBe(long)
    expect(shortDurationText(ms)).toBe(short)
  })
})

describe('instants read from where one stands', () => {
  it.each([
    [48 * min, 'in 48 min'],
    [-(5 * h + 41 * min), '5 h 41 min ago'],
    [999, 'now'],
    [-999, 'now'],
    [s, 'in 1 s'],
  ])('%d ms away reads %s', (distance, text) => {
    expect(relativeText(1_000_000 + distance, 1_000_000)).toBe(text)
  })
})

describe('times of day', () => {
  const berlin = timeTexts('Europe/Berlin')
  const now = Date.UTC(2026, 10, 20, 13, 53, 50)

  it('are the wall clock of the time zone, 24 hours', () => {
    expect(berlin.time(Date.UTC(2026, 10, 20, 14, 42, 10), now)).toBe('15:42:10')
    expect(berlin.shortTime(Date.UTC(2026, 10, 20, 14, 37, 10), now)).toBe('15:37')
    expect(berlin.time(Date.UTC(2026, 10, 19, 23, 0, 0), now)).toBe('00:00:00')
  })

  it('name their day when it is not today', () => {
    expect(berlin.time(Date.UTC(2026, 10, 20, 23, 30), now)).toBe('Sat 21 Nov, 00:30')
    expect(berlin.shortTime(Date.UTC(2027, 0, 2, 9, 0), now)).toBe('2 Jan 2027, 10:00')
  })

  it('follow the change to summer time', () => {
    expect(berlin.time(Date.UTC(2026, 2, 29, 0, 59, 59), Date.UTC(2026, 2, 29, 1, 0))).toBe('01:59:59')
    expect(berlin.time(Date.UTC(2026, 2, 29, 1, 0, 0), Date.UTC(2026, 2, 29, 1, 0))).toBe('03:00:00')
  })

  it('read in full where the day matters', () => {
    expect(berlin.full(Date.UTC(2026, 10, 20, 8, 12, 40))).toBe('Fri 20 Nov 2026, 09:12:40')
    expect(berlin.full(Date.UTC(2026, 8, 1, 8, 0, 0))).toBe('Tue 1 Sep 2026, 10:00:00')
  })

  it('give a date its year only when it is another one', () => {
    expect(berlin.date(Date.UTC(2026, 10, 22, 12, 0), now)).toBe('22 Nov')
    expect(berlin.date(Date.UTC(2027, 10, 22, 12, 0), now)).toBe('22 Nov 2027')
  })
})
