// Owns one identity pool: which providers it trusts and which identity belongs to which login, for good.
import type { IdentityPoolConfig, IdentityProviderConfig } from '../config.ts'
import { type RandomSource, randomUuid } from '../random.ts'

/** A login that was verified: provider name and subject name one person. */
export interface Login {
  readonly providerName: string
  readonly sub: string
  readonly claims: Readonly<Record<string, unknown>>
  readonly provider: IdentityProviderConfig
}

/** What an identity is linked to; none for a guest. */
export interface Identity {
  readonly id: string
  readonly logins: Set<string>
}

export class IdentityPool {
  readonly id: string
  readonly config: IdentityPoolConfig
  readonly #random: RandomSource
  readonly #identities = new Map<string, Identity>()
  readonly #byLogin = new Map<string, Identity>()

  constructor(config: IdentityPoolConfig, random: RandomSource) {
    if (!/^[\w-]+:[0-9a-f-]+$/.test(config.id)) throw new RangeError(`not an identity pool id: ${config.id}`)
    this.id = config.id
    this.config = config
    this.#random = random
  }

  identity(id: string): Identity | undefined {
    return this.#identities.get(id)
  }

  /** The identity of a login, the same one every time; made at the first. */
  identityOf(login: Login): Identity {
    const key = loginKey(login)
    const identity = this.#byLogin.get(key) ?? this.createIdentity()
    identity.logins.add(key)
    this.#byLogin.set(key, identity)
    return identity
  }

  /** A fresh identity, linked to nobody yet. */
  createIdentity(): Identity {
    const region = this.id.slice(0, this.id.indexOf(':'))
    const identity: Identity = { id: `${region}:${randomUuid(this.#random)}`, logins: new Set() }
    this.#identities.set(identity.id, identity)
    return identity
  }

  /** Forgets an identity, as DeleteIdentities does. */
  deleteIdentity(id: string): void {
    for (const key of this.#identities.get(id)?.logins ?? []) this.#byLogin.delete(key)
    this.#identities.delete(id)
  }
}

export const loginKey = (login: Login) => `${login.providerName} ${login.sub}`
