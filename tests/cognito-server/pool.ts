// Owns one user pool: its app clients, users, groups, keys and refresh tokens, and how a typed name finds a user.
import { createHmac } from 'node:crypto'
import type {
  AuthFlowName,
  ClientConfig,
  CustomAuthScript,
  DeviceTracking,
  FederatedProviderConfig,
  FederatedUserConfig,
  FirstFactor,
  GroupConfig,
  PoolConfig,
  UserConfig,
} from './config.ts'
import { Devices } from './devices.ts'
import { KeyRing, type PoolKeys } from './keys.ts'
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
  readonly keys: KeyRing
  readonly policy: PasswordPolicy
  readonly requiredAttributes: readonly string[]
  readonly mfa: 'off' | 'optional' | 'on'
  readonly mfaSetups: readonly string[]
  readonly firstFactors: readonly FirstFactor[]
  readonly customAuth: CustomAuthScript | undefined
  readonly deviceTracking: DeviceTracking | undefined
  readonly devices: Devices
  readonly identityProviders: readonly FederatedProviderConfig[]
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
    this.keys = new KeyRing(host.keys)
    this.policy = { ...DEFAULT_PASSWORD_POLICY, ...config.passwordPolicy }
    this.requiredAttributes = config.requiredAttributes ?? []
    this.mfa = config.mfa ?? 'optional'
    this.mfaSetups = config.mfaSetups ?? ['SOFTWARE_TOKEN_MFA']
    this.firstFactors = config.firstFactors ?? ['PASSWORD']
    this.customAuth = config.customAuth
    this.deviceTracking = config.deviceTracking && { ...NO_TRACKING, ...config.deviceTracking }
    this.devices = new Devices(regionOf(config.id), host.random)
    this.allowsTotpReuse = config.totpReuse === 'allowed'
    this.refreshTokens = new RefreshTokens(host.random)
    this.identityProviders = config.identityProviders ?? []
    const providers = ['COGNITO', ...this.identityProviders.map(({ name }) => name)]
    this.clients = new Map(config.clients.map((client) => [client.id, withDefaults(client, providers)]))
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

  /** The user whom a provider vouches for, made at their first visit. */
  federatedUser(provider: string, { sub, attributes }: FederatedUserConfig, now: number): User {
    const username = `${provider}_${sub}`
    const known = this.#users.get(username.toLowerCase())
    if (known !== undefined) return known
    const identity = {
      dateCreated: String(now),
      userId: sub,
      providerName: provider,
      providerType: 'OIDC',
      issuer: null,
      primary: 'true',
    }
    return this.addUser({
      username,
      password: this.#random(32).toString('base64'),
      status: 'EXTERNAL_PROVIDER',
      attributes: { ...attributes, identities: JSON.stringify([identity]) },
    })
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

  /** Where a code for a name nobody has would have gone: the name itself if it is an address, the same each time. */
  decoyDestination(name: string, medium: 'SMS' | 'EMAIL'): string {
    if (medium === 'EMAIL' && name.includes('@')) return name
    if (medium === 'SMS' && name.startsWith('+')) return name
    const seed = createHmac('sha256', this.#decoyKey).update(name.toLowerCase()).digest()
    const letter = String.fromCodePoint(0x61 + (seed.readUInt8(0) % 26))
    return medium === 'EMAIL' ? `${letter}@${letter}` : `+4915${10_000_000 + seed.readUInt16BE(0)}`
  }

  #hasAlias(user: User, name: string): boolean {
    return this.#aliases.some((alias) => {
      const verified = alias === 'preferred_username' || user.attributes.get(`${alias}_verified`) === 'true'
      return verified && user.attributes.get(alias)?.toLowerCase() === name.toLowerCase()
    })
  }
}

const NO_TRACKING: DeviceTracking = {
  challengeRequiredOnNewDevice: false,
  deviceOnlyRememberedOnUserPrompt: false,
}

const DAY_SECONDS = 86_400

function withDefaults(config: ClientConfig, identityProviders: readonly string[]): Client {
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
    callbackUrls: [],
    logoutUrls: [],
    oauthScopes: ['openid', 'email', 'phone', 'profile', 'aws.cognito.signin.user.admin'],
    identityProviders,
    ...config,
  }
  // CreateUserPoolClient refuses the combination too.
  if (client.rotation && client.explicitAuthFlows.includes('ALLOW_REFRESH_TOKEN_AUTH')) {
    throw new RangeError(`${client.id}: a client that rotates cannot allow REFRESH_TOKEN_AUTH`)
  }
  const open = [...client.callbackUrls, ...client.logoutUrls].find((url) => !isCallback(url))
  if (open !== undefined) throw new RangeError(`${client.id}: ${open} cannot be a callback`)
  return client
}

/** Any scheme, but http only on this machine, and no fragment, as CreateUserPoolClient has it. */
function isCallback(url: string): boolean {
  const { protocol, hostname, hash } = new URL(url)
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
  return hash === '' && (protocol !== 'http:' || isLocal)
}
