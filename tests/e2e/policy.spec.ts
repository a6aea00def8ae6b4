// What a hostile page can load and run: the files of app://sesame and nothing else, by the content security policy and by what
// main serves.
import { test } from './bait.ts'
import { expect } from './fixtures.ts'

test('app:// serves the listed files of one host, by GET, and nothing else', async ({ sesame }) => {
  const { page } = sesame
  const fromPage = (
    path: string,
    method = 'GET',
  ): Promise<{ status: number; policy: string | null; type: string | null } | 'failed'> =>
    page.evaluate(
      ([path, method]) =>
        fetch(path, { method }).then(
          ({ status, headers }) => ({
            status,
            policy: headers.get('content-security-policy'),
            type: headers.get('x-content-type-options'),
          }),
          () => 'failed' as const,
        ),
      [path, method] as const,
    )
  expect(await fromPage('/index.html')).toBe('failed')

  // The page's own policy lets it ask for nothing; without it, what main answers is seen.
  const protocol = await page.context().newCDPSession(page)
  await protocol.send('Page.setBypassCSP', { enabled: true })
  await page.reload()
  await sesame.ready()
  const policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
  expect(await fromPage('/index.html')).toEqual({ status: 200, policy, type: 'nosniff' })
  for (const path of [
    '/nothing.js',
    '/assets/',
    '/../main/index.js',
    '/..%2fmain%2findex.js',
    '/%2e%2e/main/index.js',
    '/assets/%2e%2e/%2e%2e/main/index.js',
    '/assets\\..\\..\\main\\index.js',
    '/index.html%00.js',
    '/etc/passwd',
  ])
    expect([path, await fromPage(path)]).toEqual([path, { status: 404, policy, type: 'nosniff' }])
  for (const method of ['POST', 'PUT', 'DELETE', 'HEAD'])
    expect([method, await fromPage('/index.html', method)]).toMatchObject([method, { status: 405 }])
  for (const other of ['app://other/index.html', '//other/index.html', 'file:///etc/passwd'])
    expect([other, await fromPage(other)]).toEqual([other, 'failed'])
})

test('the content security policy holds scripts, styles and the network', async ({ sesame, bait }) => {
  const { page } = sesame
  const held = await page.evaluate(async (url) => {
    const blocked = new Set<string>()
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
      blocked.add(effectiveDirective),
    )
    const outcome = (work: () => Promise<unknown>): Promise<string> =>
      work().then(
        () => 'allowed',
        () => 'blocked',
      )
    /** Out of a timer, since what the protocol evaluates is not bound by the policy. */
    const later = (work: () => void): Promise<string> =>
      new Promise((done) =>
        setTimeout(() => {
          try {
            work()
            done('allowed')
          } catch (error) {
            done(error instanceof Error ? error.name : 'unknown')
          }
        }),
      )
    const loaded = (element: HTMLElement): Promise<string> =>
      new Promise((done) => {
        element.addEventListener('load', () => done('allowed'))
        element.addEventListener('error', () => done('blocked'))
        document.head.append(element)
      })
    const add = (tag: string, text: string): void => {
      document.head.append(Object.assign(document.createElement(tag), { textContent: text }))
    }
    add('script', 'window.inlineRan = true')
    add('style', 'body { outline: 7px solid red }')
    document.body.setAttribute('style', 'outline: 7px solid red')
    document.body.setAttribute('onclick', 'window.handlerRan = true')
    document.body.click()
    const link = Object.assign(document.createElement('a'), { href: 'javascript:window.linkRan = true' })
    document.body.append(link)
    link.click()
    const before = document.baseURI
    add('base', '')
    document.querySelector('base')?.setAttribute('href', url)

    const blob = URL.createObjectURL(new Blob(['window.blobRan = true'], { type: 'text/javascript' }))
    return {
      // oxlint-disable-next-line typescript/no-implied-eval, no-new-func -- whether it is forbidden is what is tested
      eval: await later(() => void new Function('return 1')()),
      blobScript: await loaded(Object.assign(document.createElement('script'), { src: blob })),
      remoteScript: await loaded(
        Object.assign(document.createElement('script'), { src: `${url}/script.js` }),
      ),
      remoteStyle: await loaded(
        Object.assign(document.createElement('link'), { rel: 'stylesheet', href: `${url}/style.css` }),
      ),
      remoteImage: await loaded(Object.assign(document.createElement('img'), { src: `${url}/pixel.png` })),
      dataImage: await loaded(
        Object.assign(document.createElement('img'), {
          src: 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==',
        }),
      ),
      fetch: await outcome(() => fetch(`${url}/fetch`)),
      ownFetch: await outcome(() => fetch('/index.html')),
      beacon: navigator.sendBeacon(`${url}/beacon`, 'x') ? 'queued' : 'blocked',
      socket: await new Promise((done) => {
        try {
          const socket = new WebSocket(url.replace('http', 'ws'))
          socket.addEventListener('open', () => done('allowed'))
          socket.addEventListener('error', () => done('blocked'))
        } catch {
          done('blocked')
        }
      }),
      events: await new Promise((done) => {
        const events = new EventSource(`${url}/events`)
        events.addEventListener('open', () => done('allowed'))
        events.addEventListener('error', () => done('blocked'))
      }),
      worker: await new Promise((done) => {
        try {
          new Worker(blob).addEventListener('error', () => done('blocked'))
        } catch {
          done('blocked')
        }
      }),
      ran: ['inlineRan', 'handlerRan', 'linkRan', 'blobRan'].filter((name) => name in window),
      outline: getComputedStyle(document.body).outlineStyle,
      isBaseKept: document.baseURI === before,
      blocked: [...blocked].toSorted(),
    }
  }, bait.url)
  expect(held).toEqual({
    eval: 'EvalError',
    blobScript: 'blocked',
    remoteScript: 'blocked',
    remoteStyle: 'blocked',
    remoteImage: 'blocked',
    dataImage: 'allowed',
    fetch: 'blocked',
    ownFetch: 'blocked',
    beacon: expect.any(String),
    socket: 'blocked',
    events: 'blocked',
    worker: 'blocked',
    ran: [],
    outline: 'none',
    isBaseKept: true,
    blocked: expect.arrayContaining([
      'base-uri',
      'connect-src',
      'img-src',
      'script-src',
      'script-src-elem',
      'style-src-elem',
    ]),
  })
  expect(bait.taken).toEqual([])
})
