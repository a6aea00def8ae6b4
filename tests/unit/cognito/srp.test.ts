import { createDiffieHellman, createHash, getDiffieHellman } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  modPow,
  N,
  pad,
  proveSrp,
  type SrpQuestion,
  srpTimestamp,
  startSrp,
} from '../../../main/cognito/srp.ts'
import { type PeerInput, signWithAmazonCognitoIdentityJs, signWithCognitoSrpHelper } from './srp-peers.ts'

/** mulberry32: small, seeded, good enough to spread cases. */
const seeded = (seed: number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
const bytes = (random: () => number, size: number) =>
  Uint8Array.from({ length: size }, () => Math.floor(random() * 256))
const hexOf = (value: Uint8Array) => Buffer.from(value).toString('hex')
const integer = (value: Uint8Array) => BigInt(`0x${hexOf(value)}`)
const hash = (...parts: Uint8Array[]) => integer(createHash('sha256').update(Buffer.concat(parts)).digest())
const k = hash(pad(N), pad(2n))

interface Login {
  readonly a: bigint
  readonly question: SrpQuestion
}

const signedAt = Date.UTC(2026, 1, 3, 4, 5, 6)
const start = (a: bigint) => startSrp(() => Buffer.from(a.toString(16).padStart(256, '0'), 'hex'))

/** What a forced case does to a random login. x depends on salt and password only, so B can be made from it. */
const forms = [
  'random',
  'odd salt',
  'salt with its top bit set',
  'short B',
  'short A',
  'S is 1',
  'S is 0',
  'u with a zero byte',
] as const

const loginOf = (place: number): Login => {
  const random = seeded(place + 1)
  const form = forms[place % forms.length]
  const user = ['ana', 'a2b4c6d8-0000-4000-8000-00000000000f', 'zoë', 'ana@example.com'][place % 4] ?? 'ana'
  const password =
    ['Correct-Horse-9', 'pässwörd:✓ 1Aa', ' spaced out 1A! ', 'x'.repeat(98)][(place >> 2) % 4] ?? 'x'
  const group = hexOf(bytes(random, 5)).slice(0, 9)
  let salt = integer(bytes(random, 16))
  if (form === 'odd salt') salt &= 2n ** 123n - 1n
  if (form === 'salt with its top bit set') salt |= 2n ** 127n
  const SALT = salt.toString(16)
  // The full 128 bytes of a cost the peers most of their time; every tenth login has them.
  let a = integer(bytes(random, place % 10 === 0 ? 128 : 8))
  if (form === 'short A') a = BigInt(2 + Math.floor(random() * 3_000))
  let B = modPow(2n, integer(bytes(random, 16)) + 4_096n)
  if (form === 'short B') B >>= BigInt(4 + Math.floor(random() * 64))
  if (form === 'S is 0' || form === 'S is 1') {
    const x = hash(pad(salt), createHash('sha256').update(`${group}${user}:${password}`).digest())
    B = (k * modPow(2n, x) + (form === 'S is 1' ? 1n : 0n)) % N
  }
  const A = start(a).publicValue
  if (form === 'u with a zero byte') while (hash(pad(A), pad(B)) >= 2n ** 248n) B += 1n
  const SECRET_BLOCK = Buffer.from(bytes(random, 800)).toString('base64')
  return { a, question: { group, user, password, SRP_B: B.toString(16), SALT, SECRET_BLOCK, signedAt } }
}

const peerInputOf = ({ a, question }: Login): PeerInput => {
  const { signedAt, ...rest } = question
  return { ...rest, a: a.toString(16), A: start(a).SRP_A, timestamp: srpTimestamp(signedAt) }
}
const signatureOf = ({ a, question }: Login) => {
  const proof = proveSrp(start(a), question)
  return proof.ok ? proof.value.signature : proof.failure.detail
}

describe('the same signature as the clients nobody here wrote, for 200 random logins', () => {
  const logins = Array.from({ length: 200 }, (_, place) => loginOf(place))

  it('forces the shapes of numbers that clients get wrong', () => {
    const isOdd = (hex: string) => hex.length % 2 === 1
    const salts = logins.map(({ question }) => question.SALT)
    expect(salts.filter(isOdd).length).toBeGreaterThan(20)
    expect(salts.filter((salt) => /^[89a-f]/.test(salt) && !isOdd(salt)).length).toBeGreaterThan(20)
    expect(logins.filter(({ question }) => isOdd(question.SRP_B)).length).toBeGreaterThan(10)
    expect(logins.filter(({ a }) => isOdd(start(a).SRP_A)).length).toBeGreaterThan(10)
  })

  // Every form of number goes to both peers, fewer to the slower one; in parts, because both are slow.
  const shareOf = (peer: 'slower' | 'faster', part: number) =>
    logins.filter((_, place) => (place % 3 === 0) === (peer === 'slower') && place % 4 === part)

  it.each([0, 1, 2, 3])('amazon-cognito-identity-js agrees, part %i', { timeout: 60_000 }, (part) => {
    for (const login of shareOf('slower', part)) {
      expect(signatureOf(login)).toBe(signWithAmazonCognitoIdentityJs(peerInputOf(login)))
    }
  })

  it.each([0, 1, 2, 3])('cognito-srp-helper agrees, part %i', { timeout: 60_000 }, (part) => {
    for (const login of shareOf('faster', part)) {
      expect(signatureOf(login)).toBe(signWithCognitoSrpHelper(peerInputOf(login)))
    }
  })

  it.each([
    ['one leading zero byte and the top bit set', '2e3'],
    ['one leading zero byte', '607'],
  ])('an S with %s', { timeout: 60_000 }, (_, SALT) => {
    const question = {
      group: 'Pool',
      user: 'ana',
      password: 'Correct-Horse-9',
      SECRET_BLOCK: 'AAEC',
      signedAt,
    }
    const login = { a: 5n, question: { ...question, SALT, SRP_B: (2n ** 4_099n % N).toString(16) } }
    expect(signatureOf(login)).toBe(signWithAmazonCognitoIdentityJs(peerInputOf(login)))
    expect(signatureOf(login)).toBe(signWithCognitoSrpHelper(peerInputOf(login)))
  })
})

describe('SRP parts', () => {
  it('N is the prime of RFC 3526, group 15, as OpenSSL has it', () => {
    expect(N.toString(16)).toBe(getDiffieHellman('modp15').getPrime('hex'))
  })

  it('modPow agrees with OpenSSL', { timeout: 30_000 }, () => {
    // One construction: OpenSSL tests the prime for more than a second.
    const native = createDiffieHellman(N.toString(16), 'hex', 2)
    const random = seeded(7)
    for (let round = 0; round < 20; round += 1) {
      const exponent = bytes(random, 1 + round * 7)
      const base = integer(bytes(random, 380))
      native.setPrivateKey(exponent)
      expect(modPow(base, integer(exponent))).toBe(integer(native.computeSecret(pad(base))))
    }
  })

  it.each([
    [0n, '00'],
    [1n, '01'],
    [0x7fn, '7f'],
    [0x80n, '0080'],
    [0xabcn, '0abc'],
    [0xffffn, '00ffff'],
    [0x100n, '0100'],
  ])('pads %i as Java does', (value, hex) => {
    expect(pad(value).toString('hex')).toBe(hex)
  })

  it.each([
    [0n, 1n],
    [1n, 2n],
    [5n, 32n],
  ])('2 to the power of %i', (exponent, power) => {
    expect(modPow(2n, exponent)).toBe(power)
  })

  it('asks the random source for 128 bytes and sends what it makes of them', () => {
    const sizes: number[] = []
    const begun = startSrp((size) => {
      sizes.push(size)
      return new Uint8Array(size).fill(1)
    })
    expect(sizes).toEqual([128])
    expect(begun.SRP_A).toBe(modPow(2n, integer(new Uint8Array(128).fill(1))).toString(16))
  })

  it.each([
    [Date.UTC(2026, 1, 3, 4, 5, 6), 'Tue Feb 3 04:05:06 UTC 2026'],
    [Date.UTC(2024, 11, 31, 23, 59, 59, 999), 'Tue Dec 31 23:59:59 UTC 2024'],
    [Date.UTC(2027, 7, 1, 0, 0, 0), 'Sun Aug 1 00:00:00 UTC 2027'],
  ])('writes the timestamp of %i', (at, text) => {
    expect(srpTimestamp(at)).toBe(text)
  })

  const question = { ...loginOf(0).question }
  it.each([
    ['B is 0', { SRP_B: '0' }, 'SRP_B is 0 modulo N.'],
    ['B is N', { SRP_B: N.toString(16) }, 'SRP_B is 0 modulo N.'],
    ['B is twice N', { SRP_B: (2n * N).toString(16) }, 'SRP_B is 0 modulo N.'],
    ['B is no number', { SRP_B: 'xyz' }, 'SRP_B or SALT is not a hexadecimal number.'],
    ['B is empty', { SRP_B: '' }, 'SRP_B or SALT is not a hexadecimal number.'],
    ['the salt is no number', { SALT: '0x12' }, 'SRP_B or SALT is not a hexadecimal number.'],
  ])('refuses to go on where %s', (_, change, detail) => {
    expect(proveSrp(start(3n), { ...question, ...change })).toMatchObject({
      ok: false,
      failure: { code: 'network.bad-answer', detail },
    })
  })
})
