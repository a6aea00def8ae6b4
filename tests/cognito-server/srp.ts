// Owns the server's half of Cognito's SRP-6a: arithmetic, padding and the password claim. Shares no line with the app's
// client half, so that each proves the other. Knows nothing of users, Sessions or HTTP.
import { createHash, createHmac, getDiffieHellman, hkdfSync, timingSafeEqual } from 'node:crypto'
import type { RandomSource } from './random.ts'

/** RFC 3526, group 15 (3,072 bit). */
export const N = BigInt(`0x${getDiffieHellman('modp15').getPrime('hex')}`)
export const g = 2n

/** Bytes of two's complement as Java's BigInteger writes them: even-length hex, `00` in front of a set top bit. */
export function padHex(value: bigint): string {
  const digits = value.toString(16)
  const even = digits.length % 2 === 0 ? digits : `0${digits}`
  return /^[89a-f]/.test(even) ? `00${even}` : even
}

const padded = (value: bigint) => Buffer.from(padHex(value), 'hex')

function sha256(...parts: (Buffer | string)[]): Buffer {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

const toBigInt = (bytes: Buffer) => BigInt(`0x${bytes.toString('hex')}`)

/** base^exponent mod N, four bits of the exponent at a time. */
export function powerModN(base: bigint, exponent: bigint): bigint {
  const powers = [1n, base % N]
  for (let i = 2; i < 16; i++) powers.push(((powers[i - 1] ?? 1n) * base) % N)
  let result = 1n
  for (const digit of exponent.toString(16)) {
    for (let bit = 0; bit < 4; bit++) result = (result * result) % N
    const power = powers[Number.parseInt(digit, 16)] ?? 1n
    result = (result * power) % N
  }
  return result
}

/** The multiplier of SRP-6a: H(pad N ‖ pad g). */
export const k = toBigInt(sha256(padded(N), padded(g)))

/** Who proves a password: the part of the pool id after `_` and the user's own name, never an alias. */
export interface SrpIdentity {
  readonly poolName: string
  readonly userId: string
}

/** What the server keeps instead of a password. */
export interface SrpVerifier {
  readonly salt: bigint
  readonly verifier: bigint
}

/** One attempt: the client's A, the server's secret b and its public B. */
export interface SrpExchange {
  readonly A: bigint
  readonly b: bigint
  readonly B: bigint
  readonly salt: bigint
  readonly verifier: bigint
}

/** v = g^x with x = H(pad salt ‖ H(poolName ‖ userId ‖ ":" ‖ password)). */
export function createVerifier(identity: SrpIdentity, password: string, salt: bigint): SrpVerifier {
  const inner = sha256(`${identity.poolName}${identity.userId}:${password}`)
  return { salt, verifier: powerModN(g, toBigInt(sha256(padded(salt), inner))) }
}

/** SRP_A as sent, or undefined where it is not hex or is a multiple of N, which would make any password pass. */
export function parsePublicValue(hex: string): bigint | undefined {
  if (!/^[0-9a-f]{1,1024}$/i.test(hex)) return undefined
  const value = BigInt(`0x${hex}`)
  return value % N === 0n ? undefined : value
}

/** Answers A with B = k·v + g^b. b has 256 bits (RFC 5054, section 3.1). */
export function startExchange(A: bigint, credentials: SrpVerifier, random: RandomSource): SrpExchange {
  for (;;) {
    const b = toBigInt(random(32))
    const B = (k * credentials.verifier + powerModN(g, b)) % N
    if (B !== 0n && scramble(A, B) !== 0n) return { A, b, B, ...credentials }
  }
}

const scramble = (A: bigint, B: bigint) => toBigInt(sha256(padded(A), padded(B)))

/** S = (A·v^u)^b: equal to the client's only if the password was right. */
export function sharedSecret(exchange: SrpExchange): bigint {
  const u = scramble(exchange.A, exchange.B)
  return powerModN((exchange.A * powerModN(exchange.verifier, u)) % N, exchange.b)
}

/** The claim signature a client must send: HMAC-SHA256 under the HKDF key "Caldera Derived Key", 16 bytes long. */
export function expectedClaim(
  exchange: SrpExchange,
  identity: SrpIdentity,
  secretBlock: string,
  timestamp: string,
): string {
  const u = scramble(exchange.A, exchange.B)
  const key = hkdfSync('sha256', padded(sharedSecret(exchange)), padded(u), 'Caldera Derived Key', 16)
  return createHmac('sha256', Buffer.from(key))
    .update(identity.poolName)
    .update(identity.userId)
    .update(Buffer.from(secretBlock, 'base64'))
    .update(timestamp)
    .digest('base64')
}

/** Whether two base64 signatures are the same, without telling by time where they differ. */
export function claimsMatch(expected: string, given: string): boolean {
  const [left, right] = [Buffer.from(expected), Buffer.from(given)]
  return left.length === right.length && timingSafeEqual(left, right)
}
