// Owns the table of managed login's endpoints: path to what answers it.
import type { RequestSubject } from '../faults.ts'
import type { Call, Reply } from '../protocol.ts'
import type { SignedRequest } from '../sigv4.ts'
import type { World } from '../world.ts'
import { authorize, login, logout, provider } from './browser.ts'
import { basicCredentials } from './client-authentication.ts'
import { oauthRefusal, target } from './replies.ts'
import { revoke, token, userInfo } from './token.ts'

type Endpoint = (world: World, request: SignedRequest) => Reply | Promise<Reply>

interface Route {
  readonly operation: string
  readonly methods: readonly string[]
  readonly run: Endpoint
}

const ROUTES: ReadonlyMap<string, Route> = new Map<string, Route>([
  ['/oauth2/authorize', { operation: 'authorize', methods: ['GET'], run: authorize }],
  ['/login', { operation: 'login', methods: ['GET', 'POST'], run: login }],
  ['/logout', { operation: 'logout', methods: ['GET'], run: logout }],
  ['/oauth2/token', { operation: 'token', methods: ['POST'], run: token }],
  ['/oauth2/revoke', { operation: 'revoke', methods: ['POST'], run: revoke }],
  ['/oauth2/userInfo', { operation: 'userInfo', methods: ['GET', 'POST'], run: userInfo }],
])

const PROVIDER: Route = { operation: 'idp', methods: ['GET', 'POST'], run: provider }

/** The call a request makes on managed login, or undefined where it makes none. */
export function oauthCall(world: World, request: SignedRequest): Call | undefined {
  const { path, query } = target(request)
  const route = path.startsWith('/idp/') ? PROVIDER : ROUTES.get(path)
  if (route === undefined || !route.methods.includes(request.method)) return undefined
  return {
    subject: subjectOf(world, route.operation, query, request),
    run: async () => route.run(world, request),
    refuse: oauthRefusal,
  }
}

/** Whom a request is about, as far as it says: the form of a token request names a refresh token, a login a name. */
function subjectOf(
  world: World,
  operation: string,
  query: URLSearchParams,
  request: SignedRequest,
): RequestSubject {
  const form = new URLSearchParams(request.method === 'POST' ? request.body.toString('utf8') : '')
  const basic = basicCredentials(request.headers['authorization'] ?? '')
  const clientId = query.get('client_id') ?? form.get('client_id') ?? basic?.[0]
  const pool = [...world.pools.values()].find(({ clients }) => clients.has(clientId ?? ''))
  const chain = pool?.refreshTokens.chainOf(form.get('refresh_token') ?? form.get('token') ?? '')
  const user = chain === undefined ? pool?.findUser(form.get('username') ?? '') : pool?.userBySub(chain.sub)
  return {
    operation,
    ...(user !== undefined && { user: user.username }),
    ...(clientId !== undefined && clientId !== '' && { clientId }),
  }
}
