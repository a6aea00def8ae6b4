// Owns the addresses of a pool's login page and what they are asked with: authorize, token, logout. Pure.
// Source: Cognito developer guide, "Managed login and OIDC endpoints".
import type { AuthorizationServer } from 'oauth4webapi'
import type { BrowserWishes } from '../../../preload/views.ts'
import { issuerOf, type Profile } from '../../profiles/profile.ts'

type WithDomain = Profile & { readonly domain: string }

export const hasDomain = (profile: Profile): profile is WithDomain => profile.domain !== undefined

/** From the profile and never from a discovery document: nobody else says where secrets go or who may issue tokens. */
export const authorizationServerOf = (profile: WithDomain): AuthorizationServer => ({
  issuer: issuerOf(profile),
  authorization_endpoint: `${profile.domain}/oauth2/authorize`,
  token_endpoint: `${profile.domain}/oauth2/token`,
  id_token_signing_alg_values_supported: ['RS256'],
})

/** What makes an answer one to this question, and only once. */
export interface Proofs {
  readonly state: string
  readonly nonce: string
  /** PKCE, S256. */
  readonly codeChallenge: string
}

/** What the browser opens (OpenID Connect Core 1.0, section 3.1.2.1; RFC 7636, section 4.3). */
export const authorizeAddress = (
  profile: WithDomain,
  callbackUrl: string,
  { state, nonce, codeChallenge }: Proofs,
  { identityProvider = profile.identityProvider, loginHint }: BrowserWishes,
): string => {
  const url = new URL(`${profile.domain}/oauth2/authorize`)
  const asked = {
    response_type: 'code',
    client_id: profile.clientId,
    redirect_uri: callbackUrl,
    state,
    nonce,
    code_challenge: codeChallenge,
    code_challenge_method: 'S256',
    // Without it Cognito grants every scope of the app client.
    scope: profile.scopes?.join(' '),
    identity_provider: identityProvider,
    login_hint: loginHint,
  }
  for (const [name, value] of Object.entries(asked)) if (value) url.searchParams.set(name, value)
  return url.href
}

/** Where the sign-out page leads back to. */
export const logoutUrlOf = ({ logoutUrl, callbackUrl }: Profile): string | undefined =>
  logoutUrl ?? callbackUrl

/** Where the browser ends its own session; undefined where the profile has no domain or nowhere to come back to. */
export const logoutAddress = (profile: Profile): string | undefined => {
  const back = logoutUrlOf(profile)
  if (!hasDomain(profile) || back === undefined) return undefined
  const url = new URL(`${profile.domain}/logout`)
  url.searchParams.set('client_id', profile.clientId)
  url.searchParams.set('logout_uri', back)
  return url.href
}
