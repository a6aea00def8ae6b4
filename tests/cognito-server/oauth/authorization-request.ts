// Owns what a client may ask of /oauth2/authorize: a pure rule over its query. Source: RFC 6749, section 4.1.2.1; RFC
// 7636; user pool guide, "The redirect and authorization endpoint".
import type { Client } from '../pool.ts'

/** A request that may be granted. */
export interface AuthorizationRequest {
  readonly redirectUri: string
  readonly scopes: readonly string[]
  readonly state?: string
  readonly nonce?: string
  /** PKCE, S256. */
  readonly codeChallenge?: string
  /** Missing: the person chooses. */
  readonly identityProvider?: string
  readonly loginHint?: string
  readonly prompt?: 'login' | 'none'
}

export type AuthorizationVerdict =
  | { readonly kind: 'granted'; readonly request: AuthorizationRequest }
  /** Told to the client by way of its callback. */
  | { readonly kind: 'refused'; readonly redirect: string }
  /** Told to the person: nobody knows whether the callback is the client's. */
  | { readonly kind: 'untrusted'; readonly error: string }

const CHALLENGE = /^[\w-]{43}$/

/** Judges the query of a request of `client`. Callbacks match to the letter, the port included. */
export function judgeAuthorization(client: Client, query: URLSearchParams): AuthorizationVerdict {
  const redirectUri = query.get('redirect_uri') ?? ''
  if (!client.callbackUrls.includes(redirectUri)) return { kind: 'untrusted', error: 'redirect_mismatch' }
  const state = query.get('state') ?? undefined
  const problem = problemOf(client, query)
  if (problem !== undefined) {
    const [error, description] = problem
    return { kind: 'refused', redirect: errorRedirect({ redirectUri, state }, error, description) }
  }
  const optional = {
    state,
    nonce: query.get('nonce') ?? undefined,
    codeChallenge: query.get('code_challenge') ?? undefined,
    identityProvider: query.get('identity_provider') ?? undefined,
    loginHint: query.get('login_hint') ?? undefined,
    prompt: promptOf(query),
  }
  const present = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined))
  return { kind: 'granted', request: { redirectUri, scopes: scopesOf(client, query), ...present } }
}

/** Where a refusal is sent; the callback may have a query of its own. */
export function errorRedirect(
  to: { readonly redirectUri: string; readonly state?: string | undefined },
  error: string,
  description?: string,
): string {
  return withQuery(to.redirectUri, { error, error_description: description, state: to.state })
}

/** A URL with more query behind what it has. */
export function withQuery(url: string, parameters: Readonly<Record<string, string | undefined>>): string {
  const target = new URL(url)
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) target.searchParams.set(name, value)
  }
  return target.href
}

function problemOf(
  client: Client,
  query: URLSearchParams,
): readonly [error: string, text?: string] | undefined {
  const type = query.get('response_type')
  if (type === null) return ['invalid_request', 'response_type is missing']
  if (type === 'token') return ['unauthorized_client']
  if (type !== 'code') return ['unsupported_response_type']
  if (scopesOf(client, query).some((scope) => !client.oauthScopes.includes(scope))) return ['invalid_scope']
  const [challenge, method] = [query.get('code_challenge'), query.get('code_challenge_method')]
  if (challenge !== null || method !== null) {
    if (method !== 'S256') return ['invalid_request', 'code_challenge_method must be S256']
    if (!CHALLENGE.test(challenge ?? '')) return ['invalid_request', 'code_challenge is not valid']
  }
  const provider = query.get('identity_provider')
  if (provider !== null && !client.identityProviders.includes(provider)) {
    return ['invalid_request', `Identity provider ${provider} is not enabled for the client`]
  }
  return undefined
}

/** All that the client may have, where it asks for nothing in particular. */
function scopesOf(client: Client, query: URLSearchParams): readonly string[] {
  const asked = (query.get('scope') ?? '').split(' ').filter((scope) => scope !== '')
  return asked.length === 0 ? client.oauthScopes : asked
}

function promptOf(query: URLSearchParams): 'login' | 'none' | undefined {
  const prompt = query.get('prompt')
  return prompt === 'login' || prompt === 'none' ? prompt : undefined
}
