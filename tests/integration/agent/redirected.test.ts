// Who may ask the agent tries to have secrets sent to a server of their own.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { askSocket } from '../../../main/agent/ask-socket.ts'
import { type Profile, type ProfileSettings, profileSchema } from '../../../main/profiles/profile.ts'
import { password, settingsFor, startWorld, type TestWorld } from './support.ts'

const canary = 'the-client-secret-canary'

let world: TestWorld
/** All that ever reached the other server. */
let stolen = ''
let url = ''
const thief = createServer((request, response) => {
  stolen += `${request.method} ${request.url} ${JSON.stringify(request.headers)}\n`
  request.setEncoding('utf8').on('data', (text: string) => {
    stolen += text
  })
  request.on('end', () => {
    response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' })
    response.end('{"__type":"NotAuthorizedException","message":"no"}')
  })
})

beforeAll(async () => {
  world = await startWorld()
  const { promise, resolve } = Promise.withResolvers<void>()
  thief.listen(0, '127.0.0.1', () => resolve())
  await promise
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens at an address, not at a path
  url = `http://127.0.0.1:${(thief.address() as AddressInfo).port}`
})
afterAll(async () => {
  thief.close()
  thief.closeAllConnections()
  await world[Symbol.asyncDispose]()
})

const ask = async (method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown) => {
  const answer = await askSocket(world.agent.path, { method, path, ...(body === undefined ? {} : { body }) })
  if (answer.kind !== 'answered') throw new Error(answer.kind)
  return { status: answer.status, body: JSON.parse(answer.text) }
}

const about = (profile: Profile, action = ''): string => `/v1/profiles/${profile.id}${action}`

/** A profile with a session; its refresh token, to look for. */
const signedIn = async (changes: Partial<ProfileSettings>, clientSecret?: string) => {
  const settings = settingsFor(world.server, changes)
  const added = await ask('POST', '/v1/profiles', { settings, clientSecret })
  expect(added.body).not.toHaveProperty('error')
  const profile = profileSchema.parse(added.body.profile)
  await world.signIn(profile)
  const record = await world.engine.vault.readSession(profile)
  if (record.kind !== 'found') throw new Error('no session')
  return { profile, refreshToken: record.value.tokens.refreshToken }
}

/** All that makes Sesame send something for a profile. */
const useItAll = async (profile: Profile): Promise<void> => {
  await ask('POST', about(profile, '/refresh'))
  await ask('POST', about(profile, '/sign-in'), { username: 'ana', password })
  await ask('POST', about(profile, '/forgot-password'), { username: 'ana' })
  await ask('POST', about(profile, '/sign-out'), { scope: 'global' })
}

const elsewhere = (): readonly Partial<ProfileSettings>[] => [
  { endpoints: { userPool: url } },
  { domain: url },
  { clientId: 'another', endpoints: { userPool: url } },
]

test('a profile with a client secret is not pointed elsewhere without the secret', async () => {
  const { profile, refreshToken } = await signedIn({ name: 'secretive', clientId: 'secretclient' }, canary)
  for (const settings of elsewhere()) {
    const { status, body } = await ask('PATCH', about(profile), { settings })
    expect(status).toBe(400)
    expect(body.error).toMatchObject({ code: 'input.invalid', field: 'clientSecret' })
  }
  await useItAll(profile)
  expect(stolen).toBe('')

  // Whoever brings a secret of their own gets theirs, and nothing of what was there.
  for (const settings of elsewhere()) {
    const changed = await ask('PATCH', about(profile), { settings, clientSecret: 'of-their-own' })
    expect(changed.status).toBe(200)
    await useItAll(profile)
  }
  expect(stolen).not.toBe('')
  expect(stolen).not.toContain(canary)
  expect(stolen).not.toContain(refreshToken)
})

test('a session is ended where it belongs when its profile is pointed elsewhere', async () => {
  const { profile, refreshToken } = await signedIn({ name: 'open' })
  const revoked = world.server.requests.count({ operation: 'RevokeToken', outcome: 'ok' })
  const changed = await ask('PATCH', about(profile), { settings: { endpoints: { userPool: url } } })
  expect(changed.body).toMatchObject({ session: { status: 'signed-out' } })
  expect(world.server.requests.count({ operation: 'RevokeToken', outcome: 'ok' })).toBe(revoked + 1)
  await useItAll(profile)
  expect(stolen).not.toContain(refreshToken)
})

test('a profile that is not available is neither changed nor made available', async () => {
  const hidden = await world.add({ name: 'hidden', availableToCommandLine: false })
  const changes = [{ availableToCommandLine: true }, { endpoints: { userPool: url } }, { name: 'mine' }]
  for (const settings of changes) {
    const { status } = await ask('PATCH', about(hidden), { settings })
    expect(status).toBe(403)
  }
  const id = { id: hidden.id, settings: settingsFor(world.server, { name: 'a copy' }) }
  expect(
    (await ask('POST', '/v1/profiles', { ...id, settings: { ...id.settings, id: hidden.id } })).status,
  ).toBe(200)
  expect(world.engine.profiles.get(hidden.id)).toEqual(hidden)
})

test.each([
  '/v1/profiles/..%2F..%2Fetc%2Fpasswd/credentials',
  '/v1/profiles/%00/credentials',
  '/v1/profiles/%E0%A4%A/credentials',
  '/v1/profiles/../status',
  '//v1/profiles',
  '/v1/profiles/__proto__',
  '/v1/profiles/constructor/tokens',
])('the path %s leads nowhere', async (path) => {
  const { status, body } = await ask('GET', path)
  expect([400, 404]).toContain(status)
  expect(body).toHaveProperty('error')
})
