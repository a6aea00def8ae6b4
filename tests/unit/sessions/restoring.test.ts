import { describe, expect, test } from 'vitest'
import {
  failureOf,
  fakeProfile,
  fakeRecord,
  fakeTokens,
  hours,
  minutes,
  sessionIn,
  settle,
  valueOf,
  type World,
  world,
} from './fakes.ts'

/** A world whose vault has a session for each profile, of tokens issued so long ago. */
const stored = (count = 1, ageMs = 0, changes = {}): World => {
  const all = Array.from({ length: count }, () => fakeProfile())
  const w = world({ all })
  for (const profile of all) {
    const tokens = fakeTokens({ issuedAt: w.clock.now() - ageMs })
    w.vault.records.set(profile.id, fakeRecord(profile, tokens, { generation: 3, ...changes }))
  }
  return w
}

const statuses = ({ sessions }: World) => sessions.views().map(({ session }) => session.status)

test('profiles are there before the vault has answered anything', () => {
  const w = stored(3)
  expect(statuses(w)).toEqual(['loading', 'loading', 'loading'])
  expect(w.vault.calls).toEqual([])
})

test('a stored session goes on without a sign-in', async () => {
  const w = stored()
  await w.sessions.start()
  expect(sessionIn(w, 'active')).toMatchObject({
    username: 'ana',
    loginId: 'ana@acme.io',
    groups: ['admins'],
  })
  valueOf(await w.sessions.fetchAuthSession(w.profile.id))
  expect(w.issuer.does.refresh.asked).toEqual([])
  expect(w.sessions.activity(w.profile.id)).toMatchObject([{ kind: 'restored' }])
})

test('one that came due meanwhile is refreshed', async () => {
  const w = stored(1, 5 * hours)
  await w.sessions.start()
  await w.clock.advance(10)
  expect(w.issuer.does.refresh.asked).toHaveLength(1)
  expect(w.vault.records.get(w.profile.id)?.generation).toBe(4)
  expect(sessionIn(w, 'active').lifetimes.tokens.expiresAt).toBeGreaterThan(w.clock.now())
})

test('nothing stored is signed out', async () => {
  const w = world()
  await w.sessions.start()
  expect(sessionIn(w, 'signed-out').revocationPending).toBe(false)
})

test('one that ended stays ended', async () => {
  const w = stored(1, 0, { ended: { code: 'session.reused', at: 0 } })
  await w.sessions.start()
  expect(sessionIn(w, 'ended').failure.code).toBe('session.reused')
  expect(w.clock.armed).toBe(0)
})

test('one of another app client is not taken for this profile', async () => {
  const w = stored()
  w.profiles.update(w.profile.id, { clientId: 'another' })
  w.vault.records.set(w.profile.id, fakeRecord(w.profile, fakeTokens({ issuedAt: w.clock.now() })))
  const next = world({ all: [{ ...w.profile, clientId: 'another' }], vault: w.vault })
  await next.sessions.start()
  expect(sessionIn(next, 'signed-out').revocationPending).toBe(false)
})

test('one whose tokens make no sense is not lost but said to be damaged', async () => {
  const w = world()
  const tokens = { idToken: 'x', accessToken: 'y', refreshToken: 'z' }
  w.vault.records.set(w.profile.id, fakeRecord(w.profile, tokens))
  await w.sessions.start()
  expect(sessionIn(w, 'unavailable').failure.code).toBe('vault.corrupt')
  expect(w.vault.records.size).toBe(1)
})

test('somebody who asks does not wait for the others', async () => {
  const w = stored(100)
  const last = w.sessions.views().at(-1)?.profile.id ?? ''
  w.vault.reads.close()
  const started = w.sessions.start()
  const asked = w.sessions.fetchAuthSession(last)
  await settle()
  expect(w.vault.calls.length).toBeLessThan(10)
  w.vault.reads.open()
  valueOf(await asked)
  await started
  expect(w.vault.calls.filter((call) => call === 'read')).toHaveLength(100)
})

describe('a locked keychain', () => {
  test('is told from an empty one', async () => {
    const w = stored()
    w.vault.fail('locked')
    await w.sessions.start()
    expect(sessionIn(w, 'unavailable').failure.code).toBe('vault.locked')
    expect(failureOf(await w.sessions.fetchAuthSession(w.profile.id)).code).toBe('vault.locked')
    expect(failureOf(w.sessions.getCurrentUser(w.profile.id)).code).toBe('vault.locked')
  })

  test('unlocked later, gives the sessions back by itself', async () => {
    const w = stored(3)
    w.vault.fail('locked')
    await w.sessions.start()
    w.vault.fail(undefined)
    await settle()
    expect(statuses(w)).toEqual(['active', 'active', 'active'])
  })

  test('is not asked a thousand times', async () => {
    const w = stored(1_000)
    w.vault.fail('timed-out')
    await w.sessions.start()
    expect(new Set(statuses(w))).toEqual(new Set(['unavailable']))
    expect(w.vault.calls.length).toBeLessThan(10)
  })

  test('that refuses one item is still asked for the others', async () => {
    const w = stored(10)
    const readSession = w.vault.readSession.bind(w.vault)
    w.vault.readSession = (profile) =>
      profile.id === w.profile.id
        ? Promise.resolve({ kind: 'unavailable', reason: 'denied' })
        : readSession(profile)
    await w.sessions.start()
    expect(statuses(w)).toEqual(['unavailable', ...Array<string>(9).fill('active')])
  })

  test('leaves sessions that are kept in memory alone', async () => {
    const all = [...Array.from({ length: 9 }, () => fakeProfile()), fakeProfile({ storage: 'memory' })]
    const w = world({ all })
    w.vault.readSession = ({ storage }) =>
      Promise.resolve(storage === 'memory' ? { kind: 'absent' } : { kind: 'unavailable', reason: 'locked' })
    await w.sessions.start()
    expect(statuses(w)).toEqual([...Array<string>(9).fill('unavailable'), 'signed-out'])
  })

  test('read again on request', async () => {
    const w = stored()
    const readSession = w.vault.readSession.bind(w.vault)
    w.vault.readSession = () => Promise.resolve({ kind: 'unavailable', reason: 'timed-out' })
    await w.sessions.start()
    sessionIn(w, 'unavailable')
    w.vault.readSession = readSession
    w.sessions.wake('vault')
    await settle()
    expect(sessionIn(w, 'active').unsaved).toBe(false)
  })

  test.each(['resume', 'network'] as const)(
    'that opened without a word, is asked again on "%s", and only while it is closed',
    async (reason) => {
      const w = stored(2)
      let probes = 0
      w.vault.probe = async () => {
        probes += 1
        w.vault.fail(undefined)
        return w.vault.state
      }
      w.vault.fail('locked')
      await w.sessions.start()
      w.sessions.wake(reason)
      await settle()
      expect(statuses(w)).toEqual(['active', 'active'])
      w.sessions.wake(reason)
      await settle()
      expect(probes).toBe(1)
    },
  )

  test('locked while a session lives, it goes on, unsaved', async () => {
    const w = stored()
    await w.sessions.start()
    w.vault.fail('locked')
    await w.clock.advance(hours)
    expect(sessionIn(w, 'active').unsaved).toBe('in-memory')
    w.vault.fail(undefined)
    await settle()
    expect(sessionIn(w, 'active').unsaved).toBe(false)
    expect(w.vault.records.get(w.profile.id)?.generation).toBe(4)
  })

  test('unlocked again, what another process stored meanwhile is not written over', async () => {
    const w = world()
    const id = await w.signIn()
    const ours = w.vault.records.get(id)
    if (ours === undefined) throw new Error('nothing is stored')
    w.vault.fail('locked')
    await w.sessions.fetchAuthSession(id, { forceRefresh: true })
    const tokens = { ...ours.tokens, refreshToken: 'of another process' }
    w.vault.records.set(id, { ...ours, tokens, generation: ours.generation + 5 })
    w.vault.fail(undefined)
    await settle()
    expect(w.vault.records.get(id)?.tokens).toEqual(tokens)
  })

  test('locked while the client secret is needed, the refresh waits for it', async () => {
    const profile = fakeProfile({ hasClientSecret: true })
    const w = world({ all: [profile] })
    w.vault.secrets.set(profile.id, 's')
    await w.signIn()
    w.vault.fail('locked')
    await w.clock.advance(57 * minutes)
    expect(sessionIn(w, 'offline').failure.code).toBe('vault.locked')
    w.vault.fail(undefined)
    await w.clock.advance(10)
    sessionIn(w, 'active')
  })
})

test('a vault that throws is a bug: reported, and sessions go on', async () => {
  const w = stored()
  await w.sessions.start()
  w.vault.writeSession = () => Promise.reject(new Error('a bug'))
  valueOf(await w.sessions.fetchAuthSession(w.profile.id, { forceRefresh: true }))
  expect(w.bugs).toHaveLength(1)
  expect(sessionIn(w, 'active').unsaved).toBe('in-memory')
})
