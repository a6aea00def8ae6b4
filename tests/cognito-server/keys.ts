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

/** A pool's keys over time: new tokens are signed with the newest, old ones stay good as long as their key is kept. */
export class KeyRing {
  #current: PoolKeys
  #retired: SigningKey[] = []

  constructor(keys: PoolKeys) {
    this.#current = keys
  }

  get id(): SigningKey {
    return this.#current.id
  }

  get access(): SigningKey {
    return this.#current.access
  }

  /** The key of that id, current or retired. */
  find(kid: string | undefined): SigningKey | undefined {
    return this.#all.find((key) => key.kid === kid)
  }

  /** Signs with these from now on. The keys before them stay, unless `dropOld`. */
  rotate(keys: PoolKeys, dropOld: boolean): void {
    const { id, access } = this.#current
    this.#retired = dropOld ? [] : [id, access, ...this.#retired]
    this.#current = keys
  }

  /** What `/.well-known/jwks.json` answers. */
  get jwkSet(): { keys: JWK[] } {
    return { keys: this.#all.map(({ publicJwk }) => publicJwk) }
  }

  get #all(): SigningKey[] {
    return [this.id, this.access, ...this.#retired]
  }
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

/** A fresh pair of keys. */
export async function createPoolKeys(): Promise<PoolKeys> {
  const [id, access] = await Promise.all([createSigningKey(), createSigningKey()])
  return { id, access }
}

/** The keys of the pool at this place in a server's configuration. */
export function keysOfPool(place: number): Promise<PoolKeys> {
  return (made[place] ??= createPoolKeys())
}
