// Refresh tokens of sessions that another one took the place of: owed to Cognito until they are revoked.
import { describe, expect, test } from 'vitest'
import { takingPlaceOf } from '../../../main/sessions/replaced.ts'
import type { SessionRecord } from '../../../main/sessions/session.ts'
import { fakeProfile, fakeRecord, fakeTokens, minutes, settle, type World, world } from './fakes.ts'

/** Somebody signs in anew while the session before is refreshed: Cognito issues a token that nobody has a use for. */
const replacedInRotation = async (w: World) => {
  const id = await w.signIn()
  const first = w.vault.records.get(id)?.tokens.refreshToken
  w.issuer.rotates = true
  w.issuer.does.revoke.always('service.throttled')
  w.issuer.does.refresh.gate.close()
  const refreshing = w.sessions.fetchAuthSession(id, { forceRefresh: true })
  await settle()
  w.issuer.wishes = { refreshToken: 'of the new session' }
  const signedIn = w.signIn()
  await settle()
  return {
    id,
    first,
    answer: async () => {
      w.issuer.does.refresh.gate.open()
      await Promise.all([refreshing, signedIn])
      await settle()
    },
  }
}

/** As `replacedInRotation`, the answer being there. */
const orphaned = async (w: World) => {
  const { id, first, answer } = await replacedInRotation(w)
  await answer()
  return { id, first }
}

const storedIn = (w: World, id: string): SessionRecord => {
  const record = w.vault.records.get(id)
  if (record === undefined) throw new Error('nothing is stored')
  return record
}
const owedIn = (w: World, id: string) => storedIn(w, id).owedRevocations ?? []

describe('a token that came for a session that was replaced meanwhile', () => {
  test('is stored beside the new session until it is revoked', async () => {
    const w = world()
    const { id, first } = await orphaned(w)
    expect(w.vault.records.get(id)?.tokens.refreshToken).toBe('of the new session')
    const owed = owedIn(w, id)
    expect(owed).toContain(first)
    expect(owed).toHaveLength(2)
  })

  test('is revoked after a crash', async () => {
    const w = world()
    const { id } = await orphaned(w)
    const owed = owedIn(w, id)
    const next = world({ all: [w.profile], vault: w.vault })
    await next.sessions.start()
    await next.clock.advance(1_000)
    expect(next.issuer.revoked.toSorted()).toEqual(owed.toSorted())
  })

  test('goes along wherever the session is stored again', async () => {
    const w = world()
    const { id } = await orphaned(w)
    const owed = owedIn(w, id)
    w.profiles.update(id, { storage: 'memory' })
    await settle()
    expect(owedIn(w, id)).toEqual(owed)
    w.profiles.update(id, { storage: 'keychain' })
    await settle()
    w.issuer.does.refresh.next('session.revoked')
    await w.sessions.fetchAuthSession(id, { forceRefresh: true })
    expect(w.vault.records.get(id)).toMatchObject({ ended: { code: 'session.revoked' } })
    expect(owedIn(w, id)).toEqual(owed)
  })

  test('that neither keychain nor disk takes is tried before quitting, and told', async () => {
    const w = world()
    const { answer } = await replacedInRotation(w)
    w.vault.fail('locked')
    await answer()
    const tried = w.issuer.does.revoke.asked.length
    expect(await w.sessions.endSignOuts()).toEqual([w.profile.name])
    expect(w.issuer.does.revoke.asked.length).toBeGreaterThan(tried)
    w.vault.fail(undefined)
    expect(await w.sessions.endSignOuts()).toEqual([])
  })

  test('is added to what another process has stored meanwhile, not put over it', async () => {
    const w = world()
    const { id } = await orphaned(w)
    const ours = storedIn(w, id)
    w.vault.records.set(id, { ...ours, generation: 40, owedRevocations: ['of theirs'] })
    expect(await w.sessions.endSignOuts()).toEqual([])
    expect(w.vault.records.get(id)?.generation).toBe(40)
    expect(owedIn(w, id)).toEqual(['of theirs', ...(ours.owedRevocations ?? [])])
  })

  test('of a session that another process began is seen to here as well', async () => {
    const w = world()
    const id = await w.signIn()
    const ours = storedIn(w, id)
    const tokens = fakeTokens({ issuedAt: w.clock.now(), refreshToken: 'of theirs' })
    const signedInAt = ours.signedInAt + minutes
    const replaced = { generation: 2, tokens, signedInAt, owedRevocations: ['replaced there'] }
    w.vault.records.set(id, fakeRecord(w.profile, tokens, replaced))
    w.issuer.does.revoke.always('network.offline')
    await w.sessions.fetchAuthSession(id, { forceRefresh: true })
    await w.sessions.fetchAuthSession(id, { forceRefresh: true })
    expect(owedIn(w, id)).toContain('replaced there')
    w.issuer.does.revoke.always(undefined)
    w.sessions.wake('network')
    await w.clock.advance(1_000)
    expect(w.issuer.revoked.toSorted()).toEqual([ours.tokens.refreshToken, 'replaced there'].toSorted())
  })
})

describe('a session that could not be read when somebody signed in over it', () => {
  const signedInOver = async () => {
    const before = world()
    const id = await before.signIn()
    const old = storedIn(before, id)
    await before.sessions.stop()
    const next = world({ all: [before.profile], vault: before.vault })
    before.vault.fail('locked')
    await next.sessions.start()
    await next.clock.advance(minutes)
    await next.signIn()
    return { w: { ...next, vault: before.vault }, id, old }
  }

  test('is revoked once the keychain is open', async () => {
    const { w, id, old } = await signedInOver()
    w.vault.fail(undefined)
    await w.clock.advance(1_000)
    expect(w.issuer.revoked).toEqual([old.tokens.refreshToken])
    expect(storedIn(w, id).tokens.refreshToken).not.toBe(old.tokens.refreshToken)
    expect(storedIn(w, id).replacesUnread).toBeUndefined()
  })

  test('is owed by the session over it until then', async () => {
    const { w, id, old } = await signedInOver()
    w.issuer.does.revoke.always('network.offline')
    w.vault.fail(undefined)
    await w.clock.advance(1_000)
    expect(owedIn(w, id)).toEqual([old.tokens.refreshToken])
  })

  test('is found where the vault has put the one in the place of the other by itself', async () => {
    const { w, id, old } = await signedInOver()
    const live = fakeRecord(w.profile, fakeTokens({ issuedAt: w.clock.now() }), { signedInAt: w.clock.now() })
    w.vault.records.set(id, takingPlaceOf({ ...live, replacesUnread: true }, old))
    expect(storedIn(w, id)).toMatchObject({ owedRevocations: [old.tokens.refreshToken] })
    w.vault.fail(undefined)
    await w.clock.advance(1_000)
    expect(w.issuer.revoked).toContain(old.tokens.refreshToken)
  })
})

test.each<[string, Partial<SessionRecord>, readonly string[]]>([
  ['another sign-in', {}, ['theirs']],
  ['another sign-in that owes', { owedRevocations: ['older'] }, ['older', 'theirs']],
  ['one that Cognito has ended', { ended: { code: 'session.revoked', at: 1 } }, []],
  ['the same sign-in', { signedInAt: 5 }, []],
  ['the same sign-in, that owes', { signedInAt: 5, owedRevocations: ['older'] }, ['older']],
])('in the place of %s, a session owes what is left', (_, changes, owed) => {
  const profile = fakeProfile()
  const tokens = fakeTokens({ issuedAt: 0, refreshToken: 'theirs' })
  const there = fakeRecord(profile, tokens, changes)
  const ours = fakeRecord(profile, fakeTokens({ issuedAt: 0 }), { signedInAt: 5 })
  expect(takingPlaceOf({ ...ours, replacesUnread: true }, there).owedRevocations ?? []).toEqual(owed)
  expect(takingPlaceOf(ours, there)).toEqual(ours)
})
