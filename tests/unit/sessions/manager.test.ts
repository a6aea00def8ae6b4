import { describe, expect, test } from 'vitest'
import { decodeJWT } from '../../../main/sessions/jwt.ts'
import { profileViewSchema } from '../../../preload/views.ts'
import { failureOf, fakeProfile, minutes, sessionIn, settle, valueOf, world } from './fakes.ts'

describe('the session API (P7)', () => {
  test('getCurrentUser says who is signed in, and how', async () => {
    const w = world()
    const id = await w.signIn()
    expect(valueOf(w.sessions.getCurrentUser(id))).toEqual({
      username: 'ana',
      userId: 'sub-of-ana',
      signInDetails: { loginId: 'ana@acme.io', authFlowType: 'USER_SRP_AUTH' },
    })
  })

  test('with nobody signed in, each says so', async () => {
    const w = world()
    await w.sessions.start()
    const { id } = w.profile
    expect(w.sessions.isAuthenticated(id)).toBe(false)
    expect(failureOf(w.sessions.getCurrentUser(id)).code).toBe('session.none')
    expect(failureOf(await w.sessions.fetchAuthSession(id)).code).toBe('session.none')
    expect(failureOf(await w.sessions.claims(id)).code).toBe('session.none')
  })

  test('of a profile that does not exist, each says so', async () => {
    const w = world()
    const { id } = fakeProfile()
    expect(w.sessions.isAuthenticated(id)).toBe(false)
    expect(w.sessions.view(id)).toBeUndefined()
    for (const answer of [
      w.sessions.getCurrentUser(id),
      await w.sessions.fetchAuthSession(id),
      await w.sessions.getCredentials(id),
      await w.sessions.testCredentials(id),
      await w.sessions.claims(id),
      await w.sessions.signOut(id),
      await w.sessions.beginSignIn(id, { username: 'a', password: 'b' }),
    ]) {
      expect(failureOf(answer).code).toBe('profile.not-found')
    }
  })

  test('fetchAuthSession hands out decoded tokens and never the refresh token', async () => {
    const w = world()
    const id = await w.signIn()
    const session = valueOf(await w.sessions.fetchAuthSession(id))
    const { idToken, accessToken } = session.tokens
    expect(session.userSub).toBe('sub-of-ana')
    expect({ ...idToken, raw: undefined }).toEqual({ ...valueOf(decodeJWT(idToken.raw)), raw: undefined })
    expect(accessToken.payload['token_use']).toBe('access')
    const refreshToken = w.vault.records.get(id)?.tokens.refreshToken ?? ''
    expect(refreshToken).not.toBe('')
    expect(JSON.stringify([session, w.sessions.views(), w.changes, w.sessions.activity(id)])).not.toContain(
      refreshToken,
    )
  })

  test('fetchAuthSession answers valid tokens without a call, and nobody can change them for others', async () => {
    const w = world()
    const id = await w.signIn()
    const calls = w.vault.calls.length
    const first = valueOf(await w.sessions.fetchAuthSession(id))
    expect(valueOf(await w.sessions.fetchAuthSession(id))).toBe(first)
    expect([w.issuer.does.refresh.asked.length, w.vault.calls.length]).toEqual([0, calls])
    expect(() => Object.assign(first.tokens.idToken.payload, { sub: 'eve' })).toThrow(TypeError)
  })

  test('claims shows both tokens with what the keys of the pool say', async () => {
    const w = world()
    const id = await w.signIn()
    expect(valueOf(await w.sessions.claims(id))).toMatchObject({
      id: { payload: { token_use: 'id' }, verification: { kind: 'verified' } },
      access: { payload: { token_use: 'access' } },
      expected: {
        issuer: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Qx7Ab91c',
        clientId: w.profile.clientId,
      },
    })
  })

  test('onSessionChange tells once per turn what changed, until unsubscribed', async () => {
    const all = [fakeProfile(), fakeProfile()]
    const w = world({ all })
    await w.sessions.start()
    await settle()
    w.changes.length = 0
    for (const { id } of all) await w.sessions.clearSession(id)
    expect(w.changes).toEqual([])
    await settle()
    const profileChanges = w.changes.filter(({ kind }) => kind === 'profiles')
    expect(profileChanges).toEqual([{ kind: 'profiles', profileIds: all.map(({ id }) => id) }])

    let told = 0
    const unsubscribe = w.sessions.onSessionChange(() => {
      told += 1
    })
    unsubscribe()
    await w.signIn()
    expect(told).toBe(0)
  })

  test('a listener that throws is a bug, and the others hear of the change', async () => {
    const w = world()
    let told = 0
    w.sessions.onSessionChange(() => {
      throw new Error('a bug')
    })
    w.sessions.onSessionChange(() => {
      told += 1
    })
    await w.signIn()
    expect(told).toBeGreaterThan(0)
    expect(w.bugs.length).toBeGreaterThan(0)
  })
})

test('every view fits the contract, in every state', async () => {
  const w = world()
  const { id } = w.profile
  const check = () => profileViewSchema.parse(w.sessions.view(id))
  const seen = [check()]
  await w.signIn()
  seen.push(check())
  w.issuer.does.refresh.gate.close()
  const asked = w.sessions.fetchAuthSession(id, { forceRefresh: true })
  await settle()
  seen.push(check())
  w.issuer.does.refresh.gate.open()
  await asked
  w.issuer.does.refresh.next('network.offline', 'config.forbidden', 'session.ended')
  for (let n = 0; n < 3; n += 1) {
    await w.sessions.fetchAuthSession(id, { forceRefresh: true })
    seen.push(check())
  }
  await w.sessions.clearSession(id)
  seen.push(check())
  expect(seen.map(({ session }) => session.status)).toEqual([
    'loading',
    'active',
    'refreshing',
    'offline',
    'attention',
    'ended',
    'signed-out',
  ])
})

describe('activity', () => {
  test('is told as it happens, newest first, and keeps what ipc notes', async () => {
    const w = world()
    const id = await w.signIn()
    await w.clock.advance(minutes)
    w.sessions.note(id, 'exported', 'as bash')
    w.sessions.note(fakeProfile().id, 'exported')
    await settle()
    const [newest, oldest] = w.sessions.activity(id)
    expect(newest).toMatchObject({ kind: 'exported', detail: 'as bash', at: w.clock.now() })
    expect(oldest).toMatchObject({ kind: 'signed-in', at: w.clock.now() - minutes })
    expect(w.changes).toContainEqual({ kind: 'activity', event: newest })
    expect(w.changes.filter(({ kind }) => kind === 'activity')).toHaveLength(2)
  })

  test('is bounded', async () => {
    const w = world()
    const id = await w.signIn()
    for (let n = 0; n < 500; n += 1) w.sessions.note(id, 'exported', `${n}`)
    expect(w.sessions.activity(id)).toHaveLength(200)
    expect(w.sessions.activity(id)[0]?.detail).toBe('499')
  })
})

describe('changes of the profiles', () => {
  test('a new one is read and shown, in its place', async () => {
    const w = world()
    await w.sessions.start()
    await settle()
    w.changes.length = 0
    const added = fakeProfile()
    w.profiles.set([added, w.profile])
    expect(w.sessions.view(added.id)?.session.status).toBe('loading')
    await settle()
    expect(w.sessions.views().map(({ profile }) => profile.id)).toEqual([added.id, w.profile.id])
    expect(w.sessions.view(added.id)?.session.status).toBe('signed-out')
    expect(w.changes).toContainEqual({ kind: 'order' })
  })

  test('moving tells of the order and of nothing else', async () => {
    const all = [fakeProfile(), fakeProfile()]
    const w = world({ all })
    await w.sessions.start()
    await settle()
    w.changes.length = 0
    w.profiles.set(all.toReversed())
    await settle()
    expect(w.changes).toEqual([{ kind: 'order' }])
  })

  test('a removed one takes its session with it', async () => {
    const w = world()
    const id = await w.signIn()
    w.profiles.set([])
    await settle()
    expect([w.sessions.views(), w.vault.records.size, w.clock.armed]).toEqual([[], 0, 0])
    expect(w.sessions.activity(id)).toEqual([])
    await w.sessions.clearSession(id)
  })

  test.each([
    ['the app client', { clientId: 'another' }],
    ['the user pool', { userPoolId: 'eu-west-1_Another1' }],
  ])('a change of %s drops the session', async (_, settings) => {
    const w = world()
    const id = await w.signIn()
    w.profiles.update(id, settings)
    await settle()
    sessionIn(w, 'signed-out')
    expect([w.vault.records.size, w.clock.armed]).toEqual([0, 0])
  })

  test.each([
    ['name', { name: 'another name' }],
    ['lead', { refreshLeadSeconds: 60 }],
    ['environment', { environment: 'production' as const }],
    ['export format', { exportFormat: 'json' as const }],
  ])('a change of the %s keeps it', async (_, settings) => {
    const w = world()
    const id = await w.signIn()
    await settle()
    w.changes.length = 0
    w.profiles.update(id, settings)
    await settle()
    sessionIn(w, 'active')
    expect(w.sessions.view(id)?.profile).toMatchObject(settings)
    expect(w.changes).toEqual([{ kind: 'profiles', profileIds: [id] }])
  })

  test('a session moves with its storage, after the refresh that is under way', async () => {
    const w = world()
    const id = await w.signIn()
    const storages: string[] = []
    const writeSession = w.vault.writeSession.bind(w.vault)
    w.vault.writeSession = (profile, record) => {
      storages.push(`${profile.storage} ${record.generation}`)
      return writeSession(profile, record)
    }
    w.issuer.does.refresh.gate.close()
    const asked = w.sessions.fetchAuthSession(id, { forceRefresh: true })
    await settle()
    w.profiles.update(id, { storage: 'memory' })
    w.issuer.does.refresh.gate.open()
    await asked
    await settle()
    expect(storages.at(-1)).toBe('memory 2')
    sessionIn(w, 'active')
  })
})

test('stopped, nothing is refreshed by itself and nobody is signed out', async () => {
  const w = world()
  const id = await w.signIn()
  await w.sessions.stop()
  await w.clock.advance(100 * minutes)
  expect([w.issuer.does.refresh.asked.length, w.clock.armed, w.vault.records.has(id)]).toEqual([0, 0, true])
})
