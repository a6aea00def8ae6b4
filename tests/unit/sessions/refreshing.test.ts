import { describe, expect, test } from 'vitest'
import { type FailureCode, fail, failure, ok } from '../../../main/failure.ts'
import type { RefreshResult } from '../../../main/sessions/ports.ts'
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

const refreshes = ({ issuer }: World): number => issuer.does.refresh.asked.length

describe('by itself', () => {
  test('refreshes ahead of expiry, by the lead of the profile', async () => {
    const w = world()
    const id = await w.signIn()
    const { tokens } = sessionIn(w, 'active').lifetimes
    expect(tokens.expiresAt - (tokens.refreshesAt ?? 0)).toBeLessThanOrEqual(5 * minutes)
    expect(w.clock.firesAt).toBe(tokens.refreshesAt)
    await w.clock.advance(54 * minutes)
    expect(refreshes(w)).toBe(0)
    await w.clock.advance(2 * minutes)
    expect(refreshes(w)).toBe(1)
    expect(sessionIn(w, 'active').lifetimes.tokens.issuedAt).toBeGreaterThan(tokens.issuedAt)
    expect(w.sessions.activity(id)[0]).toMatchObject({ kind: 'refreshed', requestId: 'request-of-refresh' })
  })

  test('goes on refreshing for as long as it runs, one request per lifetime', async () => {
    const w = world()
    await w.signIn()
    await w.clock.advance(24 * hours)
    expect(refreshes(w)).toBeGreaterThanOrEqual(26)
    expect(refreshes(w)).toBeLessThanOrEqual(27)
    expect(w.clock.armed).toBe(1)
  })

  test('follows the lead when the person changes it', async () => {
    const w = world()
    await w.signIn()
    w.profiles.update(w.profile.id, { refreshLeadSeconds: 600 })
    await w.clock.advance(52 * minutes)
    expect(refreshes(w)).toBe(1)
  })

  test('sends the client secret where the app client has one, read for this call', async () => {
    const profile = fakeProfile({ hasClientSecret: true })
    const w = world({ all: [profile] })
    w.vault.secrets.set(profile.id, 's3cret')
    await w.signIn()
    w.vault.secrets.set(profile.id, 'rotated-s3cret')
    await w.sessions.fetchAuthSession(profile.id, { forceRefresh: true })
    expect(w.issuer.accesses.map(({ clientSecret }) => clientSecret)).toEqual(['s3cret', 'rotated-s3cret'])
  })
})

describe('one refresh at a time', () => {
  test('fifty who ask get the tokens of one request', async () => {
    const w = world()
    const id = await w.signIn()
    w.issuer.does.refresh.gate.close()
    const asked = Array.from({ length: 50 }, () => w.sessions.fetchAuthSession(id, { forceRefresh: true }))
    await settle()
    w.issuer.does.refresh.gate.open()
    const tokens = (await Promise.all(asked)).map((answer) => valueOf(answer).tokens.accessToken.raw)
    expect(refreshes(w)).toBe(1)
    expect(new Set(tokens).size).toBe(1)
    expect(tokens[0]).toBe(w.vault.records.get(id)?.tokens.accessToken)
  })

  test('asking joins the refresh that is under way by itself', async () => {
    const w = world()
    const id = await w.signIn()
    w.issuer.does.refresh.gate.close()
    await w.clock.advance(56 * minutes)
    const asked = w.sessions.fetchAuthSession(id)
    w.issuer.does.refresh.gate.open()
    valueOf(await asked)
    expect(refreshes(w)).toBe(1)
  })

  test('two profiles refresh beside each other', async () => {
    const all = [fakeProfile(), fakeProfile()]
    const w = world({ all })
    for (const { id } of all) await w.signIn(id)
    w.issuer.does.refresh.gate.close()
    const asked = all.map(({ id }) => w.sessions.fetchAuthSession(id, { forceRefresh: true }))
    await settle()
    expect(refreshes(w)).toBe(2)
    w.issuer.does.refresh.gate.open()
    for (const answer of await Promise.all(asked)) valueOf(answer)
  })

  test('other client metadata waits for a refresh of its own', async () => {
    const w = world()
    const id = await w.signIn()
    w.issuer.does.refresh.gate.close()
    const plain = w.sessions.fetchAuthSession(id, { forceRefresh: true })
    const asked = [1, 2].map(() =>
      w.sessions.fetchAuthSession(id, { forceRefresh: true, clientMetadata: { tenant: 'a' } }),
    )
    await settle()
    expect(refreshes(w)).toBe(1)
    w.issuer.does.refresh.gate.open()
    await Promise.all([plain, ...asked])
    expect(refreshes(w)).toBe(2)
    expect(w.issuer.accesses.at(-1)?.clientMetadata).toEqual({ tenant: 'a' })
  })
})

describe('a rotated refresh token', () => {
  test('is stored before anybody gets the tokens that came with it', async () => {
    const w = world()
    w.issuer.rotates = true
    const id = await w.signIn()
    const before = w.vault.records.get(id)?.tokens.refreshToken
    w.vault.writes.close()
    let hasAnswered = false
    const asked = w.sessions.fetchAuthSession(id, { forceRefresh: true }).then((answer) => {
      hasAnswered = true
      return answer
    })
    await settle()
    expect([hasAnswered, w.sessions.view(id)?.session.status]).toEqual([false, 'refreshing'])
    w.vault.writes.open()
    valueOf(await asked)
    expect(w.vault.records.get(id)?.tokens.refreshToken).not.toBe(before)
    expect(w.vault.records.get(id)).toMatchObject({ generation: 2, rotates: true })
    expect(w.sessions.activity(id).map(({ kind }) => kind)).toEqual(['refreshed', 'rotated', 'signed-in'])
  })

  test('is kept and used when the keychain does not take it, and saved when it does again', async () => {
    const w = world()
    w.issuer.rotates = true
    const id = await w.signIn()
    w.vault.fail('locked')
    valueOf(await w.sessions.fetchAuthSession(id, { forceRefresh: true }))
    expect(sessionIn(w, 'active').unsaved).toBe('in-memory')
    expect(w.vault.records.get(id)?.generation).toBe(1)
    w.vault.fail(undefined)
    await settle()
    expect(sessionIn(w, 'active').unsaved).toBe(false)
    expect(w.vault.records.get(id)?.generation).toBe(2)
  })

  test('is kept even when the tokens beside it make no sense', async () => {
    const w = world()
    const id = await w.signIn()
    w.issuer.does.refresh.next({
      ok: true,
      value: {
        tokens: { idToken: 'x', accessToken: 'y', refreshToken: 'rotated' },
        operation: 'GetTokensFromRefreshToken',
        rotated: true,
      },
    })
    expect(failureOf(await w.sessions.fetchAuthSession(id, { forceRefresh: true })).code).toBe(
      'network.bad-answer',
    )
    expect(w.vault.records.get(id)?.tokens.refreshToken).toBe('rotated')
    expect(sessionIn(w, 'offline').failure.code).toBe('network.bad-answer')
    valueOf(await w.sessions.fetchAuthSession(id))
  })

  test('is kept where the tokens beside it are missing, and is what the next try asks with', async () => {
    const w = world()
    const id = await w.signIn()
    const half: RefreshResult = { ok: false, failure: failure('network.bad-answer'), rotatedTo: 'rotated' }
    w.issuer.does.refresh.next(half)
    const answer = await w.sessions.fetchAuthSession(id, { forceRefresh: true })
    expect(failureOf(answer).code).toBe('network.bad-answer')
    expect(w.vault.records.get(id)).toMatchObject({ generation: 2, tokens: { refreshToken: 'rotated' } })
    expect(w.sessions.activity(id).map(({ kind }) => kind)).toEqual([
      'refresh-failed',
      'rotated',
      'signed-in',
    ])
    await w.clock.advance(1_000)
    expect(sessionIn(w, 'active').lifetimes.refreshToken.rotates).toBe(false)
    expect(w.vault.records.get(id)).toMatchObject({ generation: 3, tokens: { refreshToken: 'rotated' } })
  })

  test('that came with nothing else is the one that a sign-out meanwhile revokes', async () => {
    const w = world()
    const id = await w.signIn()
    const half: RefreshResult = { ok: false, failure: failure('network.bad-answer'), rotatedTo: 'rotated' }
    w.issuer.does.refresh.next(half)
    w.issuer.does.refresh.gate.close()
    const asked = w.sessions.fetchAuthSession(id, { forceRefresh: true })
    await settle()
    const signedOut = w.sessions.signOut(id)
    await settle()
    w.issuer.does.refresh.gate.open()
    expect(failureOf(await asked).code).toBe('session.superseded')
    valueOf(await signedOut)
    expect([w.vault.records.has(id), w.issuer.revoked]).toEqual([false, ['rotated']])
  })

  test.each([
    ['without a new refresh token', 'the first', false],
    ['with a new refresh token each time', 'rotated', true],
  ])(
    'tokens that make no sense, %s, are asked for with growing pauses, and told once',
    async (_, refreshToken, rotated) => {
      const w = world()
      w.issuer.wishes = { refreshToken: 'the first' }
      const id = await w.signIn()
      w.issuer.does.refresh.always(
        ok({
          tokens: { idToken: 'x', accessToken: 'y', refreshToken },
          operation: 'GetTokensFromRefreshToken',
          rotated,
        }),
      )
      await w.clock.advance(3 * hours)
      expect(refreshes(w)).toBeLessThan(60)
      expect(w.sessions.activity(id).filter(({ kind }) => kind === 'refresh-failed')).toHaveLength(1)
      expect(w.vault.records.get(id)?.tokens.refreshToken).toBe(refreshToken)
      w.issuer.does.refresh.always(undefined)
      await w.clock.advance(5 * minutes)
      sessionIn(w, 'active')
    },
  )

  const byAnotherProcess = (w: World, id: string, changes: Partial<SessionRecord> = {}) => {
    const tokens = fakeTokens({ issuedAt: w.clock.now(), refreshToken: 'of the other process' })
    const { signedInAt } = sessionIn(w, 'active')
    w.vault.records.set(
      id,
      fakeRecord(w.profile, tokens, { generation: 5, signedInAt, signInDetails, ...changes }),
    )
    return tokens
  }
  const signInDetails = { loginId: 'ana@acme.io', authFlowType: 'USER_SRP_AUTH' } as const

  test('of another process is taken up instead of asking for one more', async () => {
    const w = world()
    const id = await w.signIn()
    const other = byAnotherProcess(w, id)
    const session = valueOf(await w.sessions.fetchAuthSession(id, { forceRefresh: true }))
    expect([session.tokens.accessToken.raw, refreshes(w)]).toEqual([other.accessToken, 0])
    valueOf(await w.sessions.fetchAuthSession(id, { forceRefresh: true }))
    expect(w.vault.records.get(id)).toMatchObject({
      generation: 6,
      tokens: { refreshToken: 'of the other process' },
    })
  })

  test('of another process that has run out since is refreshed, from that one on', async () => {
    const w = world()
    const id = await w.signIn()
    const other = byAnotherProcess(w, id)
    w.clock.sleep(2 * hours)
    const session = valueOf(await w.sessions.fetchAuthSession(id))
    expect([session.tokens.accessToken.raw === other.accessToken, refreshes(w)]).toEqual([false, 1])
    expect(w.vault.records.get(id)).toMatchObject({ tokens: { refreshToken: 'of the other process' } })
  })

  test('of a process that takes no lock is taken up before a session is declared over', async () => {
    const w = world()
    const id = await w.signIn()
    w.issuer.does.refresh.next('session.reused')
    w.issuer.does.refresh.gate.close()
    const asked = w.sessions.fetchAuthSession(id, { forceRefresh: true })
    await settle()
    const other = sessionIn(w, 'refreshing')
    w.vault.records.set(
      id,
      fakeRecord(w.profile, fakeTokens({ issuedAt: w.clock.now(), refreshToken: 'rotated elsewhere' }), {
        generation: 5,
        signedInAt: other.signedInAt,
      }),
    )
    w.issuer.does.refresh.gate.open()
    valueOf(await asked)
    expect(sessionIn(w, 'active')).toMatchObject({ username: 'ana' })
    expect(w.vault.records.get(id)?.tokens.refreshToken).toBe('rotated elsewhere')
  })

  test('a sign-out by another process is taken over, and nothing is refreshed', async () => {
    const w = world()
    const id = await w.signIn()
    byAnotherProcess(w, id, { signedOut: { scope: 'device', at: w.clock.now() } })
    const answer = await w.sessions.fetchAuthSession(id, { forceRefresh: true })
    expect([failureOf(answer).code, refreshes(w)]).toEqual(['session.superseded', 0])
    sessionIn(w, 'signed-out')
  })

  test('a session that another process removed is signed out here, and nothing is refreshed or stored', async () => {
    const w = world()
    const id = await w.signIn()
    w.vault.records.delete(id)
    const answer = await w.sessions.fetchAuthSession(id, { forceRefresh: true })
    expect([failureOf(answer).code, refreshes(w)]).toEqual(['session.superseded', 0])
    sessionIn(w, 'signed-out')
    expect([w.vault.records.has(id), w.issuer.revoked]).toEqual([false, []])
    expect(w.sessions.activity(id)[0]).toMatchObject({ kind: 'signed-out', detail: 'by another Sesame' })
    await w.signIn()
    valueOf(await w.sessions.fetchAuthSession(id, { forceRefresh: true }))
    sessionIn(w, 'active')
  })

  test('a session that another process removed while it was refreshed here is not declared over', async () => {
    const w = world()
    const id = await w.signIn()
    w.issuer.does.refresh.next('session.revoked')
    w.issuer.does.refresh.gate.close()
    const asked = w.sessions.fetchAuthSession(id, { forceRefresh: true })
    await settle()
    w.vault.records.delete(id)
    w.issuer.does.refresh.gate.open()
    expect(failureOf(await asked).code).toBe('session.superseded')
    sessionIn(w, 'signed-out')
    expect(w.vault.records.has(id)).toBe(false)
  })

  test('a session that only the keychain lost is refreshed, and is in it again', async () => {
    const w = world()
    const id = await w.signIn()
    w.vault.records.delete(id)
    w.vault.hasSession = () => Promise.resolve(true)
    valueOf(await w.sessions.fetchAuthSession(id, { forceRefresh: true }))
    expect(w.vault.records.get(id)?.generation).toBe(2)
  })

  test('a session that the keychain never took is not taken for one that was removed', async () => {
    const w = world()
    w.vault.fail('locked')
    const id = await w.signIn()
    w.vault.writes.close()
    w.vault.fail(undefined)
    const asked = w.sessions.fetchAuthSession(id, { forceRefresh: true })
    await settle()
    w.vault.writes.open()
    valueOf(await asked)
    expect(sessionIn(w, 'active').unsaved).toBe(false)
  })

  test.for(['sealed', 'app-only'] as const)(
    'what another process left where this one cannot open it is newer (%s): Cognito is not asked with what is older',
    async (reason) => {
      const w = world()
      const id = await w.signIn()
      w.vault.fail(reason)
      const answer = await w.sessions.fetchAuthSession(id, { forceRefresh: true })
      expect(failureOf(answer).code).toBe(`vault.${reason}`)
      expect([refreshes(w), w.sessions.isAuthenticated(id)]).toEqual([0, true])
      w.vault.fail(undefined)
      await w.clock.advance(1)
      expect([refreshes(w), sessionIn(w, 'active').unsaved]).toEqual([1, false])
    },
  )

  describe('an end that Cognito tells while the keychain cannot be read', () => {
    const toldWhileLocked = async () => {
      const w = world()
      const id = await w.signIn()
      w.vault.fail('locked')
      w.issuer.does.refresh.always('session.reused')
      const answer = await w.sessions.fetchAuthSession(id, { forceRefresh: true })
      expect(failureOf(answer).code).toBe('vault.locked')
      expect(sessionIn(w, 'offline').failure.code).toBe('vault.locked')
      return { w, id }
    }

    test('waits for the keychain: nothing is stored, and Cognito is not asked again meanwhile', async () => {
      const { w, id } = await toldWhileLocked()
      const calls = w.vault.calls.filter((call) => call.startsWith('write'))
      await w.clock.advance(2 * hours)
      expect(failureOf(await w.sessions.fetchAuthSession(id)).code).toBe('vault.locked')
      sessionIn(w, 'offline')
      expect([refreshes(w), w.sessions.isAuthenticated(id)]).toEqual([1, true])
      expect(w.vault.calls.filter((call) => call.startsWith('write'))).toEqual(calls)
      expect(w.sessions.activity(id).filter(({ kind }) => kind === 'refresh-failed')).toHaveLength(1)
    })

    test('is none where another process had refreshed', async () => {
      const { w, id } = await toldWhileLocked()
      const { signedInAt } = sessionIn(w, 'offline')
      const tokens = fakeTokens({ issuedAt: w.clock.now(), refreshToken: 'rotated elsewhere' })
      w.vault.records.set(id, fakeRecord(w.profile, tokens, { generation: 5, signedInAt }))
      w.vault.fail(undefined)
      await w.clock.advance(1)
      sessionIn(w, 'active')
      expect([refreshes(w), w.vault.records.get(id)?.ended]).toEqual([1, undefined])
    })

    test('is one as soon as the keychain says that nobody else did anything', async () => {
      const { w, id } = await toldWhileLocked()
      w.vault.fail(undefined)
      await w.clock.advance(1)
      expect(sessionIn(w, 'ended').failure.code).toBe('session.reused')
      expect(w.vault.records.get(id)).toMatchObject({ generation: 2, ended: { code: 'session.reused' } })
    })

    test('is told only after the store was read again, however often another process had refreshed', async () => {
      const w = world()
      const id = await w.signIn()
      const { signedInAt } = sessionIn(w, 'active')
      w.issuer.does.refresh.next('session.reused', 'session.reused')
      const { issuer } = w
      const refresh = issuer.refresh.bind(issuer)
      let generation = 5
      w.issuer.refresh = (access, record) => {
        // Another process, which takes no lock, is faster each time; its tokens have run out by now.
        const tokens = fakeTokens({
          issuedAt: w.clock.now() - 2 * hours,
          refreshToken: `rotated ${generation}`,
        })
        w.vault.records.set(id, fakeRecord(w.profile, tokens, { generation, signedInAt }))
        generation += 1
        return refresh(access, record)
      }
      valueOf(await w.sessions.fetchAuthSession(id, { forceRefresh: true }))
      expect(refreshes(w)).toBe(3)
    })

    test('asks for a person where only a person can open the item', async () => {
      const w = world()
      const id = await w.signIn()
      w.vault.fail('denied')
      w.issuer.does.refresh.always('session.revoked')
      const answer = await w.sessions.fetchAuthSession(id, { forceRefresh: true })
      expect(failureOf(answer).code).toBe('vault.denied')
      sessionIn(w, 'attention')
    })

    test('is one at once where the session is kept in this process alone', async () => {
      const w = world({ all: [fakeProfile({ storage: 'memory' })] })
      const id = await w.signIn()
      w.vault.fail('locked')
      w.issuer.does.refresh.always('session.reused')
      const answer = await w.sessions.fetchAuthSession(id, { forceRefresh: true })
      expect(failureOf(answer).code).toBe('session.reused')
      sessionIn(w, 'ended')
    })
  })

  test('an end that another process was told is taken over, and nothing is refreshed', async () => {
    const w = world()
    const id = await w.signIn()
    byAnotherProcess(w, id, { ended: { code: 'session.revoked', at: w.clock.now() } })
    const answer = await w.sessions.fetchAuthSession(id, { forceRefresh: true })
    expect([failureOf(answer).code, refreshes(w)]).toEqual(['session.revoked', 0])
    sessionIn(w, 'ended')
  })

  test('that another process keeps locked is tried again, with the session kept', async () => {
    let isBusy = true
    const w = world({
      lock: { hold: async (_, work) => (isBusy ? { kind: 'busy' } : { kind: 'done', value: await work() }) },
    })
    const id = await w.signIn()
    const answer = await w.sessions.fetchAuthSession(id, { forceRefresh: true })
    expect([failureOf(answer).code, refreshes(w)]).toEqual(['session.busy', 0])
    sessionIn(w, 'offline')
    isBusy = false
    await w.clock.advance(2_000)
    expect([sessionIn(w, 'active').username, refreshes(w)]).toEqual(['ana', 1])
  })
})

describe('what a refused refresh means', () => {
  const passing: FailureCode[] = [
    'network.offline',
    'network.timed-out',
    'network.bad-answer',
    'service.throttled',
    'service.unavailable',
  ]
  test.each(passing)('%s: tokens kept, tried again by itself', async (code) => {
    const w = world()
    const id = await w.signIn()
    w.issuer.does.refresh.next(code)
    await w.clock.advance(56 * minutes)
    const view = sessionIn(w, 'active')
    expect(view.lifetimes.tokens.issuedAt).toBeGreaterThan(view.signedInAt)
    expect(refreshes(w)).toBe(2)
    expect(w.sessions.activity(id).map(({ kind }) => kind)).toEqual([
      'refreshed',
      'refresh-failed',
      'signed-in',
    ])
  })

  test.each(passing)('%s: what is still valid keeps working, and says until when', async (code) => {
    const w = world()
    const id = await w.signIn()
    w.issuer.does.refresh.always(code)
    await w.clock.advance(56 * minutes)
    const view = sessionIn(w, 'offline')
    expect(view.failure.code).toBe(code)
    expect(view.retryAt).toBeGreaterThan(w.clock.now())
    expect(view.lifetimes.tokens.expiresAt).toBeGreaterThan(w.clock.now())
    const before = refreshes(w)
    valueOf(await w.sessions.fetchAuthSession(id))
    expect(refreshes(w)).toBe(before)
    expect(w.vault.records.get(id)?.generation).toBe(1)
  })

  test('an outage of a day is told once, tried with growing pauses, and over when the network is back', async () => {
    const w = world()
    const id = await w.signIn()
    w.issuer.does.refresh.always('network.offline')
    await w.clock.advance(24 * hours)
    expect(refreshes(w)).toBeGreaterThan(24 * 12)
    expect(refreshes(w)).toBeLessThan(24 * 60)
    expect(w.sessions.activity(id).filter(({ kind }) => kind === 'refresh-failed')).toHaveLength(1)
    expect(failureOf(await w.sessions.fetchAuthSession(id)).code).toBe('network.offline')
    expect(w.sessions.isAuthenticated(id)).toBe(true)
    w.issuer.does.refresh.always(undefined)
    w.sessions.wake('network')
    await w.clock.advance(1)
    sessionIn(w, 'active')
  })

  describe('a request that may have been executed, at the end of a long outage', () => {
    const lost = fail('network.offline', { mayBeDone: true })
    /** Three hours without a network, then a request whose answer is lost. Answers the pause before each of the next tries. */
    const pausesAfterLost = async (seed: number, rotates: boolean, tries: number): Promise<number[]> => {
      const w = world({ seed })
      w.issuer.rotates = rotates
      const id = await w.signIn()
      valueOf(await w.sessions.fetchAuthSession(id, { forceRefresh: true }))
      w.issuer.does.refresh.always('network.offline')
      await w.clock.advance(3 * hours)
      w.issuer.does.refresh.next(lost)
      const pauses: number[] = []
      for (let before = refreshes(w); pauses.length <= tries; before = refreshes(w)) {
        const from = w.clock.now()
        while (refreshes(w) === before) await w.clock.advance((w.clock.firesAt ?? 0) - w.clock.now())
        pauses.push(w.clock.now() - from)
      }
      return pauses.slice(1)
    }
    const seeds = Array.from({ length: 20 }, (_, seed) => seed)

    test('is asked again within the grace period of a rotation, and a few times more', async () => {
      for (const seed of seeds) {
        const pauses = await pausesAfterLost(seed, true, 5)
        expect(pauses[0], `seed ${seed}`).toBeLessThanOrEqual(1_000)
        expect(Math.max(...pauses), `seed ${seed}`).toBeLessThanOrEqual(16_000)
      }
    })

    test('is asked again with the long pauses of the outage where nothing came of those few tries', async () => {
      const sixth = await Promise.all(
        seeds.map(async (seed) => (await pausesAfterLost(seed, true, 6)).at(-1)),
      )
      expect(Math.max(...sixth.map((pause) => pause ?? 0))).toBeGreaterThan(60_000)
    })

    test('keeps the long pauses of the outage where refresh tokens do not rotate', async () => {
      const first = await Promise.all(seeds.map(async (seed) => (await pausesAfterLost(seed, false, 1))[0]))
      expect(Math.max(...first.map((pause) => pause ?? 0))).toBeGreaterThan(60_000)
    })
  })

  test('with expired tokens, whoever asks waits for the back-off only where the other side asked for it', async () => {
    const w = world()
    const id = await w.signIn()
    w.issuer.does.refresh.always('service.throttled')
    await w.clock.advance(2 * hours)
    const throttled = refreshes(w)
    expect(failureOf(await w.sessions.fetchAuthSession(id)).code).toBe('service.throttled')
    expect(refreshes(w)).toBe(throttled)
    w.issuer.does.refresh.always('network.offline')
    await w.clock.advance(10 * minutes)
    const offline = refreshes(w)
    expect(failureOf(await w.sessions.fetchAuthSession(id)).code).toBe('network.offline')
    expect(refreshes(w)).toBe(offline + 1)
  })

  test.each<FailureCode>([
    'config.client-secret',
    'config.client-not-found',
    'sign-in.reset-required',
    'sign-in.not-confirmed',
    'sign-in.disabled',
  ])('%s: tokens kept, not tried again until a person changes something', async (code) => {
    const w = world()
    const id = await w.signIn()
    w.issuer.does.refresh.always(code)
    await w.clock.advance(57 * minutes)
    expect(sessionIn(w, 'attention').failure.code).toBe(code)
    expect(sessionIn(w, 'attention').lifetimes.tokens.refreshesAt).toBeUndefined()
    expect(w.vault.records.has(id)).toBe(true)
    valueOf(await w.sessions.fetchAuthSession(id))
    await w.clock.advance(5 * hours)
    // What is armed is for the warning that the sign-in itself ends.
    expect([refreshes(w), w.clock.armed]).toEqual([1, 1])
    expect((w.clock.firesAt ?? 0) - w.clock.now()).toBeGreaterThan(20 * 24 * hours)
    expect(failureOf(await w.sessions.fetchAuthSession(id)).code).toBe(code)
    expect(refreshes(w)).toBe(1)
    w.issuer.does.refresh.always(undefined)
    w.profiles.update(id, {})
    await w.clock.advance(1_000)
    sessionIn(w, 'active')
  })

  test('that ends the session is told with how long it took, and the request', async () => {
    const w = world()
    const id = await w.signIn()
    w.issuer.does.refresh.next(fail('session.revoked', { requestId: 'the one' }))
    w.issuer.does.refresh.gate.close()
    const asked = w.sessions.fetchAuthSession(id, { forceRefresh: true })
    await w.clock.advance(250)
    w.issuer.does.refresh.gate.open()
    await asked
    expect(w.sessions.activity(id)[0]).toMatchObject({ kind: 'ended', durationMs: 250, requestId: 'the one' })
  })

  test.each<FailureCode>(['session.ended', 'session.revoked', 'session.reused', 'session.user-gone'])(
    '%s: over; the record is set aside and nothing more is tried',
    async (code) => {
      const w = world()
      const id = await w.signIn()
      w.issuer.does.refresh.next(code)
      await w.clock.advance(57 * minutes)
      expect(sessionIn(w, 'ended')).toMatchObject({ username: 'ana', failure: { code } })
      expect(w.vault.records.get(id)).toMatchObject({ ended: { code }, tokens: {} })
      expect(w.sessions.activity(id)[0]).toMatchObject({ kind: 'ended', failure: { code } })
      await w.clock.advance(5 * hours)
      expect(failureOf(await w.sessions.fetchAuthSession(id, { forceRefresh: true })).code).toBe(code)
      expect([refreshes(w), w.clock.armed, w.sessions.isAuthenticated(id)]).toEqual([1, 0, false])
    },
  )

  test('whoever asks when it is due gets what is still valid', async () => {
    const w = world()
    const id = await w.signIn()
    w.clock.sleep(57 * minutes)
    w.issuer.does.refresh.next('network.offline')
    valueOf(await w.sessions.fetchAuthSession(id))
    expect(refreshes(w)).toBe(1)
  })

  test('a forced refresh says what went wrong even while the tokens are valid', async () => {
    const w = world()
    const id = await w.signIn()
    w.issuer.does.refresh.next('network.offline')
    const answer = await w.sessions.fetchAuthSession(id, { forceRefresh: true })
    expect(failureOf(answer).code).toBe('network.offline')
    valueOf(await w.sessions.fetchAuthSession(id))
  })

  test('a client secret that is not stored asks for it', async () => {
    const profile = fakeProfile({ hasClientSecret: true })
    const w = world({ all: [profile] })
    w.vault.secrets.set(profile.id, 's')
    await w.signIn()
    w.vault.secrets.clear()
    const answer = await w.sessions.fetchAuthSession(profile.id, { forceRefresh: true })
    expect(failureOf(answer)).toMatchObject({ code: 'config.client-secret', field: 'clientSecret' })
    sessionIn(w, 'attention')
  })

  test('an exception is a bug: reported, and the session is kept', async () => {
    const w = world()
    const id = await w.signIn()
    w.issuer.refresh = () => Promise.reject(new Error('a bug'))
    expect(failureOf(await w.sessions.fetchAuthSession(id, { forceRefresh: true })).code).toBe('internal.bug')
    expect(w.bugs).toHaveLength(1)
    sessionIn(w, 'attention')
    valueOf(await w.sessions.fetchAuthSession(id))
  })
})

describe('while a refresh is under way', () => {
  const underWay = async () => {
    const w = world()
    w.issuer.rotates = true
    const id = await w.signIn()
    w.issuer.does.refresh.gate.close()
    const asked = w.sessions.fetchAuthSession(id, { forceRefresh: true })
    await settle()
    return { w, id, asked }
  }

  test('a sign-out wins: nothing is stored, and it is the token that came that is revoked', async () => {
    const w = world()
    const id = await w.signIn()
    w.issuer.does.refresh.next(
      ok({
        tokens: fakeTokens({ issuedAt: w.clock.now(), refreshToken: 'rotated meanwhile' }),
        operation: 'GetTokensFromRefreshToken',
        rotated: true,
      }),
    )
    w.issuer.does.refresh.gate.close()
    const asked = w.sessions.fetchAuthSession(id, { forceRefresh: true })
    await settle()
    const signedOut = w.sessions.signOut(id)
    await settle()
    expect([sessionIn(w, 'signed-out').revocationPending, w.sessions.isAuthenticated(id)]).toEqual([
      true,
      false,
    ])
    w.issuer.does.refresh.gate.open()
    expect(failureOf(await asked).code).toBe('session.superseded')
    expect(valueOf(await signedOut).reached).toBe('device')
    expect([w.vault.records.has(id), w.issuer.revoked]).toEqual([false, ['rotated meanwhile']])
  })

  test('a sign-out wins even while the new token is being written', async () => {
    const w = world()
    const id = await w.signIn()
    w.vault.writes.close()
    const asked = w.sessions.fetchAuthSession(id, { forceRefresh: true })
    await settle()
    const signedOut = w.sessions.signOut(id)
    await settle()
    w.vault.writes.open()
    expect(failureOf(await asked).code).toBe('session.superseded')
    valueOf(await signedOut)
    expect(w.vault.records.has(id)).toBe(false)
    sessionIn(w, 'signed-out')
  })

  test('a new sign-in wins, and no token of the session before stays behind', async () => {
    const { w, id, asked } = await underWay()
    const before = w.vault.records.get(id)?.tokens.refreshToken
    w.issuer.wishes = { username: 'ben' }
    await w.signIn()
    w.issuer.wishes = {}
    w.issuer.does.refresh.gate.open()
    expect(failureOf(await asked).code).toBe('session.superseded')
    await w.clock.advance(1_000)
    expect(sessionIn(w, 'active').username).toBe('ben')
    expect(w.vault.records.get(id)).toMatchObject({ username: 'ben', generation: 2 })
    expect(w.issuer.revoked).toHaveLength(2)
    expect(w.issuer.revoked).toContain(before)
    expect(w.issuer.revoked).not.toContain(w.vault.records.get(id)?.tokens.refreshToken)
  })

  test('a refresh of the new session does not join the one of the session before', async () => {
    const { w, id } = await underWay()
    w.issuer.wishes = { username: 'ben' }
    await w.signIn()
    const own = w.sessions.fetchAuthSession(id, { forceRefresh: true })
    await settle()
    w.issuer.does.refresh.gate.open()
    expect(valueOf(await own).userSub).toBe('sub-of-ben')
  })

  test('forgetting the session wins, without a word to Cognito', async () => {
    const { w, id, asked } = await underWay()
    await w.sessions.clearSession(id)
    w.issuer.does.refresh.gate.open()
    expect(failureOf(await asked).code).toBe('session.superseded')
    await settle()
    expect([w.vault.records.has(id), w.issuer.revoked]).toEqual([false, []])
    sessionIn(w, 'signed-out')
  })

  test('stopping waits until the new token is stored', async () => {
    const { w, id } = await underWay()
    const stopped = w.sessions.stop()
    const first = await Promise.race([stopped.then(() => 'stopped'), settle().then(() => 'waiting')])
    expect(first).toBe('waiting')
    w.issuer.does.refresh.gate.open()
    await stopped
    expect(w.vault.records.get(id)?.generation).toBe(2)
  })
})
