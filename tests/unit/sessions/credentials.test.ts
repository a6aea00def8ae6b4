import { describe, expect, test } from 'vitest'
import type { FailureCode } from '../../../main/failure.ts'
import {
  failureOf,
  fakeProfile,
  hours,
  minutes,
  sessionIn,
  settle,
  valueOf,
  type World,
  world,
} from './fakes.ts'

const withPool = (settings = {}): World =>
  world({ all: [fakeProfile({ identityPoolId: 'eu-west-1:pool', ...settings })] })

const fetches = ({ credentials }: World): number => credentials.inputs.length

test('without an identity pool there are none', async () => {
  const w = world()
  const id = await w.signIn()
  expect(failureOf(await w.sessions.getCredentials(id)).code).toBe('credentials.no-identity-pool')
})

test('without a session there are none', async () => {
  const w = withPool()
  expect(failureOf(await w.sessions.getCredentials(w.profile.id)).code).toBe('session.none')
})

test('are kept until 15 minutes before their Expiration', async () => {
  const w = withPool()
  const id = await w.signIn()
  const first = valueOf(await w.sessions.getCredentials(id))
  await w.clock.advance(44 * minutes)
  expect(valueOf(await w.sessions.getCredentials(id)).credentials).toBe(first.credentials)
  expect(fetches(w)).toBe(1)
  await w.clock.advance(minutes)
  const second = valueOf(await w.sessions.getCredentials(id))
  expect(second.credentials.accessKeyId).not.toBe(first.credentials.accessKeyId)
  expect(second.credentials.expiresAt - w.clock.now()).toBe(hours)
})

test('too short for that reserve, three quarters of their life', async () => {
  const w = withPool()
  w.credentials.lifetimeMs = 10 * minutes
  const id = await w.signIn()
  await w.sessions.getCredentials(id)
  await w.clock.advance(7 * minutes)
  await w.sessions.getCredentials(id)
  expect(fetches(w)).toBe(1)
  await w.clock.advance(minutes)
  await w.sessions.getCredentials(id)
  expect(fetches(w)).toBe(2)
})

test('however many ask, one request', async () => {
  const w = withPool()
  const id = await w.signIn()
  w.credentials.does.fetch.gate.close()
  const asked = Array.from({ length: 50 }, () => w.sessions.getCredentials(id))
  await settle()
  w.credentials.does.fetch.gate.open()
  for (const answer of await Promise.all(asked)) valueOf(answer)
  expect(fetches(w)).toBe(1)
})

test('forced, they are fetched anew', async () => {
  const w = withPool()
  const id = await w.signIn()
  await w.sessions.getCredentials(id)
  await w.sessions.getCredentials(id, { forceRefresh: true })
  expect(fetches(w)).toBe(2)
})

test('the identity is remembered, in the record too, and asked for once', async () => {
  const w = withPool()
  const id = await w.signIn()
  await w.sessions.getCredentials(id)
  await w.sessions.fetchAuthSession(id, { forceRefresh: true })
  await w.sessions.getCredentials(id, { forceRefresh: true })
  expect(w.credentials.inputs.map(({ identityId }) => identityId)).toEqual([undefined, 'eu-west-1:identity'])
  expect(w.vault.records.get(id)?.identityId).toBe('eu-west-1:identity')
})

test('survive a refresh of the tokens', async () => {
  const w = withPool()
  const id = await w.signIn()
  const { credentials } = valueOf(await w.sessions.getCredentials(id))
  await w.sessions.fetchAuthSession(id, { forceRefresh: true })
  expect(valueOf(await w.sessions.getCredentials(id)).credentials).toBe(credentials)
})

test('are shown with their lifetime, and come with the session while they are at hand', async () => {
  const w = withPool({ roleArn: 'arn:aws:iam::123456789012:role/reader' })
  const id = await w.signIn()
  expect(valueOf(await w.sessions.fetchAuthSession(id)).credentials).toBeUndefined()
  const { credentials } = valueOf(await w.sessions.getCredentials(id))
  expect(sessionIn(w, 'active').lifetimes.credentials).toEqual({
    obtainedAt: w.clock.now(),
    expiresAt: w.clock.now() + hours,
    roleArn: 'arn:aws:iam::123456789012:role/reader',
  })
  expect(valueOf(await w.sessions.fetchAuthSession(id))).toMatchObject({
    credentials,
    identityId: 'eu-west-1:identity',
  })
  await w.clock.advance(hours)
  expect(valueOf(await w.sessions.fetchAuthSession(id)).credentials).toBeUndefined()
})

describe('when the identity pool refuses', () => {
  test.each<FailureCode>(['credentials.token-expired', 'session.revoked'])(
    'with %s, the tokens are refreshed and it is asked once more',
    async (code) => {
      const w = withPool()
      const id = await w.signIn()
      w.credentials.does.fetch.next(code)
      valueOf(await w.sessions.getCredentials(id))
      expect(w.issuer.does.refresh.asked).toHaveLength(1)
      expect(new Set(w.credentials.inputs.map(({ idToken }) => idToken)).size).toBe(2)
    },
  )

  test('twice for the same reason, that is told', async () => {
    const w = withPool()
    const id = await w.signIn()
    w.credentials.does.fetch.always('credentials.token-expired')
    expect(failureOf(await w.sessions.getCredentials(id)).code).toBe('credentials.token-expired')
    expect(fetches(w)).toBe(2)
  })

  test.each<FailureCode>(['credentials.role', 'credentials.not-supported-provider', 'credentials.limit'])(
    'with %s, it is told and not tried again',
    async (code) => {
      const w = withPool()
      const id = await w.signIn()
      w.credentials.does.fetch.next(code)
      expect(failureOf(await w.sessions.getCredentials(id)).code).toBe(code)
      expect([fetches(w), w.issuer.does.refresh.asked.length]).toEqual([1, 0])
      expect(w.sessions.activity(id)[0]).toMatchObject({ kind: 'credentials-failed', failure: { code } })
    },
  )

  test('because the network is away, what is still valid is handed out', async () => {
    const w = withPool()
    const id = await w.signIn()
    const { credentials } = valueOf(await w.sessions.getCredentials(id))
    await w.clock.advance(50 * minutes)
    w.credentials.does.fetch.always('network.offline')
    expect(valueOf(await w.sessions.getCredentials(id)).credentials).toBe(credentials)
    expect(failureOf(await w.sessions.getCredentials(id, { forceRefresh: true })).code).toBe(
      'network.offline',
    )
    await w.clock.advance(10 * minutes)
    expect(failureOf(await w.sessions.getCredentials(id)).code).toBe('network.offline')
  })

  test('what is valid and at hand needs no valid tokens', async () => {
    const w = withPool()
    w.issuer.wishes = { lifetimeMs: 5 * minutes }
    const id = await w.signIn()
    const { credentials } = valueOf(await w.sessions.getCredentials(id))
    w.issuer.does.refresh.always('network.offline')
    await w.clock.advance(30 * minutes)
    expect(valueOf(await w.sessions.getCredentials(id)).credentials).toBe(credentials)
  })
})

describe('never of somebody else', () => {
  test('fetched for the user before, they are dropped', async () => {
    const w = withPool()
    const id = await w.signIn()
    w.credentials.does.fetch.gate.close()
    const asked = w.sessions.getCredentials(id)
    await settle()
    w.issuer.wishes = { username: 'ben' }
    await w.signIn()
    w.credentials.does.fetch.gate.open()
    expect(failureOf(await asked).code).toBe('session.superseded')
    expect(sessionIn(w, 'active').lifetimes.credentials).toBeUndefined()
  })

  test('they end with the session here', async () => {
    const w = withPool()
    const id = await w.signIn()
    await w.sessions.getCredentials(id)
    await w.sessions.signOut(id)
    expect(failureOf(await w.sessions.getCredentials(id)).code).toBe('session.none')
    await w.signIn()
    await w.sessions.getCredentials(id)
    expect(fetches(w)).toBe(2)
  })

  test.each([
    ['role', { roleArn: 'arn:aws:iam::123456789012:role/admin' }],
    ['identity pool', { identityPoolId: 'eu-west-1:other' }],
  ])('another %s in the settings asks for others', async (_, settings) => {
    const w = withPool()
    const id = await w.signIn()
    await w.sessions.getCredentials(id)
    w.profiles.update(id, settings)
    await w.sessions.getCredentials(id)
    expect(fetches(w)).toBe(2)
    sessionIn(w, 'active')
  })

  test('an identity is not asked for in another identity pool', async () => {
    const w = withPool()
    const id = await w.signIn()
    await w.sessions.getCredentials(id)
    w.profiles.update(id, { identityPoolId: 'eu-west-1:other' })
    await w.sessions.getCredentials(id)
    expect(w.credentials.inputs.at(-1)?.identityId).toBeUndefined()
  })
})

test('testing them says whose they are', async () => {
  const w = withPool()
  const id = await w.signIn()
  const identity = valueOf(await w.sessions.testCredentials(id))
  expect(identity).toMatchObject({ account: '123456789012' })
  expect(identity).not.toHaveProperty('requestId')
  expect(w.sessions.activity(id).slice(0, 2)).toMatchObject([
    {
      kind: 'tested',
      detail: expect.stringContaining('assumed-role'),
      durationMs: 0,
      requestId: 'request-of-identity',
    },
    { kind: 'credentials-issued', durationMs: 0, requestId: 'request-of-credentials' },
  ])
  w.credentials.does.callerIdentity.next('credentials.refused')
  expect(failureOf(await w.sessions.testCredentials(id)).code).toBe('credentials.refused')
})
