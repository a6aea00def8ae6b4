// Owns the RSA keys that sign a pool's tokens, and their public half as a JWK set. Making a key is slow, so keys are made
// once per process and place: the n-th pool of every server in this process has the same pair.
import { generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { calculateJwkThumbprint, exportJWK, type JWK } from 'jose'

export interface SigningKey {
  readonly kid: string
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
  readonly publicJwk: JWK
}

/** As in Cognito, one key signs ID tokens and another access tokens. */
export interface PoolKeys {
  readonly id: SigningKey
  readonly access: SigningKey
}

const generate = promisify(generateKeyPair)

/** A fresh 2,048-bit RS256 key with its thumbprint (RFC 7638) as `kid`. */
export async function createSigningKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await generate('rsa', { modulusLength: 2048 })
  const jwk = await exportJWK(publicKey)
  const kid = await calculateJwkThumbprint(jwk)
  return { kid, privateKey, publicKey, publicJwk: { ...jwk, kid, alg: 'RS256', use: 'sig' } }
}

const made: Promise<PoolKeys>[] = []

async function createPoolKeys(): Promise<PoolKeys> {
  const [id, access] = await Promise.all([createSigningKey(), createSigningKey()])
  return { id, access }
}

/** The keys of the pool at this place in a server's configuration. */
export function keysOfPool(place: number): Promise<PoolKeys> {
  return (made[place] ??= createPoolKeys())
}

/** What `/.well-known/jwks.json` answers. */
export function jwkSet(keys: PoolKeys): { keys: JWK[] } {
  return { keys: [keys.id.publicJwk, keys.access.publicJwk] }
}
