import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeJWT, getExpiration, getIssuedAt, isValid } from '../../../main/sessions/jwt.ts'
import { failureOf, fakeToken, valueOf } from './fakes.ts'

const encode = (text: string | Uint8Array): string => Buffer.from(text).toString('base64url')

describe('decodeJWT', () => {
  test('reads header, payload and signature of a compact token', () => {
    const raw = `${encode('{"alg":"RS256","kid":"k1"}')}.${encode('{"sub":"s","exp":2}')}.c2ln`
    expect(valueOf(decodeJWT(raw))).toEqual({
      header: { alg: 'RS256', kid: 'k1' },
      payload: { sub: 's', exp: 2 },
      signature: 'c2ln',
    })
  })

  test('gives back any JSON payload, whatever characters are in it', () => {
    const objects = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 2 }), {
      maxKeys: 6,
    })
    fc.assert(
      fc.property(objects, objects, (header, payload) => {
        const raw = `${encode(JSON.stringify(header))}.${encode(JSON.stringify(payload))}.c2ln`
        const decoded = valueOf(decodeJWT(raw))
        expect(JSON.stringify(decoded.header)).toBe(JSON.stringify(header))
        expect(JSON.stringify(decoded.payload)).toBe(JSON.stringify(payload))
      }),
    )
    // Building such strings takes seconds on a busy machine.
  }, 60_000)

  test('answers token.malformed to any text that is no token, and never throws', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.oneof(fc.string(), fc.base64String()), { maxLength: 5 }).map((parts) => parts.join('.')),
    )
    fc.assert(
      fc.property(texts, (text) => {
        const decoded = decodeJWT(text)
        expect(decoded.ok || decoded.failure.code).toBe('token.malformed')
      }),
      { numRuns: 2_000 },
    )
  })

  test('answers token.malformed, or something readable, to a token with any one character changed', () => {
    const raw = fakeToken({ sub: 'ana', exp: 1 })
    fc.assert(
      fc.property(
        fc.nat(raw.length - 1),
        fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
        (at, character) => {
          const decoded = decodeJWT(raw.slice(0, at) + character + raw.slice(at + 1))
          expect(decoded.ok || decoded.failure.code === 'token.malformed').toBe(true)
        },
      ),
    )
  })

  const header = encode('{"alg":"none"}')
  const payload = encode('{}')
  test.each([
    ['nothing', ''],
    ['two parts', `${header}.${payload}`],
    ['five parts, as a JWE has', `${header}.${payload}.a.b.c`],
    ['a payload that is an array', `${header}.${encode('[1]')}.c2ln`],
    ['a payload that is null', `${header}.${encode('null')}.c2ln`],
    ['a payload that is no JSON', `${header}.${encode('{')}.c2ln`],
    ['a payload that is no UTF-8', `${header}.${encode(Uint8Array.of(0x22, 0xff, 0x22))}.c2ln`],
    ['padding', `${header}=.${payload}.c2ln`],
    ['characters of plain base64', `${header}.${payload}.a+b/`],
    ['a length that no bytes have', `${header}.${payload}A.c2ln`.replace(payload, 'e30')],
  ])('refuses %s', (_, raw) => {
    expect(failureOf(decodeJWT(raw)).code).toBe('token.malformed')
  })

  test('keeps the token out of its failure', () => {
    const secret = encode('{"secret":"s3cr3t"')
    expect(JSON.stringify(decodeJWT(`${secret}.${secret}.c2ln`))).not.toContain(secret)
  })

  test('takes a member called __proto__ as a claim like any other', () => {
    const raw = `${header}.${encode('{"__proto__":{"admin":true}}')}.c2ln`
    const decoded = valueOf(decodeJWT(raw))
    expect(Object.keys(decoded.payload)).toEqual(['__proto__'])
    expect(Reflect.get({}, 'admin')).toBeUndefined()
  })
})

describe('times of a token', () => {
  const raw = fakeToken({ iat: 1_700_000_000, exp: 1_700_003_600 })

  test('are read in milliseconds, from the text or from what was decoded', () => {
    expect(getExpiration(raw)).toBe(1_700_003_600_000)
    expect(getIssuedAt(raw)).toBe(1_700_000_000_000)
    expect(getExpiration(valueOf(decodeJWT(raw)))).toBe(1_700_003_600_000)
  })

  test.each([
    ['is no token', 'x'],
    ['has no times', fakeToken({})],
    ['has times that are text', fakeToken({ iat: '1', exp: '2' })],
  ])('are unknown where it %s', (_, token) => {
    expect([getExpiration(token), getIssuedAt(token), isValid(token, 0)]).toEqual([
      undefined,
      undefined,
      false,
    ])
  })

  test.each([
    [1_700_003_599_999, true],
    [1_700_003_600_000, false],
    [1_700_003_600_001, false],
  ])('say whether it is valid at %i', (at, valid) => {
    expect(isValid(raw, at)).toBe(valid)
  })
})
