import { Secret, TOTP } from 'otpauth'
import { expect, test } from 'vitest'
import { createServerClock } from '../../cognito-server/clock.ts'
import { codeForStep, decodeBase32, matchingStep } from '../../cognito-server/totp.ts'
import { User } from '../../cognito-server/users.ts'

const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

// RFC 6238, appendix B, SHA-1, cut to six digits.
test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
])('at %i s the code is %s', (seconds, code) => {
  expect(codeForStep(SECRET, Math.floor(seconds / 30))).toBe(code)
})

test('agrees with a library nobody here wrote, for secrets of any length', () => {
  for (let size = 1; size <= 40; size++) {
    const secret = new Secret({ size })
    const at = 1_700_000_000_000 + size * 7_777_777
    expect(matchingStep(secret.base32, new TOTP({ secret }).generate({ timestamp: at }), at)).toBeDefined()
  }
})

test.each([
  [-60, false],
  [-30, true],
  [0, true],
  [30, true],
  [60, false],
])('a code %i s away from now is taken: %s', (drift, taken) => {
  const now = 1_700_000_010_000
  const code = new TOTP({ secret: Secret.fromBase32(SECRET) }).generate({ timestamp: now + drift * 1000 })
  expect(matchingStep(SECRET, code, now) !== undefined).toBe(taken)
})

test.each(['', '12345', '1234567', 'abcdef', '12 456'])('%j is not a code', (code) => {
  expect(matchingStep(SECRET, code, 0)).toBeUndefined()
})

test('reads base 32 as people copy it, and refuses what is not', () => {
  expect(decodeBase32('gezd gnbv=').toString()).toBe('12345')
  expect(() => decodeBase32('GEZ1')).toThrow(RangeError)
})

test('a code is taken once, and five wrong ones lock', () => {
  const clock = createServerClock(() => 1_700_000_010_000)
  const user = new User({ username: 'ada', password: 'x', totpSecret: SECRET }, 'Pool', (size) =>
    Buffer.alloc(size),
  )
  const code = codeForStep(SECRET, Math.floor(clock.nowSeconds() / 30))
  expect(user.takeTotpCode(code, clock.now(), false)).toBe('right')
  expect(user.takeTotpCode(code, clock.now(), false)).toBe('reused')
  expect(user.takeTotpCode(code, clock.now(), true)).toBe('right')
  const wrong = code === '000000' ? '111111' : '000000'
  for (let i = 0; i < 5; i++) expect(user.takeTotpCode(wrong, clock.now(), false)).toBe('wrong')
  expect(user.takeTotpCode(code, clock.now(), true)).toBe('locked')
  clock.advance(1000)
  expect(user.takeTotpCode(code, clock.now(), true)).toBe('right')
})
