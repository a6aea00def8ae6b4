import { describe, expect, test } from 'vitest'
import {
  days,
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

const refreshes = ({ issuer }: World): number => issuer.does.refresh.asked.length

/** So many sessions, signed in at the same moment. */
const crowd = async (count: number, rate?: { perSecond: number; burst: number }) => {
  const all = Array.from({ length: count }, () => fakeProfile())
  const w = world({ all, ...(rate ? { rate } : {}) })
  for (const profile of all) {
    w.vault.records.set(profile.id, fakeRecord(profile, fakeTokens({ issuedAt: w.clock.now() })))
  }
  await w.sessions.start()
  await settle()
  return { w, all }
}

describe('with a thousand sessions', { timeout: 60_000 }, () => {
  test('one timer is armed while idle, and nothing wakes up before the first is due', async () => {
    const { w } = await crowd(1_000)
    expect(w.clock.armed).toBe(1)
    const armings = w.clock.armings
    await w.clock.advance(54 * minutes)
    expect([w.clock.armings, refreshes(w)]).toEqual([armings, 0])
  })

  test('each is refreshed once when they come due together, within the rate', async () => {
    const { w } = await crowd(1_000, { perSecond: 100, burst: 10 })
    const at: number[] = []
    const refresh = w.issuer.refresh.bind(w.issuer)
    w.issuer.refresh = (access, record) => {
      at.push(w.clock.now())
      return refresh(access, record)
    }
    w.sessions.wake('resume')
    w.clock.sleep(10 * hours)
    w.sessions.wake('resume')
    await w.clock.advance(20_000)
    expect(at).toHaveLength(1_000)
    expect(new Set(w.issuer.does.refresh.asked).size).toBe(1_000)
    const last = Math.max(...at) - Math.min(...at)
    expect(last).toBeLessThanOrEqual(1.2 * 10_000)
    for (const from of at) {
      expect(at.filter((instant) => instant >= from && instant < from + 1_000).length).toBeLessThanOrEqual(
        110,
      )
    }
    expect(w.clock.armed).toBe(1)
  })

  test('refreshes of one sign-in hour are spread, not all in one instant', async () => {
    const { w } = await crowd(200)
    const due = w.sessions
      .views()
      .flatMap(({ session }) => ('lifetimes' in session ? (session.lifetimes.tokens.refreshesAt ?? []) : []))
    expect(Math.max(...due) - Math.min(...due)).toBeGreaterThan(20_000)
  })
})

describe('after a sleep', () => {
  test('what is overdue is refreshed on waking', async () => {
    const w = world()
    await w.signIn()
    w.clock.sleep(8 * hours)
    expect(refreshes(w)).toBe(0)
    w.sessions.wake('resume')
    await w.clock.advance(10)
    expect(refreshes(w)).toBe(1)
    sessionIn(w, 'active')
  })

  test('whoever asks first gets no expired token', async () => {
    const w = world()
    const id = await w.signIn()
    valueOf(await w.sessions.fetchAuthSession(id))
    w.clock.sleep(8 * hours)
    const session = valueOf(await w.sessions.fetchAuthSession(id))
    expect(Number(session.tokens.accessToken.payload['exp']) * 1_000).toBeGreaterThan(w.clock.now())
  })

  test('what waited for the network does not wait any longer', async () => {
    const w = world()
    await w.signIn()
    w.issuer.does.refresh.always('network.offline')
    await w.clock.advance(3 * hours)
    const before = refreshes(w)
    w.issuer.does.refresh.always(undefined)
    w.sessions.wake('resume')
    await w.clock.advance(1)
    expect(refreshes(w)).toBe(before + 1)
  })
})

describe('a clock that was set just before a sleep', () => {
  test('is noticed when the sleep is announced, and nothing comes too late', async () => {
    const w = world()
    await w.signIn()
    w.issuer.offsetMs = 30 * minutes
    w.clock.set(-30 * minutes)
    w.sessions.wake('suspend')
    w.clock.sleep(40 * minutes)
    w.sessions.wake('resume')
    await w.clock.advance(16 * minutes)
    expect(refreshes(w)).toBe(1)
  })

  test('is noticed by the first session that asks, for all of its service and no other', async () => {
    const local = { endpoints: { userPool: 'http://127.0.0.1:9' } }
    const all = [fakeProfile(), fakeProfile(), fakeProfile(local)]
    const w = world({ all })
    for (const { id } of all) await w.signIn(id)
    const due = () =>
      all.map(({ id }) => (sessionIn(w, 'active', id).lifetimes.tokens.refreshesAt ?? 0) - w.clock.now())
    const [, second = 0, other = 0] = due()
    w.issuer.offsetMs = 30 * minutes
    w.clock.set(-30 * minutes)
    w.clock.sleep(40 * minutes)
    w.sessions.wake('resume')
    const [first] = all
    valueOf(await w.sessions.fetchAuthSession(first?.id ?? '', { forceRefresh: true }))
    await settle()
    await w.clock.advance(second - 40 * minutes + 1)
    expect(refreshes(w)).toBe(2)
    expect(due()[2]).toBeGreaterThan(other - 40 * minutes)
  })
})

describe('when somebody sets the clock', () => {
  test.each([10 * minutes, 2 * days])(
    'back by %i ms, tokens are refreshed before they really expire',
    async (ms) => {
      const w = world()
      await w.signIn()
      await w.clock.advance(10 * minutes)
      w.issuer.offsetMs = ms
      w.clock.set(-ms)
      await w.clock.advance(46 * minutes)
      expect(refreshes(w)).toBe(1)
      expect(w.sessions.clockOffsetMs).toBe(ms)
      await w.clock.advance(54 * minutes)
      expect(refreshes(w)).toBe(1)
      await w.clock.advance(2 * minutes)
      expect(refreshes(w)).toBe(2)
    },
  )

  test.each([10 * minutes, 2 * days])(
    'forward by %i ms, one refresh at most comes early, and measures the clock',
    async (ms) => {
      const w = world()
      await w.signIn()
      w.issuer.offsetMs = -ms
      w.clock.set(ms)
      w.sessions.wake('clock')
      await w.clock.advance(50 * minutes)
      expect(refreshes(w)).toBe(1)
      expect(w.sessions.clockOffsetMs).toBe(-ms)
      await w.clock.advance(50 * minutes)
      expect(refreshes(w)).toBe(ms > hours ? 2 : 1)
    },
  )

  test('told by the system, it is noticed at once', async () => {
    const w = world()
    await w.signIn()
    w.issuer.offsetMs = hours
    w.clock.set(-hours)
    w.sessions.wake('clock')
    await settle()
    expect(w.sessions.clockOffsetMs).toBe(hours)
    expect(w.changes).toContainEqual({ kind: 'clock', offsetMs: hours })
    expect(refreshes(w)).toBe(0)
  })
})

describe('a machine whose clock is wrong', () => {
  test.each([-3 * hours, 3 * hours, 400 * days])(
    'by %i ms refreshes when the server thinks it is due',
    async (offset) => {
      const w = world()
      w.issuer.offsetMs = offset
      const id = await w.signIn()
      expect(w.sessions.clockOffsetMs).toBe(offset)
      expect(sessionIn(w, 'active').lifetimes.tokens.expiresAt - (w.clock.now() + offset)).toBeGreaterThan(
        59 * minutes,
      )
      valueOf(await w.sessions.fetchAuthSession(id))
      await w.clock.advance(54 * minutes)
      expect(refreshes(w)).toBe(0)
      await w.clock.advance(2 * minutes)
      expect(refreshes(w)).toBe(1)
      expect(w.vault.records.get(id)).toMatchObject({ clockOffsetMs: offset })
    },
  )

  test.each([
    ['as it was when they were stored', -3 * hours],
    ['since they were stored', 0],
  ])(
    'three hours ahead, %s: of a thousand fresh sessions that it takes for expired one is refreshed, which sets the others right',
    async (_, clockOffsetMs) => {
      const all = Array.from({ length: 1_000 }, () => fakeProfile())
      const w = world({ all })
      w.issuer.offsetMs = -3 * hours
      const issuedAt = w.clock.now() - 3 * hours - 5 * minutes
      for (const profile of all) {
        w.vault.records.set(profile.id, fakeRecord(profile, fakeTokens({ issuedAt }), { clockOffsetMs }))
      }
      w.issuer.does.refresh.gate.close()
      await w.sessions.start()
      await w.clock.advance(500)
      w.issuer.does.refresh.gate.open()
      await w.clock.advance(30_000)
      expect(refreshes(w)).toBe(1)
      expect(w.sessions.clockOffsetMs).toBe(-3 * hours)
      for (const { id } of all) {
        const { tokens } = sessionIn(w, 'active', id).lifetimes
        expect(tokens.expiresAt).toBeGreaterThan(w.clock.now() - 3 * hours)
      }
    },
  )

  test('a first refresh that fails holds the others up no longer than it takes', async () => {
    const all = Array.from({ length: 20 }, () => fakeProfile())
    const w = world({ all })
    for (const profile of all) {
      w.vault.records.set(
        profile.id,
        fakeRecord(profile, fakeTokens({ issuedAt: w.clock.now() - 2 * hours })),
      )
    }
    w.issuer.does.refresh.next('network.offline')
    await w.sessions.start()
    await w.clock.advance(5_000)
    expect(refreshes(w)).toBe(21)
  })

  describe('and that starts without a network', () => {
    const start = async (issuedAgo: number, clockOffsetMs: number) => {
      const w = world()
      const { id } = w.profile
      const tokens = fakeTokens({ issuedAt: w.clock.now() - issuedAgo })
      w.vault.records.set(id, fakeRecord(w.profile, tokens, { clockOffsetMs }))
      w.issuer.does.refresh.always('network.offline')
      await w.sessions.start()
      return { w, id }
    }

    test('hands out tokens that are good by the last measurement, as long as they are', async () => {
      const { w, id } = await start(3.5 * hours, -3 * hours)
      valueOf(await w.sessions.fetchAuthSession(id))
      sessionIn(w, 'offline')
      expect(w.sessions.clockOffsetMs).toBe(-3 * hours)
      await w.clock.advance(29 * minutes)
      valueOf(await w.sessions.fetchAuthSession(id))
      await w.clock.advance(2 * minutes)
      expect(failureOf(await w.sessions.fetchAuthSession(id)).code).toBe('network.offline')
    })

    test('hands out none where that would be before they were issued: the clock was set right meanwhile', async () => {
      const { w, id } = await start(2 * hours, -3 * hours)
      expect(failureOf(await w.sessions.fetchAuthSession(id)).code).toBe('network.offline')
    })

    test('goes by what is measured once there is one', async () => {
      const { w, id } = await start(3.5 * hours, -3 * hours)
      valueOf(await w.sessions.fetchAuthSession(id))
      w.issuer.does.refresh.always(undefined)
      w.sessions.wake('network')
      await w.clock.advance(10)
      expect([w.sessions.clockOffsetMs, sessionIn(w, 'active').lifetimes.tokens.issuedAt]).toEqual([
        0,
        expect.closeTo(w.clock.now(), -4),
      ])
    })
  })

  test('set right while the app was closed, an expired token is not taken for valid', async () => {
    const w = world()
    const tokens = fakeTokens({ issuedAt: w.clock.now() - 2 * hours })
    // When it was stored, the machine was three hours ahead.
    w.vault.records.set(w.profile.id, fakeRecord(w.profile, tokens, { clockOffsetMs: -3 * hours }))
    await w.sessions.start()
    await w.clock.advance(10)
    expect(refreshes(w)).toBe(1)
  })
})
