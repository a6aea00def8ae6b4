import { describe, expect, test } from 'vitest'
import { settle, valueOf, type World, world } from './fakes.ts'

const removeAfterSignIn = async (w: World): Promise<string> => {
  const id = await w.signIn()
  w.profiles.remove(id)
  await settle()
  return id
}

const left = (w: World) => ({
  records: w.vault.records.size,
  secrets: w.vault.secrets.size,
  settings: w.profiles.removed().length,
  views: w.sessions.views().length,
})
const nothing = { records: 0, secrets: 0, settings: 0, views: 0 }

describe('a profile that is removed while somebody is signed in', () => {
  test('has its session ended at Cognito, and nothing of it is left', async () => {
    const w = world()
    w.vault.secrets.set(w.profile.id, 'secret')
    const id = await w.signIn()
    const token = w.vault.records.get(id)?.tokens.refreshToken
    w.profiles.remove(id)
    expect(await w.sessions.departureOf(id)).toMatchObject({ reached: 'device' })
    expect(w.issuer.revoked).toEqual([token])
    expect(left(w)).toEqual(nothing)
    expect(w.sessions.departing()).toEqual([])
    expect(w.bugs).toEqual([])
  })

  test('offline is gone from sight at once, and its session is ended later', async () => {
    const w = world()
    w.issuer.does.revoke.always('network.offline')
    const id = await removeAfterSignIn(w)
    expect(await w.sessions.departureOf(id)).toMatchObject({ reached: 'pending' })
    expect(w.sessions.view(id)).toBeUndefined()
    expect(left(w)).toEqual({ records: 1, secrets: 0, settings: 1, views: 0 })
    expect(w.sessions.departing()).toEqual([w.profile.name])
    expect(w.changes).toContainEqual({ kind: 'departures' })
    w.issuer.does.revoke.always(undefined)
    w.sessions.wake('network')
    await w.clock.advance(1)
    expect(w.issuer.revoked).toHaveLength(1)
    expect(left(w)).toEqual(nothing)
    expect(w.sessions.departing()).toEqual([])
  })

  test('is ended after a restart, also where the removal was all that was done', async () => {
    const w = world()
    const id = await w.signIn()
    await w.sessions.stop()
    w.profiles.remove(id)
    // As after a crash: the session is stored as somebody's who is signed in.
    expect(w.vault.records.get(id)?.signedOut).toBeUndefined()
    const next = world({ vault: w.vault, profiles: w.profiles })
    await next.sessions.start()
    await settle()
    expect(next.issuer.revoked).toHaveLength(1)
    expect([w.vault.records.size, w.profiles.removed().length]).toEqual([0, 0])
  })

  test('takes what was owed for sessions before along', async () => {
    const w = world()
    await w.signIn()
    w.issuer.does.revoke.always('network.offline')
    await w.signIn()
    const id = await removeAfterSignIn(w)
    w.issuer.does.revoke.always(undefined)
    w.sessions.wake('network')
    await w.clock.advance(1_000)
    expect(new Set(w.issuer.revoked).size).toBe(3)
    expect(w.sessions.view(id)).toBeUndefined()
    expect(left(w)).toEqual(nothing)
  })

  test('takes it along also where the session has ended, and after a restart', async () => {
    const w = world()
    const id = await w.signIn()
    const token = w.vault.records.get(id)?.tokens.refreshToken
    w.issuer.does.revoke.always('network.offline')
    await w.signIn()
    w.issuer.does.refresh.next('session.revoked')
    await w.sessions.fetchAuthSession(id, { forceRefresh: true })
    w.profiles.remove(id)
    await settle()
    const next = world({ vault: w.vault, profiles: w.profiles })
    await next.sessions.start()
    await next.clock.advance(1_000)
    expect(next.issuer.revoked).toEqual([token])
    expect(left(w)).toEqual(nothing)
  })

  test('while it is refreshed has the tokens ended that come too late', async () => {
    const w = world()
    const id = await w.signIn()
    w.issuer.does.refresh.gate.close()
    const refresh = w.sessions.fetchAuthSession(id, { forceRefresh: true })
    await settle()
    w.profiles.remove(id)
    w.issuer.does.refresh.gate.open()
    expect((await refresh).ok).toBe(false)
    await w.sessions.departureOf(id)
    expect(w.issuer.revoked).toHaveLength(1)
    expect(left(w)).toEqual(nothing)
  })
})

test('one whose keychain is locked is ended as soon as that is open', async () => {
  const w = world()
  const id = await w.signIn()
  await w.sessions.stop()
  const next = world({ vault: w.vault, profiles: w.profiles })
  w.vault.fail('locked')
  await next.sessions.start()
  w.profiles.remove(id)
  await settle()
  expect([next.issuer.revoked.length, w.profiles.removed().length]).toEqual([0, 1])
  expect(next.sessions.departing()).toEqual([w.profile.name])
  w.vault.fail(undefined)
  await settle()
  await next.clock.advance(1_000)
  expect([next.issuer.revoked.length, w.profiles.removed().length, w.vault.records.size]).toEqual([1, 0, 0])
})

test('one that nobody is signed in to is forgotten at once', async () => {
  const w = world()
  await w.sessions.start()
  w.profiles.remove(w.profile.id)
  expect(await w.sessions.departureOf(w.profile.id)).toBeUndefined()
  expect([left(w), w.issuer.does.revoke.asked.length]).toEqual([nothing, 0])
})

describe('before quitting', () => {
  const offline = async (storage: 'keychain' | 'memory') => {
    const first = world()
    const w = world({ all: [{ ...first.profile, storage }] })
    const id = await w.signIn()
    w.issuer.does.revoke.always('network.offline')
    valueOf(await w.sessions.signOut(id))
    return { w, id }
  }

  test('a sign-out whose tokens are stored is left for the next start, untried', async () => {
    const { w } = await offline('keychain')
    const tried = w.issuer.does.revoke.asked.length
    expect(await w.sessions.endSignOuts()).toEqual([])
    expect(w.issuer.does.revoke.asked).toHaveLength(tried)
  })

  test('one of a profile that is kept in memory is tried once more, and told where that fails', async () => {
    const { w } = await offline('memory')
    const tried = w.issuer.does.revoke.asked.length
    expect(await w.sessions.endSignOuts()).toEqual([w.profile.name])
    expect(w.issuer.does.revoke.asked).toHaveLength(tried + 1)
    w.issuer.does.revoke.always(undefined)
    expect(await w.sessions.endSignOuts()).toEqual([])
    expect(w.issuer.revoked).toHaveLength(1)
  })

  test('so is one that the keychain does not take, and one of a profile that was removed', async () => {
    const { w, id } = await offline('keychain')
    w.vault.fail('locked')
    expect(await w.sessions.endSignOuts()).toEqual([w.profile.name])
    w.profiles.remove(id)
    await settle()
    expect(await w.sessions.endSignOuts()).toEqual([w.profile.name])
    w.vault.fail(undefined)
    expect(await w.sessions.endSignOuts()).toEqual([])
  })

  test('a try that hangs is given three seconds', async () => {
    const { w } = await offline('memory')
    w.issuer.does.revoke.gate.close()
    let names: readonly string[] | undefined
    void w.sessions.endSignOuts().then((left) => (names = left))
    await w.clock.advance(2_900)
    expect(names).toBeUndefined()
    await w.clock.advance(200)
    expect(names).toEqual([w.profile.name])
    w.issuer.does.revoke.gate.open()
  })
})
