// Owns what the steps need of their server and profile: a short way in, a login page, or a pool that remembers devices.
import type { Profile } from '../../../main/profiles/profile.ts'
import type { StartOptions } from '../../cognito-server/index.ts'
import { valueOf } from '../../unit/sessions/fakes.ts'
import { freePort } from '../free-port.ts'
import { createBrowser, stepOf } from '../sessions/people.ts'
import { config, password, type Stage } from '../sessions/support.ts'

export interface Surroundings {
  readonly options?: Partial<StartOptions>
  readonly settings?: Partial<Profile>
}

const pools = config.pools.map((pool) => ({
  ...pool,
  clients: pool.clients.map((client) => ({
    ...client,
    explicitAuthFlows: [
      'ALLOW_USER_PASSWORD_AUTH' as const,
      ...('rotation' in client ? [] : ['ALLOW_REFRESH_TOKEN_AUTH' as const]),
    ],
  })),
}))
const settings = { signInMethod: 'password' } as const

/** Without the long proof, which is of interest where the sign-in is. */
export const quickly = async (): Promise<Surroundings> => ({ options: { pools }, settings })

export const bySrp = async (): Promise<Surroundings> => ({})

/** As endpoints older than rotation are. */
const isOld = { unknownOperations: ['GetTokensFromRefreshToken'] }

export const oldEndpoint = async (): Promise<Surroundings> => ({ options: { ...isOld, pools }, settings })

export const withDevices = async (): Promise<Surroundings> => ({
  options: {
    pools: config.pools.map((pool) => ({ ...pool, deviceTracking: { challengeRequiredOnNewDevice: true } })),
  },
})

export const withLoginPage = async (): Promise<Surroundings> => {
  const port = await freePort()
  const callbackUrl = `http://127.0.0.1:${await freePort()}/callback`
  const withCallback = pools.map((pool) => ({
    ...pool,
    clients: pool.clients.map((client) => ({ ...client, callbackUrls: [callbackUrl] })),
  }))
  return {
    options: { ...isOld, port, pools: withCallback },
    settings: { domain: `http://127.0.0.1:${port}`, callbackUrl },
  }
}

/** Signs in on the login page, as somebody at a browser does. */
export const signInByBrowser = async ({ sessions, profile }: Stage): Promise<void> => {
  const step = stepOf(
    valueOf(await sessions.openBrowser(profile.id, {}, () => Promise.resolve(true))),
    'browser',
  )
  const browser = createBrowser()
  const { url } = await browser.load(step.url)
  await browser.submit(url, { username: 'ana', password })
  valueOf(await sessions.awaitBrowser(step.attemptId))
}
