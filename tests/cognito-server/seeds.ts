// Owns the ready-made worlds a server can be started with by name, and how one is described to clients. Plain data: the
// passwords and secrets in here are published on purpose and protect nothing.
import type { IdentityPoolConfig, PoolConfig, ServerConfig } from './config.ts'

import { allFlows } from './seeds-all-flows.ts'

const ACCOUNT = '111122223333'
const ADMIN_ROLE = `arn:aws:iam::${ACCOUNT}:role/SesameDemoAdmin`
const READER_ROLE = `arn:aws:iam::${ACCOUNT}:role/SesameDemoReader`

/** Short enough that a refresh is seen within a minute. */
const DEMO_TOKEN_SECONDS = 60
const DAY_SECONDS = 86_400

const operations: PoolConfig = {
  id: 'eu-central-1_SesameOps',
  clients: [
    {
      id: '3n4b5urk1ft4fl3mg5e62d9ado',
      secret: '1example0client0secret0of0the0demo0pool0only0k7q2m',
      explicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      accessTokenSeconds: DEMO_TOKEN_SECONDS,
      idTokenSeconds: DEMO_TOKEN_SECONDS,
      refreshTokenSeconds: 30 * DAY_SECONDS,
    },
  ],
  groups: [
    { name: 'admins', precedence: 1, roleArn: ADMIN_ROLE },
    { name: 'readers', precedence: 10, roleArn: READER_ROLE },
  ],
  signInAliases: ['email'],
  // A person who follows the demo may well use one code in two windows.
  totpReuse: 'allowed',
  users: [
    {
      username: 'ada',
      password: 'Analytical-1842',
      sub: '7a1c0a52-3b7e-4d43-9f0b-1d1f4c2ab001',
      attributes: {
        email: 'ada@example.com',
        email_verified: 'true',
        name: 'Ada Lovelace',
        'custom:team': 'platform',
        'custom:cost_center': '1842',
      },
      groups: ['admins', 'readers'],
      totpSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
    },
    {
      username: 'grace',
      password: 'Compiler-1952',
      sub: '7a1c0a52-3b7e-4d43-9f0b-1d1f4c2ab002',
      attributes: {
        email: 'grace@example.com',
        email_verified: 'true',
        name: 'Grace Hopper',
        'custom:team': 'support',
      },
      groups: ['readers'],
      totpSecret: 'KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU',
    },
  ],
}

const shop: PoolConfig = {
  id: 'us-east-1_SesameShop',
  clients: [
    {
      id: '5t0q9c2vh8lr7m1s6k4jxw3yzb',
      explicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_USER_PASSWORD_AUTH'],
      accessTokenSeconds: DEMO_TOKEN_SECONDS,
      idTokenSeconds: DEMO_TOKEN_SECONDS,
      refreshTokenSeconds: DAY_SECONDS,
      rotation: { graceSeconds: 10 },
    },
  ],
  groups: [
    { name: 'staff', precedence: 5, roleArn: READER_ROLE },
    { name: 'customers', precedence: 20 },
  ],
  signInAliases: ['email'],
  users: [
    {
      username: 'linus',
      password: 'Penguin-1991',
      sub: '7a1c0a52-3b7e-4d43-9f0b-1d1f4c2ab003',
      attributes: {
        email: 'linus@example.com',
        email_verified: 'true',
        name: 'Linus',
        'custom:plan': 'business',
      },
      groups: ['staff', 'customers'],
    },
    {
      username: 'margaret',
      password: 'Temporary-1969',
      sub: '7a1c0a52-3b7e-4d43-9f0b-1d1f4c2ab004',
      attributes: { email: 'margaret@example.com', email_verified: 'true', 'custom:plan': 'trial' },
      groups: ['customers'],
      status: 'FORCE_CHANGE_PASSWORD',
    },
  ],
}

const shared: IdentityPoolConfig = {
  id: 'eu-central-1:5e5a3e00-de30-4c0d-8e3a-0c0f0a11b175',
  providers: [operations, shop].flatMap((pool) =>
    pool.clients.map((client) => ({
      userPoolId: pool.id,
      clientId: client.id,
      roleMapping: { type: 'token', ambiguous: 'authenticated-role' } as const,
    })),
  ),
  roles: { authenticated: READER_ROLE },
  credentialsSeconds: 3600,
}

/** The worlds by name. */
export const SEEDS = {
  demo: { pools: [operations, shop], identityPools: [shared] },
  'all-flows': allFlows,
} satisfies Readonly<Record<string, ServerConfig>>

export type SeedName = keyof typeof SEEDS

export function isSeedName(name: string): name is SeedName {
  return Object.hasOwn(SEEDS, name)
}

/** What a client has to know to use a running server: the one line that `npm run cognito` prints. */
export interface ServerDescription {
  readonly userPoolEndpoint: string
  readonly identityPoolEndpoint: string
  readonly stsEndpoint: string
  readonly pools: readonly PoolDescription[]
}

export interface PoolDescription {
  readonly userPoolId: string
  readonly clientId: string
  readonly clientSecret?: string
  readonly identityPoolId?: string
  /** Where managed login is, for app clients that may use it. */
  readonly domain?: string
  readonly callbackUrls?: readonly string[]
  readonly users: readonly {
    readonly username: string
    readonly password: string
    readonly totpSecret?: string
    readonly newPasswordRequired?: true
  }[]
}

/** Describes a configuration served at `url`: one entry per app client. */
export function describeServer(url: string, config: ServerConfig): ServerDescription {
  return {
    userPoolEndpoint: url,
    identityPoolEndpoint: url,
    stsEndpoint: url,
    pools: config.pools.flatMap((pool) => describeClients(url, pool, config.identityPools ?? [])),
  }
}

function describeClients(
  url: string,
  pool: PoolConfig,
  identityPools: readonly IdentityPoolConfig[],
): PoolDescription[] {
  const users = (pool.users ?? []).map(({ username, password, totpSecret, status }) => ({
    username,
    password,
    ...(totpSecret !== undefined && { totpSecret }),
    ...(status === 'FORCE_CHANGE_PASSWORD' && { newPasswordRequired: true as const }),
  }))
  return pool.clients.map(({ id, secret, callbackUrls }) => {
    const identityPool = identityPools.find(({ providers }) =>
      providers.some(({ userPoolId, clientId }) => userPoolId === pool.id && clientId === id),
    )
    return {
      userPoolId: pool.id,
      clientId: id,
      ...(secret !== undefined && { clientSecret: secret }),
      ...(identityPool !== undefined && { identityPoolId: identityPool.id }),
      ...(callbackUrls !== undefined && { domain: url, callbackUrls }),
      users,
    }
  })
}
