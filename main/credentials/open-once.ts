// Owns opening a secret link in a browser without its standing in a process list: the browser is given an address on this machine that
// leads to it once. Who starts the browser is the caller's affair.
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { ok, type Result } from '../failure.ts'

/** A browser that has to be started first takes its time; after that, the link is not to be had any more. */
const patienceMs = 60_000

export interface Opening {
  /** Gives the address to a browser; `refuse` says why none came of it, at any time. */
  readonly open: (address: string, refuse: (detail: string) => void) => void
  /** What a refusal, and a browser that never asked, is called. */
  readonly notOpened: (detail: string) => Result<never>
  /** It need not be opened any more. */
  readonly signal?: AbortSignal | undefined
}

/** Settles once the browser has been sent on, or `signal` says that it need not be any more; fails as `notOpened` does. */
export const openOnce = async (link: string, { open, notOpened, signal }: Opening): Promise<Result<void>> => {
  const path = `/${randomBytes(16).toString('base64url')}`
  const { promise, resolve } = Promise.withResolvers<Result<void>>()
  const refuse = (detail: string): void => resolve(notOpened(detail))
  let host = ''
  let isGone = false
  const server = createServer((request, response) => {
    if (isGone || request.method !== 'GET' || request.headers.host !== host || request.url !== path) {
      response.writeHead(404).end()
      return
    }
    isGone = true
    response.writeHead(302, { Location: link, 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' })
    response.end(() => resolve(ok(undefined)))
  })
  const timer = setTimeout(() => refuse('no browser asked for the address'), patienceMs)
  signal?.addEventListener('abort', () => resolve(ok(undefined)), { once: true })
  server.once('error', (error) => refuse(error.message))
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    host = `127.0.0.1:${typeof address === 'object' ? address?.port : undefined}`
    open(`http://${host}${path}`, refuse)
  })
  const result = await promise
  clearTimeout(timer)
  server.close()
  server.closeAllConnections()
  return result
}
