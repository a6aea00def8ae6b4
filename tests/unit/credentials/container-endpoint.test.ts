import { connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import {
  type ContainerEndpoint,
  type ContainerEndpointOptions,
  startContainerEndpoint,
} from '../../../main/credentials/container-endpoint.ts'
import type { ExportedCredentials } from '../../../main/credentials/formats.ts'
import { fail, ok, type Result } from '../../../main/failure.ts'
import { valueOf } from '../../integration/cognito/support.ts'
import { standingClock } from '../cognito/support.ts'
import { sampleCredentials } from './samples.ts'

const open: ContainerEndpoint[] = []
const start = async (options: ContainerEndpointOptions): Promise<ContainerEndpoint> => {
  const endpoint = valueOf(await startContainerEndpoint(options))
  open.push(endpoint)
  return endpoint
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((endpoint) => endpoint.close()))
})

const fresh = (now = Date.now(), id = 'ASIA1'): Result<ExportedCredentials> =>
  ok({ ...sampleCredentials, accessKeyId: id, expiresAt: now + 3_600_000 })
const ask = ({ uri, token }: ContainerEndpoint) => fetch(uri, { headers: { authorization: token } })

/** One request as its bytes, for headers that fetch does not let through. */
const raw = async ({ uri }: ContainerEndpoint, head: string): Promise<string> => {
  const socket = connect(Number(new URL(uri).port), '127.0.0.1')
  socket.setEncoding('utf8').write(`${head}\r\nConnection: close\r\n\r\n`)
  let text = ''
  for await (const chunk of socket) text += String(chunk)
  return text
}

test('answers in the words of the container providers, to who has the token', async () => {
  const endpoint = await start({ get: () => Promise.resolve(fresh()) })
  expect(new URL(endpoint.uri).hostname).toBe('127.0.0.1')
  const answer = await ask(endpoint)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(await answer.json()).toEqual({
    AccessKeyId: 'ASIA1',
    SecretAccessKey: sampleCredentials.secretAccessKey,
    Token: sampleCredentials.sessionToken,
    Expiration: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
  })
})

test('says nothing to strangers', async () => {
  const endpoint = await start({ get: () => Promise.resolve(fresh()) })
  const { host } = new URL(endpoint.uri)
  const path = 'GET /credentials HTTP/1.1'
  const refused = [
    `${path}\r\nHost: ${host}`,
    `${path}\r\nHost: ${host}\r\nAuthorization: ${endpoint.token.slice(1)}`,
    `${path}\r\nHost: ${host}\r\nAuthorization: Bearer ${endpoint.token}`,
    `${path}\r\nHost: evil.example\r\nAuthorization: ${endpoint.token}`,
    `GET /credentials?Authorization=${endpoint.token} HTTP/1.1\r\nHost: ${host}`,
    `OPTIONS /credentials HTTP/1.1\r\nHost: ${host}\r\nOrigin: https://evil.example\r\nAccess-Control-Request-Method: GET\r\nAccess-Control-Request-Headers: authorization`,
    `${path}\r\nHost: localhost:${new URL(endpoint.uri).port}\r\nAuthorization: ${endpoint.token}`,
  ]
  for (const head of refused) {
    const text = await raw(endpoint, head)
    expect(text).toMatch(/^HTTP\/1\.1 403 /)
    expect(text).not.toMatch(/access-control-/i)
    expect(text.split('\r\n\r\n')[1]?.replaceAll(/[\r\n0]/g, '')).toBe('')
  }
  expect(
    await raw(endpoint, `POST /credentials HTTP/1.1\r\nHost: ${host}\r\nAuthorization: ${endpoint.token}`),
  ).toMatch(/^HTTP\/1\.1 405 /)
  expect(await raw(endpoint, `GET / HTTP/1.1\r\nHost: ${host}\r\nAuthorization: ${endpoint.token}`)).toMatch(
    /^HTTP\/1\.1 404 /,
  )
})

test('two endpoints have nothing in common', async () => {
  const get = () => Promise.resolve(fresh())
  const [one, two] = [await start({ get }), await start({ get })]
  expect(one.uri).not.toBe(two.uri)
  expect(one.token).not.toBe(two.token)
  expect((await ask({ ...one, token: two.token })).status).toBe(403)
})

test('never hands out what has expired', async () => {
  const endpoint = await start({
    get: () => Promise.resolve(ok({ ...sampleCredentials, expiresAt: Date.now() - 1 })),
  })
  const answer = await ask(endpoint)
  expect(answer.status).toBe(400)
  expect(JSON.stringify(await answer.json())).not.toContain(sampleCredentials.secretAccessKey)
})

test('passes a refusal on in words for a person, and does not fall back on older credentials', async () => {
  let answer = fresh()
  const endpoint = await start({ get: () => Promise.resolve(answer) })
  expect((await ask(endpoint)).status).toBe(200)
  answer = fail('session.none')
  const refused = await ask(endpoint)
  expect(refused.status).toBe(400)
  expect(await refused.json()).toEqual({
    Code: 'session.none',
    Message: 'Sesame: Nobody is signed in to this profile. Sign in.',
  })
})

test('answers with what is still good where the refresh takes longer than a client waits', async () => {
  const clock = standingClock()
  const gate = Promise.withResolvers<Result<ExportedCredentials>>()
  let calls = 0
  const asked = Promise.withResolvers<void>()
  const endpoint = await start({
    clock,
    get: () => {
      calls += 1
      if (calls < 3) return Promise.resolve(fresh(clock.now(), `ASIA${calls}`))
      asked.resolve()
      return gate.promise
    },
  })
  await ask(endpoint)
  const answering = ask(endpoint)
  await asked.promise
  clock.advance(700)
  expect(await (await answering).json()).toMatchObject({ AccessKeyId: 'ASIA2' })
  gate.resolve(fresh(clock.now(), 'ASIA3'))
})

test('renews before the last 15 minutes begin, without being asked', async () => {
  const clock = standingClock()
  let calls = 0
  let next = Promise.withResolvers<void>()
  await start({
    clock,
    get: () => {
      calls += 1
      // Behind the microtasks in which the endpoint sets its timer.
      setImmediate(() => next.resolve())
      return Promise.resolve(fresh(clock.now()))
    },
  })
  await next.promise
  next = Promise.withResolvers<void>()
  clock.advance(44 * 60_000)
  expect(calls).toBe(1)
  clock.advance(60_000 - 29_000)
  await next.promise
  expect(calls).toBe(2)
})

test('an exception is told to its owner, and to the caller only that there was one', async () => {
  const errors: unknown[] = []
  const bug = new Error('secret detail')
  const endpoint = await start({ get: () => Promise.reject(bug), onError: (error) => errors.push(error) })
  const answer = await ask(endpoint)
  expect(answer.status).toBe(400)
  expect(await answer.text()).not.toContain('secret detail')
  expect(errors).toContain(bug)
})
