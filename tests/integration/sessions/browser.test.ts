import { createServer, request } from 'node:http'
import { describe, expect, it } from 'vitest'
import { createManagedLogin } from '../../../main/cognito/managed-login/index.ts'
import type { Profile } from '../../../main/profiles/profile.ts'
import type { ClientConfig, PoolConfig } from '../../cognito-server/config.ts'
import { failureOf, fakeClock, fakeProfile, valueOf } from '../../unit/sessions/fakes.ts'
import { clientSecret, clients, flowsPool, password } from '../cognito/flows-pool.ts'
import { freePort } from '../free-port.ts'
import { type Browser, createBrowser, everyFlowStage, stepOf } from './people.ts'

const google = {
  name: 'Google',
  users: [{ sub: '1234', attributes: { email: 'gina@gmail.example', email_verified: 'true' } }],
}

interface Wishes {
  readonly callback?: (port: number) => string
  readonly settings?: Partial<Profile>
  readonly client?: Partial<ClientConfig>
  readonly secret?: boolean
}

/** A machine whose app client has a callback on a free port, and whose system browser only notes what it is handed. */
const browserStage = async ({ callback, settings = {}, client = {}, secret = false }: Wishes = {}) => {
  const port = await freePort()
  const callbackUrl = callback?.(port) ?? `http://127.0.0.1:${port}/callback`
  const clientId = secret ? clients.secretive : clients.plain
  const pool: Partial<PoolConfig> = {
    identityProviders: [google],
    clients: (flowsPool().clients ?? []).map((one) => ({
      ...one,
      callbackUrls: [callbackUrl],
      logoutUrls: [callbackUrl],
      ...client,
    })),
  }
  const opened: string[] = []
  const stage = await everyFlowStage(pool, { clientId, callbackUrl, ...settings }, (url) => {
    opened.push(url)
    return Promise.resolve(true)
  })
  return { ...stage, opened, port, callbackUrl, [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose]() }
}
type Stage = Awaited<ReturnType<typeof browserStage>>

const openIn = async ({ sessions, profile }: Stage, wishes = {}) =>
  stepOf(valueOf(await sessions.openBrowser(profile.id, wishes)), 'browser')

/** Follows the address to the login page and fills it in. */
const logIn = async (url: string, browser: Browser = createBrowser(), username = 'ana') => {
  const { url: page } = await browser.load(url)
  return browser.submit(page, { username, password })
}

describe('signing in in the browser', () => {
  it.each([
    ['to 127.0.0.1', (port: number) => `http://127.0.0.1:${port}/callback`, false],
    ['to localhost', (port: number) => `http://localhost:${port}/`, false],
    ['with a client secret', (port: number) => `http://127.0.0.1:${port}/deep/callback`, true],
  ] as const)('comes back %s with verified tokens, refreshes, and signs out', async (_, callback, secret) => {
    await using stage = await browserStage({ callback, secret, settings: { scopes: ['openid', 'email'] } })
    const { sessions, profile, opened, server, bugs } = stage
    const step = await openIn(stage)
    expect(opened).toEqual([step.url])
    const { response } = await logIn(step.url)
    expect(response.status).toBe(200)
    expect(await response.text()).toContain('Back to Sesame')
    expect(valueOf(await sessions.awaitBrowser(step.attemptId))).toEqual({ kind: 'signed-in' })

    const claims = valueOf(await sessions.claims(profile.id))
    expect([claims.id.verification, claims.access.verification]).toEqual([
      { kind: 'verified' },
      { kind: 'verified' },
    ])
    expect(valueOf(sessions.getCurrentUser(profile.id))).toMatchObject({
      username: 'ana',
      signInDetails: { loginId: 'ana@example.com', authFlowType: 'BROWSER' },
    })
    valueOf(await sessions.fetchAuthSession(profile.id, { forceRefresh: true }))
    expect(server.requests.count({ operation: 'GetTokensFromRefreshToken', outcome: 'ok' })).toBe(1)
    expect(valueOf(await sessions.signOut(profile.id))).toMatchObject({
      reached: 'device',
      browserSessionRemains: true,
    })
    expect(bugs).toEqual([])
  })

  it('refreshes at the token endpoint where the pool knows no other way, and remembers that', async () => {
    await using stage = await browserStage({ secret: true })
    const { sessions, profile, server } = stage
    const step = await openIn(stage)
    await logIn(step.url)
    valueOf(await sessions.awaitBrowser(step.attemptId))
    const unknown = { kind: 'exception', type: 'UnknownOperationException', message: '' } as const
    server.faults.add({ match: { operation: 'GetTokensFromRefreshToken', times: 'always' }, fault: unknown })
    const before = server.requests.count({ operation: 'token' })
    for (let round = 0; round < 2; round += 1) {
      valueOf(await sessions.fetchAuthSession(profile.id, { forceRefresh: true }))
    }
    expect(server.requests.count({ operation: 'token', outcome: 'ok' }) - before).toBe(2)
    expect(server.requests.count({ operation: 'GetTokensFromRefreshToken' })).toBe(1)
  })

  it('with a provider goes straight to its page, and whoever is chosen there is signed in', async () => {
    await using stage = await browserStage({ settings: { identityProvider: 'Google' } })
    const { sessions, profile } = stage
    const step = await openIn(stage)
    const browser = createBrowser()
    const { url: page } = await browser.load(step.url)
    expect(page.pathname).toBe('/idp/Google')
    await browser.submit(page, { sub: '1234' })
    valueOf(await sessions.awaitBrowser(step.attemptId))
    expect(valueOf(sessions.getCurrentUser(profile.id))).toMatchObject({
      username: 'Google_1234',
      signInDetails: { loginId: 'gina@gmail.example' },
    })
  })

  it('fills in the login hint', async () => {
    await using stage = await browserStage()
    const step = await openIn(stage, { loginHint: 'ana@example.com' })
    const { response } = await createBrowser().load(step.url)
    expect(await response.text()).toContain('value="ana@example.com"')
    expect(step.username).toBe('ana@example.com')
    stage.sessions.cancelSignIn(step.attemptId)
  })

  it('by deep link takes the address that the system hands over', async () => {
    await using stage = await browserStage({ callback: () => 'sesame://callback' })
    const { sessions } = stage
    const step = await openIn(stage)
    const { url } = await logIn(step.url)
    expect(url.protocol).toBe('sesame:')
    expect(sessions.receiveCallback(`${url.href}x`.replace(/state=[^&]*/, 'state=guess'))).toBe(false)
    expect(sessions.receiveCallback(url.href)).toBe(true)
    expect(sessions.receiveCallback(url.href)).toBe(false)
    expect(valueOf(await sessions.awaitBrowser(step.attemptId))).toEqual({ kind: 'signed-in' })
  })

  it('of several at once on one port each gets its own answer', async () => {
    await using stage = await browserStage()
    const { sessions, boot, profile, callbackUrl } = stage
    const other = { ...profile, id: crypto.randomUUID(), name: 'another', username: 'ben' }
    await sessions.stop()
    const machine = await boot([profile, other])
    const steps = await Promise.all(
      [profile, other, profile].map(async ({ id }) =>
        stepOf(valueOf(await machine.sessions.openBrowser(id)), 'browser'),
      ),
    )
    const [first, second, third] = steps.map(({ attemptId, url }) => ({ attemptId, url }))
    if (!first || !second || !third) throw new Error('expected three')
    await logIn(second.url, createBrowser(), 'ana@example.com')
    valueOf(await machine.sessions.awaitBrowser(second.attemptId))
    expect(machine.sessions.isAuthenticated(other.id)).toBe(true)
    expect(machine.sessions.isAuthenticated(profile.id)).toBe(false)
    machine.sessions.cancelSignIn(third.attemptId)
    await logIn(first.url)
    valueOf(await machine.sessions.awaitBrowser(first.attemptId))
    // Nobody waits any more, so nobody listens.
    await expect(fetch(callbackUrl)).rejects.toThrow('fetch failed')
  })
})

describe('what else knocks at the callback', () => {
  const ask = (port: number, path: string, headers: Record<string, string> = {}, method = 'GET') => {
    const { promise, resolve, reject } = Promise.withResolvers<{ status: number | undefined; body: string }>()
    const asked = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      let body = ''
      response.on('data', (chunk) => (body += String(chunk)))
      response.on('end', () => resolve({ status: response.statusCode, body }))
    })
    asked.on('error', reject)
    asked.end()
    return promise
  }

  it('is told nothing, and the sign-in goes on', async () => {
    await using stage = await browserStage()
    const { sessions, port } = stage
    const step = await openIn(stage)
    const state = new URL(step.url).searchParams.get('state') ?? ''
    const strangers = [
      ask(port, '/'),
      ask(port, '/callback'),
      ask(port, '/callback?code=stolen&state=guess'),
      ask(port, `/callback?code=stolen&state=${state}&state=${state}`),
      ask(port, `/elsewhere?code=stolen&state=${state}`),
      ask(port, `/callback?code=stolen&state=${state}`, {}, 'POST'),
      ask(port, `/callback?code=stolen&state=${state}`, {}, 'OPTIONS'),
      // A page that shows it as a picture or a frame, or fetches it.
      ...['image', 'iframe', 'empty'].map((dest) =>
        ask(port, `/callback?code=stolen&state=${state}`, { 'sec-fetch-dest': dest }),
      ),
      ask(port, `/callback?code=stolen&state=${state}`, { host: `evil.example:${port}` }),
      ask(port, `/callback?code=stolen&state=${state}`, { host: `localhost:${port}` }),
    ]
    for (const answer of await Promise.all(strangers)) expect(answer).toEqual({ status: 404, body: '' })
    await logIn(step.url)
    expect(valueOf(await sessions.awaitBrowser(step.attemptId))).toEqual({ kind: 'signed-in' })
  })

  it('a code of another sign-in does not pass', async () => {
    await using stage = await browserStage()
    const { sessions, callbackUrl } = stage
    const [mine, theirs] = [await openIn(stage), await openIn(stage)]
    const { url } = await logIn(theirs.url, createBrowser())
    valueOf(await sessions.awaitBrowser(theirs.attemptId))
    const state = new URL(mine.url).searchParams.get('state') ?? ''
    await fetch(`${callbackUrl}?code=${url.searchParams.get('code')}&state=${state}`)
    expect(failureOf(await sessions.awaitBrowser(mine.attemptId)).code).toBe('sign-in.browser-refused')
  })

  it('an ID token with another nonce does not pass', async () => {
    await using stage = await browserStage({ callback: () => 'sesame://callback' })
    const { sessions } = stage
    const step = await openIn(stage)
    const forged = new URL(step.url)
    forged.searchParams.set('nonce', 'replayed')
    const { url } = await logIn(forged.href)
    expect(sessions.receiveCallback(url.href)).toBe(true)
    const failure = failureOf(await sessions.awaitBrowser(step.attemptId))
    expect(failure.code).toBe('sign-in.browser-mismatch')
    expect(JSON.stringify(failure)).not.toContain('replayed')
  })
})

describe('a browser sign-in that does not come to tokens', () => {
  it('told no by the provider says so', async () => {
    await using stage = await browserStage({ settings: { identityProvider: 'Google' } })
    const step = await openIn(stage)
    const browser = createBrowser()
    const { url: page } = await browser.load(step.url)
    await browser.submit(page, { deny: 'yes' })
    expect(failureOf(await stage.sessions.awaitBrowser(step.attemptId))).toMatchObject({
      code: 'sign-in.browser-denied',
      detail: expect.stringContaining('told no'),
    })
  })

  it('with a scope the client does not have says so', async () => {
    await using stage = await browserStage({ settings: { scopes: ['openid', 'nonsense/scope'] } })
    const step = await openIn(stage)
    await createBrowser().load(step.url)
    expect(failureOf(await stage.sessions.awaitBrowser(step.attemptId))).toMatchObject({
      code: 'sign-in.browser-refused',
      detail: expect.stringContaining('invalid_scope'),
    })
  })

  it('without the scope openid names the missing ID token', async () => {
    await using stage = await browserStage({ settings: { scopes: ['email'] } })
    const step = await openIn(stage)
    await logIn(step.url)
    expect(failureOf(await stage.sessions.awaitBrowser(step.attemptId)).code).toBe('config.openid-scope')
  })

  it('with a wrong client secret is a matter of configuration', async () => {
    await using stage = await browserStage({ secret: true })
    await stage.vault.writeClientSecret(stage.profile, `${clientSecret}x`)
    const step = await openIn(stage)
    await logIn(step.url)
    expect(failureOf(await stage.sessions.awaitBrowser(step.attemptId)).code).toBe('config.client-secret')
  })

  it.each([
    ['network.offline', { kind: 'reset' }],
    ['service.unavailable', { kind: 'html-500' }],
  ] as const)('because of %s at the token endpoint says so', async (code, fault) => {
    await using stage = await browserStage()
    const step = await openIn(stage)
    stage.server.faults.add({ match: { operation: 'token' }, fault })
    await logIn(step.url)
    expect(failureOf(await stage.sessions.awaitBrowser(step.attemptId)).code).toBe(code)
  })

  it('finds its port taken, and says by what it can be helped', async () => {
    await using stage = await browserStage()
    const squatter = createServer()
    const listening = Promise.withResolvers<void>()
    squatter.listen(stage.port, '127.0.0.1', () => listening.resolve())
    await listening.promise
    expect(failureOf(await stage.sessions.openBrowser(stage.profile.id)).code).toBe('sign-in.callback-taken')
    const closed = Promise.withResolvers<void>()
    squatter.close(() => closed.resolve())
    await closed.promise
    const step = await openIn(stage)
    stage.sessions.cancelSignIn(step.attemptId)
  })

  it('cancelled stops listening, and the port is free again', async () => {
    await using stage = await browserStage()
    const step = await openIn(stage)
    const outcome = stage.sessions.awaitBrowser(step.attemptId)
    stage.sessions.cancelSignIn(step.attemptId)
    expect(failureOf(await outcome).code).toBe('sign-in.cancelled')
    await expect(fetch(stage.callbackUrl)).rejects.toThrow('fetch failed')
  })

  it('that nobody finishes runs out after ten minutes, and the port is free again', async () => {
    const clock = fakeClock()
    const callbackUrl = `http://127.0.0.1:${await freePort()}/callback`
    const profile = fakeProfile({ domain: 'https://login.example.com', callbackUrl })
    const browser = valueOf(await createManagedLogin(clock).openManagedLogin(profile, {}))
    expect((await fetch(callbackUrl)).status).toBe(404)
    await clock.advance(600_000)
    expect(failureOf(await browser.arrival).code).toBe('sign-in.browser-timed-out')
    await expect(fetch(callbackUrl)).rejects.toThrow('fetch failed')
  })
})

describe("the browser's own session", () => {
  it('lets the next sign-in in unasked, until it is ended by the logout page', async () => {
    await using stage = await browserStage()
    const { sessions, profile, opened } = stage
    const browser = createBrowser()
    const first = await openIn(stage)
    await logIn(first.url, browser)
    valueOf(await sessions.awaitBrowser(first.attemptId))
    const second = await openIn(stage)
    await browser.load(second.url)
    valueOf(await sessions.awaitBrowser(second.attemptId))

    valueOf(await sessions.signOutBrowser(profile.id))
    const logout = opened.at(-1) ?? ''
    expect(new URL(logout).pathname).toBe('/logout')
    const { url: end, response: page } = await browser.load(logout)
    expect(end.href).toBe(stage.callbackUrl)
    expect(await page.text()).toContain('signed out of the login page')
    // It was waited for once; nobody listens any more.
    await expect(fetch(stage.callbackUrl)).rejects.toThrow('fetch failed')
    const third = await openIn(stage)
    const { url } = await browser.load(third.url)
    expect(url.pathname).toBe('/login')
    sessions.cancelSignIn(third.attemptId)
  })
})
