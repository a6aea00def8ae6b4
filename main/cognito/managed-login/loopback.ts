// Owns listening for browsers that come back to this machine (RFC 8252, section 7.3): one listener per host and port, however many
// sign-ins wait there, and none when nobody waits. Refuses to know what an answer means; whoever is not expected gets a bare 404.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type FailureCode, fail, ok, type Result } from '../../failure.ts'
import { type Landing, landingHeaders, landingPages } from './landing-page.ts'

/** Takes an address a browser asked for. Answers what it was that waited for exactly this; undefined where nothing did. */
export type Receive = (url: string) => Landing | undefined

export interface Loopback {
  /** Listens at the host and port of this callback URL until `release`. `sign-in.callback-taken` where another program does. */
  listen(callbackUrl: URL): Promise<Result<{ release(): void }>>
}

interface Listener {
  readonly opened: Promise<Result<readonly Server[]>>
  users: number
}

/**
 * A page of another name that resolves to this machine (DNS rebinding) carries that name. Browsers say what they fetch a page for:
 * as a picture or a frame of somebody's page, nothing is answered and nothing ends.
 */
const isExpected = ({ method, headers }: IncomingMessage, { host }: URL): boolean =>
  method === 'GET' && headers.host === host && (headers['sec-fetch-dest'] ?? 'document') === 'document'

/**
 * Browsers may take either address for `localhost`: where this machine has both, both have to be ours, or another program could
 * be waiting at the other.
 */
const addressesOf = ({ hostname }: URL): readonly string[] => {
  if (hostname === 'localhost') return ['127.0.0.1', '::1']
  return [hostname === '[::1]' ? '::1' : hostname]
}

const slowestRequestMs = 5_000
const lookAtSlowOnesMs = 1_000

const listenAt = (server: Server, port: number, host: string): Promise<NodeJS.ErrnoException | undefined> => {
  const { promise, resolve } = Promise.withResolvers<NodeJS.ErrnoException | undefined>()
  server.once('error', resolve)
  server.listen({ port, host, exclusive: true }, () => resolve(undefined))
  return promise
}

const close = (servers: readonly Server[]): void => {
  for (const server of servers) {
    server.close()
    // An answer under way still goes out: it closes its own connection.
    server.closeIdleConnections()
  }
}

const closeAll = async ({ opened }: Listener): Promise<void> => {
  const servers = await opened
  if (servers.ok) close(servers.value)
}

const absent = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT'])
const failureOf = (error: NodeJS.ErrnoException): FailureCode =>
  error.code === 'EADDRINUSE' ? 'sign-in.callback-taken' : 'config.callback-url'

export const createLoopback = (receive: Receive): Loopback => {
  const listeners = new Map<string, Listener>()

  const open = async (url: URL): Promise<Result<readonly Server[]>> => {
    const serve = (request: IncomingMessage, response: ServerResponse): void => {
      request.resume()
      const landing = isExpected(request, url) ? receive(`${url.origin}${request.url ?? ''}`) : undefined
      if (landing === undefined) response.writeHead(404, { connection: 'close' }).end()
      else response.writeHead(200, landingHeaders).end(landingPages[landing])
    }
    const servers: Server[] = []
    for (const address of addressesOf(url)) {
      const server = createServer(
        {
          requestTimeout: slowestRequestMs,
          headersTimeout: slowestRequestMs,
          connectionsCheckingInterval: lookAtSlowOnesMs,
        },
        serve,
      )
      const error = await listenAt(server, Number(url.port), address)
      if (error === undefined) {
        server.unref()
        servers.push(server)
      } else if (!absent.has(error.code ?? '') || servers.length === 0) {
        close(servers)
        return fail(failureOf(error), { detail: error.code })
      }
    }
    return ok(servers)
  }

  return {
    async listen(url) {
      const listener = listeners.get(url.host) ?? { opened: open(url), users: 0 }
      listeners.set(url.host, listener)
      listener.users += 1
      let isReleased = false
      const release = (): void => {
        if (isReleased) return
        isReleased = true
        listener.users -= 1
        if (listener.users > 0) return
        if (listeners.get(url.host) === listener) listeners.delete(url.host)
        void closeAll(listener)
      }
      const opened = await listener.opened
      if (opened.ok) return ok({ release })
      release()
      return opened
    },
  }
}
