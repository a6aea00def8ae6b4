// An endpoint that answers whatever a test tells it, and keeps what it was asked.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

export interface Asked {
  readonly method: string
  readonly path: string
  readonly operation: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export type Script = (response: ServerResponse, asked: Asked) => void

const readAll = async (request: IncomingMessage): Promise<string> => {
  const chunks: Uint8Array[] = []
  for await (const chunk of request as AsyncIterable<Uint8Array>) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

export const startScriptedEndpoint = async (script: Script) => {
  const asked: Asked[] = []
  const arrivals = new Set<() => void>()
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const one = {
      method: request.method ?? '',
      path: request.url ?? '',
      operation: String(request.headers['x-amz-target'] ?? '').replace(/^.*\./, ''),
      headers: request.headers,
      body: await readAll(request),
    }
    asked.push(one)
    script(response, one)
    for (const arrived of arrivals) arrived()
  }
  const server = createServer((request, response) => void serve(request, response))
  const listening = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', () => listening.resolve())
  await listening.promise
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    /** Settles when the next request has been read and answered as the script says. */
    nextArrival: () => {
      const { promise, resolve } = Promise.withResolvers<void>()
      arrivals.add(resolve)
      return promise
    },
    [Symbol.asyncDispose]: async () => {
      const closed = Promise.withResolvers<void>()
      server.close(() => closed.resolve())
      server.closeAllConnections()
      await closed.promise
    },
  }
}

export const reply =
  (status: number, body: string, headers: Record<string, string> = {}): Script =>
  (response) => {
    response.writeHead(status, headers)
    response.end(body)
  }

export const json = (status: number, body: unknown): Script =>
  reply(status, JSON.stringify(body), { 'content-type': 'application/x-amz-json-1.1' })
