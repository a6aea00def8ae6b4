// Owns secrets that can be recognised wherever they turn up: a Cognito that hands them out and remembers them.
import { randomBytes, randomUUID } from 'node:crypto'
import type { ClientConfig, PoolConfig, ServerConfig } from '../cognito-server/config.ts'
import { type RandomSource, systemRandom } from '../cognito-server/random.ts'
import { SEEDS } from '../cognito-server/seeds.ts'
import { type DemoUser, demoUsers } from './world.ts'

export type CanaryKind =
  | 'client secret'
  | 'password'
  | 'refresh token'
  | 'device password'
  | 'AWS secret key'
  | 'AWS session token'

export interface Canary {
  readonly kind: CanaryKind
  /** What every secret of this kind holds, and nothing else does. */
  readonly text: string
}

/** The sizes in bytes that only these secrets are drawn with; see `refresh-tokens.ts` and `identity/credentials.ts`. */
const drawn = {
  976: { kind: 'refresh token', encoding: 'base64url' },
  30: { kind: 'AWS secret key', encoding: 'base64' },
  600: { kind: 'AWS session token', encoding: 'base64' },
} as const satisfies Readonly<Record<number, { kind: CanaryKind; encoding: BufferEncoding }>>

const isDrawn = (size: number): size is keyof typeof drawn => Object.hasOwn(drawn, size)

/** So many bytes are whole groups of base 64, wherever they stand at the start of something. */
const markBytes = 24

/** The demo's pool with TOTP, with rotation and device tracking on top, and a user whose secrets exist nowhere else. */
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
  const pool: PoolConfig = { ...ada.pool, clients: [client], users: [user], deviceTracking: {} }
  const marks = new Map(Object.values(drawn).map(({ kind }) => [kind, randomBytes(markBytes)]))
  const issued = new Set<CanaryKind>()
  const world: ServerConfig & { random: RandomSource } = {
    pools: [pool],
    identityPools: SEEDS.demo.identityPools.map((identityPool) => ({
      ...identityPool,
      providers: identityPool.providers.filter(({ userPoolId }) => userPoolId === pool.id),
    })),
    random: (size) => {
      const bytes = systemRandom(size)
      if (!isDrawn(size)) return bytes
      const { kind } = drawn[size]
      issued.add(kind)
      marks.get(kind)?.copy(bytes)
      return bytes
    },
  }
  const canaries: Canary[] = [
    { kind: 'client secret', text: secret },
    { kind: 'password', text: password },
    ...Object.values(drawn).map(({ kind, encoding }) => ({
      kind,
      text: marks.get(kind)?.toString(encoding) ?? '',
    })),
  ]
  return { world, user, canaries, issued }
}
