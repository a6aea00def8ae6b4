// Owns everything one running server knows: its pools, identity pools, issued credentials, Sessions, clock and randomness.
// Operations get it as their first argument; it knows nothing of HTTP.
import type { ServerClock } from './clock.ts'
import { sendStatusCode } from './code-delivery.ts'
import type { ServerConfig } from './config.ts'
import { resourceNotFound } from './errors.ts'
import { SigninTokens } from './federation.ts'
import { CredentialStore } from './identity/credentials.ts'
import { IdentityPool } from './identity/identity-pool.ts'
import { keysOfPool } from './keys.ts'
import { Grants } from './oauth/grants.ts'
import { Outbox } from './outbox.ts'
import { type Client, UserPool } from './pool.ts'
import type { RandomSource } from './random.ts'
import { ChallengeSessions } from './sessions.ts'
import type { User } from './users.ts'

export interface WorldOptions {
  readonly clock: ServerClock
  readonly random: RandomSource
  /** The server's own address, which is every pool's domain too. */
  readonly url: string
  /** Issuer of a pool's tokens. */
  readonly issuerOf: (poolId: string) => string
  /** How far a TIMESTAMP may be from the server's clock, either way, in seconds. */
  readonly srpToleranceSeconds: number
}

export interface World extends WorldOptions {
  readonly pools: ReadonlyMap<string, UserPool>
  readonly identityPools: ReadonlyMap<string, IdentityPool>
  readonly sessions: ChallengeSessions
  readonly credentials: CredentialStore
  /** Of the console's federation endpoint. */
  readonly signinTokens: SigninTokens
  readonly outbox: Outbox
  /** Of managed login. */
  readonly grants: Grants
  /** TOTP secrets handed out by AssociateSoftwareToken and not verified yet. */
  readonly pendingTotpSecrets: WeakMap<User, string>
}

/** Builds the pools of a configuration. Rejects with RangeError where the configuration contradicts itself. */
export async function createWorld(config: ServerConfig, options: WorldOptions): Promise<World> {
  const keys = await Promise.all(
    config.pools.map(async (pool, place) => [pool, await keysOfPool(place)] as const),
  )
  const pools = new Map<string, UserPool>()
  const clientIds = new Set<string>()
  for (const [pool, poolKeys] of keys) {
    const host = { issuer: options.issuerOf(pool.id), keys: poolKeys, random: options.random }
    if (pools.has(pool.id)) throw new RangeError(`two user pools are called ${pool.id}`)
    pools.set(pool.id, new UserPool(pool, host))
    for (const { id } of pool.clients) {
      if (clientIds.has(id)) throw new RangeError(`two app clients are called ${id}`)
      clientIds.add(id)
    }
  }
  const identityPools = (config.identityPools ?? []).map((pool) => new IdentityPool(pool, options.random))
  const world: World = {
    ...options,
    pools,
    identityPools: new Map(identityPools.map((pool) => [pool.id, pool])),
    sessions: new ChallengeSessions(options.random),
    credentials: new CredentialStore(options.random),
    signinTokens: new SigninTokens(),
    outbox: new Outbox(options.clock),
    grants: new Grants(options.random),
    pendingTotpSecrets: new WeakMap(),
  }
  for (const pool of pools.values()) for (const user of pool.users) sendStatusCode(world, pool, user)
  return world
}

export interface ClientContext {
  readonly pool: UserPool
  readonly client: Client
}

/** The app client of that id and its pool; ResourceNotFoundException where there is none. */
export function requireClient(world: World, clientId: string): ClientContext {
  for (const pool of world.pools.values()) {
    const client = pool.clients.get(clientId)
    if (client !== undefined) return { pool, client }
  }
  throw resourceNotFound(`User pool client ${clientId} does not exist.`)
}
