// Owns listening for browsers that come back to this machine (RFC 8252, section 7.3): one listener per host and port, however many
// sign-ins wait there, and none when nobody waits. Refuses to know what an answer means; whoever is not expected gets a bare 404.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type FailureCode, fail, ok, type Result } from '../../failure.ts'

/** Takes an address a browser asked for. True where a sign-in was waiting for exactly this. */
export type Receive = (url: string) => boolean

export interface Loopback {
  /** Listens at the host and port of this callback URL until `release`. `sign-in.callback-taken` where another program does. */
  listen(callbackUrl: URL): Promise<Result<{ release(): void }>>
}

interface Listener {
  readonly opened: Promise<Result<readonly Server[]>>
  users: number
}

const page = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="color-scheme" content="light dark">
<title>Sesame</title><style>body{font:16px system-ui;margin:20vh auto;max-width:26em;padding:0 1em}</style>
<h1>Back to Sesame</h1><p>Sesame goes on from here. You can close this tab.</p></html>`

const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  connection: 'close',
} as const

/** A page of another name that resolves to this machine (DNS rebinding) carries that name. */
const isExpected = ({ method, headers }: IncomingMessage, { host }: URL): boolean =>
  method === 'GET' && headers.host === host

/**
 * Browsers may take either address for `localhost`: where this machine has both, both have to be ours, or another program could
 * be waiting at the other.
 */
const addressesOf = ({ hostname }: URL): readonly string[] => {
  if (hostname === 'localhost') return ['127.0.0.1', '::1']
  return [hostname === '[::1]' ? '::1' : hostname]
}

const slowestRequestMs = 5_000

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
      const isOurs = isExpected(request, url) && receive(`${url.origin}${request.url ?? ''}`)
      if (isOurs) response.writeHead(200, pageHeaders).end(page)
      else response.writeHead(404, { connection: 'close' }).end()
    }
    const servers: Server[] = []
    for (const address of addressesOf(url)) {
      const server = createServer(
        { requestTimeout: slowestRequestMs, headersTimeout: slowestRequestMs },
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
