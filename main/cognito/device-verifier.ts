// Owns the secret of a remembered device: a password nobody types, and the SRP verifier that Cognito keeps of it. Pure.
import { createHash } from 'node:crypto'
import { modPow, pad, type RandomBytes } from './srp.ts'

const g = 2n
const integerOf = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
const hash = (...parts: readonly Uint8Array[]): Buffer => {
  const sha = createHash('sha256')
  for (const part of parts) sha.update(part)
  return sha.digest()
}

/**
 * What ConfirmDevice takes: verifier g^x and salt as base64 of their padded bytes, x being H(pad salt ‖ H(groupKey + deviceKey +
 * ":" + password)) (cognito.md, "SRP"), and the password to keep.
 */
export const deviceVerifier = (
  groupKey: string,
  deviceKey: string,
  randomBytes: RandomBytes,
): { readonly password: string; readonly verifier: string; readonly salt: string } => {
  const password = Buffer.from(randomBytes(40)).toString('base64')
  const salt = pad(integerOf(randomBytes(16)))
  const identity = hash(Buffer.from(`${groupKey}${deviceKey}:${password}`))
  const verifier = modPow(g, integerOf(hash(salt, identity)))
  return { password, verifier: pad(verifier).toString('base64'), salt: salt.toString('base64') }
}
