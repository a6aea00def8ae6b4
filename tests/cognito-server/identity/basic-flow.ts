// Owns the basic (classic) flow: an OpenID token for an identity, and what STS makes of it. Source: identity pools guide, "Identity
// pools authentication flow"; STS API reference, AssumeRoleWithWebIdentity.
import { invalidParameter, ServiceError } from '../errors.ts'
import type { RandomSource } from '../random.ts'
import type { IssuedCredentials } from './credentials.ts'
import type { IdentityPool, Login } from './identity-pool.ts'

const TOKEN_LIFETIME_MS = 10 * 60_000
const DEFAULT_SECONDS = 3600

export interface OpenIdToken {
  readonly pool: IdentityPool
  readonly identityId: string
  readonly login: Login | undefined
  readonly expiresAt: number
}

/** The OpenID tokens this server has issued. STS looks them up instead of verifying a signature. */
export class OpenIdTokens {
  readonly #random: RandomSource
  readonly #issued = new Map<string, OpenIdToken>()

  constructor(random: RandomSource) {
    this.#random = random
  }

  /** InvalidParameterException where the pool does not allow the flow. */
  issue(pool: IdentityPool, identityId: string, login: Login | undefined, now: number): string {
    if (pool.config.allowClassicFlow !== true) {
      throw invalidParameter('Basic (classic) flow is not enabled, please use enhanced flow.')
    }
    const expiresAt = now + TOKEN_LIFETIME_MS
    const claims = {
      sub: identityId,
      aud: pool.id,
      iss: 'https://cognito-identity.amazonaws.com',
      exp: Math.floor(expiresAt / 1000),
    }
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const token = `${part({ alg: 'RS512', typ: 'JWS' })}.${part(claims)}.${this.#random(64).toString('base64url')}`
    this.#issued.set(token, { pool, identityId, login, expiresAt })
    return token
  }

  find(token: string): OpenIdToken | undefined {
    return this.#issued.get(token)
  }
}

interface Assumer {
  readonly openIdTokens: OpenIdTokens
  readonly credentials: {
    issue(roleArn: string, expiresAt: number, sessionName: string): IssuedCredentials
  }
  readonly clock: { now(): number }
}

/** Roles that trust the pool for this login: its own, and those of the token. */
const trusts = ({ pool, login }: OpenIdToken, roleArn: string): boolean => {
  const roles = login?.claims['cognito:roles']
  return (
    roleArn === (login === undefined ? pool.config.roles.unauthenticated : pool.config.roles.authenticated) ||
    (Array.isArray(roles) && roles.includes(roleArn))
  )
}

/** AssumeRoleWithWebIdentity: credentials and who they make of the caller. Needs no signature. */
export function assumeRoleWithWebIdentity(
  world: Assumer,
  input: URLSearchParams,
): { issued: IssuedCredentials; token: OpenIdToken } {
  const roleArn = input.get('RoleArn') ?? ''
  const sessionName = input.get('RoleSessionName') ?? ''
  const seconds = Number(input.get('DurationSeconds') ?? DEFAULT_SECONDS)
  const token = world.openIdTokens.find(input.get('WebIdentityToken') ?? '')
  if (!/^[\w+=,.@-]{2,64}$/.test(sessionName)) {
    throw new ServiceError('ValidationError', "Value at 'roleSessionName' failed to satisfy constraint")
  }
  if (!Number.isInteger(seconds) || seconds < 900 || seconds > 43_200) {
    throw new ServiceError('ValidationError', "Value at 'durationSeconds' failed to satisfy constraint")
  }
  if (token === undefined)
    throw new ServiceError('InvalidIdentityToken', "Couldn't retrieve verification key")
  if (world.clock.now() >= token.expiresAt) {
    throw new ServiceError(
      'ExpiredTokenException',
      'Token expired: current date/time must be before the expiration date/time',
    )
  }
  if (!trusts(token, roleArn)) {
    throw new ServiceError('AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity', 403)
  }
  if (seconds > (token.pool.config.maxSessionSeconds ?? DEFAULT_SECONDS)) {
    throw new ServiceError(
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    )
  }
  const expiresAt = Math.floor(world.clock.now() / 1000 + seconds) * 1000
  return { issued: world.credentials.issue(roleArn, expiresAt, sessionName), token }
}
