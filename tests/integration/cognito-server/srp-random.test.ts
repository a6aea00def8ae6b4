// 72 of three hundred logins whose client arithmetic nobody here wrote, with nothing forced (the others: srp-forced.test.ts).
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CognitoServer } from '../../cognito-server/index.ts'
import { acijSession, acijSignIn, acijUser } from './acij.ts'
import { addStranger, presentTokens, srpSignIn, startStrict } from './kit.ts'

let server: CognitoServer
beforeAll(async () => {
  server = await startStrict()
})
afterAll(() => server.close())

test('42 logins by cognito-srp-helper', { timeout: 240_000 }, async () => {
  for (let i = 0; i < 42; i++) {
    const stranger = addStranger(server)
    const { AccessToken } = presentTokens((await srpSignIn(server, stranger)).AuthenticationResult)
    expect(decodeJwt(AccessToken)['username']).toBe(stranger.username)
  }
})

test('30 logins by amazon-cognito-identity-js', { timeout: 240_000 }, async () => {
  for (let i = 0; i < 30; i++) {
    const { username, password } = addStranger(server)
    const session = acijSession(await acijSignIn(acijUser(server, username), password))
    expect(session.getIdToken().payload['cognito:username']).toBe(username)
  }
})
