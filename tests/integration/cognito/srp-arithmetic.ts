// Owns fast powers for the two SRP clients, whose own are slow (30 ms each in JavaScript older than BigInt): OpenSSL's. Hashing,
// padding and signing, in which clients go wrong, stay theirs.
import { createDiffieHellman } from 'node:crypto'
import { N } from '../../../main/cognito/srp.ts'

/** As much of the clients' integers as is replaced. */
export interface BigInteger {
  toString(radix: 16): string
  modPow: (
    this: BigInteger,
    exponent: BigInteger,
    modulus: BigInteger,
    callback?: (error: null, power: BigInteger) => void,
  ) => BigInteger
}

export type BigIntegerClass = new (text: string, radix: 16) => BigInteger

const bytesOf = (value: bigint): Buffer => {
  const hex = value.toString(16)
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex')
}

const integerOf = (value: BigInteger): bigint => {
  const hex = value.toString(16)
  return hex.startsWith('-') ? -BigInt(`0x${hex.slice(1)}`) : BigInt(`0x${hex}`)
}

let group: ReturnType<typeof createDiffieHellman> | undefined

/** base^exponent mod N, and undefined for what OpenSSL takes for no public key: 0, 1, N - 1. */
const power = (base: bigint, exponent: bigint): bigint | undefined => {
  const reduced = ((base % N) + N) % N
  if (reduced <= 1n || reduced === N - 1n) return undefined
  // Tests N for primality, which takes a second or two; the groups it knows take no key of ours.
  group ??= createDiffieHellman(bytesOf(N), bytesOf(2n))
  group.setPrivateKey(bytesOf(exponent))
  return BigInt(`0x${group.computeSecret(bytesOf(reduced)).toString('hex')}`)
}

/**
 * Runs `work` while integers of these classes have their powers computed by OpenSSL.
 * @throws Error where a client computes modulo something else than the group's N
 */
export const onOpenSsl = <T>(classes: readonly BigIntegerClass[], work: () => T): T => {
  const undo = classes.map((Class) => {
    const prototype: BigInteger = Class.prototype
    const { modPow } = prototype
    prototype.modPow = function (exponent, modulus, callback) {
      if (integerOf(modulus) !== N) throw new Error('The client computes in another group.')
      const value = power(integerOf(this), integerOf(exponent))
      if (value === undefined) return modPow.call(this, exponent, modulus, callback)
      const result = new Class(value.toString(16), 16)
      callback?.(null, result)
      return result
    }
    return () => {
      prototype.modPow = modPow
    }
  })
  try {
    return work()
  } finally {
    for (const restore of undo) restore()
  }
}
