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

const integer = (value: Uint8Array) => BigInt(`0x${Buffer.from(value).toString('hex')}`)
const bytesOf = (hex: string) => Buffer.from(hex, 'hex')
const start = (a: bigint) => startSrp(() => bytesOf(a.toString(16).padStart(256, '0')))

describe('SRP parts', () => {
  it('N is the prime of RFC 3526, group 15, as OpenSSL has it', () => {
    expect(N.toString(16)).toBe(getDiffieHellman('modp15').getPrime('hex'))
  })

  it('modPow agrees with OpenSSL', { timeout: 30_000 }, () => {
    // One construction: OpenSSL tests the prime for more than a second.
    const native = createDiffieHellman(N.toString(16), 'hex', 2)
    // Bytes that look random and are the same every time.
    const bytes = (round: number, size: number) =>
      createHash('shake256', { outputLength: size }).update(`${size}:${round}`).digest()
    for (let round = 0; round < 20; round += 1) {
      const exponent = bytes(round, 1 + round * 7)
      const base = integer(bytes(round, 380))
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

  const question: SrpQuestion = {
    group: 'Pool',
    user: 'ana',
    password: 'Correct-Horse-9',
    SRP_B: 'abc123',
    SALT: '1f2',
    SECRET_BLOCK: 'AAEC',
    signedAt: Date.UTC(2026, 1, 3, 4, 5, 6),
  }
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
