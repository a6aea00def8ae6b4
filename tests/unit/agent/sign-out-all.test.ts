// `sesame sign-out --all`: what it asks of sessions, and what it says of those that stay.
import { expect, test } from 'vitest'
import { signOutsSchema } from '../../../main/agent/answers.ts'
import { sessionRoutes } from '../../../main/agent/routes/session.ts'
import type { RouteInput } from '../../../main/agent/services.ts'
import { signOut } from '../../../main/cli/commands/session.ts'
import type { Ask, Terminal } from '../../../main/cli/world.ts'
import { fail, ok, type Result } from '../../../main/failure.ts'
import { type App, add, connectedApp, signIn, valueOf } from '../ipc/connected-app.ts'

const body = (scope: 'device' | 'global'): RouteInput => ({
  params: [],
  query: new URLSearchParams(),
  body: { scope },
})

const post = async (app: App, input: RouteInput): Promise<Result<unknown>> => {
  const route = sessionRoutes({ ...app, version: '0', platform: 'linux' })['POST /v1/sign-out']
  return route === undefined ? fail('agent.bad-request') : route(input)
}

const ask = async (app: App, scope: 'device' | 'global') =>
  signOutsSchema.parse(valueOf(await post(app, body(scope))))

const available = { availableToCommandLine: true }

/** Somebody is signed in to `ana`; what is stored for `locked` can not be read. */
const oneLocked = async (app: App) => {
  const ana = await add(app, { ...available, name: 'ana' })
  await signIn(app, ana)
  app.vault.readSession = async () => ({ kind: 'unavailable', reason: 'locked' })
  await add(app, { ...available, name: 'locked' })
  return ana.profile.id
}

test('one that could not be signed out is named with the reason', async () => {
  await using app = await connectedApp()
  const profileId = await oneLocked(app)
  expect(await ask(app, 'device')).toMatchObject({
    outcomes: [{ profileId, reached: 'device' }],
    failed: [{ profile: 'locked', failure: { code: 'vault.locked' } }],
    left: [],
  })
})

test('a user of several profiles is signed out of all devices once, and nothing is said to be refused', async () => {
  await using app = await connectedApp()
  for (const name of ['one', 'two']) await signIn(app, await add(app, { ...available, name }))
  await add(app, { ...available, name: 'three' })
  const kept = await add(app, { name: 'kept back' })
  await signIn(app, kept)
  const { outcomes, failed, left } = await ask(app, 'global')
  expect(outcomes.map(({ reached }) => reached)).toEqual(['everywhere', 'everywhere', 'nothing-to-do'])
  expect([failed, left, app.issuer.does.globalSignOut.asked.length]).toEqual([[], ['kept back'], 1])
  expect(app.sessions.isAuthenticated(kept.profile.id)).toBe(true)
})

test('the session of the same user in a profile that is kept back is looked at as well', async () => {
  await using app = await connectedApp()
  await signIn(app, await add(app, { ...available, name: 'one' }))
  const kept = await add(app, { name: 'kept back' })
  await signIn(app, kept)
  app.issuer.does.refresh.always('session.revoked')
  await ask(app, 'global')
  await app.clock.advance(1_000)
  expect(app.sessions.view(kept.profile.id)?.session.status).toBe('ended')
})

test('the command says so, and its exit code does', async () => {
  await using app = await connectedApp()
  await oneLocked(app)
  const terminal: Terminal = {
    env: {},
    isInteractive: false,
    out: () => undefined,
    note: () => undefined,
    readInput: async () => '',
    askSecret: async () => '',
    askLine: async () => '',
    columns: undefined,
    onInterrupt: () => () => undefined,
    now: () => app.clock.now(),
  }
  const askRoute: Ask = async (schema, { path }) => {
    if (path !== '/v1/sign-out') return ok(schema.parse({ profiles: [] }))
    const answer = await post(app, body('device'))
    return answer.ok ? ok(schema.parse(answer.value)) : answer
  }
  const command = { ask: askRoute, terminal, configDir: '/', version: '0' } as const
  const world = { ...command, source: async () => 'app' as const, release: async () => undefined }
  const { text, exitCode } = valueOf(await signOut(world, undefined, { global: false, all: true }))
  expect(text).toContain('locked: not signed out: ')
  expect(exitCode).toBe(8)
})
