import { expect, test } from 'vitest'
import {
  describeStep,
  formatTimeLeft,
  hintAttribute,
  labelAttribute,
} from '../../../../renderer/features/sign-in/words.ts'

test.each([
  [3_600_400, '60 min'],
  [899_000, '15 min'],
  [600_000, '10 min'],
  [599_000, '9 min 59 s'],
  [161_000, '2 min 41 s'],
  [161_999, '2 min 41 s'],
  [120_000, '2 min 0 s'],
  [59_999, '59 s'],
  [41_000, '41 s'],
  [1_000, '1 s'],
  [999, '0 s'],
  [0, '0 s'],
  [-5_000, '0 s'],
])('%d ms left reads %s', (leftMs, text) => {
  expect(formatTimeLeft(leftMs)).toBe(text)
})

test('the number of steps is only claimed where it is known', () => {
  expect(describeStep(2, true)).toBe('Step 2 of 2')
  expect(describeStep(2, false)).toBe('Step 2')
})

test('attributes carry the names people use, others their own', () => {
  expect(labelAttribute('phone_number')).toBe('Phone number')
  expect(hintAttribute('phone_number')).toBe('such as +491701234567')
  expect(labelAttribute('custom:tenant')).toBe('custom:tenant')
  expect(hintAttribute('custom:tenant')).toBeUndefined()
})
