import { GetUserCommand } from '@aws-sdk/client-cognito-identity-provider'
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { CognitoServer } from '../../cognito-server/index.ts'
import { POOL, refresh, refusal, startStrict, tokensOf, userPoolClient } from './kit.ts'

let server: CognitoServer
beforeEach(async () => {
  server = await startStrict()
})
afterEach(() => server.close())

/** What a verifier sees who has not been here before. */
const verify = (token: string) =>
  jwtVerify(token, createRemoteJWKSet(new URL(`${server.issuerOf(POOL)}/.well-known/jwks.json`)))

const getUser = (AccessToken: string) => userPoolClient(server).send(new GetUserCommand({ AccessToken }))

test('after a rotation new tokens name a new key, and those of before stay good', async () => {
  const before = await tokensOf(server)
  await server.admin.rotateKeys(POOL)
  const after = await tokensOf(server)
  expect(decodeProtectedHeader(after.IdToken).kid).not.toBe(decodeProtectedHeader(before.IdToken).kid)
  for (const { IdToken, AccessToken } of [before, after]) {
    await verify(IdToken)
    expect((await getUser(AccessToken)).Username).toBe('ada')
  }
})

test('once an old key is gone its tokens are worth nothing, and refreshing brings new ones', async () => {
  const { AccessToken, RefreshToken } = await tokensOf(server)
  await server.admin.rotateKeys(POOL, { dropOld: true })
  expect(await refusal(verify(AccessToken))).toMatch(/no applicable key/)
  expect(await refusal(getUser(AccessToken))).toBe('NotAuthorizedException: Invalid Access Token')
  const { AuthenticationResult } = await refresh(server, RefreshToken)
  expect((await getUser(AuthenticationResult?.AccessToken ?? '')).Username).toBe('ada')
})
