// 228 of three hundred logins whose client arithmetic nobody here wrote (the others: srp-random.test.ts). Values that padding
// gets wrong are forced: every number that is hashed or keyed with, in every awkward shape.
import { createHash, randomBytes } from 'node:crypto'
import { decodeJwt } from 'jose'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { CognitoServer } from '../../cognito-server/index.ts'
import { createVerifier, k, N, padHex, powerModN, sharedSecret } from '../../cognito-server/srp.ts'
import { addStranger, POOL, presentTokens, startSrp, startStrict } from './kit.ts'

const POOL_NAME = POOL.slice(POOL.indexOf('_') + 1)

type Shape = 'odd length' | 'leading zero byte' | 'top bit set'
const SHAPE_NAMES: readonly Shape[] = ['odd length', 'leading zero byte', 'top bit set']

/** Shapes of a number of `digits` hex digits at full length. */
const SHAPES: Readonly<Record<Shape, (hex: string, digits: number) => boolean>> = {
  'odd length': (hex, digits) => hex.length === digits - 1,
  'leading zero byte': (hex, digits) => hex.length <= digits - 2,
  'top bit set': (hex, digits) => hex.length === digits && /^[89a-f]/.test(hex),
}

const has = (shape: Shape, value: bigint, digits: number) => SHAPES[shape](value.toString(16), digits)
const randomNumber = (bytes: number) => BigInt(`0x${randomBytes(bytes).toString('hex')}`)
const hashOf = (...values: bigint[]) =>
  BigInt(
    `0x${createHash('sha256')
      .update(Buffer.from(values.map(padHex).join(''), 'hex'))
      .digest('hex')}`,
  )

/** Starts at a random exponent and doubles until the number fits: g is 2, so one multiplication a try. */
function findPower(fits: (power: bigint) => boolean, bytes: number): { exponent: bigint; power: bigint } {
  let exponent = randomNumber(bytes)
  let power = powerModN(2n, exponent)
  while (!fits(power)) {
    exponent += 1n
    power = (power * 2n) % N
  }
  return { exponent, power }
}

function findSalt(shape: Shape | undefined): bigint {
  for (;;) {
    const salt = randomNumber(16)
    if (shape === undefined || has(shape, salt, 32)) return salt
  }
}

type Value = 'A' | 'B' | 'salt' | 'u' | 'S'

/** Everything a login is made of, with one value in one shape. */
function craft(value: Value, shape: Shape, username: string, password: string) {
  const wants = (other: Value) => (value === other ? shape : undefined)
  const salt = findSalt(wants('salt'))
  const { verifier } = createVerifier({ poolName: POOL_NAME, userId: username }, password, salt)
  const publicB = (power: bigint) => (k * verifier + power) % N
  const fits = (want: Shape | undefined, number: bigint, digits = 768) =>
    want === undefined || has(want, number, digits)
  for (;;) {
    const b = findPower((power) => fits(wants('B'), publicB(power)), value === 'S' ? 1 : 32)
    const B = publicB(b.power)
    const a = findPower((A) => fits(wants('A'), A) && fits(wants('u'), hashOf(A, B), 64), 32)
    const exchange = { A: a.power, B, b: b.exponent, salt, verifier }
    if (value !== 'S' || fits(shape, sharedSecret(exchange))) return { ...exchange, a: a.exponent }
  }
}

/** Randomness whose next value of a size can be dictated. */
function scriptedRandom() {
  const forced = new Map<number, Buffer>()
  return {
    force: (size: number, value: bigint) =>
      forced.set(size, Buffer.from(value.toString(16).padStart(size * 2, '0'), 'hex')),
    random: (size: number) => {
      const bytes = forced.get(size) ?? randomBytes(size)
      forced.delete(size)
      return bytes
    },
  }
}

let server: CognitoServer
let script: ReturnType<typeof scriptedRandom>
beforeEach(async () => {
  script = scriptedRandom()
  server = await startStrict({ random: script.random })
})
afterEach(() => server.close())

const VALUES = ['A', 'B', 'salt', 'u', 'S'] as const
const CASES = VALUES.flatMap((value) => SHAPE_NAMES.map((shape) => [value, shape] as const))

// S costs a few milliseconds a try, hence fewer: 12 cases of 18 logins and 3 of 4 are 228.
test.each(CASES)('logins with %s in the shape «%s»', { timeout: 240_000 }, async (value, shape) => {
  for (let i = 0; i < (value === 'S' ? 4 : 18); i++) {
    const { username, password } = addStranger(server)
    const forced = craft(value, shape, username, password)
    script.force(16, forced.salt)
    script.force(32, forced.b)
    const { challenge, answer } = await startSrp(server, { username, password, clientId: 'srp-only' }, forced)
    expect(challenge.ChallengeParameters).toMatchObject({
      SALT: forced.salt.toString(16),
      SRP_B: forced.B.toString(16),
    })
    const { AccessToken } = presentTokens((await answer()).AuthenticationResult)
    expect(decodeJwt(AccessToken)['username']).toBe(username)
  }
})
