import { describe, expect, test } from 'vitest'
import { afterFailure, isLockedOut, NO_FAILURES } from '../../cognito-server/lockout.ts'
import { masked } from '../../cognito-server/outbox.ts'
import { brokenPasswordRule, DEFAULT_PASSWORD_POLICY } from '../../cognito-server/password-policy.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND

describe('lockout', () => {
  test.each([
    [1, 0],
    [4, 0],
    [5, 1],
    [6, 2],
    [7, 4],
    [10, 32],
    [14, 512],
    [15, 900],
    [40, 900],
  ])('%i wrong passwords in a row lock for %i s', (failures, lockSeconds) => {
    let state = NO_FAILURES
    let now = 1_000_000
    for (let i = 0; i < failures; i++) {
      now = Math.max(now, state.lockedUntil)
      state = afterFailure(state, now)
    }
    expect(state.lockedUntil - now).toBe(lockSeconds * SECOND)
    expect(isLockedOut(state, now + lockSeconds * SECOND)).toBe(false)
    expect(isLockedOut(state, now)).toBe(lockSeconds > 0)
  })

  test('15 quiet minutes after the last failure or lock start the count over', () => {
    const locked = { failures: 9, lockedUntil: 100 * MINUTE, lastFailureAt: 99 * MINUTE }
    expect(afterFailure(locked, 115 * MINUTE - 1).failures).toBe(10)
    expect(afterFailure(locked, 115 * MINUTE).failures).toBe(1)
  })
})

describe('password policy', () => {
  test.each([
    ['Aa1!aaa', 'Password not long enough'],
    ['aa1!aaaa', 'Password must have uppercase characters'],
    ['AA1!AAAA', 'Password must have lowercase characters'],
    ['Aaa!aaaa', 'Password must have numeric characters'],
    ['Aa1aaaaa', 'Password must have symbol characters'],
    ['Aa1aaaa ', 'Password must have symbol characters'],
    ['Aa1a aaa', undefined],
    ['Aa1!aaaa', undefined],
  ])('%j breaks: %s', (password, rule) => {
    expect(brokenPasswordRule(password, DEFAULT_PASSWORD_POLICY)).toBe(rule)
  })

  test('a rule that is off is not asked for', () => {
    const lax = { ...DEFAULT_PASSWORD_POLICY, minimumLength: 6, requireSymbols: false }
    expect(brokenPasswordRule('Aa1aaa', lax)).toBeUndefined()
  })
})

test.each([
  ['ada@example.com', 'a***@e***'],
  ['+491701234567', '+********4567'],
])('%s is shown as %s', (destination, shown) => {
  expect(masked(destination)).toBe(shown)
})
