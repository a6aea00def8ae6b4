import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contentSecurityPolicy, createAppHandler, listAppFiles } from '../../../main/desktop/app-files.ts'

let root = ''
let handler: ReturnType<typeof createAppHandler>
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'sesame-app-'))
  const built = join(root, 'renderer')
  mkdirSync(join(built, 'assets'), { recursive: true })
  writeFileSync(join(root, 'secret.html'), 'outside')
  writeFileSync(join(built, 'index.html'), '<!doctype html>')
  writeFileSync(join(built, 'assets', 'index-Ab12.js'), 'let a')
  writeFileSync(join(built, 'assets', 'index-Ab12.css'), 'a{}')
  writeFileSync(join(built, 'assets', 'inter.woff2'), 'font')
  writeFileSync(join(built, 'assets', 'index-Ab12.js.map'), '{}')
  symlinkSync(join(root, 'secret.html'), join(built, 'link.html'))
  handler = createAppHandler(await listAppFiles(built))
  writeFileSync(join(built, 'later.html'), 'added after the start')
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

describe('app://sesame/ serves the built page', () => {
  it.each([
    ['app://sesame/', 'text/html; charset=utf-8', '<!doctype html>'],
    ['app://sesame/index.html', 'text/html; charset=utf-8', '<!doctype html>'],
    ['app://sesame/index.html?x=1#y', 'text/html; charset=utf-8', '<!doctype html>'],
    ['app://sesame/assets/index-Ab12.js', 'text/javascript; charset=utf-8', 'let a'],
    ['app://sesame/assets/index-Ab12.css', 'text/css; charset=utf-8', 'a{}'],
    ['app://sesame/assets/inter.woff2', 'font/woff2', 'font'],
  ])('%s', async (url, type, body) => {
    const response = await handler({ method: 'GET', url })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe(type)
    expect(await response.text()).toBe(body)
  })
})

describe('app:// refuses everything else', () => {
  it.each([
    ['a file outside', 'GET', 'app://sesame/../secret.html', 404],
    ['a file outside, escaped dots', 'GET', 'app://sesame/%2e%2e/secret.html', 404],
    ['a file outside, escaped slash', 'GET', 'app://sesame/..%2fsecret.html', 404],
    ['a file outside, backslash', 'GET', 'app://sesame/..\\secret.html', 404],
    ['a file outside, from inside a folder', 'GET', 'app://sesame/assets/../../secret.html', 404],
    ['an absolute path', 'GET', 'app://sesame//etc/passwd', 404],
    ['a symbolic link', 'GET', 'app://sesame/link.html', 404],
    ['a file that was not built', 'GET', 'app://sesame/later.html', 404],
    ['a source map', 'GET', 'app://sesame/assets/index-Ab12.js.map', 404],
    ['a folder', 'GET', 'app://sesame/assets/', 404],
    ['a name every object has', 'GET', 'app://sesame/constructor', 404],
    ['another host', 'GET', 'app://evil/index.html', 404],
    ['a host below ours', 'GET', 'app://a.sesame/index.html', 404],
    ['a port', 'GET', 'app://sesame:81/index.html', 404],
    ['another scheme', 'GET', 'https://sesame/index.html', 404],
    ['no address at all', 'GET', 'nonsense', 404],
    ['POST', 'POST', 'app://sesame/index.html', 405],
    ['HEAD', 'HEAD', 'app://sesame/index.html', 405],
    ['PUT', 'PUT', 'app://sesame/index.html', 405],
  ])('%s', async (_name, method, url, status) => {
    const response = await handler({ method, url })
    expect(response.status).toBe(status)
    expect(await response.text()).not.toContain('outside')
  })
})

describe('every answer, refusals included, locks the page down', () => {
  it.each(['app://sesame/', 'app://sesame/assets/index-Ab12.js', 'app://sesame/nothing', 'app://evil/'])(
    '%s',
    async (url) => {
      const { headers } = await handler({ method: 'GET', url })
      expect(headers.get('content-security-policy')).toBe(contentSecurityPolicy)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
    },
  )

  it('with the policy of platform.md, word for word', () => {
    expect(contentSecurityPolicy).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    )
  })
})
