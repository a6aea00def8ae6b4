// Owns what is asked of a pool's token endpoint: tokens for a code, and new ones for a refresh token. Form-encoded, the client
// secret as HTTP Basic. The protocol's checks are oauth4webapi's; what their failing means for a person is decided here.
import type * as Oauth from 'oauth4webapi'
import { type Failure, type FailureCode, fail, failure, ok } from '../../failure.ts'
import type { Clock, PoolAccess } from '../../sessions/ports.ts'
import { codeOfStatus, leavesOpen, safeDetail, toFailure } from '../errors.ts'
import { clockOffsetFrom, deadlineMs } from '../exchange.ts'
import { trustingFetch } from '../system-certificates.ts'
import { authorizationServerOf, hasDomain } from './addresses.ts'

/** An AuthenticationResult as the user pool's API names its members. */
export interface EndpointAnswer {
  readonly IdToken: string | undefined
  readonly AccessToken: string
  readonly RefreshToken: string | undefined
  readonly clockOffsetMs: number | undefined
}

/** `refreshToken`: the one in an answer to a refresh that is of no use otherwise. */
export type EndpointResult =
  | { readonly ok: true; readonly value: EndpointAnswer }
  | { readonly ok: false; readonly failure: Failure; readonly refreshToken?: string | undefined }

type Oauth4 = typeof Oauth
type Purpose = 'code' | 'refresh'

/** RFC 6749, section 5.2. */
const codeOfError = (error: string, purpose: Purpose): FailureCode | undefined => {
  switch (error) {
    case 'invalid_client':
      return 'config.client-secret'
    case 'unauthorized_client':
    case 'unsupported_grant_type':
      return 'config.flow-not-enabled'
    case 'invalid_grant':
      return purpose === 'refresh' ? 'session.ended' : 'sign-in.browser-refused'
    case 'invalid_scope':
    case 'invalid_request':
      return purpose === 'refresh' ? 'config.invalid-parameter' : 'sign-in.browser-refused'
    default:
      return undefined
  }
}

const statusOf = (cause: unknown): number | undefined =>
  cause instanceof Response ? cause.status : undefined

/** Never a token or a claim's value: what was compared goes unsaid, only which rule failed. */
const failureOf = (oauth: Oauth4, error: unknown, purpose: Purpose): Failure => {
  if (error instanceof oauth.ResponseBodyError) {
    const code =
      codeOfStatus(error.status) ?? codeOfError(error.error, purpose) ?? ('service.refused' as const)
    const detail = safeDetail([error.error, error.error_description].filter(Boolean).join(': '))
    return failure(code, { detail, mayBeDone: leavesOpen(code, error.status) || undefined })
  }
  if (error instanceof oauth.OperationProcessingError) {
    const status = statusOf(error.cause)
    const isAboutClaims =
      error.code === oauth.JWT_CLAIM_COMPARISON ||
      error.code === oauth.JWT_TIMESTAMP_CHECK ||
      (error.code === oauth.INVALID_RESPONSE && error.message.startsWith('JWT '))
    if (isAboutClaims) {
      const code = purpose === 'code' ? 'sign-in.browser-mismatch' : 'network.bad-answer'
      return failure(code, { detail: safeDetail(error.message) })
    }
    const code = (status === undefined ? undefined : codeOfStatus(status)) ?? 'network.bad-answer'
    return failure(code, {
      detail: status === undefined ? error.code : `HTTP ${status}`,
      mayBeDone: leavesOpen(code, status ?? 200) || undefined,
    })
  }
  return toFailure(error, purpose === 'refresh' ? 'refresh' : 'sign-in')
}

interface Exchange {
  readonly clock: Clock
  readonly access: PoolAccess
  readonly purpose: Purpose
  readonly send: (
    oauth: Oauth4,
    as: Oauth.AuthorizationServer,
    client: Oauth.Client,
    auth: Oauth.ClientAuth,
    options: Oauth.TokenEndpointRequestOptions,
  ) => Promise<Response>
  readonly process: (
    oauth: Oauth4,
    as: Oauth.AuthorizationServer,
    client: Oauth.Client,
    response: Response,
  ) => Promise<Oauth.TokenEndpointResponse>
}

/** What an answer that grants something says; empty for any other. */
const grantIn = async (response: Response): Promise<object> => {
  if (!response.ok) return {}
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => undefined)
  return typeof body === 'object' && body !== null ? body : {}
}

const refreshTokenIn = (grant: object): string | undefined => {
  const token: unknown = 'refresh_token' in grant ? grant.refresh_token : undefined
  return typeof token === 'string' ? token : undefined
}

const exchange = async ({ clock, access, purpose, send, process }: Exchange): Promise<EndpointResult> => {
  const { profile, clientSecret } = access
  if (!hasDomain(profile)) return fail('config.no-domain', { field: 'domain' })
  const oauth = await import('oauth4webapi')
  const as = authorizationServerOf(profile)
  const auth = clientSecret === undefined ? oauth.None() : oauth.ClientSecretBasic(clientSecret)
  const deadline = new AbortController()
  const timer = clock.after(deadlineMs, () => deadline.abort())
  let grant: object = {}
  const refuse = (failure: Failure): EndpointResult =>
    purpose === 'refresh'
      ? { ok: false, failure, refreshToken: refreshTokenIn(grant) }
      : { ok: false, failure }
  try {
    const sentAt = clock.now()
    const response = await send(oauth, as, { client_id: profile.clientId }, auth, {
      signal: deadline.signal,
      [oauth.customFetch]: trustingFetch,
      // http is admitted for this machine only, by the profile's own rules (isSafeEndpoint).
      [oauth.allowInsecureRequests]: new URL(profile.domain).protocol === 'http:',
    })
    const clockOffsetMs = clockOffsetFrom(response.headers.get('date') ?? undefined, sentAt, clock.now())
    grant = await grantIn(response)
    if ('access_token' in grant && !('id_token' in grant)) {
      return refuse(failure('config.openid-scope', { field: 'scopes' }))
    }
    // The library reads the machine's clock; the server's is what counts.
    const skewSeconds = Math.round((clock.now() + (clockOffsetMs ?? 0) - Date.now()) / 1_000)
    const client = { client_id: profile.clientId, [oauth.clockSkew]: skewSeconds, [oauth.clockTolerance]: 5 }
    const answer = await process(oauth, as, client, response)
    return ok({
      IdToken: answer.id_token,
      AccessToken: answer.access_token,
      RefreshToken: answer.refresh_token,
      clockOffsetMs,
    })
  } catch (error) {
    const cause = deadline.signal.aborted ? deadline.signal.reason : error
    return refuse(failureOf(oauth, cause, purpose))
  } finally {
    timer[Symbol.dispose]()
  }
}

export interface Redemption {
  /** The query of the callback, checked against `state` before anything is sent. */
  readonly answer: URLSearchParams
  readonly state: string
  readonly nonce: string
  readonly codeVerifier: string
  readonly callbackUrl: string
}

/**
 * Tokens for an authorization code. The ID token's issuer, audience, times and nonce are checked; it comes over the connection
 * we opened, so its signature need not be (OpenID Connect Core 1.0, section 3.1.3.7).
 */
export const redeemCode = (
  clock: Clock,
  access: PoolAccess,
  { answer, state, nonce, codeVerifier, callbackUrl }: Redemption,
): Promise<EndpointResult> =>
  exchange({
    clock,
    access,
    purpose: 'code',
    send: (oauth, as, client, auth, options) => {
      const checked = oauth.validateAuthResponse(as, client, answer, state)
      return oauth.authorizationCodeGrantRequest(
        as,
        client,
        auth,
        checked,
        callbackUrl,
        codeVerifier,
        options,
      )
    },
    process: (oauth, as, client, response) =>
      oauth.processAuthorizationCodeResponse(as, client, response, {
        expectedNonce: nonce,
        requireIdToken: true,
      }),
  })

/** New tokens for a refresh token of a browser sign-in. */
export const refreshAtEndpoint = (
  clock: Clock,
  access: PoolAccess,
  refreshToken: string,
): Promise<EndpointResult> =>
  exchange({
    clock,
    access,
    purpose: 'refresh',
    send: (oauth, as, client, auth, options) =>
      oauth.refreshTokenGrantRequest(as, client, auth, refreshToken, options),
    process: (oauth, as, client, response) => oauth.processRefreshTokenResponse(as, client, response),
  })
