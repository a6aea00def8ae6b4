import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CognitoServer } from '../../cognito-server/index.ts'
import { POOL, passwordSignIn, refresh, refusal, SECRET, startStrict, tokensOf } from './kit.ts'

let server: CognitoServer
beforeEach(async () => {
  server = await startStrict()
})
afterEach(() => server.close())

const person = { clientId: 'rotating', secret: SECRET }
const operation = 'GetTokensFromRefreshToken'

/** What a browser-like client sees of one refresh: HTTP as it is, without an SDK's help. */
async function rawRefresh(token: string) {
  const response = await fetch(server.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
    },
    body: JSON.stringify({ ClientId: 'rotating', ClientSecret: SECRET, RefreshToken: token }),
  })
  return { status: response.status, type: response.headers.get('content-type'), body: await response.text() }
}

describe('faults that strike before the work', () => {
  test('reset: the connection breaks and the token is not rotated', async () => {
    const { RefreshToken } = await tokensOf(server, person)
    const fault = server.faults.add({ match: { operation }, fault: { kind: 'reset' } })
    await expect(rawRefresh(RefreshToken)).rejects.toThrow('fetch failed')
    expect(fault.hits).toBe(1)
    server.clock.advance(3_000_000)
    await refresh(server, RefreshToken, person)
  })

  test('throttle: TooManyRequestsException with status 429', async () => {
    const { RefreshToken } = await tokensOf(server, person)
    server.faults.add({ match: { operation }, fault: { kind: 'throttle' } })
    const { status, body } = await rawRefresh(RefreshToken)
    expect({ status, ...JSON.parse(body) }).toEqual({
      status: 429,
      __type: 'TooManyRequestsException',
      message: 'Rate exceeded',
    })
  })

  test('html-500: a page where JSON should be', async () => {
    const { RefreshToken } = await tokensOf(server, person)
    server.faults.add({ match: { operation }, fault: { kind: 'html-500' } })
    const { status, type, body } = await rawRefresh(RefreshToken)
    expect({ status, type }).toEqual({ status: 500, type: 'text/html' })
    expect(body).toContain('<html>')
  })

  test('exception: any of Cognito’s, in place of the work', async () => {
    const fault = { kind: 'exception', type: 'InternalErrorException', message: 'Oh', status: 500 } as const
    server.faults.add({ match: { operation: 'InitiateAuth', user: 'ada' }, fault })
    await tokensOf(server, { username: 'plain' })
    expect(await refusal(passwordSignIn(server))).toBe('InternalErrorException: Oh')
    await tokensOf(server)
  })

  test('delay: the answer comes, later', async () => {
    server.faults.add({ match: { operation: 'InitiateAuth' }, fault: { kind: 'delay', milliseconds: 60 } })
    const start = performance.now()
    await tokensOf(server)
    expect(performance.now() - start).toBeGreaterThan(55)
  })
})

describe('faults that strike after the work', () => {
  test('answer-lost: the token is rotated, nobody hears of it, and the old one works within the grace period', async () => {
    const { RefreshToken } = await tokensOf(server, person)
    server.faults.add({ match: { operation }, fault: { kind: 'answer-lost' } })
    await expect(rawRefresh(RefreshToken)).rejects.toThrow('fetch failed')
    expect(server.requests.list({ operation })).toMatchObject([
      { user: 'ada', clientId: 'rotating', outcome: 'ok', status: undefined, fault: 'answer-lost' },
    ])
    server.clock.advance(29_000)
    await refresh(server, RefreshToken, person)
    server.clock.advance(1000)
    expect(await refusal(refresh(server, RefreshToken, person))).toMatch(/^RefreshTokenReuseException/)
  })

  test('truncated: half a body, although the header promised all of it', async () => {
    const { RefreshToken } = await tokensOf(server, person)
    server.faults.add({ match: { operation }, fault: { kind: 'truncated' } })
    await expect(rawRefresh(RefreshToken)).rejects.toThrow('terminated')
    server.clock.advance(31_000)
    expect(await refusal(refresh(server, RefreshToken, person))).toMatch(/^RefreshTokenReuseException/)
  })
})

describe('holding a request', () => {
  test.each([
    ['before', 'RefreshTokenReuseException'],
    ['after', 'ok'],
  ] as const)('%s its work lets a test put something in between', async (when, outcome) => {
    const { RefreshToken } = await tokensOf(server, person)
    const held = server.faults.hold({ operation }, when)
    const first = rawRefresh(RefreshToken)
    await held.arrived
    if (when === 'before') await refresh(server, RefreshToken, person)
    server.clock.advance(60_000)
    held.release()
    expect((await first).status).toBe(outcome === 'ok' ? 200 : 400)
    expect(server.requests.list({ operation }).at(-1)?.outcome).toBe(outcome)
  })
})

test('faults reach STS and key sets too', async () => {
  server.faults.add({ match: { operation: 'GetCallerIdentity' }, fault: { kind: 'throttle' } })
  server.faults.add({ match: { operation: 'jwks.json' }, fault: { kind: 'html-500' } })
  const sts = await fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'Action=GetCallerIdentity&Version=2011-06-15',
  })
  expect(sts.status).toBe(429)
  expect(await sts.text()).toContain('<Code>TooManyRequestsException</Code>')
  const keys = () => fetch(`${server.url}/${POOL}/.well-known/jwks.json`)
  expect((await keys()).status).toBe(500)
  expect((await keys()).status).toBe(200)
})

test('a body without end is cut off', async () => {
  const response = await fetch(server.url, { method: 'POST', body: 'x'.repeat(2_000_000) }).catch(
    () => undefined,
  )
  expect(response?.status ?? 413).toBe(413)
  await tokensOf(server)
})

test('closing the server ends every connection', async () => {
  const socket = connect(server.port, '127.0.0.1')
  await new Promise((resolve) => socket.once('connect', resolve))
  const closed = new Promise((resolve) => socket.once('close', () => resolve('closed')))
  await server.close()
  expect(await closed).toBe('closed')
  server = await startStrict()
})
