// A profile that speaks to another app client from now on: the session before is ended where it belongs, however long that takes.
import { describe, expect, test } from 'vitest'
import { fakeProfile, sessionIn, settle, valueOf, type World, world } from './fakes.ts'

const other = { clientId: '9zzzzzzzzzzzzzzzzzzzzzzzzz' }

/** As the form does it: the session leaves, the secret changes, the profile changes. */
const edit = async (w: World, settings = other): Promise<void> => {
  valueOf(await w.sessions.leaveClient(w.profile.id))
  w.vault.secrets.delete(w.profile.id)
  w.profiles.update(w.profile.id, settings)
  await settle()
}

const online = async (w: World): Promise<void> => {
  w.issuer.does.revoke.always(undefined)
  w.sessions.wake('network')
  await w.clock.advance(1_000)
}

/** App clients that were asked to revoke. */
const clientsAsked = (w: World): string[] => [
  ...new Set(w.issuer.accesses.slice(1).map(({ profile }) => profile.clientId)),
]

/** A world in which somebody is signed in and Cognito can not be reached any more. */
const offline = async (settings: Parameters<typeof fakeProfile>[0] = {}) => {
  const w = world({ all: [fakeProfile(settings)] })
  const id = await w.signIn()
  const token = w.vault.records.get(id)?.tokens.refreshToken
  w.issuer.does.revoke.always('network.offline')
  return { w, id, token }
}

describe('while Cognito can not be reached', () => {
  test('the session is gone here at once, and revoked at its own app client later', async () => {
    const { w, id, token } = await offline()
    await edit(w)
    expect(sessionIn(w, 'signed-out').revocationPending).toBe(false)
    expect(w.sessions.departing()).toEqual([w.profile.name])
    expect([w.vault.records.has(id), w.vault.records.size]).toEqual([false, 1])
    await online(w)
    expect(w.issuer.revoked).toEqual([token])
    expect(clientsAsked(w)).toEqual([w.profile.clientId])
    expect([w.vault.records.size, w.profiles.removed().length, w.sessions.departing().length]).toEqual([
      0, 0, 0,
    ])
  })

  test('it is revoked after a restart, with the client secret it had', async () => {
    const { w, token } = await offline({ hasClientSecret: false })
    w.vault.secrets.set(w.profile.id, 'secret before')
    await edit(w)
    expect([...w.vault.secrets.values()]).toEqual(['secret before'])
    const next = world({ vault: w.vault, profiles: w.profiles })
    await next.sessions.start()
    await next.clock.advance(1_000)
    expect(next.issuer.revoked).toEqual([token])
    expect([w.vault.records.size, w.vault.secrets.size, w.profiles.removed().length]).toEqual([0, 0, 0])
  })

  test('a sign-in to the new app client takes nothing of it away, and the end of the one before nothing of that', async () => {
    const { w, id, token } = await offline()
    await edit(w)
    await w.signIn()
    const own = w.vault.records.get(id)?.tokens.refreshToken
    expect(w.vault.records.get(id)?.owedRevocations).toBeUndefined()
    await online(w)
    expect(w.issuer.revoked).toEqual([token])
    expect(w.vault.records.get(id)?.tokens.refreshToken).toBe(own)
    sessionIn(w, 'active')
  })

  test('a sign-out that was pending, and what sessions before owe, go along', async () => {
    const { w, id, token } = await offline()
    await w.signIn()
    const second = w.vault.records.get(id)?.tokens.refreshToken
    valueOf(await w.sessions.signOut(id))
    await edit(w)
    await online(w)
    expect(new Set(w.issuer.revoked)).toEqual(new Set([token, second]))
    expect(clientsAsked(w)).toEqual([w.profile.clientId])
  })

  test('a hand in the file does it as well', async () => {
    const { w, id, token } = await offline()
    w.profiles.update(id, other)
    await settle()
    sessionIn(w, 'signed-out')
    const next = world({ vault: w.vault, profiles: w.profiles })
    await next.sessions.start()
    await next.clock.advance(1_000)
    expect([next.issuer.revoked, w.vault.records.size]).toEqual([[token], 0])
  })
})

test('a refresh under way: what it brings is revoked, at the app client it came from', async () => {
  const w = world()
  const id = await w.signIn()
  w.issuer.rotates = true
  w.issuer.wishes = { refreshToken: 'rotated' }
  w.issuer.does.refresh.gate.close()
  const refreshing = w.sessions.fetchAuthSession(id, { forceRefresh: true })
  await settle()
  w.profiles.update(id, other)
  await settle()
  w.issuer.does.refresh.gate.open()
  await refreshing
  await w.clock.advance(1_000)
  expect([w.issuer.revoked, clientsAsked(w), w.vault.records.size]).toEqual([
    ['rotated'],
    [w.profile.clientId],
    0,
  ])
})

describe('a stored session that can not be read for now', () => {
  const locked = async () => {
    const before = world()
    const id = await before.signIn()
    await before.sessions.stop()
    const { sessions } = world({ vault: before.vault, profiles: before.profiles })
    before.vault.fail('locked')
    await sessions.start()
    return { w: { ...before, sessions }, id }
  }

  test('keeps the profile with its app client, and says why', async () => {
    const { w, id } = await locked()
    expect(await w.sessions.leaveClient(id)).toMatchObject({ ok: false, failure: { code: 'vault.locked' } })
    w.vault.fail(undefined)
    await settle()
    sessionIn(w, 'active')
  })

  test('stays in the keychain where the file was changed all the same', async () => {
    const { w, id } = await locked()
    w.profiles.update(id, other)
    await settle()
    w.vault.fail(undefined)
    await settle()
    expect(w.vault.records.has(id)).toBe(true)
  })

  test('is no reason against a change where there was none', async () => {
    const w = world()
    w.vault.fail('no-service')
    await w.sessions.start()
    expect(await w.sessions.leaveClient(w.profile.id)).toMatchObject({ ok: true })
  })
})

test('a session that Cognito has ended leaves nothing to wait for', async () => {
  const w = world()
  const id = await w.signIn()
  w.issuer.does.refresh.next('session.revoked')
  await w.sessions.fetchAuthSession(id, { forceRefresh: true })
  await edit(w)
  expect([w.vault.records.size, w.profiles.removed().length, w.issuer.does.revoke.asked]).toEqual([0, 0, []])
})
