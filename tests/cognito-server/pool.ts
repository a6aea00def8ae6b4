// Owns one user pool: its app clients, users, groups, keys and refresh tokens, and how a typed name finds a user.
import { createHmac } from 'node:crypto'
import type { AuthFlowName, ClientConfig, GroupConfig, PoolConfig, UserConfig } from './config.ts'
import type { PoolKeys } from './keys.ts'
import { DEFAULT_PASSWORD_POLICY, type PasswordPolicy } from './password-policy.ts'
import type { RandomSource } from './random.ts'
import { RefreshTokens } from './refresh-tokens.ts'
import { createVerifier, type SrpVerifier } from './srp.ts'
import { User } from './users.ts'

const POOL_ID = /^[\w-]+_[0-9a-zA-Z]+$/

/** `cognito-idp.<region>.<dns suffix>/<pool id>`: the issuer on AWS without its scheme, and the key in Logins. */
export function providerNameOf(poolId: string): string {
  const region = regionOf(poolId)
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'
  return `cognito-idp.${region}.${suffix}/${poolId}`
}

const regionOf = (poolId: string) => poolId.slice(0, poolId.indexOf('_'))

/** An app client with every default filled in. */
export interface Client extends Required<Omit<ClientConfig, 'secret' | 'rotation'>> {
  readonly secret?: string
  readonly rotation?: { readonly graceSeconds: number }
}

export class UserPool {
  readonly id: string
  /** The part of the id after `_`: what SRP calls the pool. */
  readonly name: string
  readonly issuer: string
  readonly keys: PoolKeys
  readonly policy: PasswordPolicy
  readonly requiredAttributes: readonly string[]
  readonly mfa: 'off' | 'optional' | 'on'
  readonly allowsTotpReuse: boolean
  readonly refreshTokens: RefreshTokens
  readonly clients: ReadonlyMap<string, Client>
  readonly #users = new Map<string, User>()
  readonly #usersBySub = new Map<string, User>()
  readonly #groups: ReadonlyMap<string, GroupConfig>
  readonly #aliases: readonly string[]
  readonly #random: RandomSource
  readonly #decoyKey: Buffer

  constructor(config: PoolConfig, host: { issuer: string; keys: PoolKeys; random: RandomSource }) {
    if (!POOL_ID.test(config.id)) throw new RangeError(`not a user pool id: ${config.id}`)
    this.id = config.id
    this.name = config.id.slice(config.id.indexOf('_') + 1)
    this.issuer = host.issuer
    this.keys = host.keys
    this.policy = { ...DEFAULT_PASSWORD_POLICY, ...config.passwordPolicy }
    this.requiredAttributes = config.requiredAttributes ?? []
    this.mfa = config.mfa ?? 'optional'
    this.allowsTotpReuse = config.totpReuse === 'allowed'
    this.refreshTokens = new RefreshTokens(host.random)
    this.clients = new Map(config.clients.map((client) => [client.id, withDefaults(client)]))
    this.#groups = new Map(config.groups?.map((group) => [group.name, group]))
    this.#aliases = config.signInAliases ?? []
    this.#random = host.random
    this.#decoyKey = host.random(32)
    for (const user of config.users ?? []) this.addUser(user)
  }

  get users(): IterableIterator<User> {
    return this.#users.values()
  }

  addUser(config: UserConfig): User {
    if (this.#users.has(config.username.toLowerCase())) {
      throw new RangeError(`${this.id} already has a user ${config.username}`)
    }
    const user = new User(config, this.name, this.#random)
    this.setGroups(user, config.groups ?? [])
    this.#users.set(user.username.toLowerCase(), user)
    this.#usersBySub.set(user.sub, user)
    return user
  }

  setGroups(user: User, names: readonly string[]): void {
    const unknown = names.find((name) => !this.#groups.has(name))
    if (unknown !== undefined) throw new RangeError(`${this.id} has no group ${unknown}`)
    user.groups = new Set(names)
  }

  deleteUser(user: User): void {
    this.refreshTokens.revokeAllOf(user.sub)
    this.#users.delete(user.username.toLowerCase())
    this.#usersBySub.delete(user.sub)
  }

  /** By username, sub or a sign-in alias of this pool; usernames ignore case, as in pools made today. */
  findUser(name: string): User | undefined {
    return (
      this.#users.get(name.toLowerCase()) ??
      this.#usersBySub.get(name) ??
      [...this.#users.values()].find((user) => this.#hasAlias(user, name))
    )
  }

  userBySub(sub: string): User | undefined {
    return this.#usersBySub.get(sub)
  }

  /** The groups of a user, most important (lowest precedence) first. */
  groupsOf(user: User): GroupConfig[] {
    const rank = (group: GroupConfig) => group.precedence ?? Number.MAX_SAFE_INTEGER
    return [...user.groups]
      .map((name) => this.#groups.get(name) ?? { name })
      .toSorted((left, right) => rank(left) - rank(right))
  }

  /** A salt and verifier for a name nobody has, the same each time, so that it cannot be told from a real one. */
  decoyVerifier(name: string): SrpVerifier {
    const seed = createHmac('sha256', this.#decoyKey).update(name).digest('hex')
    const identity = { poolName: this.name, userId: name }
    return createVerifier(identity, seed, BigInt(`0x${seed.slice(0, 32)}`))
  }

  #hasAlias(user: User, name: string): boolean {
    return this.#aliases.some((alias) => {
      const verified = alias === 'preferred_username' || user.attributes.get(`${alias}_verified`) === 'true'
      return verified && user.attributes.get(alias)?.toLowerCase() === name.toLowerCase()
    })
  }
}

const DAY_SECONDS = 86_400

function withDefaults(config: ClientConfig): Client {
  const flows: readonly AuthFlowName[] = config.rotation
    ? ['ALLOW_USER_SRP_AUTH']
    : ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH']
  const client: Client = {
    explicitAuthFlows: flows,
    preventUserExistenceErrors: 'enabled',
    accessTokenSeconds: 3600,
    idTokenSeconds: 3600,
    refreshTokenSeconds: 30 * DAY_SECONDS,
    authSessionSeconds: 180,
    tokenRevocation: true,
    scopes: ['aws.cognito.signin.user.admin'],
    ...config,
  }
  // CreateUserPoolClient refuses the combination too.
  if (client.rotation && client.explicitAuthFlows.includes('ALLOW_REFRESH_TOKEN_AUTH')) {
    throw new RangeError(`${client.id}: a client that rotates cannot allow REFRESH_TOKEN_AUTH`)
  }
  return client
}
