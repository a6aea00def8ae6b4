import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  credentialsRenewAt,
  fallbackOffsetMs,
  leadMs,
  measuredOffsetMs,
  noTries,
  oneMore,
  refreshesAt,
  refreshRetryDelayMs,
  refreshTokenEndsAt,
  restoredOffsetMs,
  retryDelayMs,
  type Tries,
} from '../../../main/sessions/lifetimes.ts'
import { days, hours, minutes } from './fakes.ts'

const lived = (ms: number) => ({ issuedAt: 1_000_000, expiresAt: 1_000_000 + ms })

describe('the lead before a refresh', () => {
  test.each([
    ['an hour, 5 minutes of lead', hours, 300, 5 * minutes],
    ['a day, an hour of lead', days, 3_600, hours],
    ['5 minutes: a fifth of it', 5 * minutes, 300, minutes],
    ['20 seconds: a fifth of it', 20_000, 300, 4_000],
    ['25 minutes: exactly the lead', 25 * minutes, 300, 5 * minutes],
    ['nothing at all', 0, 300, 0],
    ['less than nothing', -5, 300, 0],
  ])('for %s', (_, lifetime, leadSeconds, expected) => {
    expect(leadMs(lived(lifetime), leadSeconds)).toBe(expected)
  })

  test('is kept to within a tenth, so that sessions spread and none comes before the lead chosen', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: days }),
        fc.integer({ min: 10, max: 3_600 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (lifetime, lead, spread) => {
          const left = lived(lifetime).expiresAt - refreshesAt(lived(lifetime), lead, spread)
          const whole = leadMs(lived(lifetime), lead)
          expect(left).toBeLessThanOrEqual(whole)
          expect(left).toBeGreaterThanOrEqual(whole * 0.9 - 1)
          expect(left).toBeLessThanOrEqual(lifetime * 0.2)
        },
      ),
    )
  })
})

test('a refresh token is counted from the sign-in', () => {
  expect(refreshTokenEndsAt(5_000, 3_600)).toBe(5_000 + hours)
})

test.each([
  ['an hour: 15 minutes before their end', hours, 45 * minutes],
  ['12 hours: 15 minutes before their end', 12 * hours, 12 * hours - 15 * minutes],
  ['20 minutes: a quarter before their end', 20 * minutes, 15 * minutes],
  ['a minute: a quarter before their end', minutes, 45_000],
])('credentials of %s are fetched again', (_, lifetime, expected) => {
  expect(credentialsRenewAt(0, lifetime)).toBe(expected)
})

describe('waiting after failures', () => {
  test.each([
    [1, 1_000],
    [2, 2_000],
    [5, 16_000],
    [9, 256_000],
    [10, 300_000],
    [5_000, 300_000],
  ])('after %i in a row it is at most %i ms', (attempts, ceiling) => {
    expect(retryDelayMs(attempts, () => 0.999_999)).toBe(ceiling)
  })

  test('is spread over the whole range and never a busy loop', () => {
    expect(retryDelayMs(9, () => 0.5)).toBe(128_000)
    expect(retryDelayMs(9, () => 0)).toBe(250)
  })
})

describe('counting failures in a row', () => {
  /** The ceiling of the wait after each of these failures, in seconds; `!` is one whose request may have rotated the token. */
  const ceilings = (failures: string): number[] => {
    let tries: Tries = noTries
    return failures.split('').map((failure) => {
      tries = oneMore(tries, failure === '!')
      return refreshRetryDelayMs(tries, () => 0.999_999) / 1_000
    })
  }

  test.each([
    ['without an answer that may be lost', '..........', [1, 2, 4, 8, 16, 32, 64, 128, 256, 300]],
    ['with one at once', '!.......', [1, 2, 4, 8, 16, 32, 64, 128]],
    ['with one in the middle', '......!......', [1, 2, 4, 8, 16, 32, 1, 2, 4, 8, 16, 300, 300]],
    ['with one after the other', '!!!!!!!!', [1, 2, 4, 8, 16, 32, 1, 2]],
    [
      'with another one among the quick tries',
      '......!.!.!..',
      [1, 2, 4, 8, 16, 32, 1, 2, 4, 8, 16, 300, 300],
    ],
  ])('%s', (_, failures, expected) => {
    expect(ceilings(failures)).toEqual(expected)
  })
})

describe('the clock offset', () => {
  test.each([
    ['the Date header counts', 90_000, 0, 0, 90_000],
    ['a header of 0 is a measurement', 0, 500_000, 0, 0],
    ['without one, the time of issue', undefined, 3_600_000, 0, 3_600_000],
    ['whole seconds and the way here are no offset', undefined, 1_000, 2_900, 0],
  ])('%s', (_, header, issuedAt, now, expected) => {
    expect(measuredOffsetMs(header, issuedAt, now)).toBe(expected)
  })

  test.each([
    [60_000, 60_000],
    [-60_000, 0],
    [0, 0],
  ])('stored as %i is read as %i: in doubt it is later', (stored, expected) => {
    expect(restoredOffsetMs(stored)).toBe(expected)
  })

  test.each([
    ['of a clock that is still ahead, as soon as the tokens were issued', -hours, hours, -hours],
    ['of a clock that was set right since', -hours, hours - 1, undefined],
    ['of a clock that was right', 0, 2 * hours, undefined],
    ['of a clock that was behind', hours, 2 * hours, undefined],
  ])('there is one to fall back on: %s', (_, stored, sinceIssued, expected) => {
    expect(fallbackOffsetMs(stored, 5_000, 5_000 + sinceIssued)).toBe(expected)
  })
})
