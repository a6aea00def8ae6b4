import { describe, expect, it } from 'vitest'
import { settle } from '../sessions/fake-clock.ts'
import { add, connectedApp, newProfile, signIn, valueOf } from './connected-app.ts'

describe('the window starts', () => {
  it('from one answer with everything it shows', async () => {
    await using app = await connectedApp()
    const { profile } = await add(app)
    app.notices.put({
      id: 'n',
      tone: 'bad',
      failure: { code: 'profiles.damaged', message: 'm', remedy: 'r', detail: '/x' },
    })
    expect(valueOf(await app.bridge.request('app.load'))).toMatchObject({
      version: '1.2.3',
      host: 'electron',
      platform: 'linux',
      appearance: { theme: 'system', dark: false },
      profiles: [{ profile, region: 'eu-west-1', session: { status: 'signed-out' } }],
      vault: { kind: 'memory' },
      clipboard: {},
      notices: [{ id: 'n' }],
    })
    await app.bridge.request('app.dismissNotice', 'n')
    await app.bridge.request('app.setTheme', 'dark')
    expect(valueOf(await app.bridge.request('app.load')).notices).toEqual([])
    expect(app.themes).toEqual(['dark'])
    await app.bridge.request('app.setEndWarnings', 'last-hour')
    expect(app.endWarnings).toEqual(['last-hour'])
  })
})

describe('profiles', () => {
  it('are added, moved and removed, and the window hears of it', async () => {
    await using app = await connectedApp()
    const orders: (string[] | undefined)[] = []
    const changed: string[][] = []
    app.bridge.on('profiles.changed', (payload) => {
      orders.push(payload.order)
      changed.push(payload.changed.map(({ profile }) => profile.name))
    })
    const first = await add(app, { name: 'first' })
    const second = await add(app, { name: 'second' })
    await settle()
    const [a, b] = [first.profile.id, second.profile.id]
    expect(orders.at(-1)).toEqual([a, b])
    expect(changed.flat()).toEqual(expect.arrayContaining(['first', 'second']))

    expect(await app.bridge.request('profiles.move', b, 'production', a)).toEqual({
      ok: true,
      value: undefined,
    })
    await settle()
    expect(orders.at(-1)).toEqual([b, a])
    expect(app.sessions.view(b)?.profile.environment).toBe('production')

    await app.bridge.request('profiles.remove', b)
    await settle()
    expect(orders.at(-1)).toEqual([a])
  })

  it('refuse a bad value at its field', async () => {
    await using app = await connectedApp()
    const answer = await app.bridge.request('profiles.add', { settings: { ...newProfile, userPoolId: 'x' } })
    expect(answer).toMatchObject({ ok: false, failure: { code: 'input.invalid', field: 'userPoolId' } })
    expect(app.profiles.list()).toEqual([])
  })

  it('are filled in from what was pasted, and checked half-filled', async () => {
    await using app = await connectedApp()
    const issuer = 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Qx7Ab91c'
    expect(valueOf(await app.bridge.request('profiles.recognise', issuer))).toEqual({
      userPoolId: 'eu-west-1_Qx7Ab91c',
    })
    expect(valueOf(await app.bridge.request('profiles.recognise', 'nonsense'))).toEqual({})
    const half = { name: '', userPoolId: newProfile.userPoolId, clientId: newProfile.clientId }
    expect(valueOf(await app.bridge.request('profiles.check', { settings: half }))).toMatchObject({ keys: 2 })
    expect(
      await app.bridge.request('profiles.check', { settings: { ...half, clientId: 'NO' } }),
    ).toMatchObject({
      failure: { code: 'input.invalid', field: 'clientId' },
    })
  })

  it('keep their client secret in the vault, and take it along when duplicated', async () => {
    await using app = await connectedApp()
    const { profile } = await add(app, {}, ' secret-canary ')
    expect(profile.hasClientSecret).toBe(true)
    expect(await app.vault.readClientSecret(profile)).toEqual({ kind: 'found', value: 'secret-canary' })
    const copy = valueOf(await app.bridge.request('profiles.duplicate', profile.id))
    expect(await app.vault.readClientSecret(copy.profile)).toEqual({ kind: 'found', value: 'secret-canary' })
    await app.bridge.request('profiles.remove', profile.id)
    expect(await app.vault.readClientSecret(profile)).toEqual({ kind: 'absent' })
    expect(await app.vault.readClientSecret(copy.profile)).toEqual({ kind: 'found', value: 'secret-canary' })
  })

  it('ask for a client secret that is neither stored nor given', async () => {
    await using app = await connectedApp()
    const refused = { ok: false, failure: { code: 'input.invalid', field: 'clientSecret' } }
    const withSecret = { ...newProfile, hasClientSecret: true }
    expect(await app.bridge.request('profiles.add', { settings: withSecret })).toMatchObject(refused)
    const { profile } = await add(app)
    const settings = { ...profile, hasClientSecret: true }
    for (const input of [{ settings }, { settings, clientSecret: ' ' }]) {
      expect(await app.bridge.request('profiles.update', profile.id, input)).toMatchObject(refused)
    }
  })

  it('change their client secret, drop it, and keep it when nothing was typed', async () => {
    await using app = await connectedApp()
    const { profile } = await add(app, {}, 'first-secret')
    const settings = { ...profile, refreshLeadSeconds: 60 }
    const update = async (input: { settings: object; clientSecret?: string }): Promise<unknown> => {
      valueOf(
        await app.bridge.request('profiles.update', profile.id, {
          ...input,
          settings: { ...input.settings },
        }),
      )
      return app.vault.readClientSecret(profile)
    }
    expect(await update({ settings })).toEqual({ kind: 'found', value: 'first-secret' })
    expect(await update({ settings, clientSecret: 'second-secret' })).toEqual({
      kind: 'found',
      value: 'second-secret',
    })
    expect(await update({ settings: { ...settings, hasClientSecret: false } })).toEqual({ kind: 'absent' })
  })

  it('have their new client secret in place before sessions hear of the change', async () => {
    await using app = await connectedApp()
    const view = await add(app, {}, 'first-secret')
    await signIn(app, view)
    const seen: Promise<unknown>[] = []
    app.profiles.onChange(({ profile }) => seen.push(app.vault.readClientSecret(profile)))
    await app.bridge.request('profiles.update', view.profile.id, {
      settings: { ...view.profile },
      clientSecret: 'second-secret',
    })
    expect(await Promise.all(seen)).toEqual([{ kind: 'found', value: 'second-secret' }])
  })

  it('keep the old client secret when the rest of the change is refused', async () => {
    await using app = await connectedApp()
    const { profile } = await add(app, { name: 'first' }, 'first-secret')
    await add(app, { name: 'second' })
    const answer = await app.bridge.request('profiles.update', profile.id, {
      settings: { ...profile, name: 'second' },
      clientSecret: 'second-secret',
    })
    expect(answer).toMatchObject({ failure: { code: 'input.invalid', field: 'name' } })
    expect(await app.vault.readClientSecret(profile)).toEqual({ kind: 'found', value: 'first-secret' })
  })

  it('that do not exist are told so by every request', async () => {
    await using app = await connectedApp()
    const id = '00000000-0000-4000-8000-000000000000'
    const input = { settings: newProfile }
    const answers = await Promise.all([
      app.bridge.request('profiles.update', id, input),
      app.bridge.request('profiles.duplicate', id),
      app.bridge.request('profiles.move', id, 'other'),
      app.bridge.request('profiles.remove', id),
      app.bridge.request('signIn.begin', id, { username: 'a', password: 'b' }),
      app.bridge.request('session.refresh', id),
      app.bridge.request('session.signOut', id, 'device'),
      app.bridge.request('session.claims', id),
      app.bridge.request('session.revealToken', id, 'id'),
      app.bridge.request('session.copyToken', id, 'bearer'),
      app.bridge.request('session.activity', id),
      app.bridge.request('credentials.fetch', id),
      app.bridge.request('credentials.copy', id, 'bash'),
      app.bridge.request('credentials.test', id),
    ])
    expect(answers.map((answer) => (answer.ok ? 'ok' : answer.failure.code))).toEqual(
      answers.map(() => 'profile.not-found'),
    )
  })
})
