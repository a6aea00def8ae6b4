import { TOTP } from 'otpauth'
import { describe, expect, test } from 'vitest'
import type { PoolAccess } from '../../../main/sessions/ports.ts'
import type { SessionRecord } from '../../../main/sessions/session.ts'
import { failureOf, hours, minutes, valueOf } from '../../unit/sessions/fakes.ts'
import { password, profileOf, readerRole, type Stage, stage, startMachine } from './support.ts'

const ana = { username: 'ana', password }

const signIn = async ({ sessions, profile }: Stage, input = ana): Promise<string> => {
  valueOf(await sessions.beginSignIn(profile.id, input))
  return profile.id
}

/** What is stored right now, as a thief or a forgetful program would have it. */
const recordOf = async ({ vault, profile }: Pick<Stage, 'vault' | 'profile'>): Promise<SessionRecord> => {
  const read = await vault.readSession(profile)
  if (read.kind !== 'found') throw new Error(`expected a stored session, got ${read.kind}`)
  return read.value
}

const accessTo = ({ profile }: Pick<Stage, 'profile'>): PoolAccess => ({
  profile,
  clientSecret: profile.hasClientSecret ? 'client-secret-of-the-test' : undefined,
})

/** Whether Cognito still takes this refresh token. */
const isAccepted = async (s: Stage, record: SessionRecord): Promise<string> => {
  const refreshed = await s.issuer.refresh(accessTo(s), record)
  return refreshed.ok ? 'accepted' : refreshed.failure.code
}

const refreshRequests = ({ server }: Stage): number =>
  server.requests.count({ operation: 'GetTokensFromRefreshToken' })

describe('signing in', () => {
  test('by SRP with a client secret makes a session whose tokens the pool’s keys verify', async () => {
    await using s = await stage('secretive')
    const id = await signIn(s)
    const view = await s.until(id, 'active')
    expect(view).toMatchObject({ username: 'ana', groups: ['readers'], roles: [readerRole], unsaved: false })
    expect(view.lifetimes.tokens.expiresAt - view.lifetimes.tokens.issuedAt).toBe(hours)
    const claims = valueOf(await s.sessions.claims(id))
    expect([claims.id.verification, claims.access.verification]).toEqual([
      { kind: 'verified' },
      { kind: 'verified' },
    ])
    expect(claims.expected.issuer).toBe(claims.id.payload['iss'])
    expect(valueOf(s.sessions.getCurrentUser(id)).signInDetails).toEqual({
      loginId: 'ana',
      authFlowType: 'USER_SRP_AUTH',
    })
  })

  test('with a wrong password says so and makes none', async () => {
    await using s = await stage()
    const answer = await s.sessions.beginSignIn(s.profile.id, { ...ana, password: 'wrong' })
    expect(failureOf(answer).code).toBe('sign-in.wrong-password')
    expect(s.sessions.isAuthenticated(s.profile.id)).toBe(false)
  })

  test('with a second factor takes a second try after a wrong code', async () => {
    await using s = await stage()
    const step = valueOf(await s.sessions.beginSignIn(s.profile.id, { ...ana, username: 'ben' }))
    if (step.kind !== 'totp') throw new Error(`expected totp, got ${step.kind}`)
    const wrong = await s.sessions.answerSignIn(step.attemptId, { kind: 'totp', code: '000000' })
    expect(failureOf(wrong).code).toBe('sign-in.wrong-code')
    const code = new TOTP({ secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' }).generate({
      timestamp: s.clock.now(),
    })
    expect(valueOf(await s.sessions.answerSignIn(step.attemptId, { kind: 'totp', code })).kind).toBe(
      'signed-in',
    )
    await s.until(s.profile.id, 'active')
  })

  test('with a temporary password asks for a new one, refuses a weak one and takes a good one', async () => {
    await using s = await stage()
    const step = valueOf(await s.sessions.beginSignIn(s.profile.id, { ...ana, username: 'cleo' }))
    if (step.kind !== 'new-password') throw new Error(`expected new-password, got ${step.kind}`)
    const set = (newPassword: string) =>
      s.sessions.answerSignIn(step.attemptId, { kind: 'new-password', newPassword, attributes: {} })
    expect(failureOf(await set('weak')).code).toBe('sign-in.password-policy')
    expect(valueOf(await set('Stronger-Horse-10')).kind).toBe('signed-in')
  })
})

describe('refreshing', () => {
  test('happens by itself ahead of each expiry, for as long as time goes on', async () => {
    await using s = await stage('secretive')
    const id = await signIn(s)
    for (let round = 1; round <= 5; round += 1) {
      const { issuedAt } = (await s.until(id, 'active')).lifetimes.tokens
      await s.clock.advance(56 * minutes)
      const next = await s.until(id, 'active', ({ lifetimes }) => lifetimes.tokens.issuedAt > issuedAt)
      expect(next.lifetimes.tokens.expiresAt).toBeGreaterThan(s.clock.now())
      expect(refreshRequests(s)).toBe(round)
    }
    expect(s.sessions.activity(id).filter(({ kind }) => kind === 'refreshed')).toHaveLength(5)
  })

  test('asked for by fifty at once is one request', async () => {
    await using s = await stage('rotating')
    const id = await signIn(s)
    const held = s.server.faults.hold({ operation: 'GetTokensFromRefreshToken' })
    const asked = Array.from({ length: 50 }, () => s.sessions.fetchAuthSession(id, { forceRefresh: true }))
    await held.arrived
    held.release()
    const raw = (await Promise.all(asked)).map((answer) => valueOf(answer).tokens.accessToken.raw)
    expect([refreshRequests(s), new Set(raw).size]).toEqual([1, 1])
  })

  test('with rotation keeps the newest token, and is never a reuse', async () => {
    await using s = await stage('rotating')
    const id = await signIn(s)
    const seen = new Set<string>()
    for (let round = 0; round < 10; round += 1) {
      seen.add((await recordOf(s)).tokens.refreshToken)
      valueOf(await s.sessions.fetchAuthSession(id, { forceRefresh: true }))
      await s.clock.advance(5 * minutes)
    }
    expect(seen.size).toBe(10)
    expect((await s.until(id, 'active')).lifetimes.refreshToken.rotates).toBe(true)
    expect(s.server.requests.count({ operation: 'GetTokensFromRefreshToken', outcome: 'ok' })).toBe(10)
  })

  test('after somebody else used the old token too late, the session is over and says why', async () => {
    await using s = await stage('rotating')
    const id = await signIn(s)
    const stolen = await recordOf(s)
    valueOf(await s.sessions.fetchAuthSession(id, { forceRefresh: true }))
    await s.clock.advance(minutes)
    expect(await isAccepted(s, stolen)).toBe('session.reused')
    const before = refreshRequests(s)
    await s.clock.advance(56 * minutes)
    const ended = await s.until(id, 'ended')
    expect(ended).toMatchObject({ username: 'ana', failure: { code: 'session.revoked' } })
    await s.clock.advance(24 * hours)
    expect(refreshRequests(s)).toBe(before + 1)
    expect((await recordOf(s)).ended?.code).toBe('session.revoked')
  })

  test.each([
    ['the connection is reset', { kind: 'reset' }, 'network.offline'],
    ['Cognito throttles', { kind: 'throttle' }, 'service.throttled'],
    ['a load balancer answers', { kind: 'html-500' }, 'service.unavailable'],
    ['half of the answer arrives after rotating', { kind: 'truncated' }, 'network.offline'],
    ['the answer is lost after rotating', { kind: 'answer-lost' }, 'network.offline'],
  ] as const)('when %s keeps the session, and goes on by itself', async (_, fault, code) => {
    await using s = await stage('rotating')
    const id = await signIn(s)
    const { issuedAt, refreshesAt = 0 } = (await s.until(id, 'active')).lifetimes.tokens
    s.server.faults.add({ match: { operation: 'GetTokensFromRefreshToken' }, fault })
    // No further, so that the lost token is still within its grace period when it is tried again.
    await s.clock.advance(refreshesAt - s.clock.now())
    expect((await s.until(id, 'offline')).failure.code).toBe(code)
    valueOf(await s.sessions.fetchAuthSession(id))
    await s.clock.advance(2_000)
    await s.until(id, 'active', ({ lifetimes }) => lifetimes.tokens.issuedAt > issuedAt)
    expect(await isAccepted(s, await recordOf(s))).toBe('accepted')
  })

  test.each([
    ['is lost after rotating', { kind: 'answer-lost' }],
    ['comes by half after rotating', { kind: 'truncated' }],
  ] as const)(
    'after a long outage whose last answer %s asks again within the grace period',
    async (_, fault) => {
      await using s = await stage('rotating')
      const id = await signIn(s)
      const { issuedAt, refreshesAt = 0 } = (await s.until(id, 'active')).lifetimes.tokens
      const match = { operation: 'GetTokensFromRefreshToken', times: 'always' } as const
      const outage = s.server.faults.add({ match, fault: { kind: 'throttle' } })
      await s.clock.advance(refreshesAt - s.clock.now())
      const pause = async (): Promise<number> => {
        const isWaiting = ({ retryAt = 0 }) => retryAt > s.clock.now()
        return ((await s.until(id, 'offline', isWaiting)).retryAt ?? 0) - s.clock.now()
      }
      while (outage.hits < 12) await s.clock.advance(await pause())
      const beforeLoss = await pause()
      outage.remove()
      const loss = s.server.faults.add({ match: { ...match, times: 1 }, fault })
      await s.clock.advance(beforeLoss)
      const beforeNext = await pause()
      expect([loss.hits, beforeNext <= 1_000]).toEqual([1, true])
      await s.clock.advance(beforeNext)
      await s.until(id, 'active', ({ lifetimes }) => lifetimes.tokens.issuedAt > issuedAt)
      expect(await isAccepted(s, await recordOf(s))).toBe('accepted')
    },
  )

  test('after the user was disabled keeps the session for when it is enabled again', async () => {
    await using s = await stage()
    const id = await signIn(s)
    s.server.admin.updateUser(s.profile.userPoolId, 'ana', { disabled: true })
    await s.sessions.fetchAuthSession(id, { forceRefresh: true })
    expect((await s.until(id, 'attention')).failure.code).toBe('sign-in.disabled')
    s.server.admin.updateUser(s.profile.userPoolId, 'ana', { disabled: false })
    valueOf(await s.sessions.fetchAuthSession(id, { forceRefresh: true }))
    await s.until(id, 'active')
  })

  test('after the user was deleted ends the session', async () => {
    await using s = await stage()
    const id = await signIn(s)
    s.server.admin.deleteUser(s.profile.userPoolId, 'ana')
    await s.sessions.fetchAuthSession(id, { forceRefresh: true })
    expect((await s.until(id, 'ended')).failure.code).toBe('session.user-gone')
  })

  test('goes on after a restart, from what the vault kept', async () => {
    await using s = await stage('rotating')
    const id = await signIn(s)
    await s.sessions.stop()
    s.clock.sleep(10 * hours)
    const next = await startMachine(s.clock, [s.profile], s.vault)
    await s.clock.advance(1_000)
    const view = await next.until(id, 'active', ({ lifetimes }) => lifetimes.tokens.expiresAt > s.clock.now())
    expect(view.loginId).toBe('ana')
    await next.sessions.stop()
  })
})

describe('signing out', () => {
  test('of this device ends this session at Cognito and no other', async () => {
    await using s = await stage('secretive')
    const other = profileOf(s.server, 'plain')
    const elsewhere = await startMachine(s.clock, [other])
    valueOf(await elsewhere.sessions.beginSignIn(other.id, ana))
    const id = await signIn(s)
    const record = await recordOf(s)
    expect(valueOf(await s.sessions.signOut(id))).toMatchObject({ reached: 'device' })
    expect(await isAccepted(s, record)).toBe('session.revoked')
    expect((await s.vault.readSession(s.profile)).kind).toBe('absent')
    valueOf(await elsewhere.sessions.fetchAuthSession(other.id, { forceRefresh: true }))
    await elsewhere.sessions.stop()
  })

  test.each(['plain', 'rotating', 'unrevocable'] as const)(
    'in one process is noticed by another one before it refreshes: client %s',
    async (client) => {
      await using s = await stage(client)
      const id = await signIn(s)
      const other = await startMachine(s.clock, [s.profile], s.vault)
      await other.until(id, 'active')
      valueOf(await other.sessions.signOut(id))
      await s.clock.advance(56 * minutes)
      expect((await s.until(id, 'signed-out')).revocationPending).toBe(false)
      expect([refreshRequests(s), (await s.vault.readSession(s.profile)).kind]).toEqual([0, 'absent'])
      await other.sessions.stop()
    },
  )

  test('of all devices ends the sessions of other machines too, which notice', async () => {
    await using s = await stage('secretive')
    const other = profileOf(s.server, 'rotating')
    const elsewhere = await startMachine(s.clock, [other])
    valueOf(await elsewhere.sessions.beginSignIn(other.id, ana))
    const id = await signIn(s)
    const record = await recordOf(s)
    const outcome = valueOf(await s.sessions.signOut(id, { global: true }))
    expect(outcome).toMatchObject({ reached: 'everywhere', tokensValidUntil: expect.any(Number) })
    expect(await isAccepted(s, record)).toBe('session.revoked')
    await s.clock.advance(56 * minutes)
    expect((await elsewhere.until(other.id, 'ended')).failure.code).toBe('session.revoked')
    await elsewhere.sessions.stop()
  })

  test('of all devices with an expired access token refreshes first', async () => {
    await using s = await stage('rotating')
    const id = await signIn(s)
    s.server.faults.add({
      match: { operation: 'GetTokensFromRefreshToken', times: 'always' },
      fault: { kind: 'throttle' },
    })
    await s.clock.advance(2 * hours)
    await s.until(id, 'offline')
    s.server.faults.clear()
    expect(valueOf(await s.sessions.signOut(id, { global: true })).reached).toBe('everywhere')
  })

  test('of all devices without the scope for it revokes the token of this device, and says so', async () => {
    await using s = await stage('scopeless')
    const id = await signIn(s)
    const record = await recordOf(s)
    const outcome = valueOf(await s.sessions.signOut(id, { global: true }))
    expect(outcome).toMatchObject({ reached: 'device-only', failure: { code: 'token.scope-missing' } })
    expect(await isAccepted(s, record)).toBe('session.revoked')
  })

  test('offline is done here at once and at Cognito when it can be reached, after a restart too', async () => {
    await using s = await stage('secretive')
    const id = await signIn(s)
    const record = await recordOf(s)
    s.server.faults.add({ match: { operation: 'RevokeToken', times: 'always' }, fault: { kind: 'reset' } })
    expect(valueOf(await s.sessions.signOut(id)).reached).toBe('pending')
    expect(s.sessions.isAuthenticated(id)).toBe(false)
    await s.sessions.stop()

    const next = await startMachine(s.clock, [s.profile], s.vault)
    await next.until(id, 'signed-out', ({ revocationPending }) => revocationPending)
    s.server.faults.clear()
    await s.clock.advance(1_000)
    await next.until(id, 'signed-out', ({ revocationPending }) => !revocationPending)
    expect(await isAccepted(s, record)).toBe('session.revoked')
    await next.sessions.stop()
    expect((await s.vault.readSession(s.profile)).kind).toBe('absent')
  })

  test('while Cognito is rotating the token wins: the new one is refused too', async () => {
    await using s = await stage('rotating')
    const id = await signIn(s)
    const held = s.server.faults.hold({ operation: 'GetTokensFromRefreshToken' }, 'after')
    const asked = s.sessions.fetchAuthSession(id, { forceRefresh: true })
    await held.arrived
    const record = await recordOf(s)
    const signedOut = s.sessions.signOut(id)
    held.release()
    expect(failureOf(await asked).code).toBe('session.superseded')
    expect(valueOf(await signedOut).reached).toBe('device')
    expect((await s.vault.readSession(s.profile)).kind).toBe('absent')
    expect(await isAccepted(s, record)).toBe('session.revoked')
  })

  test('everywhere reaches all users of all profiles', async () => {
    await using s = await stage('plain')
    const all = [
      s.profile,
      profileOf(s.server, 'rotating'),
      profileOf(s.server, 'secretive', { hasClientSecret: true }),
    ]
    s.profiles.set(all)
    for (const profile of all) {
      if (profile.hasClientSecret) await s.vault.writeClientSecret(profile, 'client-secret-of-the-test')
      valueOf(await s.sessions.beginSignIn(profile.id, ana))
    }
    const outcomes = await s.sessions.signOutEverywhere()
    expect(outcomes.map(({ profileId }) => profileId)).toEqual(all.map(({ id }) => id))
    expect(outcomes.map(({ reached }) => reached)).toEqual(['everywhere', 'everywhere', 'everywhere'])
    expect(s.server.requests.count({ operation: 'GlobalSignOut' })).toBe(1)
    for (const { id } of all) expect(s.sessions.isAuthenticated(id)).toBe(false)
  })

  test('nothing of the old session stays behind after a new sign-in', async () => {
    await using s = await stage()
    const id = await signIn(s)
    const record = await recordOf(s)
    await signIn(s)
    await s.clock.advance(1_000)
    await s.server.requests.waitFor({ operation: 'RevokeToken', outcome: 'ok' })
    expect(await isAccepted(s, record)).toBe('session.revoked')
    valueOf(await s.sessions.fetchAuthSession(id, { forceRefresh: true }))
  })
})

describe('AWS credentials', () => {
  test('are those of the user’s role, as STS itself says, and kept until 15 minutes before their end', async () => {
    await using s = await stage('secretive')
    const id = await signIn(s)
    const first = valueOf(await s.sessions.getCredentials(id))
    expect(first.credentials.expiresAt - s.clock.now()).toBe(hours)
    expect(valueOf(await s.sessions.testCredentials(id)).arn).toContain('assumed-role/Reader/')
    await s.clock.advance(44 * minutes)
    expect(valueOf(await s.sessions.getCredentials(id)).credentials).toBe(first.credentials)
    await s.clock.advance(2 * minutes)
    const second = valueOf(await s.sessions.getCredentials(id))
    expect(second.credentials.accessKeyId).not.toBe(first.credentials.accessKeyId)
    expect(second.identityId).toBe(first.identityId)
    expect(s.server.requests.count({ operation: 'GetId' })).toBe(1)
    expect(s.server.requests.count({ operation: 'GetCredentialsForIdentity' })).toBe(2)
  })

  test('are had even when the server’s clock has run ahead and the ID token expired there', async () => {
    await using s = await stage()
    const id = await signIn(s)
    s.server.clock.advance(2 * hours)
    valueOf(await s.sessions.getCredentials(id))
    expect(refreshRequests(s)).toBe(1)
    expect(Math.abs((s.sessions.clockOffsetMs ?? 0) - 2 * hours)).toBeLessThanOrEqual(1_000)
  })
})

test.each([3 * hours, -3 * hours])(
  'with a machine clock that is %i ms off, everything works',
  async (offset) => {
    await using s = await stage('secretive')
    s.server.clock.advance(offset)
    const id = await signIn(s)
    expect(Math.abs((s.sessions.clockOffsetMs ?? 0) - offset)).toBeLessThanOrEqual(1_000)
    const claims = valueOf(await s.sessions.claims(id))
    expect(claims.access.verification).toEqual({ kind: 'verified' })
    valueOf(await s.sessions.testCredentials(id))
    await s.clock.advance(54 * minutes)
    expect(refreshRequests(s)).toBe(0)
    await s.clock.advance(2 * minutes)
    await s.server.requests.waitFor({ operation: 'GetTokensFromRefreshToken', outcome: 'ok' })
    expect(valueOf(await s.sessions.signOut(id, { global: true })).reached).toBe('everywhere')
  },
)
