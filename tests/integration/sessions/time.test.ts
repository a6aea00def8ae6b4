// The machine's clock is wrong, it sleeps, its network goes and comes: against a server whose clock is right.
import { expect, test } from 'vitest'
import { createServerClock } from '../../cognito-server/clock.ts'
import { type FakeClock, hours, minutes, valueOf } from '../../unit/sessions/fakes.ts'
import { password, type Stage, stage } from './support.ts'

const ana = { username: 'ana', password }

/** A machine whose clock is so much behind the server's. */
const behind = async (ms: number): Promise<Stage> => {
  let clock: FakeClock | undefined
  const s = await stage('plain', { clock: createServerClock(() => (clock?.now() ?? Date.now()) + ms) })
  clock = s.clock
  return s
}

test.each([3 * hours, -26 * hours])(
  'a machine that is %i ms behind signs in by SRP, verifies its tokens, says how wrong it is, and refreshes in time',
  async (ms) => {
    await using s = await behind(ms)
    const { id } = s.profile
    valueOf(await s.sessions.beginSignIn(id, ana))
    expect(Math.abs((s.sessions.clockOffsetMs ?? 0) - ms)).toBeLessThanOrEqual(1_000)
    const claims = valueOf(await s.sessions.claims(id))
    expect([claims.id.verification.kind, claims.access.verification.kind]).toEqual(['verified', 'verified'])
    const { issuedAt } = (await s.until(id, 'active')).lifetimes.tokens
    await s.clock.advance(56 * minutes)
    await s.until(id, 'active', ({ lifetimes }) => lifetimes.tokens.issuedAt > issuedAt)
    expect(s.server.requests.list({ operation: 'GetTokensFromRefreshToken' })).toHaveLength(1)
  },
)

test('a clock set right in the middle of a session changes nothing but what is shown of it', async () => {
  await using s = await behind(2 * hours)
  const { id } = s.profile
  valueOf(await s.sessions.beginSignIn(id, ana))
  s.clock.set(-30 * minutes)
  s.sessions.wake('clock')
  expect(Math.abs((s.sessions.clockOffsetMs ?? 0) - 2.5 * hours)).toBeLessThanOrEqual(1_000)
  valueOf(await s.sessions.fetchAuthSession(id))
  await s.clock.advance(50 * minutes)
  expect(s.server.requests.count({ operation: 'GetTokensFromRefreshToken' })).toBe(0)
})

test('when the network is back, what waited for it goes at once and does not wait for its pause', async () => {
  await using s = await stage()
  const { id } = s.profile
  valueOf(await s.sessions.beginSignIn(id, ana))
  const { issuedAt } = (await s.until(id, 'active')).lifetimes.tokens
  s.server.faults.add({
    match: { operation: 'GetTokensFromRefreshToken', times: 'always' },
    fault: { kind: 'reset' },
  })
  await s.clock.advance(56 * minutes)
  await s.until(id, 'offline')
  s.server.faults.clear()
  s.sessions.wake('network')
  await s.clock.advance(1)
  const renewed = await s.until(id, 'active', ({ lifetimes }) => lifetimes.tokens.issuedAt > issuedAt)
  expect(renewed.lifetimes.tokens.expiresAt).toBeGreaterThan(s.clock.now())
})
