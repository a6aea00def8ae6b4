// Owns the endpoints that a browser visits: /oauth2/authorize, /login, a stand-in for federated providers, /logout.
import type { Reply } from '../protocol.ts'
import type { SignedRequest } from '../sigv4.ts'
import type { User } from '../users.ts'
import type { ClientContext, World } from '../world.ts'
import {
  type AuthorizationRequest,
  errorRedirect,
  judgeAuthorization,
  withQuery,
} from './authorization-request.ts'
import { findClient } from './client-authentication.ts'
import { errorPage, loginPage, providerPage, signedOutPage } from './pages.ts'
import { html, redirect, target } from './replies.ts'

const COOKIE = 'cognito'
const NATIVE = 'COGNITO'

interface Visit extends ClientContext {
  readonly world: World
  readonly query: URLSearchParams
  readonly request: AuthorizationRequest
  readonly cookie: string | undefined
}

/** Runs `go` for a request that may be granted; answers all others itself. */
function visit(world: World, request: SignedRequest, go: (visit: Visit) => Reply): Reply {
  const { query } = target(request)
  const context = findClient(world, query.get('client_id') ?? '')
  if (context === undefined) return html(errorPage('Client does not exist.'), 400)
  const verdict = judgeAuthorization(context.client, query)
  if (verdict.kind === 'untrusted') return html(errorPage(verdict.error), 400)
  if (verdict.kind === 'refused') return redirect(verdict.redirect)
  return go({ world, ...context, query, request: verdict.request, cookie: cookieOf(request) })
}

/** /oauth2/authorize: straight back for a browser that has signed in, else to the page of whoever is to ask. */
export const authorize = (world: World, asked: SignedRequest): Reply =>
  visit(world, asked, (here) => {
    const { request, client, query } = here
    const known = rememberedUser(here)
    if (known !== undefined && request.prompt !== 'login') return redirect(callbackWithCode(here, known))
    if (request.prompt === 'none') return redirect(errorRedirect(request, 'login_required'))
    const only = client.identityProviders.length === 1 ? client.identityProviders[0] : undefined
    const provider = request.identityProvider ?? only ?? NATIVE
    return redirect(provider === NATIVE ? `/login?${query}` : `${providerPath(provider)}?${query}`)
  })

const providerPath = (name: string) => `/idp/${encodeURIComponent(name)}`

/** /login: the form, or what was typed into it. */
export const login = (world: World, asked: SignedRequest): Reply =>
  visit(world, asked, (here) => {
    if (asked.method !== 'POST') return html(loginForm(here, here.request.loginHint ?? ''))
    const form = new URLSearchParams(asked.body.toString('utf8'))
    const username = form.get('username') ?? ''
    const user = here.pool.findUser(username)
    const problem = problemWith(here, user, form.get('password') ?? '')
    if (problem !== undefined || user === undefined) return html(loginForm(here, username, problem))
    return welcome(here, user, NATIVE)
  })

function loginForm({ client, query }: Visit, username: string, problem?: string): string {
  const others = client.identityProviders.filter((name) => name !== NATIVE)
  return loginPage({
    action: `/login?${query}`,
    username,
    ...(problem !== undefined && { problem }),
    providers: others.map((name) => ({ name, href: `${providerPath(name)}?${query}` })),
  })
}

/** What stands between a person and their sign-in, as the page says it. A second factor is beyond this page. */
function problemWith({ world, pool }: Visit, user: User | undefined, password: string): string | undefined {
  const now = world.clock.now()
  if (user?.isPasswordLocked(now)) return 'Password attempts exceeded'
  const right = user?.hasPassword(password) ?? false
  user?.notePassword(right, now)
  if (!right || user === undefined) return 'Incorrect username or password.'
  if (user.disabled) return 'User is disabled.'
  if (user.status !== 'CONFIRMED') return `This page does not lead on from ${user.status}.`
  if (pool.mfa !== 'off' && user.secondFactors.length > 0) return 'This page asks for no second factor.'
  return undefined
}

/** /idp/NAME: the page of a federated provider, and what was chosen there. */
export const provider = (world: World, asked: SignedRequest): Reply =>
  visit(world, asked, (here) => {
    const { pool, client, query, request } = here
    const name = decodeURIComponent(target(asked).path.slice('/idp/'.length))
    const people = pool.identityProviders.find((candidate) => candidate.name === name)?.users
    if (people === undefined || !client.identityProviders.includes(name)) {
      return html(errorPage('Identity provider does not exist.'), 404)
    }
    if (asked.method !== 'POST') {
      const shown = people.map(({ sub, attributes }) => ({ sub, label: attributes?.['email'] ?? sub }))
      return html(providerPage(name, `${providerPath(name)}?${query}`, shown))
    }
    const chosen = new URLSearchParams(asked.body.toString('utf8')).get('sub')
    const person = people.find(({ sub }) => sub === chosen)
    if (person === undefined) {
      return redirect(errorRedirect(request, 'access_denied', `${name} was told no`))
    }
    return welcome(here, pool.federatedUser(name, person, world.clock.now()), name)
  })

/** /logout: the browser is forgotten, then goes where the client may send it. */
export function logout(world: World, asked: SignedRequest): Reply {
  const { query } = target(asked)
  const context = findClient(world, query.get('client_id') ?? '')
  if (context === undefined) return html(errorPage('Client does not exist.'), 400)
  const next = query.get('logout_uri')
  if (next !== null && !context.client.logoutUrls.includes(next)) {
    return html(errorPage('redirect_mismatch'), 400)
  }
  world.grants.forgetBrowser(cookieOf(asked))
  const gone = { 'set-cookie': `${COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0` }
  if (next !== null) return redirect(next, gone)
  if (query.has('redirect_uri')) return redirect(`/login?${query}`, gone)
  const page = html(signedOutPage())
  return { ...page, headers: { ...page.headers, ...gone } }
}

function welcome(here: Visit, user: User, identityProvider: string): Reply {
  const { world, pool } = here
  const session = { poolId: pool.id, sub: user.sub, identityProvider }
  const cookie = world.grants.rememberBrowser(session, world.clock.now())
  return redirect(callbackWithCode(here, user), {
    'set-cookie': `${COOKIE}=${cookie}; Path=/; HttpOnly; SameSite=Lax; Max-Age=3600`,
  })
}

function callbackWithCode({ world, pool, client, request }: Visit, user: User): string {
  const grant = { poolId: pool.id, clientId: client.id, sub: user.sub, request }
  const code = world.grants.issueCode(grant, world.clock.now())
  return withQuery(request.redirectUri, { code, state: request.state })
}

/** The user whom this browser signed in to this pool, through the provider that is asked for. */
function rememberedUser({ world, pool, request, cookie }: Visit): User | undefined {
  const session = world.grants.browser(cookie, world.clock.now())
  if (session?.poolId !== pool.id) return undefined
  const isAsked = (request.identityProvider ?? session.identityProvider) === session.identityProvider
  const user = isAsked ? pool.userBySub(session.sub) : undefined
  return user?.disabled ? undefined : user
}

const cookieOf = (request: SignedRequest) =>
  new RegExp(`(?:^|; )${COOKIE}=([^;]+)`).exec(request.headers['cookie'] ?? '')?.[1]
