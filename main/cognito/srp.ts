// Owns SRP-6a as Cognito speaks it: pure mathematics over node:crypto and BigInt.
// Refuses to know the network, challenges, sessions, or where randomness and time come from.
import { createHash, createHmac, hkdfSync } from 'node:crypto'
import { fail, ok, type Result } from '../failure.ts'

/** Cryptographically strong bytes; never a seeded source outside tests. */
export type RandomBytes = (size: number) => Uint8Array

/** RFC 3526, group 15: a safe prime of 3,072 bits. */
export const N = BigInt(
  `0x${[
    'FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD',
    'EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED',
    'EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F',
    '83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B',
    'E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510',
    '15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7',
    'ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C',
    'BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF',
  ].join('')}`,
)
const g = 2n
const windowBits = 5

/**
 * The bytes Cognito hashes for a non-negative integer: as Java's BigInteger.toByteArray, so as few as possible with a
 * clear sign bit. Never a fixed width: that fails about one sign-in in twenty.
 */
export const pad = (value: bigint): Buffer => {
  const hex = value.toString(16)
  const even = hex.length % 2 === 0 ? hex : `0${hex}`
  return Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, 'hex')
}

/**
 * base^exponent mod N, by fixed windows. BigInt rather than node:crypto's DiffieHellman: that one tests N for primality
 * first (over a second), and is a different library in Electron. Not constant in time, which nobody can measure here.
 */
export const modPow = (base: bigint, exponent: bigint): bigint => {
  const powers = [1n]
  for (let digit = 1; digit < 2 ** windowBits; digit += 1) powers.push(((powers[digit - 1] ?? 1n) * base) % N)
  const bits = exponent.toString(2)
  const digits = Math.ceil(bits.length / windowBits)
  const padded = bits.padStart(digits * windowBits, '0')
  let result = 1n
  for (let at = 0; at < padded.length; at += windowBits) {
    if (result !== 1n) for (let bit = 0; bit < windowBits; bit += 1) result = (result * result) % N
    const digit = Number.parseInt(padded.slice(at, at + windowBits), 2)
    if (digit !== 0) result = (result * (powers[digit] ?? 1n)) % N
  }
  return result
}

const hash = (...parts: readonly Uint8Array[]): Buffer => {
  const sha = createHash('sha256')
  for (const part of parts) sha.update(part)
  return sha.digest()
}
const integerOf = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex') || '0'}`)
const k = integerOf(hash(pad(N), pad(g)))

/** What the client keeps between its first message and its proof. `secret` never leaves the process. */
export interface SrpStart {
  readonly secret: bigint
  readonly publicValue: bigint
  /** SRP_A, in hexadecimal. */
  readonly SRP_A: string
}

/** Chooses a (128 random bytes) and computes A = g^a mod N, which is never 0 for g = 2. */
export const startSrp = (randomBytes: RandomBytes): SrpStart => {
  const secret = integerOf(randomBytes(128))
  const publicValue = modPow(g, secret)
  return { secret, publicValue, SRP_A: publicValue.toString(16) }
}

export interface SrpQuestion {
  /** The part of the user pool id after `_`; for a device, its group key. */
  readonly group: string
  /** USER_ID_FOR_SRP; for a device, its key. */
  readonly user: string
  readonly password: string
  /** SRP_B and SALT, in hexadecimal. */
  readonly SRP_B: string
  readonly SALT: string
  /** Base64, as received. */
  readonly SECRET_BLOCK: string
  /** Epoch milliseconds at signing, by the server's clock where that is known. */
  readonly signedAt: number
}

const isHex = (text: string): boolean => /^[0-9a-f]+$/i.test(text)

/**
 * PASSWORD_CLAIM_SIGNATURE and TIMESTAMP for a PASSWORD_VERIFIER or DEVICE_PASSWORD_VERIFIER challenge.
 * `network.bad-answer` where the server's values are unusable: not hexadecimal, or B mod N = 0 or u = 0 (RFC 5054, 2.5.3).
 */
export const proveSrp = (
  { secret, publicValue }: SrpStart,
  question: SrpQuestion,
): Result<{ signature: string; timestamp: string }> => {
  if (!isHex(question.SRP_B) || !isHex(question.SALT)) {
    return fail('network.bad-answer', { detail: 'SRP_B or SALT is not a hexadecimal number.' })
  }
  const B = BigInt(`0x${question.SRP_B}`)
  if (B % N === 0n) return fail('network.bad-answer', { detail: 'SRP_B is 0 modulo N.' })
  const u = integerOf(hash(pad(publicValue), pad(B)))
  if (u === 0n) return fail('network.bad-answer', { detail: 'The SRP scrambling value u is 0.' })

  const identity = hash(Buffer.from(`${question.group}${question.user}:${question.password}`))
  const x = integerOf(hash(pad(BigInt(`0x${question.SALT}`)), identity))
  const base = (((B - k * modPow(g, x)) % N) + N) % N
  const S = modPow(base, secret + u * x)

  const key = hkdfSync('sha256', pad(S), pad(u), 'Caldera Derived Key', 16)
  const timestamp = srpTimestamp(question.signedAt)
  const signature = createHmac('sha256', Buffer.from(key))
    .update(question.group)
    .update(question.user)
    .update(Buffer.from(question.SECRET_BLOCK, 'base64'))
    .update(timestamp)
    .digest('base64')
  return ok({ signature, timestamp })
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `Tue Feb 3 04:05:06 UTC 2026`: UTC, English, the day without padding, whatever the machine's locale. */
export const srpTimestamp = (epochMs: number): string => {
  const date = new Date(epochMs)
  const time = date.toISOString().slice(11, 19)
  return `${weekdays[date.getUTCDay()]} ${months[date.getUTCMonth()]} ${date.getUTCDate()} ${time} UTC ${date.getUTCFullYear()}`
}
