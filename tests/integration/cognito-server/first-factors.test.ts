// USER_AUTH and CUSTOM_AUTH, asked by AWS's SDK; what its higher libraries support is proven with those below.
import { InitiateAuthCommand } from '@aws-sdk/client-cognito-identity-provider'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CognitoServer } from '../../cognito-server/index.ts'
import { FLOWS_POOL, flowsPool } from './flows.ts'
import { PASSWORD, presentTokens, refusal, respond, startStrict, userPoolClient } from './kit.ts'

let server: CognitoServer
beforeEach(async () => {
  server = await startStrict({ pools: [flowsPool], identityPools: [] })
})
afterEach(() => server.close())

const begin = (
  AuthFlow: 'USER_AUTH' | 'CUSTOM_AUTH',
  AuthParameters: Record<string, string>,
  ClientId = 'flows',
) => userPoolClient(server).send(new InitiateAuthCommand({ ClientId, AuthFlow, AuthParameters }))

const answer = (
  name: Parameters<typeof respond>[1],
  session: string | undefined,
  responses: Record<string, string>,
) => respond(server, name, session, responses, 'flows')

describe('USER_AUTH', () => {
  test('without a preference offers what this user may start with', async () => {
    const { ChallengeName, AvailableChallenges, ChallengeParameters } = await begin('USER_AUTH', {
      USERNAME: 'ada',
    })
    expect(ChallengeName).toBe('SELECT_CHALLENGE')
    expect(AvailableChallenges).toEqual(['PASSWORD', 'PASSWORD_SRP', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'])
    expect(ChallengeParameters).toEqual({})
  })

  test('a preference that is not on offer comes to the choice, too', async () => {
    const parameters = { USERNAME: 'grace', PREFERRED_CHALLENGE: 'EMAIL_OTP' }
    const { ChallengeName, AvailableChallenges } = await begin('USER_AUTH', parameters)
    expect(ChallengeName).toBe('SELECT_CHALLENGE')
    expect(AvailableChallenges).toEqual(['PASSWORD', 'PASSWORD_SRP'])
  })

  test('takes a preferred password at once', async () => {
    const parameters = { USERNAME: 'ada', PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD }
    presentTokens((await begin('USER_AUTH', parameters)).AuthenticationResult)
    expect(await refusal(begin('USER_AUTH', { ...parameters, PASSWORD: 'Wrong-1' }))).toBe(
      'NotAuthorizedException: Incorrect username or password.',
    )
  })

  test('asks for a preferred password that did not come along', async () => {
    const parameters = { USERNAME: 'ada', PREFERRED_CHALLENGE: 'PASSWORD' }
    const { ChallengeName, Session } = await begin('USER_AUTH', parameters)
    expect(ChallengeName).toBe('PASSWORD')
    const done = await answer('PASSWORD', Session, { USERNAME: 'ada', PASSWORD })
    presentTokens(done.AuthenticationResult)
    expect(await refusal(answer('PASSWORD', Session, { USERNAME: 'ada', PASSWORD }))).toMatch(/once/)
  })

  test('asks for SRP_A where PASSWORD_SRP was chosen without it', async () => {
    const { Session } = await begin('USER_AUTH', { USERNAME: 'ada' })
    const chosen = await answer('SELECT_CHALLENGE', Session, { USERNAME: 'ada', ANSWER: 'PASSWORD_SRP' })
    expect(chosen.ChallengeName).toBe('PASSWORD_SRP')
    const next = await answer('PASSWORD_SRP', chosen.Session, { USERNAME: 'ada', SRP_A: 'abc123' })
    expect(next.ChallengeName).toBe('PASSWORD_VERIFIER')
    expect(next.ChallengeParameters).toMatchObject({ USER_ID_FOR_SRP: 'ada', SRP_B: expect.any(String) })
  })

  test.each([
    ['EMAIL_OTP', 'EMAIL', 'a***@e***', 8],
    ['SMS_OTP', 'SMS', '+********4567', 6],
  ] as const)('%s sends a code that stands for the password, once', async (name, medium, shown, length) => {
    const { Session: choice } = await begin('USER_AUTH', { USERNAME: 'ada' })
    const sent = await answer('SELECT_CHALLENGE', choice, { USERNAME: 'ada', ANSWER: name })
    expect(sent).toMatchObject({
      ChallengeName: name,
      ChallengeParameters: { CODE_DELIVERY_DELIVERY_MEDIUM: medium, CODE_DELIVERY_DESTINATION: shown },
    })
    const code = server.outbox.latest('ada')?.code ?? ''
    expect(code).toHaveLength(length)
    const give = (given: string) => answer(name, sent.Session, { USERNAME: 'ada', [`${name}_CODE`]: given })
    expect(await refusal(give('0'.repeat(9)))).toBe('CodeMismatchException: Invalid code received for user')
    presentTokens((await give(code)).AuthenticationResult)
    expect(await refusal(give(code))).toMatch(/can only be used once/)
  })

  test('a code is good for as long as its Session', async () => {
    const sent = await begin('USER_AUTH', { USERNAME: 'ada', PREFERRED_CHALLENGE: 'EMAIL_OTP' })
    const EMAIL_OTP_CODE = server.outbox.latest('ada')?.code ?? ''
    server.clock.advance(180_000)
    const late = answer('EMAIL_OTP', sent.Session, { USERNAME: 'ada', EMAIL_OTP_CODE })
    expect(await refusal(late)).toMatch(/session is expired/)
  })

  test('a choice that was not on offer is refused, and the Session goes on', async () => {
    const { Session } = await begin('USER_AUTH', { USERNAME: 'grace' })
    const choose = (ANSWER: string) => answer('SELECT_CHALLENGE', Session, { USERNAME: 'grace', ANSWER })
    expect(await refusal(choose('WEB_AUTHN'))).toMatch(/^InvalidParameterException/)
    expect((await choose('PASSWORD')).ChallengeName).toBe('PASSWORD')
    expect(await refusal(choose('PASSWORD'))).toMatch(/can only be used once/)
  })

  test('WEB_AUTHN comes with the options of a passkey, and believes none', async () => {
    const asked = await begin('USER_AUTH', { USERNAME: 'ada', PREFERRED_CHALLENGE: 'WEB_AUTHN' })
    const options = JSON.parse(asked.ChallengeParameters?.['CREDENTIAL_REQUEST_OPTIONS'] ?? '')
    expect(options).toMatchObject({ rpId: expect.any(String), challenge: expect.any(String) })
    const credential = answer('WEB_AUTHN', asked.Session, { USERNAME: 'ada', CREDENTIAL: '{}' })
    expect(await refusal(credential)).toMatch(/^NotAuthorizedException/)
  })

  test('does not tell who is there: the same choice, a destination, and a code that is never right', async () => {
    const nobody = { USERNAME: 'nobody@example.com' }
    const { AvailableChallenges, Session } = await begin('USER_AUTH', nobody)
    expect(AvailableChallenges).toEqual(['PASSWORD', 'PASSWORD_SRP', 'EMAIL_OTP', 'SMS_OTP'])
    const sent = await answer('SELECT_CHALLENGE', Session, { ...nobody, ANSWER: 'EMAIL_OTP' })
    expect(sent.ChallengeParameters).toMatchObject({ CODE_DELIVERY_DESTINATION: 'n***@e***' })
    expect(server.outbox.list()).toEqual([])
    const guess = answer('EMAIL_OTP', sent.Session, { ...nobody, EMAIL_OTP_CODE: '12345678' })
    expect(await refusal(guess)).toMatch(/^CodeMismatchException/)
    const password = begin('USER_AUTH', { ...nobody, PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD })
    expect(await refusal(password)).toMatch(/Incorrect username or password/)
    expect(await refusal(begin('USER_AUTH', nobody, 'flows-legacy'))).toMatch(/^UserNotFoundException/)
  })

  test('has to be allowed', async () => {
    expect(await refusal(begin('USER_AUTH', { USERNAME: 'ada' }, 'flows-srp-only'))).toBe(
      'InvalidParameterException: USER_AUTH flow not enabled for this client',
    )
  })
})

describe('CUSTOM_AUTH', () => {
  const round = (session: string | undefined, ANSWER: string, USERNAME = 'ada') =>
    answer('CUSTOM_CHALLENGE', session, { USERNAME, ANSWER })

  test('asks round after round with what the Lambda shows of each', async () => {
    const first = await begin('CUSTOM_AUTH', { USERNAME: 'ada' })
    expect(first).toMatchObject({
      ChallengeName: 'CUSTOM_CHALLENGE',
      ChallengeParameters: { USERNAME: 'ada', question: 'Which engine?', hint: 'Not the first one' },
    })
    const second = await round(first.Session, 'analytical')
    expect(second.ChallengeParameters).toEqual({ USERNAME: 'ada', question: 'Which year?' })
    presentTokens((await round(second.Session, '1842')).AuthenticationResult)
  })

  test('a wrong answer is asked again with a fresh Session, the third ends it', async () => {
    const first = await begin('CUSTOM_AUTH', { USERNAME: 'ada' })
    const second = await round(first.Session, 'difference')
    expect(second.ChallengeParameters?.['question']).toBe('Which engine?')
    expect(await refusal(round(first.Session, 'analytical'))).toMatch(/can only be used once/)
    const third = await round(second.Session, 'difference')
    expect(await refusal(round(third.Session, 'difference'))).toBe(
      'NotAuthorizedException: Incorrect username or password.',
    )
  })

  test('a name nobody has is asked as well, and fails as if the answers were wrong', async () => {
    let { Session } = await begin('CUSTOM_AUTH', { USERNAME: 'nobody' })
    for (let i = 0; i < 2; i++) ({ Session } = await round(Session, 'analytical', 'nobody'))
    expect(await refusal(round(Session, 'analytical', 'nobody'))).toMatch(/Incorrect username or password/)
  })

  test('has to be allowed, and needs its Lambda triggers', async () => {
    expect(await refusal(begin('CUSTOM_AUTH', { USERNAME: 'ada' }, 'flows-srp-only'))).toBe(
      'InvalidParameterException: CUSTOM_AUTH flow not enabled for this client',
    )
    const { customAuth: _, ...bare } = flowsPool
    await server.close()
    server = await startStrict({ pools: [bare], identityPools: [] })
    expect(await refusal(begin('CUSTOM_AUTH', { USERNAME: 'ada' }))).toBe(
      'InvalidParameterException: Custom auth lambda trigger is not configured for the user pool.',
    )
  })
})

test('the journal keeps the ClientMetadata that a Lambda trigger would get', async () => {
  const ClientMetadata = { campaign: 'spring' }
  const request = { ClientId: 'flows', AuthFlow: 'CUSTOM_AUTH' as const, AuthParameters: { USERNAME: 'ada' } }
  await userPoolClient(server).send(new InitiateAuthCommand({ ...request, ClientMetadata }))
  const [entry] = server.requests.list({ operation: 'InitiateAuth' })
  expect(entry?.clientMetadata).toEqual(ClientMetadata)
})

test('a challenge that no client knows can be answered under its own name', async () => {
  server.admin.addUser(FLOWS_POOL, {
    username: 'eve',
    password: PASSWORD,
    inventedChallenge: { name: 'RETINA_SCAN', parameters: { EYE: 'left' }, answer: 'brown' },
  })
  const start = () => begin('USER_AUTH', { USERNAME: 'eve', PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD })
  const asked = await start()
  expect(asked).toMatchObject({ ChallengeName: 'RETINA_SCAN', ChallengeParameters: { EYE: 'left' } })
  // The SDK's type knows the names of its day; the wire takes any.
  const name = asked.ChallengeName ?? 'WEB_AUTHN'
  const done = await answer(name, asked.Session, { USERNAME: 'eve', ANSWER: 'brown' })
  presentTokens(done.AuthenticationResult)
  const wrong = answer(name, (await start()).Session, { USERNAME: 'eve', ANSWER: 'blue' })
  expect(await refusal(wrong)).toMatch(/^NotAuthorizedException/)
  expect(await refusal(answer(name, undefined, { USERNAME: 'eve', ANSWER: 'x' }))).toMatch(
    /Value 'RETINA_SCAN' at 'challengeName'/,
  )
})
