/** The renderer's files on app://bundle/, with the headers that an app should send. */
import { join, normalize } from 'node:path'
import { pathToFileURL } from 'node:url'
import { net, protocol } from 'electron'

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

export const appOrigin = 'app://bundle'
export const buildFolder = join(import.meta.dirname, '..')

export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

export function serveRenderer(): void {
  protocol.handle('app', async (request) => {
    const { host, pathname } = new URL(request.url)
    if (host !== 'bundle') return new Response('not here', { status: 404 })
    const file = join(buildFolder, 'renderer', normalize(decodeURIComponent(pathname)))
    const response = await net.fetch(pathToFileURL(file).href)
    const headers = new Headers(response.headers)
    headers.set('Content-Security-Policy', CONTENT_SECURITY_POLICY)
    headers.set('X-Content-Type-Options', 'nosniff')
    return new Response(response.body, { status: response.status, headers })
  })
}
