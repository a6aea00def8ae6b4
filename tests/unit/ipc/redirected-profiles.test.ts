// A file or a form that points a profile at another address: what belongs to the address before stays there.
import { describe, expect, it } from 'vitest'
import type { ProfileSettings } from '../../../main/profiles/profile.ts'
import { settle } from '../sessions/fake-clock.ts'
import { type App, add, connectedApp, newProfile, signIn, valueOf } from './connected-app.ts'

const evil = 'https://evil.example'
const elsewhere: readonly [string, Partial<ProfileSettings>][] = [
  ['user pool endpoint', { endpoints: { userPool: evil } }],
  ['login page', { domain: evil }],
]

/** What was carried to the stranger's addresses. */
const carried = ({ issuer }: App) =>
  issuer.accesses.filter(({ profile }) => profile.endpoints.userPool === evil || profile.domain === evil)

const sharedFile = (settings: object): string =>
  JSON.stringify({ kind: 'sesame-profiles', version: 1, profiles: [{ ...newProfile, ...settings }] })

const importFile = async (app: App, settings: object): Promise<readonly string[]> => {
  const source = { kind: 'text', text: sharedFile(settings) } as const
  const preview = valueOf(await app.bridge.request('profiles.previewImport', source))
  const [shown] = preview?.profiles ?? []
  expect(shown?.action.kind).toBe('change')
  valueOf(await app.bridge.request('profiles.import', preview?.importId ?? '', [{ index: 0 }]))
  return shown?.notes ?? []
}

describe('an import that names another', () => {
  it.each(elsewhere)('%s does not take the client secret there, and says so', async (_, settings) => {
    await using app = await connectedApp()
    const view = await add(app, {}, 'secret-canary')
    await signIn(app, view)
    const notes = await importFile(app, settings)
    expect(notes.join(' ')).toContain('client secret has to be entered again')
    await app.sessions.fetchAuthSession(view.profile.id, { forceRefresh: true })
    const step = await app.bridge.request('signIn.begin', view.profile.id, { username: 'ana', password: 'x' })
    expect(step).toMatchObject({ ok: false, failure: { code: 'config.client-secret' } })
    expect(carried(app)).toEqual([])
  })

  it('user pool endpoint ends the session where it belongs', async () => {
    await using app = await connectedApp()
    const view = await add(app)
    await signIn(app, view)
    const notes = await importFile(app, { endpoints: { userPool: evil } })
    expect(notes.join(' ')).toContain('Its session ends')
    expect(app.issuer.revoked).toHaveLength(1)
    await settle()
    expect(app.sessions.view(view.profile.id)?.session.status).toBe('signed-out')
    expect(carried(app)).toEqual([])
  })
})

describe('a form that names another', () => {
  it.each(elsewhere)('%s needs the client secret anew', async (_, settings) => {
    await using app = await connectedApp()
    const { profile } = await add(app, {}, 'secret-canary')
    const change = { settings: { ...profile, ...settings } }
    expect(await app.bridge.request('profiles.update', profile.id, change)).toMatchObject({
      ok: false,
      failure: { code: 'input.invalid', field: 'clientSecret' },
    })
    expect(app.profiles.get(profile.id)).toEqual(profile)
    const typed = { ...change, clientSecret: 'another-secret' }
    const after = valueOf(await app.bridge.request('profiles.update', profile.id, typed))
    expect(await app.vault.readClientSecret(after.profile)).toEqual({
      kind: 'found',
      value: 'another-secret',
    })
  })

  it('login page takes no refresh token of a login page there', async () => {
    await using app = await connectedApp()
    const view = await add(app, { domain: 'https://login.acme.example' })
    await signIn(app, view)
    valueOf(
      await app.bridge.request('profiles.update', view.profile.id, {
        settings: { ...view.profile, domain: evil },
      }),
    )
    await settle()
    expect(app.sessions.view(view.profile.id)?.session.status).toBe('signed-out')
    expect(app.issuer.revoked).toHaveLength(1)
    expect(carried(app)).toEqual([])
  })
})

it('a form that names another app client while Cognito can not be reached leaves the session to be ended later, with its secret', async () => {
  await using app = await connectedApp()
  const view = await add(app, {}, 'secret-canary')
  await signIn(app, view)
  app.issuer.does.revoke.always('network.offline')
  const settings = { ...view.profile, clientId: '9zzzzzzzzzzzzzzzzzzzzzzzzz' }
  valueOf(
    await app.bridge.request('profiles.update', view.profile.id, {
      settings,
      clientSecret: 'another-secret',
    }),
  )
  expect(app.sessions.departing()).toEqual([view.profile.name])
  app.issuer.does.revoke.always(undefined)
  app.sessions.wake('network')
  await app.clock.advance(1_000)
  expect(app.issuer.revoked).toHaveLength(1)
  expect(app.issuer.accesses.at(-1)).toMatchObject({
    profile: { clientId: view.profile.clientId },
    clientSecret: 'secret-canary',
  })
  expect([app.sessions.departing(), app.bugs]).toEqual([[], []])
})

it('a refresh of the app client before, still under way, is nothing of the next one', async () => {
  await using app = await connectedApp()
  const view = await add(app)
  await signIn(app, view)
  app.issuer.rotates = true
  app.issuer.does.refresh.gate.close()
  const refreshing = app.sessions.fetchAuthSession(view.profile.id, { forceRefresh: true })
  await settle()
  // As another process or a hand in the file does it: nobody signs out first.
  await app.profiles.update(view.profile.id, { ...view.profile, endpoints: { userPool: evil } })
  await settle()
  await signIn(app, view)
  app.issuer.does.refresh.gate.open()
  await refreshing
  await settle()
  await app.sessions.signOut(view.profile.id)
  // Only the one that was issued there goes there.
  const [own] = app.issuer.revoked
  expect(app.issuer.revoked).toEqual([own])
})
