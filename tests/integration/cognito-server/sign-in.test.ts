import { InitiateAuthCommand } from '@aws-sdk/client-cognito-identity-provider'
import { decodeJwt } from 'jose'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CognitoServer } from '../../cognito-server/index.ts'
import { N } from '../../cognito-server/srp.ts'
import {
  hash,
  PASSWORD,
  passwordSignIn,
  presentTokens,
  refusal,
  SECRET,
  srpSignIn,
  startSrp,
  startStrict,
  tokensOf,
  userPoolClient,
} from './kit.ts'

let server: CognitoServer
beforeEach(async () => {
  server = await startStrict()
})
afterEach(() => server.close())

const WRONG = 'NotAuthorizedException: Incorrect username or password.'

describe('a password by SRP', () => {
  test('signs in with and without a secret, by username, alias and odd case', async () => {
    const confidential = { clientId: 'confidential', secret: SECRET }
    for (const username of ['ada', 'ADA', 'ada@example.com', 'countess']) {
      for (const client of [{}, confidential]) {
        const { AuthenticationResult } = await srpSignIn(server, { username, ...client })
        expect(decodeJwt(presentTokens(AuthenticationResult).IdToken)['cognito:username']).toBe('ada')
      }
    }
  })

  test('a wrong password is refused', async () => {
    expect(await refusal(srpSignIn(server, { password: 'Wrong-Password-1' }))).toBe(WRONG)
  })

  test('an alias that is not verified is nobody', async () => {
    expect(await refusal(srpSignIn(server, { username: 'g@example.com' }))).toBe(WRONG)
  })

  test('A mod N = 0 is refused: it would make any password pass', async () => {
    const start = (SRP_A: string) =>
      userPoolClient(server).send(
        new InitiateAuthCommand({
          ClientId: 'public',
          AuthFlow: 'USER_SRP_AUTH',
          AuthParameters: { USERNAME: 'ada', SRP_A },
        }),
      )
    for (const A of ['0', '00', N.toString(16), (N * 2n).toString(16), 'not hex']) {
      expect(await refusal(start(A))).toMatch(/^InvalidParameterException/)
    }
  })

  test('a SECRET_BLOCK and its Session are good for one answer, right or wrong', async () => {
    const right = await startSrp(server)
    await right.answer()
    expect(await refusal(right.answer())).toBe(
      'NotAuthorizedException: Invalid session for the user, session can only be used once.',
    )
    const wrong = await startSrp(server)
    expect(await refusal(wrong.answer({ PASSWORD_CLAIM_SIGNATURE: 'AAAA' }))).toBe(WRONG)
    expect(await refusal(wrong.answer())).toMatch(/session can only be used once/)
    expect(await refusal(wrong.answer({}, { Session: undefined }))).toMatch(/session can only be used once/)
  })

  test('clients older than Sessions may answer with the SECRET_BLOCK alone', async () => {
    const attempt = await startSrp(server)
    const { AuthenticationResult } = await attempt.answer({}, { Session: undefined })
    expect(AuthenticationResult?.RefreshToken).toBeDefined()
  })

  test('the block of one attempt does not go with the Session of another', async () => {
    const [first, second] = [await startSrp(server), await startSrp(server)]
    expect(await refusal(first.answer({}, { Session: second.challenge.Session }))).toBe(WRONG)
    const otherBlock = Buffer.from('another block').toString('base64')
    expect(await refusal(first.answer({ PASSWORD_CLAIM_SECRET_BLOCK: otherBlock }))).toBe(WRONG)
  })

  test('a Session belongs to its user and app client', async () => {
    const attempt = await startSrp(server)
    const stolen = 'NotAuthorizedException: Invalid session for the user.'
    expect(await refusal(attempt.answer({ USERNAME: 'grace' }))).toBe(stolen)
    expect(await refusal(attempt.answer({}, { ClientId: 'srp-only' }))).toBe(stolen)
    expect(await refusal(attempt.answer({}, { Session: 'x'.repeat(40) }))).toBe(stolen)
    presentTokens((await attempt.answer()).AuthenticationResult)
  })

  test('a Session runs out after three minutes', async () => {
    const attempt = await startSrp(server)
    server.clock.advance(180_000)
    expect(await refusal(attempt.answer())).toBe(
      'NotAuthorizedException: Invalid session for the user, session is expired.',
    )
  })

  test.each([
    ['in another format', '2026-02-03T04:05:06Z', /^InvalidParameterException: TIMESTAMP format should be/],
    ['with a padded day', 'Tue Feb 03 04:05:06 UTC 2026', /^InvalidParameterException: TIMESTAMP format/],
    ['of another day', 'Tue Feb 3 04:05:06 UTC 2015', /^NotAuthorizedException: TIMESTAMP is too far/],
  ])('a TIMESTAMP %s is refused', async (_what, TIMESTAMP, sentence) => {
    const attempt = await startSrp(server)
    expect(await refusal(attempt.answer({ TIMESTAMP }))).toMatch(sentence)
  })

  test('a clock that is six minutes off is told so, not that the password is wrong', async () => {
    server.clock.advance(-360_000)
    expect(await refusal(srpSignIn(server))).toMatch(/TIMESTAMP is too far/)
  })
})

describe('a plain password', () => {
  test('signs in, and tells nothing about who exists', async () => {
    await tokensOf(server)
    expect(await refusal(passwordSignIn(server, { password: 'no' }))).toBe(WRONG)
    expect(await refusal(passwordSignIn(server, { username: 'nobody' }))).toBe(WRONG)
    expect(await refusal(srpSignIn(server, { username: 'nobody' }))).toBe(WRONG)
  })

  test('an unknown user gets the same salt every time, as a known one does', async () => {
    const saltOf = async (username: string) =>
      (await startSrp(server, { username })).challenge.ChallengeParameters?.['SALT']
    expect(await saltOf('nobody')).toBe(await saltOf('nobody'))
    expect(await saltOf('nobody')).not.toBe(await saltOf('nobody2'))
    expect(await saltOf('ada')).toBe(await saltOf('ada'))
  })

  test('a legacy app client says that a user does not exist', async () => {
    const nobody = { username: 'nobody', clientId: 'legacy' }
    const sentence = 'UserNotFoundException: User does not exist.'
    expect(await refusal(passwordSignIn(server, nobody))).toBe(sentence)
    expect(await refusal(srpSignIn(server, nobody))).toBe(sentence)
  })

  test('a flow the app client does not allow is refused', async () => {
    expect(await refusal(passwordSignIn(server, { clientId: 'srp-only' }))).toBe(
      'InvalidParameterException: USER_PASSWORD_AUTH flow not enabled for this client',
    )
  })

  test.each([
    ['unconfirmed', 'UserNotConfirmedException: User is not confirmed.'],
    ['reset', 'PasswordResetRequiredException: Password reset required for the user'],
    ['disabled', 'NotAuthorizedException: User is disabled.'],
  ])('%s users are told what is next, however they prove their password', async (username, sentence) => {
    expect(await refusal(passwordSignIn(server, { username }))).toBe(sentence)
    expect(await refusal(srpSignIn(server, { username }))).toBe(sentence)
  })

  test('an unknown app client is told apart', async () => {
    expect(await refusal(passwordSignIn(server, { clientId: 'gone' }))).toBe(
      'ResourceNotFoundException: User pool client gone does not exist.',
    )
  })
})

describe('five wrong passwords', () => {
  test('lock the user for a second, then twice as long, right password or not', async () => {
    const wrong = () => refusal(passwordSignIn(server, { password: 'no' }))
    const exceeded = 'NotAuthorizedException: Password attempts exceeded'
    for (let i = 0; i < 4; i++) expect(await wrong()).toBe(WRONG)
    expect(await refusal(srpSignIn(server, { password: 'no' }))).toBe(WRONG)
    expect(await refusal(passwordSignIn(server))).toBe(exceeded)
    server.clock.advance(1000)
    expect(await wrong()).toBe(WRONG)
    server.clock.advance(1000)
    expect(await refusal(srpSignIn(server))).toBe(exceeded)
    server.clock.advance(1000)
    await tokensOf(server)
    expect(await wrong()).toBe(WRONG)
    await tokensOf(server)
  })
})

describe('SECRET_HASH', () => {
  const person = { clientId: 'confidential', secret: SECRET }

  test('is wanted, has to be right, and is made over the name as typed', async () => {
    expect(await refusal(passwordSignIn(server, { clientId: 'confidential' }))).toBe(
      'NotAuthorizedException: Client confidential is configured with secret but SECRET_HASH was not received',
    )
    const mismatch = 'NotAuthorizedException: Unable to verify secret hash for client confidential'
    expect(await refusal(passwordSignIn(server, { ...person, secret: 'other' }))).toBe(mismatch)
    await tokensOf(server, { ...person, username: 'ada@example.com' })
  })

  test('a public app client does not take one', async () => {
    expect(await refusal(passwordSignIn(server, { secret: SECRET }))).toBe(
      'NotAuthorizedException: Unable to verify secret hash for client public',
    )
  })

  test('after SRP it is made over USER_ID_FOR_SRP, not over the alias', async () => {
    const attempt = await startSrp(server, { ...person, username: 'ada@example.com' })
    const overAlias = { USERNAME: 'ada@example.com', ...hash('ada@example.com', person) }
    expect(await refusal(attempt.answer(overAlias))).toMatch(/Unable to verify secret hash/)
    presentTokens((await attempt.answer()).AuthenticationResult)
  })

  test('REFRESH_TOKEN_AUTH wants it over the real username', async () => {
    const { RefreshToken } = await tokensOf(server, { ...person, username: 'ada@example.com' })
    const refresh = (username: string) =>
      userPoolClient(server).send(
        new InitiateAuthCommand({
          ClientId: 'confidential',
          AuthFlow: 'REFRESH_TOKEN_AUTH',
          AuthParameters: { REFRESH_TOKEN: RefreshToken, ...hash(username, person) },
        }),
      )
    expect(await refusal(refresh('ada@example.com'))).toBe(
      'NotAuthorizedException: SecretHash does not match for the client: confidential',
    )
    expect((await refresh('ada')).AuthenticationResult?.IdToken).toBeDefined()
  })
})

describe('malformed requests', () => {
  const post = async (target: string, body: string) => {
    const response = await fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target },
      body,
    })
    const answer = await response.json()
    const { __type: type } = answer
    return { status: response.status, header: response.headers.get('x-amzn-errortype'), type }
  }
  const INITIATE = 'AWSCognitoIdentityProviderService.InitiateAuth'

  test.each([
    [INITIATE, '{', 'SerializationException'],
    [INITIATE, '{"AuthFlow":5}', 'SerializationException'],
    [INITIATE, '{"AuthFlow":"USER_SRP_AUTH"}', 'InvalidParameterException'],
    [INITIATE, '{"AuthFlow":"NONSENSE","ClientId":"public"}', 'InvalidParameterException'],
    [INITIATE, '{"AuthFlow":"USER_SRP_AUTH","ClientId":"public"}', 'InvalidParameterException'],
    ['AWSCognitoIdentityProviderService.Nonsense', '{}', 'UnknownOperationException'],
    ['AWSCognitoIdentityService.InitiateAuth', '{}', 'UnknownOperationException'],
  ])('%s %s is a %s with status 400', async (target, body, type) => {
    expect(await post(target, body)).toEqual({ status: 400, header: `${type}:`, type })
  })

  test('an endpoint can be made as old as is needed', async () => {
    await using old = await startStrict({ unknownOperations: ['InitiateAuth'] })
    expect(await refusal(passwordSignIn(old))).toMatch(/^UnknownOperationException/)
  })
})

test('the password never shows in the journal', async () => {
  await tokensOf(server)
  await srpSignIn(server)
  expect(server.requests.count({ user: 'ada', outcome: 'ok' })).toBe(3)
  expect(JSON.stringify(server.requests.list())).not.toContain(PASSWORD)
})
