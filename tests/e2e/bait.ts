// Owns a server of somebody else's that welcomes everything: whatever a page gets out of the app arrives here and is counted.
import { createServer } from 'node:http'
import { test as base } from './fixtures.ts'

export interface Bait extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string
  /** Method and path of every request so far. */
  readonly taken: readonly string[]
}

/** Starts it on any free port. `/redirect` leads to `/redirected`; every answer allows every origin. */
export const startBait = async (): Promise<Bait> => {
  const taken: string[] = []
  const server = createServer((request, response) => {
    taken.push(`${request.method} ${request.url}`)
    const headers = { 'access-control-allow-origin': '*', 'content-type': 'text/html' }
    if (request.url === '/redirect') response.writeHead(302, { ...headers, location: '/redirected' }).end()
    else response.writeHead(200, headers).end('<h1>Elsewhere</h1>')
  })
  server.listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    taken,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

export const test = base.extend<{ bait: Bait }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the pattern to know what a fixture needs
  bait: async ({}, provide) => {
    await using bait = await startBait()
    await provide(bait)
  },
})
