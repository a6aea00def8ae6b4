import {
  GetUserCommand,
  GlobalSignOutCommand,
  RevokeTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  jwtVerify,
  UnsecuredJWT,
} from 'jose'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CognitoServer } from '../../cognito-server/index.ts'
import {
  ADMIN_ROLE,
  POOL,
  READER_ROLE,
  refresh,
  refreshByFlow,
  refusal,
  SECRET,
  startStrict,
  tokensOf,
  userPoolClient,
} from './kit.ts'

let server: CognitoServer
beforeEach(async () => {
  server = await startStrict()
})
afterEach(() => server.close())

const rotating = { clientId: 'rotating', secret: SECRET }
const getUser = (AccessToken: string) => userPoolClient(server).send(new GetUserCommand({ AccessToken }))
const signOutEverywhere = (AccessToken: string) =>
  userPoolClient(server).send(new GlobalSignOutCommand({ AccessToken }))
const revoke = (Token: string, ClientId = 'public', ClientSecret?: string) =>
  userPoolClient(server).send(new RevokeTokenCommand({ Token, ClientId, ClientSecret }))

/** Refreshes a rotating client's token and returns the next one. */
async function rotate(token: string): Promise<string> {
  const { AuthenticationResult } = await refresh(server, token, rotating)
  if (AuthenticationResult?.RefreshToken === undefined) throw new Error('the token was not rotated')
  return AuthenticationResult.RefreshToken
}

describe('what tokens say', () => {
  test('every claim of an ID token', async () => {
    const { IdToken, AccessToken } = await tokensOf(server)
    const now = server.clock.nowSeconds()
    expect(decodeJwt(IdToken)).toEqual({
      sub: '11111111-1111-4111-8111-111111111111',
      aud: 'public',
      iss: `${server.url}/${POOL}`,
      token_use: 'id',
      auth_time: now,
      iat: now,
      exp: now + 300,
      event_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      origin_jti: decodeJwt(AccessToken)['origin_jti'],
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
      'cognito:username': 'ada',
      'cognito:groups': ['admins', 'readers'],
      'cognito:roles': [ADMIN_ROLE, READER_ROLE],
      'cognito:preferred_role': ADMIN_ROLE,
      email: 'ada@example.com',
      email_verified: true,
      preferred_username: 'Countess',
      name: 'Ada',
      'custom:team': 'platform',
    })
  })

  test('every claim of an access token', async () => {
    const now = server.clock.nowSeconds()
    expect(decodeJwt((await tokensOf(server)).AccessToken)).toEqual({
      sub: '11111111-1111-4111-8111-111111111111',
      iss: `${server.url}/${POOL}`,
      client_id: 'public',
      token_use: 'access',
      scope: 'aws.cognito.signin.user.admin',
      username: 'ada',
      'cognito:groups': ['admins', 'readers'],
      auth_time: now,
      iat: now,
      exp: now + 600,
      event_id: expect.any(String),
      jti: expect.any(String),
      origin_jti: expect.any(String),
      version: 2,
    })
  })

  test('a group without a role gives no roles, and no group no groups', async () => {
    const guest = decodeJwt((await tokensOf(server, { username: 'plain' })).IdToken)
    expect(guest['cognito:groups']).toEqual(['guests'])
    expect(guest).not.toHaveProperty('cognito:roles')
    server.admin.updateUser(POOL, 'plain', { groups: [] })
    expect(decodeJwt((await tokensOf(server, { username: 'plain' })).IdToken)).not.toHaveProperty(
      'cognito:groups',
    )
  })

  test('without token revocation there is no origin_jti', async () => {
    const { IdToken, RefreshToken } = await tokensOf(server, { clientId: 'no-revocation' })
    expect(decodeJwt(IdToken)).not.toHaveProperty('origin_jti')
    expect(await refusal(revoke(RefreshToken, 'no-revocation'))).toMatch(/^UnsupportedOperationException/)
  })

  test('the key set behind the issuer verifies both, with a key for each', async () => {
    const { IdToken, AccessToken } = await tokensOf(server)
    const issuer = server.issuerOf(POOL)
    const discovery: unknown = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()
    expect(discovery).toMatchObject({ issuer, jwks_uri: `${issuer}/.well-known/jwks.json` })
    const keys = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`))
    const options = { issuer, algorithms: ['RS256'], currentDate: new Date(server.clock.now()) }
    await jwtVerify(IdToken, keys, { ...options, audience: 'public' })
    await jwtVerify(AccessToken, keys, options)
    expect(decodeProtectedHeader(IdToken).kid).not.toBe(decodeProtectedHeader(AccessToken).kid)
    expect((await fetch(`${server.url}/eu-west-1_Nowhere/.well-known/jwks.json`)).status).toBe(404)
  })

  test('the issuer can be the one AWS would put', async () => {
    await using aws = await startStrict({ issuer: 'aws' })
    const { IdToken } = await tokensOf(aws)
    expect(decodeJwt(IdToken).iss).toBe(`https://cognito-idp.eu-west-1.amazonaws.com/${POOL}`)
    const jwks = await (await fetch(`${aws.url}/${POOL}/.well-known/jwks.json`)).json()
    await jwtVerify(IdToken, createLocalJWKSet(jwks), { currentDate: new Date(aws.clock.now()) })
  })

  test('the Date header tells the time of the settable clock', async () => {
    server.clock.set(Date.UTC(2031, 4, 6, 7, 8, 9))
    const response = await fetch(`${server.url}/${POOL}/.well-known/jwks.json`)
    expect(response.headers.get('date')).toBe('Tue, 06 May 2031 07:08:09 GMT')
  })
})

describe('an access token that comes back', () => {
  test('reads the user', async () => {
    const { AccessToken } = await tokensOf(server)
    const { Username, UserAttributes } = await getUser(AccessToken)
    expect(Username).toBe('ada')
    expect(UserAttributes).toContainEqual({ Name: 'sub', Value: '11111111-1111-4111-8111-111111111111' })
    expect(UserAttributes).toContainEqual({ Name: 'email_verified', Value: 'true' })
  })

  test('is refused from the second it expires', async () => {
    const { AccessToken } = await tokensOf(server)
    server.clock.advance(599_000)
    await getUser(AccessToken)
    server.clock.advance(1000)
    const sentence = 'NotAuthorizedException: Access Token has expired'
    expect(await refusal(getUser(AccessToken))).toBe(sentence)
    expect(await refusal(signOutEverywhere(AccessToken))).toBe(sentence)
  })

  test('needs the scope for its own user', async () => {
    const { AccessToken } = await tokensOf(server, { clientId: 'no-admin-scope' })
    const sentence = 'NotAuthorizedException: Access Token does not have required scopes'
    expect(await refusal(getUser(AccessToken))).toBe(sentence)
    expect(await refusal(signOutEverywhere(AccessToken))).toBe(sentence)
  })

  test('is refused when forged: unsigned, altered, or an ID token in its place', async () => {
    const { AccessToken, IdToken } = await tokensOf(server)
    const unsigned = new UnsecuredJWT(decodeJwt(AccessToken)).encode()
    const [header, payload, signature] = AccessToken.split('.')
    const altered = Buffer.from(JSON.stringify({ ...decodeJwt(AccessToken), username: 'grace' }))
    const forgeries = [
      'nonsense',
      unsigned,
      `${header}.${altered.toString('base64url')}.${signature}`,
      `${header}.${payload}.${'A'.repeat(342)}`,
      IdToken,
    ]
    for (const forged of forgeries) {
      expect(await refusal(getUser(forged))).toBe('NotAuthorizedException: Invalid Access Token')
    }
  })

  test('is refused for a disabled or deleted user', async () => {
    const { AccessToken } = await tokensOf(server)
    server.admin.updateUser(POOL, 'ada', { disabled: true })
    expect(await refusal(getUser(AccessToken))).toBe('NotAuthorizedException: User is disabled.')
    server.admin.deleteUser(POOL, 'ada')
    expect(await refusal(getUser(AccessToken))).toBe('UserNotFoundException: User does not exist.')
  })
})

describe('refreshing', () => {
  test('by either operation keeps auth_time and origin_jti, and the refresh token', async () => {
    const first = await tokensOf(server)
    const before = decodeJwt(first.IdToken)
    server.clock.advance(120_000)
    const answers = [
      await refresh(server, first.RefreshToken),
      await refreshByFlow(server, first.RefreshToken),
    ]
    for (const { AuthenticationResult: result } of answers) {
      expect(result?.RefreshToken).toBeUndefined()
      expect(result?.ExpiresIn).toBe(600)
      const after = decodeJwt(result?.IdToken ?? '')
      expect(after).toMatchObject({ auth_time: before['auth_time'], origin_jti: before['origin_jti'] })
      expect(after.iat).toBe((before.iat ?? 0) + 120)
      expect(after.jti).not.toBe(before.jti)
    }
  })

  test('ends with the refresh token’s life', async () => {
    const { RefreshToken } = await tokensOf(server)
    server.clock.advance(30 * 86_400_000)
    expect(await refusal(refresh(server, RefreshToken))).toBe(
      'NotAuthorizedException: Refresh Token has expired',
    )
  })

  test('a token of another app client, or none at all, is invalid', async () => {
    const { RefreshToken } = await tokensOf(server)
    const sentence = 'NotAuthorizedException: Invalid Refresh Token'
    expect(await refusal(refresh(server, RefreshToken, { clientId: 'legacy' }))).toBe(sentence)
    expect(await refusal(refreshByFlow(server, 'nonsense'))).toBe(sentence)
  })

  test('GetTokensFromRefreshToken wants the raw secret', async () => {
    const { RefreshToken } = await tokensOf(server, rotating)
    expect(await refusal(refresh(server, RefreshToken, { clientId: 'rotating' }))).toMatch(
      /^NotAuthorizedException: Client rotating is configured with secret/,
    )
    expect(await refusal(refresh(server, RefreshToken, { ...rotating, secret: 'x' }))).toMatch(
      /^NotAuthorizedException: Unable to verify secret/,
    )
    await rotate(RefreshToken)
  })

  test.each([
    [{ disabled: true }, 'NotAuthorizedException: User is disabled.'],
    [{ status: 'RESET_REQUIRED' }, 'PasswordResetRequiredException: Password reset required for the user'],
    [{ status: 'UNCONFIRMED' }, 'UserNotConfirmedException: User is not confirmed.'],
  ] as const)('is refused while the user is %j, and the token survives', async (change, sentence) => {
    const { RefreshToken } = await tokensOf(server, rotating)
    server.admin.updateUser(POOL, 'ada', change)
    expect(await refusal(refresh(server, RefreshToken, rotating))).toBe(sentence)
    server.admin.updateUser(POOL, 'ada', { disabled: false, status: 'CONFIRMED' })
    server.clock.advance(60_000)
    await rotate(RefreshToken)
  })

  test('is over with a deleted user', async () => {
    const { RefreshToken } = await tokensOf(server)
    server.admin.deleteUser(POOL, 'ada')
    expect(await refusal(refresh(server, RefreshToken))).toBe('UserNotFoundException: User does not exist.')
  })
})

describe('refresh token rotation', () => {
  test('hands out a new refresh token each time', async () => {
    const { RefreshToken } = await tokensOf(server, rotating)
    const next = await rotate(RefreshToken)
    const last = await rotate(next)
    expect(new Set([RefreshToken, next, last]).size).toBe(3)
  })

  test('refuses REFRESH_TOKEN_AUTH', async () => {
    const { RefreshToken } = await tokensOf(server, { clientId: 'rotating-public' })
    expect(await refusal(refreshByFlow(server, RefreshToken, 'rotating-public'))).toBe(
      'InvalidParameterException: REFRESH_TOKEN_AUTH flow not enabled for this client',
    )
  })

  test('the old token may be retried within the grace period; later it is a reuse and ends the chain', async () => {
    const { RefreshToken, AccessToken } = await tokensOf(server, rotating)
    const lost = await rotate(RefreshToken)
    server.clock.advance(29_000)
    const retried = await rotate(RefreshToken)
    server.clock.advance(1000)
    expect(await refusal(refresh(server, RefreshToken, rotating))).toMatch(/^RefreshTokenReuseException/)
    for (const token of [lost, retried]) {
      expect(await refusal(refresh(server, token, rotating))).toBe(
        'NotAuthorizedException: Refresh Token has been revoked',
      )
    }
    expect(await refusal(getUser(AccessToken))).toBe('NotAuthorizedException: Access Token has been revoked')
  })

  test('does not lengthen the life of the first token', async () => {
    const { RefreshToken } = await tokensOf(server, rotating)
    server.clock.advance(3_599_000)
    const next = await rotate(RefreshToken)
    server.clock.advance(1000)
    expect(await refusal(refresh(server, next, rotating))).toMatch(/Refresh Token has expired/)
  })

  test('another sign-in of the same user is another chain', async () => {
    const [phone, laptop] = [await tokensOf(server, rotating), await tokensOf(server, rotating)]
    await rotate(phone.RefreshToken)
    server.clock.advance(60_000)
    expect(await refusal(refresh(server, phone.RefreshToken, rotating))).toMatch(/Reuse/)
    await rotate(laptop.RefreshToken)
  })
})

describe('signing out', () => {
  test('RevokeToken ends one sign-in, its access tokens too, and may be repeated', async () => {
    const [phone, laptop] = [await tokensOf(server), await tokensOf(server)]
    await revoke(phone.RefreshToken)
    await revoke(phone.RefreshToken)
    expect(await refusal(refresh(server, phone.RefreshToken))).toMatch(/Refresh Token has been revoked/)
    expect(await refusal(getUser(phone.AccessToken))).toMatch(/Access Token has been revoked/)
    await getUser(laptop.AccessToken)
  })

  test('RevokeToken takes refresh tokens of this app client and the right secret only', async () => {
    const { AccessToken, RefreshToken } = await tokensOf(server)
    expect(await refusal(revoke(AccessToken))).toMatch(/^UnsupportedTokenTypeException/)
    expect(await refusal(revoke('nonsense'))).toMatch(/^InvalidParameterException/)
    expect(await refusal(revoke(RefreshToken, 'legacy'))).toMatch(/^UnauthorizedException/)
    const other = await tokensOf(server, rotating)
    expect(await refusal(revoke(other.RefreshToken, 'rotating'))).toMatch(/^UnauthorizedException/)
    expect(await refusal(revoke(other.RefreshToken, 'rotating', 'x'))).toMatch(/^UnauthorizedException/)
    await revoke(other.RefreshToken, 'rotating', SECRET)
  })

  test('revoking a rotated-out token ends its successors too', async () => {
    const { RefreshToken } = await tokensOf(server, rotating)
    const next = await rotate(RefreshToken)
    await revoke(RefreshToken, 'rotating', SECRET)
    expect(await refusal(refresh(server, next, rotating))).toMatch(/Refresh Token has been revoked/)
  })

  test('GlobalSignOut ends every sign-in of the user and no one else’s; signing in again works', async () => {
    const [here, there] = [await tokensOf(server), await tokensOf(server, rotating)]
    const untracked = await tokensOf(server, { clientId: 'no-revocation' })
    const stranger = await tokensOf(server, { username: 'plain' })
    await signOutEverywhere(here.AccessToken)
    for (const token of [here.AccessToken, there.AccessToken, untracked.AccessToken]) {
      expect(await refusal(getUser(token))).toBe('NotAuthorizedException: Access Token has been revoked')
    }
    expect(await refusal(refresh(server, there.RefreshToken, rotating))).toMatch(/has been revoked/)
    await getUser(stranger.AccessToken)
    await getUser((await tokensOf(server)).AccessToken)
  })
})

test('tokens can be granted without a sign-in, for tests that need many', async () => {
  const granted = await server.admin.grantTokens('rotating', 'ada')
  expect(await rotate(granted.refreshToken)).not.toBe(granted.refreshToken)
  expect((await getUser(granted.accessToken)).Username).toBe('ada')
})
