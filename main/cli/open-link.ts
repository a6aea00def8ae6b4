// Owns opening a secret link in the browser without its standing in a process list: the browser is given an address on this machine that
// leads to it once.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { fail, ok, type Result } from '../failure.ts'

/** A browser that has to be started first takes its time; after that, the link is not to be had any more. */
const patienceMs = 60_000

/** What opens an address here; BROWSER wins, as for most tools. */
export const openerFor = (
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): readonly [command: string, ...args: string[]] => {
  if (env['BROWSER']) return [env['BROWSER']]
  if (platform === 'darwin') return ['open']
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler']
  return ['xdg-open']
}

/** Settles once the browser has been sent on. Code: cli.command-not-found. */
export const openLink = async (
  link: string,
  [command, ...args]: readonly [string, ...string[]],
): Promise<Result<void>> => {
  const path = `/${randomBytes(16).toString('base64url')}`
  const { promise, resolve } = Promise.withResolvers<Result<void>>()
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== path) {
      response.writeHead(404).end()
      return
    }
    response.writeHead(302, { Location: link, 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' })
    response.end(() => resolve(ok(undefined)))
  })
  const timer = setTimeout(
    () =>
      resolve(
        fail('cli.command-not-found', { message: 'The browser did not open the link.', detail: command }),
      ),
    patienceMs,
  )
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : undefined
    const child = spawn(command, [...args, `http://127.0.0.1:${port}${path}`], {
      stdio: 'ignore',
      detached: true,
    })
    child.once('error', (error) =>
      resolve(fail('cli.command-not-found', { detail: `${command}: ${error.message}` })),
    )
    child.unref()
  })
  const result = await promise
  clearTimeout(timer)
  server.close()
  server.closeAllConnections()
  return result
}
