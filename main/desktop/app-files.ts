// Owns what app://sesame/ serves: exactly the files of the built renderer, with the headers that lock the page down.
// Knows no Electron: it turns a Request into a Response.
import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'

/** Literally platform.md's: nothing by default, nothing inline, no network at all. */
export const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** Request path to file on disk. */
export type AppFiles = ReadonlyMap<string, { readonly file: string; readonly type: string }>

/** The allow-list: every built file of a type we serve, by its path as a browser asks for it. */
export const listAppFiles = async (folder: string): Promise<AppFiles> => {
  const files = new Map<string, { file: string; type: string }>()
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const type = types[extname(entry.name)]
    if (!entry.isFile() || type === undefined) continue
    const file = join(entry.parentPath, entry.name)
    files.set(`/${relative(folder, file).split(sep).join('/')}`, { file, type })
  }
  return files
}

const headers = (type: string): Record<string, string> => ({
  'content-type': type,
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
})

const refuse = (status: number, reason: string): Response =>
  new Response(reason, { status, headers: headers('text/plain; charset=utf-8') })

/**
 * Answers requests of the app:// scheme: GET only, host `sesame` only, listed files only. Paths are looked up as they
 * are, never decoded and never joined to a folder, so there is nothing to climb out of.
 */
export const createAppHandler =
  (files: AppFiles): ((request: Pick<Request, 'method' | 'url'>) => Promise<Response>) =>
  async ({ method, url }) => {
    const address = URL.parse(url)
    if (address?.protocol !== 'app:' || address.host !== 'sesame') return refuse(404, 'Not found')
    if (method !== 'GET') return refuse(405, 'Only GET is answered')
    const found = files.get(
      address.pathname === '/' || address.pathname === '' ? '/index.html' : address.pathname,
    )
    if (!found) return refuse(404, 'Not found')
    return new Response(await readFile(found.file), { headers: headers(found.type) })
  }
