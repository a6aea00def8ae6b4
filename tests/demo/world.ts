// Owns the demo's world: the local Cognito server with its users, and a folder for Sesame that is removed afterwards.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ProfileInput } from '../../preload/contract.ts'
import { type CognitoServer, startCognitoServer } from '../cognito-server/index.ts'
import { describeServer, type PoolDescription, SEEDS } from '../cognito-server/seeds.ts'

export type DemoUser = PoolDescription['users'][number] & { readonly pool: PoolDescription }

export interface DemoWorld extends AsyncDisposable {
  readonly server: CognitoServer
  readonly configDir: string
  readonly users: readonly DemoUser[]
  userNamed(username: string): DemoUser
}

/** Starts the server on any free port and makes an empty configuration folder. */
export const openDemoWorld = async (): Promise<DemoWorld> => {
  const server = await startCognitoServer({ ...SEEDS.demo })
  const configDir = await mkdtemp(join(tmpdir(), 'sesame-demo-'))
  const { pools } = describeServer(server.url, SEEDS.demo)
  const users = pools.flatMap((pool) => pool.users.map((user) => ({ ...user, pool })))
  return {
    server,
    configDir,
    users,
    userNamed(username) {
      const user = users.find((one) => one.username === username)
      if (user === undefined) throw new Error(`the demo has no user ${username}`)
      return user
    },
    async [Symbol.asyncDispose]() {
      await server.close()
      await rm(configDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
    },
  }
}

/** The part of a pool id after `_`, in words. */
export const poolName = ({ userPoolId }: PoolDescription): string =>
  userPoolId.endsWith('Ops') ? 'sesame-ops' : 'sesame-shop'

/** A profile for a demo user, as the form would send it. */
export const profileFor = (
  { server, users }: Pick<DemoWorld, 'server' | 'users'>,
  user: DemoUser,
  storage: 'keychain' | 'memory',
): ProfileInput => ({
  settings: {
    name: `${poolName(user.pool)} · ${user.username}`,
    environment: users.indexOf(user) < 2 ? 'production' : 'staging',
    userPoolId: user.pool.userPoolId,
    clientId: user.pool.clientId,
    hasClientSecret: user.pool.clientSecret !== undefined,
    ...(user.pool.identityPoolId === undefined ? {} : { identityPoolId: user.pool.identityPoolId }),
    signInMethod: 'srp',
    username: user.username,
    storage,
    refreshLeadSeconds: 300,
    refreshTokenLifetimeSeconds: user.pool.clientSecret === undefined ? 86_400 : 30 * 86_400,
    exportFormat: 'bash',
    endpoints: { userPool: server.url, identityPool: server.url, sts: server.url },
  },
  ...(user.pool.clientSecret === undefined ? {} : { clientSecret: user.pool.clientSecret }),
})
