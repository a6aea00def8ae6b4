// Owns HTTP on the agent's socket: what is let in, how much of it and for how long. Says nothing to who does not belong here, and
// nothing that a browser could use.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AgentReply, Router } from './router.ts'

/** Credentials of three long strings and a name are all that ever goes through here. */
const maxBodyBytes = 64 * 1024
const maxHeaderBytes = 8 * 1024
const requestTimeoutMs = 5_000
/** More tools at once than this are a mistake somewhere; the others wait in the kernel's queue. */
const maxConnections = 1_000

const methods = ['GET', 'POST', 'PATCH', 'DELETE'] as const
const hosts = new Set(['localhost', 'sesame'])

interface Refusal {
  readonly status: number
}

/** Rules about the head of a request; undefined lets it in. */
export const refusalOf = ({
  method,
  headers,
}: Pick<IncomingMessage, 'method' | 'headers'>): Refusal | undefined => {
  // A browser's page cannot reach a socket; a proxy in front of one could be talked to, and gives itself away by these.
  if (!hosts.has((headers.host ?? '').toLowerCase())) return { status: 403 }
  if (headers.origin !== undefined || headers['sec-fetch-site'] !== undefined) return { status: 403 }
  if (!methods.some((known) => known === method)) return { status: 405 }
  const hasBody = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined
  const isJson = /^application\/json\b/i.test(headers['content-type'] ?? '')
  if (hasBody && headers['content-length'] !== '0' && !isJson) return { status: 415 }
  if (Number(headers['content-length'] ?? 0) > maxBodyBytes) return { status: 413 }
  return undefined
}

/** The body, or undefined where there is too much of it. Rejects when the other side goes away. */
const readBody = async (message: IncomingMessage): Promise<string | undefined> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBodyBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const parseJson = (text: string): { ok: true; value: unknown } | { ok: false } => {
  try {
    return { ok: true, value: text === '' ? undefined : JSON.parse(text) }
  } catch {
    return { ok: false }
  }
}

const send = (response: ServerResponse, { status, body }: AgentReply): void => {
  const text = body === undefined ? '' : `${JSON.stringify(body)}\n`
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  })
  response.end(text)
}

const answer = async (router: Router, message: IncomingMessage, response: ServerResponse): Promise<void> => {
  const refusal = refusalOf(message)
  const method = methods.find((known) => known === message.method)
  if (refusal !== undefined || method === undefined) {
    response.shouldKeepAlive = false
    send(response, { status: refusal?.status ?? 405, body: undefined })
    return
  }
  const text = await readBody(message)
  const body = text === undefined ? undefined : parseJson(text)
  if (body === undefined || !body.ok) {
    response.shouldKeepAlive = false
    send(response, { status: text === undefined ? 413 : 400, body: undefined })
    return
  }
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  send(response, await router({ method, path: message.url ?? '/', body: body.value }, gone.signal))
}

/** The server, not yet listening. Malformed requests are answered 400 and cut off; they never reach the router. */
export const createAgentServer = (router: Router): Server => {
  const server = createServer({
    maxHeaderSize: maxHeaderBytes,
    requestTimeout: requestTimeoutMs,
    headersTimeout: requestTimeoutMs,
    keepAliveTimeout: requestTimeoutMs,
    connectionsCheckingInterval: 1_000,
    requireHostHeader: false,
  })
  server.maxConnections = maxConnections
  server.on('request', (message, response) => {
    // The router never rejects: what fails here is a connection that went away.
    answer(router, message, response).catch(() => message.socket.destroy())
  })
  // Neither upgrades nor tunnels: Node would hand the raw socket over.
  server.on('upgrade', (_message, socket) => socket.destroy())
  server.on('connect', (_message, socket) => socket.destroy())
  server.on('clientError', (_error, socket) => {
    if (socket.writable)
      socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
    else socket.destroy()
  })
  return server
}
