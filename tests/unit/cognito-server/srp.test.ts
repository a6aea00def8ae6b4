import { describe, expect, test } from 'vitest'
import { createVerifier, g, N, padHex, parsePublicValue, powerModN } from '../../cognito-server/srp.ts'
import { formatSrpTimestamp, parseSrpTimestamp } from '../../cognito-server/srp-timestamp.ts'

test.each([
  [0x0n, '00'],
  [0x1n, '01'],
  [0x7fn, '7f'],
  [0x80n, '0080'],
  [0xabcn, '0abc'],
  [0x8abcn, '008abc'],
  [0x7abcn, '7abc'],
])('pads %s to %s, as Java prints a BigInteger', (value, hex) => {
  expect(padHex(value)).toBe(hex)
})

test('N is the 3,072-bit group of RFC 3526 and g is 2', () => {
  const printed = N.toString(16).toUpperCase()
  expect(printed).toHaveLength(768)
  expect(printed.startsWith('FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD1')).toBe(true)
  expect(printed.endsWith('43DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF')).toBe(true)
  expect(g).toBe(2n)
})

test.each([
  [3n, 0n],
  [3n, 1n],
  [2n, 0x10000n],
  [N - 1n, 7n],
  [0x123456789abcdefn, 0xfedcba987n],
])('raises %s to the power %s modulo N', (base, exponent) => {
  let slow = 1n
  let square = base % N
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) slow = (slow * square) % N
    square = (square * square) % N
  }
  expect(powerModN(base, exponent)).toBe(slow)
})

describe('SRP_A', () => {
  test.each([
    ['0', 'zero'],
    ['000000', 'zero, padded'],
    [N.toString(16), 'N'],
    [(2n * N).toString(16), '2N'],
    ['', 'nothing'],
    ['xyz', 'no hex'],
    ['-1', 'a sign'],
    ['f'.repeat(1025), 'too many digits'],
  ])('%s is refused (%s): with A mod N = 0 any password would pass', (hex) => {
    expect(parsePublicValue(hex)).toBeUndefined()
  })

  test('odd lengths and leading zeros are read as the number they are', () => {
    expect(parsePublicValue('abc')).toBe(0xabcn)
    expect(parsePublicValue('000abc')).toBe(0xabcn)
  })
})

test('the verifier depends on pool, user, password and salt', () => {
  const identity = { poolName: 'Pool', userId: 'ada' }
  const base = createVerifier(identity, 'secret', 5n).verifier
  expect(createVerifier(identity, 'secret', 5n).verifier).toBe(base)
  expect(createVerifier({ ...identity, poolName: 'Other' }, 'secret', 5n).verifier).not.toBe(base)
  expect(createVerifier({ ...identity, userId: 'grace' }, 'secret', 5n).verifier).not.toBe(base)
  expect(createVerifier(identity, 'Secret', 5n).verifier).not.toBe(base)
  expect(createVerifier(identity, 'secret', 6n).verifier).not.toBe(base)
})

describe('TIMESTAMP', () => {
  test('is English, UTC and without padding of the day', () => {
    const instant = Date.UTC(2026, 1, 3, 4, 5, 6)
    expect(formatSrpTimestamp(instant)).toBe('Tue Feb 3 04:05:06 UTC 2026')
    expect(parseSrpTimestamp('Tue Feb 3 04:05:06 UTC 2026')).toBe(instant)
    expect(parseSrpTimestamp('Thu Dec 31 23:59:59 UTC 2026')).toBe(Date.UTC(2026, 11, 31, 23, 59, 59))
  })

  test.each([
    'Tue Feb 03 04:05:06 UTC 2026',
    'Wed Feb 3 04:05:06 UTC 2026',
    'Tue Feb 3 04:05:06 GMT 2026',
    'Tue Feb 3 4:05:06 UTC 2026',
    'Di Feb 3 04:05:06 UTC 2026',
    'Tue Feb 30 04:05:06 UTC 2026',
    'Tue Foo 3 04:05:06 UTC 2026',
    '2026-02-03T04:05:06Z',
    '',
  ])('%j is refused', (text) => {
    expect(parseSrpTimestamp(text)).toBeUndefined()
  })
})
