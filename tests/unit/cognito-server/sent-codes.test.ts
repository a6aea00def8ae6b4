import { describe, expect, test } from 'vitest'
import { afterSending, type CodeState, NO_CODES, tryCode } from '../../cognito-server/sent-codes.ts'

const HOUR = 3_600_000
const NOW = 1_800_000_000_000

function sent(code: string, at = NOW, before: CodeState = NO_CODES): CodeState {
  const state = afterSending(before, code, 3600, at)
  if (state === undefined) throw new Error('too many were sent')
  return state
}

/** The verdict of the last of several tries, one second apart. */
function verdictOf(state: CodeState, tries: readonly string[], from = NOW) {
  let current = state
  let verdict: string = 'none'
  tries.forEach((code, index) => {
    const tried = tryCode(current, code, from + index * 1000)
    ;({ state: current, verdict } = tried)
  })
  return verdict
}

describe('a code', () => {
  const code = sent('123456')
  test.each([
    ['is right', ['123456'], NOW, 'right'],
    ['is right once', ['123456', '123456'], NOW, 'expired'],
    ['may be wrong four times', ['1', '2', '3', '4', '123456'], NOW, 'right'],
    ['is not looked at after five wrong ones', ['1', '2', '3', '4', '5', '123456'], NOW, 'too-many'],
    ['is good until its last millisecond', ['123456'], NOW + HOUR - 1, 'right'],
    ['has expired after that', ['123456'], NOW + HOUR, 'expired'],
  ] as const)('%s', (_, tries, from, verdict) => {
    expect(verdictOf(code, tries, from)).toBe(verdict)
  })

  test('that was never sent has expired', () => {
    expect(verdictOf(NO_CODES, ['123456'])).toBe('expired')
  })

  test('voids the one before it', () => {
    const second = sent('654321', NOW + 1000, code)
    expect(verdictOf(second, ['123456'])).toBe('wrong')
    expect(verdictOf(second, ['654321'])).toBe('right')
  })
})

test('wrong tries are forgotten after an hour', () => {
  let state = sent('123456')
  for (let i = 0; i < 5; i++) ({ state } = tryCode(state, 'wrong', NOW))
  const later = sent('654321', NOW + HOUR, state)
  expect(verdictOf(later, ['654321'], NOW + HOUR)).toBe('right')
})

test('five codes may be asked for in an hour', () => {
  let state: CodeState | undefined = NO_CODES
  for (let i = 0; i < 5; i++) state = sent(`${i}`, NOW + i, state)
  expect(afterSending(state, 'six', 3600, NOW + HOUR - 1)).toBeUndefined()
  expect(afterSending(state, 'six', 3600, NOW + HOUR)).toBeDefined()
})
