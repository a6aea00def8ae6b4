// Owns secrets that can be recognised wherever they turn up: a Cognito that hands them out and remembers them.
import { randomBytes, randomUUID } from 'node:crypto'
import type { ClientConfig, PoolConfig, ServerConfig } from '../cognito-server/config.ts'
import { systemRandom } from '../cognito-server/random.ts'
import { SEEDS } from '../cognito-server/seeds.ts'
import { type DemoUser, demoUsers } from './world.ts'

export type CanaryKind =
  | 'client secret'
  | 'password'
  | 'refresh token'
  | 'AWS secret key'
  | 'AWS session token'

export interface Canary {
  readonly kind: CanaryKind
  /** Enough of it to be sure. */
  readonly text: string
}

/** Sizes in bytes of what only these secrets are made of; see `refresh-tokens.ts` and `identity/credentials.ts`. */
const drawn = {
  976: ['refresh token', 'base64url'],
  30: ['AWS secret key', 'base64'],
  600: ['AWS session token', 'base64'],
} as const satisfies Readonly<Record<number, readonly [CanaryKind, BufferEncoding]>>

const isDrawn = (size: number): size is keyof typeof drawn => Object.hasOwn(drawn, size)

/** What is searched for of a long secret, in characters. */
const enough = 60

/** The demo's pool with TOTP, with rotation on top, and a user whose secrets exist nowhere else. */
export const plantCanaries = () => {
  const { ada } = demoUsers
  const mark = randomUUID().replaceAll('-', '')
  const secret = `0canary0client0secret${mark}`
  const password = `Canary-Password-${mark}`
  const client: ClientConfig = {
    ...ada.client,
    secret,
    explicitAuthFlows: ['ALLOW_USER_SRP_AUTH'],
    accessTokenSeconds: 3_600,
    idTokenSeconds: 3_600,
    rotation: { graceSeconds: 10 },
  }
  const user: DemoUser = { ...ada, password, client }
  const pool: PoolConfig = { ...ada.pool, clients: [client], users: [user] }
  const canaries: Canary[] = [
    { kind: 'client secret', text: secret },
    { kind: 'password', text: password },
  ]
  const world: ServerConfig & { random: (size: number) => Buffer } = {
    pools: [pool],
    identityPools: SEEDS.demo.identityPools.map((identityPool) => ({
      ...identityPool,
      providers: identityPool.providers.filter(({ userPoolId }) => userPoolId === pool.id),
    })),
    random: (size) => {
      if (!isDrawn(size)) return systemRandom(size)
      const bytes = randomBytes(size)
      const [kind, encoding] = drawn[size]
      canaries.push({ kind, text: bytes.toString(encoding).slice(0, enough) })
      return bytes
    },
  }
  return { world, user, canaries }
}
