// Owns which HTTP proxy requests leave by: that of the environment, else that of the system's settings. What is on this machine
// is never asked for by a proxy.
import type { ProxyEnv } from 'node:http'

/** As Node's agents take it (`proxyEnv`). The addresses may hold a password: never logged, never shown. */
export interface ProxySettings extends ProxyEnv {
  readonly HTTP_PROXY?: string | undefined
  readonly HTTPS_PROXY?: string | undefined
  readonly NO_PROXY: string
}

type Environment = Readonly<Record<string, string | undefined>>

const loopback = ['localhost', '127.0.0.1', '[::1]', '::1']

/** A variable in either spelling; as with curl, the lower-case one wins. */
const variable = (env: Environment, name: string): string | undefined =>
  env[name.toLowerCase()] || env[name] || undefined

/** `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, or undefined where none is set. Only http and https proxies are understood. */
export const proxyFromEnvironment = (env: Environment): ProxySettings | undefined => {
  const secure = variable(env, 'HTTPS_PROXY')
  const plain = variable(env, 'HTTP_PROXY')
  if (secure === undefined && plain === undefined) return undefined
  const exempt = variable(env, 'NO_PROXY')
  return {
    ...(secure !== undefined && { HTTPS_PROXY: secure }),
    ...(plain !== undefined && { HTTP_PROXY: plain }),
    NO_PROXY: [...loopback, ...(exempt === undefined ? [] : [exempt])].join(','),
  }
}

/**
 * What the system's settings or its script say, in Chromium's words: `PROXY host:port; HTTPS host:port; DIRECT`.
 * The first entry counts; undefined for `DIRECT`, and for SOCKS, which Node does not speak.
 */
export const proxyFromSystem = (answer: string): ProxySettings | undefined => {
  const [kind, address] = (answer.split(';', 1)[0] ?? '').trim().split(/\s+/, 2)
  const scheme = kind === 'PROXY' ? 'http' : kind === 'HTTPS' ? 'https' : undefined
  if (scheme === undefined || address === undefined) return undefined
  const proxy = `${scheme}://${address}`
  return { HTTP_PROXY: proxy, HTTPS_PROXY: proxy, NO_PROXY: loopback.join(',') }
}

let current: ProxySettings | undefined

/** For `fetch` and every agent of this process that is made from now on. */
export const leaveByProxy = async (settings: ProxySettings | undefined): Promise<void> => {
  if (settings === undefined) return
  current = settings
  // Loaded late: it takes longer than all the rest that the app starts with.
  const { setGlobalProxyFromEnv } = await import('node:http')
  setGlobalProxyFromEnv(settings)
}

/** For agents of one's own; undefined where requests leave without a proxy. */
export const currentProxy = (): ProxySettings | undefined => current
