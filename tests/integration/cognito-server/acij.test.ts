import type { CognitoUserSession } from 'amazon-cognito-identity-js'
import { decodeJwt } from 'jose'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { CognitoServer } from '../../cognito-server/index.ts'
import { acijCall, acijCompleteNewPassword, acijSendTotp, acijSession, acijSignIn, acijUser } from './acij.ts'
import { refreshByFlow, refusal, startStrict, totpCode } from './kit.ts'

let server: CognitoServer
beforeEach(async () => {
  server = await startStrict()
})
afterEach(() => server.close())

test.each(['USER_SRP_AUTH', 'USER_PASSWORD_AUTH'] as const)(
  'signs in by %s and reads its own user',
  async (flow) => {
    const user = acijUser(server, 'ada')
    const session = acijSession(await acijSignIn(user, undefined, flow))
    expect(session.getIdToken().payload['cognito:username']).toBe('ada')
    const attributes = await acijCall<{ Name: string; Value: string }[]>((done) =>
      user.getUserAttributes((error, result) => done(error, result)),
    )
    expect(attributes?.find(({ Name }) => Name === 'custom:team')?.Value).toBe('platform')
  },
)

test('a wrong password is refused', async () => {
  expect(await refusal(acijSignIn(acijUser(server, 'ada'), 'Wrong-Password-1'))).toBe(
    'NotAuthorizedException: Incorrect username or password.',
  )
})

test('walks through a new password with its required attributes', async () => {
  const user = acijUser(server, 'newcomer')
  const challenge = await acijSignIn(user)
  expect(challenge).toEqual({ kind: 'new-password', present: { email: 'n@example.com' }, required: ['name'] })
  acijSession(await acijCompleteNewPassword(user, 'Brand-New-1', { name: 'New' }))
})

test('walks through a TOTP code, a wrong one first', async () => {
  const user = acijUser(server, 'grace')
  expect((await acijSignIn(user)).kind).toBe('totp')
  const stale = totpCode(server, undefined, -10)
  expect(await refusal(acijSendTotp(user, stale))).toMatch(/^CodeMismatchException/)
  acijSession(await acijSendTotp(user, totpCode(server)))
})

test('refreshes by REFRESH_TOKEN_AUTH: new tokens, same auth_time and origin_jti', async () => {
  const user = acijUser(server, 'ada')
  const first = acijSession(await acijSignIn(user))
  server.clock.advance(60_000)
  const second = await acijCall<CognitoUserSession>((done) =>
    user.refreshSession(first.getRefreshToken(), done),
  )
  const [before, after] = [first, second].map((session) =>
    decodeJwt(session?.getIdToken().getJwtToken() ?? ''),
  )
  expect(after?.jti).not.toBe(before?.jti)
  expect(after?.iat).toBe((before?.iat ?? 0) + 60)
  expect(after?.['auth_time']).toBe(before?.['auth_time'])
  expect(after?.['origin_jti']).toBe(before?.['origin_jti'])
})

test('signing out revokes the refresh token', async () => {
  const user = acijUser(server, 'ada')
  const session = acijSession(await acijSignIn(user))
  await acijCall((done) => user.signOut(() => done()))
  expect(server.requests.count({ operation: 'RevokeToken', outcome: 'ok' })).toBe(1)
  expect(await refusal(refreshByFlow(server, session.getRefreshToken().getToken()))).toBe(
    'NotAuthorizedException: Refresh Token has been revoked',
  )
})

test('global sign-out ends the sign-ins of every app client', async () => {
  const [user, elsewhere] = [acijUser(server, 'ada'), acijUser(server, 'ada', 'srp-only')]
  acijSession(await acijSignIn(user))
  const other = acijSession(await acijSignIn(elsewhere))
  const message = await new Promise((resolve, reject) => {
    user.globalSignOut({ onSuccess: resolve, onFailure: reject })
  })
  expect(message).toBe('SUCCESS')
  const refresh = refreshByFlow(server, other.getRefreshToken().getToken(), 'srp-only')
  expect(await refusal(refresh)).toMatch(/Refresh Token has been revoked/)
  const read = acijCall((done) => elsewhere.getUserAttributes((error, result) => done(error, result)))
  expect(await refusal(read)).toMatch(/Access Token has been revoked/)
})
