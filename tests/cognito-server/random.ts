// Owns the server's randomness: one injected source of bytes and the shapes made from it.
import { randomBytes } from 'node:crypto'

/** Returns that many bytes. Tests pass their own to force a value or to repeat a run. */
export type RandomSource = (size: number) => Buffer

export const systemRandom: RandomSource = (size) => randomBytes(size)

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** A version 4 UUID (RFC 9562, section 5.4). */
export function randomUuid(random: RandomSource): string {
  const bytes = random(16)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** `length` characters of base 32 (RFC 4648), as in access key ids and TOTP secrets. */
export function randomBase32(random: RandomSource, length: number): string {
  return Array.from(random(length), (byte) => BASE32.charAt(byte & 31)).join('')
}

/** `length` decimal digits, as in codes sent by mail. */
export function randomDigits(random: RandomSource, length: number): string {
  return Array.from(random(length), (byte) => String(byte % 10)).join('')
}
