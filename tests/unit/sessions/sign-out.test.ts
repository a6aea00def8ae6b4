import { describe, expect, test } from 'vitest'
import { type FailureCode, fail, ok } from '../../../main/failure.ts'
import type { SignOutProgress } from '../../../main/sessions/api.ts'
import type { SessionLock } from '../../../main/sessions/ports.ts'
import type { SessionRecord } from '../../../main/sessions/session.ts'
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

const kinds = ({ sessions, profile }: World): string[] =>
  sessions.activity(profile.id).map(({ kind }) => kind)

describe('of this device', () => {
  test('revokes the refresh token and leaves nothing here', async () => {
    const w = world()
    const id = await w.signIn()
    const refreshToken = w.vault.records.get(id)?.tokens.refreshToken
    const outcome = valueOf(await w.sessions.signOut(id))
    expect(outcome).toMatchObject({ profileId: id, reached: 'device' })
    expect(outcome.failure).toBeUndefined()
    expect(w.issuer.revoked).toEqual([refreshToken])
    expect(w.vault.records.size).toBe(0)
    expect(sessionIn(w, 'signed-out').revocationPending).toBe(false)
    expect([w.sessions.isAuthenticated(id), w.clock.armed]).toEqual([false, 0])
    expect(failureOf(await w.sessions.fetchAuthSession(id)).code).toBe('session.none')
    expect(w.sessions.activity(id)[0]).toMatchObject({ kind: 'signed-out', detail: 'this device' })
  })

  test('says what survives: tokens until they expire, credentials until their own end', async () => {
    const w = world({ all: [fakeProfile({ identityPoolId: 'eu-west-1:pool' })] })
    const id = await w.signIn()
    const { expiresAt } = sessionIn(w, 'active').lifetimes.tokens
    await w.clock.advance(30 * minutes)
    const { credentials } = valueOf(await w.sessions.getCredentials(id))
    expect(valueOf(await w.sessions.signOut(id))).toMatchObject({
      tokensValidUntil: expiresAt,
      credentialsValidUntil: credentials.expiresAt,
    })
  })

  test('of tokens that have expired nothing survives', async () => {
    const w = world()
    const id = await w.signIn()
    w.issuer.does.refresh.always('network.offline')
    await w.clock.advance(2 * hours)
    expect(valueOf(await w.sessions.signOut(id)).tokensValidUntil).toBeUndefined()
  })

  test('a token without origin_jti can not be revoked and is only forgotten', async () => {
    const w = world()
    w.issuer.wishes = { isRevocable: false }
    const id = await w.signIn()
    expect(valueOf(await w.sessions.signOut(id)).reached).toBe('device')
    expect([w.issuer.does.revoke.asked, w.vault.records.size]).toEqual([[], 0])
  })

  test.each<FailureCode>(['session.ended', 'session.revoked', 'session.user-gone'])(
    '%s: already over counts as revoked',
    async (code) => {
      const w = world()
      const id = await w.signIn()
      w.issuer.does.revoke.next(code)
      const outcome = valueOf(await w.sessions.signOut(id))
      expect([outcome.reached, outcome.failure]).toEqual(['device', undefined])
      expect(w.vault.records.size).toBe(0)
    },
  )

  test.each<FailureCode>(['config.client-secret', 'config.revocation-off', 'config.operation-unknown'])(
    '%s: forgotten here, and the refusal told',
    async (code) => {
      const w = world()
      const id = await w.signIn()
      w.issuer.does.revoke.next(code)
      expect(valueOf(await w.sessions.signOut(id))).toMatchObject({ reached: 'device', failure: { code } })
      expect(w.vault.records.size).toBe(0)
    },
  )

  test('with nobody signed in there is nothing to do', async () => {
    const w = world()
    await w.sessions.start()
    expect(valueOf(await w.sessions.signOut(w.profile.id)).reached).toBe('nothing-to-do')
  })

  test('of a session that has ended forgets what was set aside', async () => {
    const w = world()
    const id = await w.signIn()
    w.issuer.does.refresh.next('session.revoked')
    await w.sessions.fetchAuthSession(id, { forceRefresh: true })
    expect(valueOf(await w.sessions.signOut(id)).reached).toBe('device')
    expect([w.vault.records.size, w.issuer.does.revoke.asked]).toEqual([0, []])
  })

  test('while the keychain can not be read says so', async () => {
    const w = world()
    w.vault.fail('locked')
    await w.sessions.start()
    expect(failureOf(await w.sessions.signOut(w.profile.id)).code).toBe('vault.locked')
  })
})

describe('the event of a sign-out has how long Cognito took, and the request', () => {
  const signedOut = async (global: boolean, changes: (w: World) => void = () => undefined) => {
    const w = world()
    const id = await w.signIn()
    changes(w)
    const { gate } = global ? w.issuer.does.globalSignOut : w.issuer.does.revoke
    gate.close()
    const signingOut = w.sessions.signOut(id, { global })
    await w.clock.advance(250)
    gate.open()
    await signingOut
    return { w, events: w.sessions.activity(id) }
  }

  test.each([
    [false, 'request-of-revoke'],
    [true, 'request-of-global-sign-out'],
  ])('of all devices: %s', async (global, requestId) => {
    const { events } = await signedOut(global)
    expect(events[0]).toMatchObject({ kind: 'signed-out', durationMs: 250, requestId })
  })

  test('also where it is pending, and again when it goes through', async () => {
    const { w, events } = await signedOut(false, ({ issuer }) =>
      issuer.does.revoke.next(fail('service.throttled', { requestId: 'refused' })),
    )
    expect(events[0]).toMatchObject({ kind: 'revocation-pending', durationMs: 250, requestId: 'refused' })
    await w.clock.advance(minutes)
    expect(w.sessions.activity(w.profile.id)[0]).toMatchObject({
      kind: 'signed-out',
      durationMs: 0,
      requestId: 'request-of-revoke',
    })
  })

  test('also where it was refused', async () => {
    const { events } = await signedOut(false, ({ issuer }) =>
      issuer.does.revoke.next(fail('config.revocation-off', { requestId: 'refused' })),
    )
    expect(events[0]).toMatchObject({ kind: 'signed-out', durationMs: 250, requestId: 'refused' })
  })
})

describe('offline', () => {
  const offline = async (options?: { global: boolean }) => {
    const w = world()
    const id = await w.signIn()
    w.issuer.does.revoke.always('network.offline')
    w.issuer.does.globalSignOut.always('network.offline')
    const outcome = valueOf(await w.sessions.signOut(id, options))
    return { w, id, outcome }
  }

  test('the session is gone here at once and the revocation pending', async () => {
    const { w, id, outcome } = await offline()
    expect(outcome).toMatchObject({ reached: 'pending', failure: { code: 'network.offline' } })
    expect(sessionIn(w, 'signed-out').revocationPending).toBe(true)
    expect(w.sessions.isAuthenticated(id)).toBe(false)
    expect(kinds(w)).toEqual(['revocation-pending', 'signed-in'])
    expect(w.vault.records.get(id)).toMatchObject({ signedOut: { scope: 'device' } })
  })

  test('it completes later by itself, and only then forgets the token', async () => {
    const { w, id } = await offline()
    const refreshToken = w.vault.records.get(id)?.tokens.refreshToken
    await w.clock.advance(hours)
    const tries = w.issuer.does.revoke.asked.length
    expect(tries).toBeGreaterThan(8)
    expect(tries).toBeLessThan(80)
    expect(w.vault.records.size).toBe(1)
    w.issuer.does.revoke.always(undefined)
    await w.clock.advance(5 * minutes)
    expect(w.issuer.revoked).toEqual([refreshToken])
    expect([w.vault.records.size, w.clock.armed]).toEqual([0, 0])
    expect(sessionIn(w, 'signed-out').revocationPending).toBe(false)
    expect(kinds(w)).toEqual(['signed-out', 'revocation-pending', 'signed-in'])
  })

  test('it completes at once when the network is back', async () => {
    const { w } = await offline()
    await w.clock.advance(hours)
    w.issuer.does.revoke.always(undefined)
    w.sessions.wake('network')
    await w.clock.advance(1)
    expect(sessionIn(w, 'signed-out').revocationPending).toBe(false)
  })

  test('it completes after a restart', async () => {
    const { w, id } = await offline()
    const next = world({ all: [w.profile], vault: w.vault })
    await next.sessions.start()
    expect(sessionIn(next, 'signed-out').revocationPending).toBe(true)
    await next.clock.advance(1_000)
    expect(sessionIn(next, 'signed-out').revocationPending).toBe(false)
    expect([next.issuer.revoked.length, w.vault.records.has(id)]).toEqual([1, false])
  })

  test('one of all devices completes as one of all devices, refreshing first when the access token has expired', async () => {
    const { w } = await offline({ global: true })
    w.issuer.does.refresh.always('network.offline')
    await w.clock.advance(2 * hours)
    w.issuer.does.refresh.always(undefined)
    w.issuer.does.globalSignOut.always(undefined)
    const before = w.issuer.does.globalSignOut.asked.length
    w.sessions.wake('network')
    await w.clock.advance(1)
    expect(w.issuer.does.globalSignOut.asked.length).toBe(before + 1)
    expect(w.sessions.activity(w.profile.id)[0]).toMatchObject({ kind: 'signed-out', detail: 'all devices' })
    expect(w.vault.records.size).toBe(0)
  })

  test('a new sign-in does not lose sight of the token that is still to be revoked', async () => {
    const { w, id } = await offline()
    const old = w.vault.records.get(id)?.tokens.refreshToken
    await w.signIn()
    expect(w.vault.records.get(id)).toMatchObject({ owedRevocations: [old] })
    const next = world({ all: [w.profile], vault: w.vault })
    await next.sessions.start()
    sessionIn(next, 'active')
    await next.clock.advance(1_000)
    expect(next.issuer.revoked).toEqual([old])
    valueOf(await next.sessions.fetchAuthSession(id, { forceRefresh: true }))
    expect(w.vault.records.get(id)?.owedRevocations).toBeUndefined()
  })

  test('forgetting the session forgets what was pending', async () => {
    const { w, id } = await offline()
    await w.sessions.clearSession(id)
    expect(sessionIn(w, 'signed-out').revocationPending).toBe(false)
    await w.clock.advance(hours)
    expect([w.issuer.does.revoke.asked.length, w.clock.armed, w.vault.records.size]).toEqual([1, 0, 0])
  })
})

describe('while a session before this one is still owed', () => {
  /** Signed in over a session whose revocation is due at any moment, and signing out again while the vault takes its time. */
  const unstored = async (global: boolean) => {
    const w = world()
    await w.signIn()
    const id = await w.signIn()
    w.vault.reads.close()
    w.vault.writes.close()
    const signingOut = w.sessions.signOut(id, { global })
    await settle()
    w.sessions.wake('network')
    await w.clock.advance(minutes)
    w.vault.reads.open()
    await settle()
    return { w, id, signingOut }
  }

  test.for([false, true])(
    'Cognito is not asked to end this one before the store says that it is signed out (of all devices: %s)',
    async (global) => {
      const { w, id, signingOut } = await unstored(global)
      const { refreshToken } = w.vault.records.get(id)?.tokens ?? {}
      expect(w.issuer.revoked).not.toContain(refreshToken)
      expect(w.issuer.does.globalSignOut.asked).toEqual([])
      w.vault.writes.open()
      expect(valueOf(await signingOut)).toMatchObject({ reached: global ? 'everywhere' : 'device' })
      await w.clock.advance(minutes)
      expect([w.vault.records.size, w.clock.armed]).toEqual([0, 0])
    },
  )

  test('nor before tokens that are on their way for it have come', async () => {
    const w = world()
    await w.signIn()
    w.issuer.does.revoke.next('network.offline')
    const id = await w.signIn()
    await w.clock.advance(1)
    w.issuer.rotates = true
    w.issuer.does.refresh.gate.close()
    const refreshing = w.sessions.fetchAuthSession(id, { forceRefresh: true })
    await settle()
    const signingOut = w.sessions.signOut(id)
    await settle()
    w.sessions.wake('network')
    await w.clock.advance(minutes)
    w.issuer.does.refresh.gate.open()
    await refreshing
    valueOf(await signingOut)
    await w.clock.advance(minutes)
    expect(new Set(w.issuer.revoked).size).toBe(2)
    expect(w.vault.records.size).toBe(0)
  })
})

describe('during a refresh that rotates', () => {
  /** Signed out while the answer is on its way; what is asked of Cognito after that is held up. */
  const answered = async () => {
    const w = world()
    const id = await w.signIn()
    w.issuer.rotates = true
    w.issuer.does.refresh.gate.close()
    w.issuer.does.revoke.gate.close()
    const refreshing = w.sessions.fetchAuthSession(id, { forceRefresh: true })
    await settle()
    const before = w.vault.records.get(id)?.tokens.refreshToken
    const signingOut = w.sessions.signOut(id)
    await settle()
    w.issuer.does.refresh.gate.open()
    await refreshing
    await settle()
    return { w, id, before, signingOut }
  }

  test('the token that came is stored before Cognito is asked to revoke it', async () => {
    const { w, id, before } = await answered()
    expect(w.issuer.does.revoke.asked).toHaveLength(1)
    expect(w.vault.records.get(id)?.signedOut).toBeDefined()
    expect(w.vault.records.get(id)?.tokens.refreshToken).not.toBe(before)
  })
})

describe('with a client secret that can not be read', () => {
  const noSecret = async (reason: 'denied' | undefined) => {
    const w = world({ all: [fakeProfile({ hasClientSecret: true })] })
    w.vault.secrets.set(w.profile.id, 'secret')
    const id = await w.signIn()
    const read = w.vault.readClientSecret.bind(w.vault)
    w.vault.readClientSecret = async () =>
      reason === undefined ? { kind: 'absent' } : { kind: 'unavailable', reason }
    return { w, id, again: () => Object.assign(w.vault, { readClientSecret: read }) }
  }

  test.each([
    ['denied', 'vault.denied'],
    [undefined, 'config.client-secret'],
  ] as const)(
    '%s: Cognito was not asked, so the revocation stays pending until it is',
    async (reason, code) => {
      const { w, id, again } = await noSecret(reason)
      const token = w.vault.records.get(id)?.tokens.refreshToken
      expect(valueOf(await w.sessions.signOut(id))).toMatchObject({ reached: 'pending', failure: { code } })
      await w.clock.advance(minutes)
      expect([w.issuer.does.revoke.asked, w.vault.records.size]).toEqual([[], 1])
      expect(sessionIn(w, 'signed-out').revocationPending).toBe(true)
      again()
      await w.clock.advance(10 * minutes)
      expect([w.issuer.revoked, w.vault.records.size]).toEqual([[token], 0])
    },
  )

  test('it is given up when the refresh token has run out by itself', async () => {
    const w = world({ all: [fakeProfile({ hasClientSecret: true, refreshTokenLifetimeSeconds: 3_600 })] })
    w.vault.secrets.set(w.profile.id, 'secret')
    await w.signIn()
    w.vault.secrets.clear()
    w.profiles.remove(w.profile.id)
    await w.clock.advance(30 * minutes)
    expect([w.vault.records.size, w.profiles.removed().length]).toEqual([1, 1])
    await w.clock.advance(hours)
    expect([w.vault.records.size, w.profiles.removed().length, w.clock.armed]).toEqual([0, 0, 0])
  })

  test('what a session before owes is no sign-out of the one that is there', async () => {
    const { w, id, again } = await noSecret('denied')
    again()
    w.issuer.does.revoke.next('service.throttled')
    await w.signIn()
    Object.assign(w.vault, { readClientSecret: async () => ({ kind: 'unavailable', reason: 'denied' }) })
    await w.clock.advance(10 * minutes)
    sessionIn(w, 'active')
    expect(kinds(w)).not.toContain('signed-out')
    again()
    await w.clock.advance(10 * minutes)
    expect([w.issuer.revoked.length, kinds(w).includes('signed-out'), w.vault.records.has(id)]).toEqual([
      1,
      false,
      true,
    ])
  })
})

describe('of a session that has ended, with tokens of sessions before still owed', () => {
  const owing = async () => {
    const w = world()
    const id = await w.signIn()
    const first = w.vault.records.get(id)?.tokens.refreshToken
    w.issuer.does.revoke.always('service.throttled')
    await w.signIn()
    return { w, id, first }
  }

  test.each(['device', 'global'] as const)(
    'of scope %s, it still revokes those, also after a restart',
    async (scope) => {
      const { w, id, first } = await owing()
      w.issuer.does.refresh.next('session.revoked')
      await w.sessions.fetchAuthSession(id, { forceRefresh: true })
      const outcome = valueOf(await w.sessions.signOut(id, { global: scope === 'global' }))
      expect(outcome.reached).toBe(scope === 'global' ? 'device-only' : 'device')
      expect(w.sessions.isAuthenticated(id)).toBe(false)
      expect(w.vault.records.get(id)?.owedRevocations).toEqual([first])
      const next = world({ all: [w.profile], vault: w.vault })
      await next.sessions.start()
      await next.clock.advance(1_000)
      expect([next.issuer.revoked, w.vault.records.size]).toEqual([[first], 0])
      expect(sessionIn(next, 'signed-out').revocationPending).toBe(false)
      expect(kinds(w).filter((kind) => kind === 'signed-out')).toHaveLength(1)
    },
  )

  test('through a global sign-out of another profile, it still revokes those', async () => {
    const all = [fakeProfile(), fakeProfile()] as const
    const w = world({ all })
    await w.signIn(all[0].id)
    await w.signIn(all[1].id)
    const old = w.vault.records.get(all[1].id)?.tokens.refreshToken
    w.issuer.does.revoke.always('service.throttled')
    w.issuer.wishes = { username: 'ana' }
    await w.signIn(all[1].id)
    expect((await w.sessions.signOutEverywhere()).map(({ reached }) => reached)).toEqual([
      'everywhere',
      'everywhere',
    ])
    expect(w.sessions.isAuthenticated(all[1].id)).toBe(false)
    w.issuer.does.revoke.always(undefined)
    await w.clock.advance(10 * minutes)
    expect([w.issuer.revoked, w.vault.records.size]).toEqual([[old], 0])
  })

  test('only forgetting it on request forgets those', async () => {
    const { w, id } = await owing()
    await w.sessions.clearSession(id)
    w.issuer.does.revoke.always(undefined)
    await w.clock.advance(hours)
    expect([w.issuer.revoked, w.vault.records.size]).toEqual([[], 0])
  })
})

test('a sign-in while the sign-out is on its way keeps the new session, and nothing is revoked twice', async () => {
  const w = world()
  const id = await w.signIn()
  const old = w.vault.records.get(id)?.tokens.refreshToken
  w.issuer.does.revoke.gate.close()
  const signedOut = w.sessions.signOut(id)
  await settle()
  await w.signIn()
  w.issuer.does.revoke.gate.open()
  expect(valueOf(await signedOut).reached).toBe('device')
  await w.clock.advance(minutes)
  expect(w.issuer.revoked).toEqual([old])
  expect(sessionIn(w, 'active').unsaved).toBe(false)
  expect(w.vault.records.get(id)?.tokens.refreshToken).not.toBe(old)
})

test('a sign-in waits for a global sign-out on its way, which would end the new session too', async () => {
  const w = world()
  const id = await w.signIn()
  w.issuer.does.globalSignOut.gate.close()
  const signedOut = w.sessions.signOut(id, { global: true })
  await settle()
  const signedIn = w.signIn()
  await settle()
  expect(w.issuer.does.signIn.asked).toHaveLength(1)
  w.issuer.does.globalSignOut.gate.open()
  expect(valueOf(await signedOut).reached).toBe('everywhere')
  await signedIn
  await w.clock.advance(minutes)
  expect([sessionIn(w, 'active').unsaved, w.issuer.does.globalSignOut.asked.length]).toEqual([false, 1])
})

test('what is still pending is not tried in the middle of a sign-in', async () => {
  const w = world()
  const id = await w.signIn()
  w.issuer.does.globalSignOut.always('network.offline')
  expect(valueOf(await w.sessions.signOut(id, { global: true })).reached).toBe('pending')
  w.issuer.does.globalSignOut.always(undefined)
  w.issuer.does.signIn.gate.close()
  const signedIn = w.signIn()
  await w.clock.advance(hours)
  expect(w.issuer.does.globalSignOut.asked).toHaveLength(1)
  w.issuer.does.signIn.gate.open()
  await signedIn
  await w.clock.advance(minutes)
  expect(sessionIn(w, 'active').unsaved).toBe(false)
  expect(w.issuer.does.globalSignOut.asked).toHaveLength(1)
})

describe('of all devices', () => {
  test('reaches everything of the user with the access token at hand', async () => {
    const w = world()
    const id = await w.signIn()
    expect(valueOf(await w.sessions.signOut(id, { global: true })).reached).toBe('everywhere')
    expect([w.issuer.does.globalSignOut.asked.length, w.issuer.does.refresh.asked.length]).toEqual([1, 0])
    expect(w.vault.records.size).toBe(0)
  })

  test('refreshes first when the access token has expired', async () => {
    const w = world()
    const id = await w.signIn()
    w.issuer.does.refresh.always('service.unavailable')
    await w.clock.advance(2 * hours)
    w.issuer.does.refresh.always(undefined)
    const before = w.issuer.does.refresh.asked.length
    expect(valueOf(await w.sessions.signOut(id, { global: true })).reached).toBe('everywhere')
    expect(w.issuer.does.refresh.asked.length).toBe(before + 1)
  })

  test.each<FailureCode>(['token.expired', 'session.revoked'])(
    'refreshes once when Cognito says %s, and tries again',
    async (code) => {
      const w = world()
      const id = await w.signIn()
      w.issuer.does.globalSignOut.next(code)
      expect(valueOf(await w.sessions.signOut(id, { global: true })).reached).toBe('everywhere')
      expect([w.issuer.does.globalSignOut.asked.length, w.issuer.does.refresh.asked.length]).toEqual([2, 1])
    },
  )

  test.each<FailureCode>(['token.scope-missing', 'config.forbidden', 'config.operation-unknown'])(
    'refused with %s, it revokes the token of this device and says so',
    async (code) => {
      const w = world()
      const id = await w.signIn()
      w.issuer.does.globalSignOut.next(code)
      const outcome = valueOf(await w.sessions.signOut(id, { global: true }))
      expect(outcome).toMatchObject({ reached: 'device-only', failure: { code } })
      expect(w.issuer.revoked).toHaveLength(1)
      expect(w.vault.records.size).toBe(0)
    },
  )

  test('of a session that Cognito has ended, others can not be reached with it', async () => {
    const w = world()
    const id = await w.signIn()
    w.issuer.does.globalSignOut.next('session.revoked')
    w.issuer.does.refresh.next('session.revoked')
    const outcome = valueOf(await w.sessions.signOut(id, { global: true }))
    expect(outcome).toMatchObject({ reached: 'device-only', failure: { code: 'session.revoked' } })
    expect(w.issuer.does.refresh.asked).toHaveLength(1)
  })

  test('shows at once that other profiles of the user are over, and leaves other users alone', async () => {
    const all = [fakeProfile(), fakeProfile(), fakeProfile()]
    const w = world({ all })
    const [first, second, third] = all.map(({ id }) => id)
    if (first === undefined || second === undefined || third === undefined) throw new Error('three were made')
    await w.signIn(first)
    await w.signIn(second)
    w.issuer.wishes = { username: 'ben' }
    await w.signIn(third)
    w.issuer.does.refresh.always('session.revoked')
    valueOf(await w.sessions.signOut(first, { global: true }))
    await settle()
    expect(sessionIn(w, 'ended', second).failure.code).toBe('session.revoked')
    expect(sessionIn(w, 'active', third).username).toBe('ben')
  })

  test('a bug in between keeps it pending instead of losing it', async () => {
    const w = world()
    const id = await w.signIn()
    const globalSignOut = w.issuer.globalSignOut.bind(w.issuer)
    w.issuer.globalSignOut = () => Promise.reject(new Error('a bug'))
    expect(valueOf(await w.sessions.signOut(id, { global: true })).reached).toBe('pending')
    w.issuer.globalSignOut = globalSignOut
    await w.clock.advance(2_000)
    expect([w.bugs.length, w.vault.records.size]).toEqual([1, 0])
  })
})

describe('where another process uses the same session', () => {
  /** What another process made of the session that is signed in to here. */
  const byAnother = (w: World, id: string, changes: Partial<SessionRecord> = {}): void => {
    const ours = w.vault.records.get(id)
    if (ours === undefined) throw new Error('nothing is stored')
    const tokens = fakeTokens({ issuedAt: w.clock.now(), refreshToken: 'of the other process' })
    w.vault.records.set(id, { ...ours, generation: ours.generation + 1, tokens, ...changes })
  }

  test('the token it rotated to is the one that is revoked', async () => {
    const w = world()
    const id = await w.signIn()
    byAnother(w, id)
    valueOf(await w.sessions.signOut(id))
    expect([w.issuer.revoked, w.vault.records.size]).toEqual([['of the other process'], 0])
  })

  test.each([{ global: false }, { global: true }])(
    'also where it did so until the lock was ours, global: $global',
    async ({ global }) => {
      const others: (() => void)[] = []
      const lock: SessionLock = {
        hold: async (_, work) => {
          others.shift()?.()
          return { kind: 'done', value: await work() }
        },
      }
      const w = world({ lock })
      const id = await w.signIn()
      // As the other one stores it: it has read the session before it was signed out here.
      others.push(() => byAnother(w, id, { generation: 2, signedOut: undefined }))
      w.issuer.does.globalSignOut.next('config.forbidden')
      w.issuer.does.revoke.next('network.offline')
      expect(valueOf(await w.sessions.signOut(id, { global })).reached).toBe('pending')
      expect(w.vault.records.get(id)).toMatchObject({
        tokens: { refreshToken: 'of the other process' },
        signedOut: { scope: global ? 'global' : 'device' },
      })
      await w.clock.advance(5 * minutes)
      expect([w.vault.records.size, sessionIn(w, 'signed-out').revocationPending]).toEqual([0, false])
    },
  )

  test('a sign-in there before the sign-out ends with it, and so does the session it took the place of', async () => {
    const w = world()
    const id = await w.signIn()
    const ours = w.vault.records.get(id)?.tokens.refreshToken
    await w.clock.advance(minutes)
    byAnother(w, id, { signedInAt: w.clock.now() - 10_000 })
    valueOf(await w.sessions.signOut(id))
    await w.clock.advance(minutes)
    expect(new Set(w.issuer.revoked)).toEqual(new Set([ours, 'of the other process']))
    expect(w.vault.records.size).toBe(0)
  })

  test('a sign-in there since then stays, whatever the scope of the sign-out', async () => {
    const w = world()
    const id = await w.signIn()
    const ours = w.vault.records.get(id)?.tokens.refreshToken
    w.issuer.does.globalSignOut.always('network.offline')
    valueOf(await w.sessions.signOut(id, { global: true }))
    const asked = w.issuer.does.globalSignOut.asked.length
    byAnother(w, id, { signedInAt: w.clock.now() + minutes, signedOut: undefined })
    w.issuer.does.globalSignOut.always(undefined)
    await w.clock.advance(5 * minutes)
    expect([w.issuer.revoked, w.issuer.does.globalSignOut.asked.length]).toEqual([[ours], asked])
    expect(w.vault.records.get(id)?.tokens.refreshToken).toBe('of the other process')
    expect(sessionIn(w, 'signed-out').revocationPending).toBe(false)
  })
})

test('a token that is rotated for a global sign-out is stored before it is used', async () => {
  const w = world()
  const id = await w.signIn()
  w.issuer.does.refresh.always('service.unavailable')
  await w.clock.advance(2 * hours)
  w.issuer.does.refresh.always(undefined)
  w.issuer.rotates = true
  w.issuer.wishes = { refreshToken: 'rotated' }
  w.issuer.does.globalSignOut.gate.close()
  const signingOut = w.sessions.signOut(id, { global: true })
  await settle()
  expect(w.issuer.does.globalSignOut.asked).toHaveLength(1)
  expect(w.vault.records.get(id)).toMatchObject({
    tokens: { refreshToken: 'rotated' },
    signedOut: { scope: 'global' },
  })
  w.issuer.does.globalSignOut.gate.open()
  expect(valueOf(await signingOut).reached).toBe('everywhere')
  expect(w.vault.records.size).toBe(0)
})

test('a session that is over at Cognito is not ended again for a token beside it that is still owed', async () => {
  const w = world()
  const id = await w.signIn()
  w.issuer.does.revoke.always('service.throttled')
  await w.signIn()
  w.issuer.does.revoke.always(undefined)
  w.issuer.does.revoke.next(ok({}), 'service.throttled', 'service.throttled')
  expect(valueOf(await w.sessions.signOut(id)).reached).toBe('device')
  await w.clock.advance(5 * minutes)
  expect(w.issuer.revoked.length).toBe(2)
  expect(kinds(w).filter((kind) => kind === 'signed-out')).toHaveLength(1)
  expect(w.vault.records.size).toBe(0)
})

test('a thousand revocations that wait for the network go out at the rate Cognito allows, like refreshes', async () => {
  const all = Array.from({ length: 1_000 }, () => fakeProfile())
  const w = world({ all })
  for (const [index, profile] of all.entries()) {
    const tokens = fakeTokens({ issuedAt: w.clock.now(), refreshToken: `token ${index}` })
    const signedOut = { scope: 'device', at: w.clock.now() } as const
    w.vault.records.set(profile.id, fakeRecord(profile, tokens, { signedOut }))
  }
  await w.sessions.start()
  await w.clock.advance(1)
  expect(w.issuer.revoked.length).toBeLessThanOrEqual(11)
  await w.clock.advance(5_000)
  expect(w.issuer.revoked.length).toBeGreaterThan(450)
  expect(w.issuer.revoked.length).toBeLessThanOrEqual(511)
  await w.clock.advance(5_000)
  expect([w.issuer.revoked.length, w.vault.records.size]).toEqual([1_000, 0])
})

describe('everywhere', () => {
  const many = async (count: number) => {
    const all = Array.from({ length: count }, () => fakeProfile())
    const w = world({ all })
    await w.sessions.start()
    return { w, all }
  }

  test('signs out every session of all devices, some at a time, and tells how each goes', async () => {
    const { w, all } = await many(40)
    for (const [n, { id }] of all.slice(0, 38).entries()) {
      w.issuer.wishes = { username: `user ${n}` }
      await w.signIn(id)
    }
    w.issuer.does.globalSignOut.next('network.offline', 'token.scope-missing', 'service.throttled')
    w.issuer.does.globalSignOut.gate.close()
    const asked = { now: 0, most: 0 }
    const globalSignOut = w.issuer.globalSignOut.bind(w.issuer)
    w.issuer.globalSignOut = async (...args) => {
      asked.now += 1
      asked.most = Math.max(asked.most, asked.now)
      return globalSignOut(...args).finally(() => (asked.now -= 1))
    }
    const progress: [string, SignOutProgress][] = []
    const done = w.sessions.signOutEverywhere((id, state) => progress.push([id, state]))
    await settle()
    expect(progress.filter(([, state]) => state === 'waiting')).toHaveLength(38)
    expect(progress.filter(([, state]) => state === 'signing-out')).toHaveLength(8)
    w.issuer.does.globalSignOut.gate.open()
    const outcomes = await done
    expect(outcomes.map(({ profileId }) => profileId)).toEqual(all.slice(0, 38).map(({ id }) => id))
    expect(outcomes.map(({ reached }) => reached)).toEqual([
      'pending',
      'device-only',
      'pending',
      ...Array<string>(35).fill('everywhere'),
    ])
    expect(asked.most).toBe(8)
    const last = new Map(progress)
    expect([...last.values()]).toEqual([
      'when-online',
      'failed',
      'when-online',
      ...Array<string>(35).fill('done'),
    ])
    for (const { id } of all) expect(w.sessions.isAuthenticated(id)).toBe(false)
    // What was left over goes on by itself.
    await w.clock.advance(2_000)
    expect(w.vault.records.size).toBe(0)
    expect(
      w.sessions.views().filter(({ session }) => 'revocationPending' in session && session.revocationPending),
    ).toEqual([])
  })

  test('a user of several profiles is signed out once', async () => {
    const { w, all } = await many(5)
    for (const { id } of all) await w.signIn(id)
    const outcomes = await w.sessions.signOutEverywhere()
    expect(outcomes.map(({ reached }) => reached)).toEqual(Array<string>(5).fill('everywhere'))
    expect(outcomes.every(({ tokensValidUntil }) => (tokensValidUntil ?? 0) > w.clock.now())).toBe(true)
    expect([w.issuer.does.globalSignOut.asked.length, w.vault.records.size]).toEqual([1, 0])
  })

  test('goes on where one session can not be read', async () => {
    const { w, all } = await many(2)
    const [first, second] = all
    if (first === undefined || second === undefined) throw new Error('two were made')
    await w.signIn(second.id)
    const next = world({ all: [first, second], vault: w.vault })
    w.vault.fail('locked')
    await next.sessions.start()
    await next.signIn(second.id)
    const outcomes = await next.sessions.signOutEverywhere()
    expect(outcomes).toMatchObject([
      { profileId: first.id, reached: 'nothing-to-do', failure: { code: 'vault.locked' } },
      { profileId: second.id, reached: 'everywhere' },
    ])
  })

  test('with nobody signed in there is nothing to do', async () => {
    const { w } = await many(3)
    expect(await w.sessions.signOutEverywhere()).toEqual([])
  })
})
