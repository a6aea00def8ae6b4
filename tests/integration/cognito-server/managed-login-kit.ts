// A pool with managed login, oauth4webapi pointed at it, and a browser made of fetch for tests that need no real one.
import * as oauth from 'oauth4webapi'
import type { PoolConfig } from '../../cognito-server/config.ts'
import { type CognitoServer, startCognitoServer } from '../../cognito-server/index.ts'
import { PASSWORD, SECRET, TOTP_SECRET } from './kit.ts'

export const LOGIN_POOL = 'eu-west-1_Login001'
/** Nobody listens there: the browser made of fetch stops at the redirect. */
export const CALLBACK = 'http://localhost:45017/callback'
export const APP_CALLBACK = 'sesame://auth/callback?from=cognito'
export const AFTER_LOGOUT = 'http://localhost:45017/signed-out'

const callbacks = { callbackUrls: [CALLBACK, APP_CALLBACK], logoutUrls: [AFTER_LOGOUT] }

export const loginPool: PoolConfig = {
  id: LOGIN_POOL,
  signInAliases: ['email'],
  clients: [
    { id: 'web', ...callbacks, identityProviders: ['COGNITO', 'Corp'] },
    { id: 'web-secret', secret: SECRET, ...callbacks, rotation: { graceSeconds: 0 } },
    { id: 'corp-only', ...callbacks, identityProviders: ['Corp'] },
    { id: 'no-browser' },
    { id: 'few-scopes', ...callbacks, oauthScopes: ['openid', 'email'] },
  ],
  identityProviders: [
    {
      name: 'Corp',
      users: [
        { sub: '007', attributes: { email: 'kay@corp.example', name: 'Kay' } },
        { sub: '008', attributes: { email: 'lin@corp.example' } },
      ],
    },
  ],
  users: [
    {
      username: 'ada',
      password: PASSWORD,
      attributes: { email: 'ada@example.com', email_verified: 'true', name: 'Ada' },
    },
    { username: 'grace', password: PASSWORD, totpSecret: TOTP_SECRET },
    { username: 'newcomer', password: PASSWORD, status: 'FORCE_CHANGE_PASSWORD' },
  ],
}

/** A server with that pool; its clock runs, since oauth4webapi looks at the machine's. */
export const startManagedLogin = (): Promise<CognitoServer> => startCognitoServer({ pools: [loginPool] })

/** Everything oauth4webapi needs to sign in once. */
export async function relyingParty(server: CognitoServer, clientId = 'web', secret?: string) {
  const issuer = new URL(server.issuerOf(LOGIN_POOL))
  const insecure = { [oauth.allowInsecureRequests]: true }
  const response = await oauth.discoveryRequest(issuer, insecure)
  const as = await oauth.processDiscoveryResponse(issuer, response)
  const verifier = oauth.generateRandomCodeVerifier()
  const challenge = await oauth.calculatePKCECodeChallenge(verifier)
  const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()]
  const client: oauth.Client = { client_id: clientId }
  const authentication = secret === undefined ? oauth.None() : oauth.ClientSecretBasic(secret)

  /** The authorize URL, with `changes` over what a good client sends; null takes a parameter away. */
  const authorizeUrl = (changes: Readonly<Record<string, string | null>> = {}) => {
    const parameters = {
      client_id: clientId,
      redirect_uri: CALLBACK,
      response_type: 'code',
      scope: 'openid email',
      state,
      nonce,
      code_challenge: challenge,
      code_challenge_method: 'S256',
      ...changes,
    }
    const url = new URL(as.authorization_endpoint ?? '')
    for (const [name, value] of Object.entries(parameters)) {
      if (value !== null) url.searchParams.set(name, value)
    }
    return url
  }

  /** Exchanges the code of a callback: state, issuer, audience, nonce and signature times checked by the library. */
  const exchange = async (callback: URL, redirectUri = CALLBACK, codeVerifier = verifier) => {
    const parameters = oauth.validateAuthResponse(as, client, callback, state)
    const answer = await oauth.authorizationCodeGrantRequest(
      as,
      client,
      authentication,
      parameters,
      redirectUri,
      codeVerifier,
      insecure,
    )
    return oauth.processAuthorizationCodeResponse(as, client, answer, { expectedNonce: nonce })
  }

  const refresh = async (refreshToken: string) => {
    const answer = await oauth.refreshTokenGrantRequest(as, client, authentication, refreshToken, insecure)
    return oauth.processRefreshTokenResponse(as, client, answer)
  }

  const revoke = async (token: string) => {
    const answer = await oauth.revocationRequest(as, client, authentication, token, insecure)
    return oauth.processRevocationResponse(answer)
  }

  const userInfo = async (accessToken: string, sub: string) => {
    const answer = await oauth.userInfoRequest(as, client, accessToken, insecure)
    return oauth.processUserInfoResponse(as, client, sub, answer)
  }
  return { as, authorizeUrl, exchange, refresh, revoke, userInfo, state }
}

/** Cookies and forms without a browser: it follows redirects on the server and stops where one leaves it. */
export class PlainBrowser {
  readonly #cookies = new Map<string, string>()

  /** The page at the end of the redirects, or the address that leads away from the server. */
  async visit(url: URL, form?: Record<string, string>): Promise<{ page: string; status: number } | URL> {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form !== undefined && { method: 'POST', body: new URLSearchParams(form) }),
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=')
      if (value === '') this.#cookies.delete(name)
      else this.#cookies.set(name, value)
    }
    const location = response.headers.get('location')
    if (location === null) return { page: await response.text(), status: response.status }
    const next = new URL(location, url)
    return next.origin === url.origin ? this.visit(next) : next
  }

  /** The page a request ends on. */
  async page(url: URL): Promise<{ page: string; status: number }> {
    const end = await this.visit(url)
    if (end instanceof URL) throw new Error(`expected a page, was sent to ${end}`)
    return end
  }

  /** Fills in the form of the page that a request leads to; answers with the callback. */
  async submit(url: URL, form: Record<string, string>): Promise<URL> {
    const { page } = await this.page(url)
    const action = /<form method="post" action="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&')
    const end = await this.visit(new URL(action ?? '', url), form)
    if (!(end instanceof URL)) throw new Error(end.page)
    return end
  }

  /** Where a request leads without anybody doing anything. */
  async passThrough(url: URL): Promise<URL> {
    const end = await this.visit(url)
    if (!(end instanceof URL)) throw new Error(end.page)
    return end
  }
}

export const ADA = { username: 'ada', password: PASSWORD }
