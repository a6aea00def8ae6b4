import { describe, expect, it } from 'vitest'
import { ok } from '../../../main/failure.ts'
import type { PendingSignIn } from '../../../main/sessions/ports.ts'
import { settle } from '../sessions/fake-clock.ts'
import { add, connectedApp, signIn, valueOf } from './connected-app.ts'

describe('sessions', () => {
  it('are signed in to, refreshed, looked at and signed out of', async () => {
    await using app = await connectedApp()
    const view = await add(app)
    const { id } = view.profile
    await signIn(app, view)
    expect(app.sessions.view(id)?.session.status).toBe('active')
    expect(await app.bridge.request('session.refresh', id)).toEqual({ ok: true, value: undefined })
    expect(app.issuer.does.refresh.asked).toEqual([id])
    expect(valueOf(await app.bridge.request('session.claims', id)).id.payload).toMatchObject({
      'cognito:username': 'ana',
    })
    expect(valueOf(await app.bridge.request('session.signOut', id, 'device'))).toMatchObject({
      profileId: id,
    })
    expect(app.sessions.view(id)?.session.status).toBe('signed-out')
    expect(app.issuer.does.globalSignOut.asked).toEqual([])
  })

  it('know at once that the clock was set, when the page has seen it', async () => {
    await using app = await connectedApp()
    await signIn(app, await add(app))
    app.clock.set(-3_600_000)
    expect(await app.bridge.request('app.clockJumped')).toEqual({ ok: true, value: undefined })
    expect(app.sessions.clockOffsetMs).toBe(3_600_000)
  })

  it('are signed out of on all devices, and everywhere with progress', async () => {
    await using app = await connectedApp()
    const first = await add(app, { name: 'first' })
    const second = await add(app, { name: 'second' })
    await signIn(app, first)
    await app.bridge.request('session.signOut', first.profile.id, 'global')
    expect(app.issuer.does.globalSignOut.asked).toEqual([first.profile.id])

    await signIn(app, second)
    const progress: string[] = []
    app.bridge.on('signOutEverywhere.progress', ({ profileId, state }) => {
      if (profileId === second.profile.id) progress.push(state)
    })
    const outcomes = valueOf(await app.bridge.request('session.signOutEverywhere'))
    expect(outcomes.map(({ profileId }) => profileId)).toContain(second.profile.id)
    expect(progress.at(-1)).toBe('done')
  })

  it('show a challenge step by step, and forget one that is cancelled', async () => {
    await using app = await connectedApp()
    const { profile } = await add(app)
    app.issuer.does.signIn.next({
      ok: true,
      value: {
        kind: 'challenge',
        pending: {
          challenge: { kind: 'totp', deviceName: 'phone' },
          expiresAt: app.clock.now() + 180_000,
          resume: { Session: 'session-canary' },
        },
      },
    })
    const step = valueOf(
      await app.bridge.request('signIn.begin', profile.id, { username: 'ana', password: 'pw-canary' }),
    )
    if (step.kind !== 'totp') throw new Error(`got ${step.kind}`)
    await app.bridge.request('signIn.cancel', step.attemptId)
    expect(
      await app.bridge.request('signIn.answer', step.attemptId, { kind: 'totp', code: '123456' }),
    ).toMatchObject({
      failure: { code: 'sign-in.attempt-not-found' },
    })
  })

  it('begin at a forgotten password, send codes again, and list and forget devices', async () => {
    await using app = await connectedApp()
    const { id } = (await add(app)).profile
    const pending: PendingSignIn = {
      challenge: { kind: 'reset-password', reason: 'forgotten', delivery: {}, canResend: true },
      expiresAt: Date.UTC(2026, 1, 3, 5),
      resume: {},
    }
    app.issuer.does.forgotPassword.next(ok({ kind: 'challenge', pending }))
    const step = valueOf(await app.bridge.request('signIn.forgotPassword', id, 'ana@acme.io'))
    if (step.kind !== 'reset-password') throw new Error(`expected a reset, got ${step.kind}`)
    app.issuer.does.resendCode.next(ok({ kind: 'challenge', pending }))
    expect(valueOf(await app.bridge.request('signIn.resendCode', step.attemptId))).toEqual(step)
    const reset = { kind: 'reset-password', code: '1', newPassword: 'pw' } as const
    expect(await app.bridge.request('signIn.answer', step.attemptId, reset)).toEqual(
      ok({ kind: 'signed-in' }),
    )

    app.issuer.does.listDevices.next(ok([{ key: 'one', name: 'Laptop' }]))
    expect(valueOf(await app.bridge.request('devices.list', id))).toEqual([
      { key: 'one', name: 'Laptop', isThisOne: false },
    ])
    expect(await app.bridge.request('devices.forget', id, 'one')).toMatchObject({ ok: true })
    expect(app.issuer.does.forgetDevice.asked).toEqual([id])
  })

  it('wait for the browser, and say why there is none to wait for', async () => {
    await using app = await connectedApp()
    const { id } = (await add(app)).profile
    app.issuer.does.openManagedLogin.next('config.no-domain')
    expect(await app.bridge.request('signIn.openBrowser', id, {})).toMatchObject({
      failure: { code: 'config.no-domain' },
    })
    expect(await app.bridge.request('signIn.awaitBrowser', 'attempt')).toMatchObject({
      failure: { code: 'sign-in.attempt-not-found' },
    })
    expect(await app.bridge.request('session.signOutBrowser', id)).toMatchObject({
      failure: { code: 'config.no-domain' },
    })
  })

  it('hand out a token only when asked, and the activity tells', async () => {
    await using app = await connectedApp()
    const view = await add(app)
    const { id } = view.profile
    await signIn(app, view)
    await settle()
    const told: string[] = []
    app.bridge.on('activity.added', ({ kind, detail }) => told.push(`${kind} ${detail ?? ''}`.trim()))
    const revealed = valueOf(await app.bridge.request('session.revealToken', id, 'id'))
    expect(revealed).toMatch(/^eyJ/)
    await app.bridge.request('session.copyToken', id, 'access')
    const access = app.copied()
    expect(access).toMatch(/^eyJ/)
    await app.bridge.request('session.copyToken', id, 'bearer')
    expect(app.copied()).toBe(`Authorization: Bearer ${access}`)
    await settle()
    expect(told).toEqual([
      'token-revealed ID token',
      'token-copied Access token',
      'token-copied Authorization header',
    ])
    const activity = valueOf(await app.bridge.request('session.activity', id))
    expect(activity.map(({ kind }) => kind).slice(0, 3)).toEqual([
      'token-copied',
      'token-copied',
      'token-revealed',
    ])
  })
})

describe('AWS credentials', () => {
  it('are shown masked, copied whole, and cleared from the clipboard', async () => {
    await using app = await connectedApp()
    const view = await add(app)
    const { id } = view.profile
    await signIn(app, view)
    const clipboards: (string | undefined)[] = []
    app.bridge.on('clipboard.changed', ({ what }) => clipboards.push(what))

    const shown = valueOf(await app.bridge.request('credentials.fetch', id))
    expect(shown).toMatchObject({ identityId: 'eu-west-1:identity', region: 'eu-central-1' })
    expect(Object.keys(shown.preview)).toHaveLength(7)
    expect(shown.preview.bash).not.toContain("'secret'")
    expect(shown.preview.bash).toContain('AWS_REGION=eu-central-1')

    expect(await app.bridge.request('credentials.copy', id, 'bash')).toEqual({ ok: true, value: undefined })
    expect(app.copied()).toContain('export AWS_SECRET_ACCESS_KEY=')
    expect(app.copied()).toContain('AWS_DEFAULT_REGION=eu-central-1')
    await app.clock.advance(45_000)
    expect(app.copied()).toBe('')
    expect(clipboards).toEqual(['AWS credentials', undefined])

    await app.bridge.request('credentials.copy', id, 'dotenv')
    await app.bridge.request('clipboard.clear')
    expect(app.copied()).toBe('')
    const [last] = valueOf(await app.bridge.request('session.activity', id))
    expect(last).toMatchObject({ kind: 'exported', detail: 'as .env' })
  })

  it('are tested against STS', async () => {
    await using app = await connectedApp()
    const view = await add(app)
    await signIn(app, view)
    expect(valueOf(await app.bridge.request('credentials.test', view.profile.id))).toMatchObject({
      account: '123456789012',
    })
  })

  it.each([
    [{ exportRegion: 'sa-east-1' }, 'sa-east-1'],
    [{}, 'eu-central-1'],
  ])('carry the region of the profile %j', async (settings, region) => {
    await using app = await connectedApp()
    const view = await add(app, settings)
    await signIn(app, view)
    expect(valueOf(await app.bridge.request('credentials.fetch', view.profile.id)).region).toBe(region)
  })
})

describe('no secret crosses the bridge or reaches the log', () => {
  it('over a whole life of a session', async () => {
    await using app = await connectedApp()
    app.issuer.wishes = { refreshToken: 'refresh-canary' }
    const view = await add(app, {}, 'secret-canary')
    const { id } = view.profile
    await signIn(app, view)
    await app.bridge.request('session.refresh', id)
    await app.bridge.request('session.claims', id)
    await app.bridge.request('credentials.fetch', id)
    await app.bridge.request('credentials.copy', id, 'json')
    await app.bridge.request('credentials.test', id)
    await app.bridge.request('vault.retry')
    await app.bridge.request('app.load')
    app.issuer.does.refresh.next('session.revoked')
    await app.bridge.request('session.refresh', id)
    await app.bridge.request('session.activity', id)
    await app.bridge.request('session.signOut', id, 'global')
    await settle()
    const text = JSON.stringify([app.crossed, app.logged])
    expect(text).toContain('"status":"active"')
    expect(text).not.toMatch(/canary/)
    expect(app.bugs).toEqual([])
    expect(app.logged).toEqual(['request.failed {"request":"session.refresh","code":"session.revoked"}'])
  })
})
