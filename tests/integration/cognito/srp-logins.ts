// Owns random logins for comparing SRP clients: seeded, with the shapes of numbers forced that clients get wrong.
import { createHash } from 'node:crypto'
import {
  modPow,
  N,
  pad,
  proveSrp,
  type SrpQuestion,
  type SrpStart,
  srpTimestamp,
  startSrp,
} from '../../../main/cognito/srp.ts'
import type { PeerInput } from './srp-peers.ts'

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

export interface Login {
  readonly start: SrpStart
  readonly question: SrpQuestion
}

export const signedAt = Date.UTC(2026, 1, 3, 4, 5, 6)
export const startOf = (a: bigint): SrpStart =>
  startSrp(() => Buffer.from(a.toString(16).padStart(256, '0'), 'hex'))

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

export const loginOf = (place: number): Login => {
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
  const start = startOf(a)
  if (form === 'u with a zero byte') while (hash(pad(start.publicValue), pad(B)) >= 2n ** 248n) B += 1n
  const SECRET_BLOCK = Buffer.from(bytes(random, 800)).toString('base64')
  return { start, question: { group, user, password, SRP_B: B.toString(16), SALT, SECRET_BLOCK, signedAt } }
}

export const peerInputOf = ({ start, question }: Login): PeerInput => {
  const { signedAt, ...rest } = question
  return { ...rest, a: start.secret.toString(16), A: start.SRP_A, timestamp: srpTimestamp(signedAt) }
}
export const signatureOf = ({ start, question }: Login) => {
  const proof = proveSrp(start, question)
  return proof.ok ? proof.value.signature : proof.failure.detail
}
