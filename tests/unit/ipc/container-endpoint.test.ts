// The container endpoint of a profile, behind the bridge: real HTTP on 127.0.0.1, a clock to turn.
import { expect, test } from 'vitest'
import * as z from 'zod'
import { fail } from '../../../main/failure.ts'
import { type App, add, connectedApp, signIn, valueOf } from './connected-app.ts'

const uriPattern = /http:\/\/127\.0\.0\.1:\d+\/credentials/
const answerSchema = z.object({ AccessKeyId: z.string(), Expiration: z.string() })

const turn = async (app: App, profileId: string, containerEndpoint: boolean) => {
  const { id, ...settings } = valueOf({ ok: true, value: app.profiles.get(profileId) }) ?? { id: profileId }
  valueOf(await app.bridge.request('profiles.update', id, { settings: { ...settings, containerEndpoint } }))
}

/** Where a program that was given the copied lines would ask, and with what. */
const copiedFrom = async (app: App, id: string) => {
  valueOf(await app.bridge.request('containerEndpoint.copy', id))
  const lines = app.copied()
  const [uri = ''] = uriPattern.exec(lines) ?? []
  const token = /^export AWS_CONTAINER_AUTHORIZATION_TOKEN='?([\w-]{40,})'?$/m.exec(lines)?.[1] ?? ''
  const ask = async () => {
    const answer = await fetch(uri, { headers: { authorization: token } })
    return { status: answer.status, body: z.unknown().parse(await answer.json().catch(() => undefined)) }
  }
  return { lines, uri, token, ask }
}

const stage = async () => {
  const app = await connectedApp()
  const view = await add(app, { exportFormat: 'json' })
  const { id } = view.profile
  return { app, view, id }
}

test('is off until it is asked for, and says why nothing listens', async () => {
  const { app, id } = await stage()
  await using _ = app
  const state = async () => valueOf(await app.bridge.request('containerEndpoint.view', id))
  expect(await state()).toEqual({ kind: 'off' })
  expect(await app.bridge.request('containerEndpoint.copy', id)).toMatchObject({
    failure: { code: 'credentials.endpoint-off' },
  })
  await turn(app, id, true)
  expect(await state()).toMatchObject({ kind: 'closed', failure: { code: 'session.none' } })
  expect(app.copied()).toBe('')
})

test('a program with the copied lines gets credentials and region; the page never had the token', async () => {
  const { app, view, id } = await stage()
  await using _ = app
  await turn(app, id, true)
  await signIn(app, view)
  const state = valueOf(await app.bridge.request('containerEndpoint.view', id))
  const { lines, uri, token, ask } = await copiedFrom(app, id)
  expect(state).toEqual({ kind: 'listening', lines: lines.replace(token, '•'.repeat(16)) })
  expect(lines).toContain('export AWS_REGION=eu-central-1\n')
  expect(uri).toMatch(uriPattern)
  expect(await ask()).toMatchObject({ status: 200, body: { AccessKeyId: 'ASIA1' } })
  expect(JSON.stringify(app.crossed)).not.toContain(token)

  expect(valueOf(await app.bridge.request('containerEndpoint.reveal', id))).toBe(lines)
  const told = app.sessions.activity(id).map(({ kind, detail }) => `${kind} ${detail}`)
  expect(told).toEqual(
    expect.arrayContaining([
      'exported as a container endpoint',
      'exported by the container endpoint',
      'token-revealed Container endpoint',
    ]),
  )
})

test('a new token shuts out who has the old one, at the same address', async () => {
  const { app, view, id } = await stage()
  await using _ = app
  await signIn(app, view)
  await turn(app, id, true)
  const before = await copiedFrom(app, id)
  valueOf(await app.bridge.request('containerEndpoint.renewToken', id))
  const after = await copiedFrom(app, id)
  expect(after.uri).toBe(before.uri)
  expect(await before.ask()).toMatchObject({ status: 403 })
  expect(await after.ask()).toMatchObject({ status: 200 })
})

test('two hundred callers cause one request to the identity pool, and get more than 15 minutes', async () => {
  const { app, view, id } = await stage()
  await using _ = app
  await signIn(app, view)
  await turn(app, id, true)
  const { ask } = await copiedFrom(app, id)
  await ask()
  for (const minutes of [44, 1, 44]) {
    await app.clock.advance(minutes * 60_000)
    const before = app.credentials.inputs.length
    const answers = await Promise.all(Array.from({ length: 200 }, ask))
    for (const { status, body } of answers) {
      expect(status).toBe(200)
      const left = Date.parse(answerSchema.parse(body).Expiration) - app.clock.now()
      expect(left).toBeGreaterThanOrEqual(15 * 60_000)
    }
    expect(app.credentials.inputs.length - before).toBeLessThanOrEqual(1)
  }
  const exported = app.sessions.activity(id).filter(({ detail }) => detail === 'by the container endpoint')
  expect(exported).toHaveLength(app.credentials.inputs.length)
})

test.each([
  ['the switch', (app: App, id: string) => turn(app, id, false)],
  ['signing out', async (app: App, id: string) => app.bridge.request('session.signOut', id, 'device')],
  ['removing the profile', async (app: App, id: string) => app.bridge.request('profiles.remove', id)],
])('%s closes it', async (_name, end) => {
  const { app, view, id } = await stage()
  await using _ = app
  await signIn(app, view)
  await turn(app, id, true)
  const { ask } = await copiedFrom(app, id)
  await end(app, id)
  // Behind the closing, which nobody waited for.
  await app.bridge.request('containerEndpoint.view', id)
  await expect(ask()).rejects.toThrow('fetch failed')
})

test('an ended session is told to who asks, and served again at the same address once somebody has signed in', async () => {
  const { app, view, id } = await stage()
  await using _ = app
  await signIn(app, view)
  await turn(app, id, true)
  const { ask } = await copiedFrom(app, id)
  await ask()
  app.issuer.does.refresh.next(fail('session.revoked'))
  await app.bridge.request('session.refresh', id)
  expect(await ask()).toMatchObject({
    status: 400,
    body: { Message: expect.stringMatching(/^Sesame: .*Sign in again\.$/) },
  })
  // Nobody asks by itself what only a person can change.
  const asked = app.credentials.inputs.length
  await app.clock.advance(60 * 60_000)
  expect(app.credentials.inputs).toHaveLength(asked)

  await signIn(app, view)
  expect(await ask()).toMatchObject({ status: 200 })
})

test('another role is never answered with the credentials of the one before', async () => {
  const { app, view, id } = await stage()
  await using _ = app
  await signIn(app, view)
  await turn(app, id, true)
  const { ask } = await copiedFrom(app, id)
  expect(await ask()).toMatchObject({ status: 200, body: { AccessKeyId: 'ASIA1' } })
  app.credentials.does.fetch.next(fail('credentials.role'))
  const { id: _id, ...settings } = valueOf({ ok: true, value: app.profiles.get(id) }) ?? { id }
  const roleArn = 'arn:aws:iam::123456789012:role/other'
  valueOf(await app.bridge.request('profiles.update', id, { settings: { ...settings, roleArn } }))
  expect(await ask()).toMatchObject({ status: 400 })
})
