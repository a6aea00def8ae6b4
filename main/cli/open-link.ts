// Owns opening a secret link in the browser without its standing in a process list: the browser is given an address on this machine that
// leads to it once.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { fail, ok, type Result } from '../failure.ts'

/** A browser that has to be started first takes its time; after that, the link is not to be had any more. */
const patienceMs = 60_000

export type Opener = readonly [command: string, ...args: string[]]

/**
 * What opens an address here; BROWSER wins, as for most tools. Undefined where nothing can: without a display, xdg-open would
 * start a browser made of text in a terminal that nobody sees.
 */
export const openerFor = (
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): Opener | undefined => {
  if (env['BROWSER']) return [env['BROWSER']]
  if (platform === 'darwin') return ['open']
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler']
  return env['DISPLAY'] || env['WAYLAND_DISPLAY'] || env['WSL_DISTRO_NAME'] ? ['xdg-open'] : undefined
}

const notOpened = (detail: string): Result<never> => fail('cli.browser', { detail })

/** Settles once the browser has been sent on, or `signal` says that it need not be any more. Code: cli.browser. */
export const openLink = async (
  link: string,
  opener: Opener | undefined,
  signal?: AbortSignal,
): Promise<Result<void>> => {
  if (opener === undefined) return notOpened('there is no display')
  const [command, ...args] = opener
  const path = `/${randomBytes(16).toString('base64url')}`
  let host = ''
  let isGone = false
  const { promise, resolve } = Promise.withResolvers<Result<void>>()
  const server = createServer((request, response) => {
    if (isGone || request.method !== 'GET' || request.headers.host !== host || request.url !== path) {
      response.writeHead(404).end()
      return
    }
    isGone = true
    response.writeHead(302, { Location: link, 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' })
    response.end(() => resolve(ok(undefined)))
  })
  const timer = setTimeout(() => resolve(notOpened(`${command}: nothing came of it`)), patienceMs)
  signal?.addEventListener('abort', () => resolve(ok(undefined)), { once: true })
  server.once('error', (error) => resolve(notOpened(error.message)))
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    host = `127.0.0.1:${typeof address === 'object' ? address?.port : undefined}`
    const child = spawn(command, [...args, `http://${host}${path}`], {
      stdio: 'ignore',
      detached: true,
    })
    child.once('error', (error) => resolve(notOpened(`${command}: ${error.message}`)))
    child.once('exit', (code) => {
      if (code !== 0) resolve(notOpened(`${command}: ended with ${code ?? 'a signal'}`))
    })
    child.unref()
  })
  const result = await promise
  clearTimeout(timer)
  server.close()
  server.closeAllConnections()
  return result
}
