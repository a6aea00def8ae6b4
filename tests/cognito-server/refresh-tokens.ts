// Owns refresh tokens: one chain per sign-in, the tokens rotated along it, grace, reuse and revocation. Answers in plain
// values; which exception that means is the operations' business. Knows nothing of JWTs.
import { type RandomSource, randomUuid } from './random.ts'

/** One sign-in: what stays the same however often it is refreshed. Times are milliseconds since the epoch. */
export interface Chain {
  /** `origin_jti` of every token of this sign-in. */
  readonly originJti: string
  readonly eventId: string
  readonly sub: string
  readonly clientId: string
  /** `auth_time`. */
  readonly authenticatedAt: number
  /** When the first refresh token runs out; rotation never moves it. */
  readonly expiresAt: number
  /** The device that every refresh has to name, in pools that track devices. */
  readonly deviceKey?: string
  /** What an OAuth sign-in was granted; other sign-ins have the scopes of their app client. */
  readonly scopes?: readonly string[]
  /** Set by RevokeToken, GlobalSignOut or a reuse; every token of the chain is refused from then on. */
  revoked: boolean
}

/** Whose a new chain is, and what binds it. */
export interface ChainOwner extends Pick<Chain, 'sub' | 'clientId' | 'deviceKey' | 'scopes'> {
  readonly lifetimeSeconds: number
}

export type RefreshOutcome =
  | { readonly kind: 'valid'; readonly chain: Chain; readonly rotatedTo?: string }
  | { readonly kind: 'unknown' | 'expired' | 'revoked' | 'reused' }

interface StoredToken {
  readonly chain: Chain
  rotatedOutAt?: number
}

/** All refresh tokens of one user pool. */
export class RefreshTokens {
  readonly #random: RandomSource
  readonly #tokens = new Map<string, StoredToken>()
  readonly #chainsByJti = new Map<string, Chain>()
  readonly #chainsBySub = new Map<string, Set<Chain>>()

  constructor(random: RandomSource) {
    this.#random = random
  }

  /** Starts a chain at `now` with its first token. */
  open(owner: ChainOwner, now: number) {
    const { sub, clientId, lifetimeSeconds, ...bounds } = owner
    const chain: Chain = {
      ...bounds,
      originJti: randomUuid(this.#random),
      eventId: randomUuid(this.#random),
      sub,
      clientId,
      authenticatedAt: now,
      expiresAt: now + lifetimeSeconds * 1000,
      revoked: false,
    }
    this.#chainsByJti.set(chain.originJti, chain)
    const siblings = this.#chainsBySub.get(sub) ?? new Set()
    this.#chainsBySub.set(sub, siblings.add(chain))
    return { chain, refreshToken: this.#store(chain) }
  }

  /**
   * Uses a token at `now`. With `rotation` it is rotated out and a successor comes back; a rotated-out token is good for
   * another successor within the grace period, and after it the whole chain is revoked ("reused").
   */
  use(
    token: string,
    clientId: string,
    rotation: { readonly graceSeconds: number } | undefined,
    now: number,
  ): RefreshOutcome {
    const stored = this.#tokens.get(token)
    if (stored === undefined || stored.chain.clientId !== clientId) return { kind: 'unknown' }
    const { chain } = stored
    if (stored.rotatedOutAt !== undefined && !this.#inGrace(stored.rotatedOutAt, rotation, now)) {
      chain.revoked = true
      return { kind: 'reused' }
    }
    if (chain.revoked) return { kind: 'revoked' }
    if (now >= chain.expiresAt) return { kind: 'expired' }
    if (rotation === undefined) return { kind: 'valid', chain }
    stored.rotatedOutAt ??= now
    return { kind: 'valid', chain, rotatedTo: this.#store(chain) }
  }

  /** The chain a token belongs to, whatever its state. */
  chainOf(token: string): Chain | undefined {
    return this.#tokens.get(token)?.chain
  }

  /** The chain that an access or ID token names by its `origin_jti`. */
  chainByOriginJti(originJti: string): Chain | undefined {
    return this.#chainsByJti.get(originJti)
  }

  /** The chain that a token without `origin_jti` belongs to. */
  chainByEventId(eventId: string): Chain | undefined {
    return [...this.#chainsByJti.values()].find((chain) => chain.eventId === eventId)
  }

  /** The `origin_jti` of every sign-in of this user, the oldest first. */
  signInsOf(sub: string, { alive = false } = {}): readonly string[] {
    return [...(this.#chainsBySub.get(sub) ?? [])]
      .filter(({ revoked }) => !alive || !revoked)
      .map(({ originJti }) => originJti)
  }

  /** GlobalSignOut: ends every sign-in of this user, whichever app client it came through. */
  revokeAllOf(sub: string): void {
    for (const chain of this.#chainsBySub.get(sub) ?? []) chain.revoked = true
  }

  #inGrace(rotatedOutAt: number, rotation: { graceSeconds: number } | undefined, now: number): boolean {
    return now < rotatedOutAt + (rotation?.graceSeconds ?? 0) * 1000
  }

  #store(chain: Chain): string {
    const token = opaqueToken(this.#random)
    this.#tokens.set(token, { chain })
    return token
  }
}

const JWE_HEADER = Buffer.from('{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}').toString('base64url')

/** Looks like Cognito's: a compact JWE of five parts and about 1.8 kB (RFC 7516, section 3.1), with nothing inside. */
function opaqueToken(random: RandomSource): string {
  const parts = [256, 12, 976, 16].map((size) => random(size).toString('base64url'))
  return [JWE_HEADER, ...parts].join('.')
}
