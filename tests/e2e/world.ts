// Owns the Cognito that the end-to-end tests meet: the demo's pools and users, and what a person enters for each of them.
import { TOTP } from 'otpauth'
import type { ProfileInput } from '../../preload/contract.ts'
import type { PoolConfig, ServerConfig } from '../cognito-server/config.ts'
import { SEEDS } from '../cognito-server/seeds.ts'
import type { ProfileForm } from './sesame-window.ts'

/** The demo's world with tokens that last as long as asked; an hour where a test is not about their end. */
export const worldWith = (tokenSeconds: number): ServerConfig => ({
  ...SEEDS.demo,
  pools: SEEDS.demo.pools.map(
    (pool): PoolConfig => ({
      ...pool,
      clients: pool.clients.map((client) => ({
        ...client,
        accessTokenSeconds: tokenSeconds,
        idTokenSeconds: tokenSeconds,
      })),
    }),
  ),
})

const [ops, shop] = SEEDS.demo.pools
const [identityPool] = SEEDS.demo.identityPools

/** A user of the demo: ada and grace share a pool with a client secret and TOTP, linus and margaret one with rotation. */
export const demoUsers = {
  ada: userOf(ops, 'ada'),
  grace: userOf(ops, 'grace'),
  linus: userOf(shop, 'linus'),
  margaret: userOf(shop, 'margaret'),
}

function userOf(pool: PoolConfig | undefined, username: string) {
  const user = pool?.users?.find((one) => one.username === username)
  const client = pool?.clients[0]
  if (pool === undefined || user === undefined || client === undefined) throw new Error(`no user ${username}`)
  return { ...user, totpSecret: user.totpSecret ?? '', pool, client }
}

export type DemoUser = (typeof demoUsers)[keyof typeof demoUsers]

/** What a person types into the form for a user of the demo's pools. */
export const formFor = (user: DemoUser, url: string, name: string = user.username): ProfileForm => ({
  name,
  userPoolId: user.pool.id,
  clientId: user.client.id,
  clientSecret: user.client.secret,
  identityPoolId: identityPool?.id,
  username: user.username,
  endpoint: url,
})

/** The same as an input of the bridge, for tests that are about something else. */
export const inputFor = (
  user: DemoUser,
  url: string,
  settings: Readonly<Record<string, unknown>> = {},
): ProfileInput => ({
  settings: {
    name: user.username,
    environment: 'development',
    userPoolId: user.pool.id,
    clientId: user.client.id,
    hasClientSecret: user.client.secret !== undefined,
    identityPoolId: identityPool?.id,
    signInMethod: 'srp',
    username: user.username,
    storage: 'keychain',
    refreshLeadSeconds: 300,
    refreshTokenLifetimeSeconds: 30 * 86_400,
    exportFormat: 'bash',
    endpoints: { userPool: url, identityPool: url, sts: url },
    ...settings,
  },
  ...(user.client.secret === undefined ? {} : { clientSecret: user.client.secret }),
})

/** What the user's authenticator shows now. */
export const codeOf = (user: Pick<DemoUser, 'totpSecret'>): string =>
  new TOTP({ secret: user.totpSecret }).generate()
