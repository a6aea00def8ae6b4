import { describe, expect, test } from 'vitest'
import { createKeeper } from '../../../main/sessions/keeper.ts'
import { fakeProfile, fakeRecord, fakeTokens, fakeVault, settle } from './fakes.ts'

const profile = fakeProfile()
const record = fakeRecord(profile, fakeTokens({ issuedAt: 0 }))

describe('what sessions ask of the vault', () => {
  test('happens in order for a profile, however long each takes: a removal is not overtaken by a write', async () => {
    const vault = fakeVault()
    const keeper = createKeeper(vault, () => undefined)
    vault.writes.close()
    const saved = keeper.save(profile, record)
    const removed = keeper.remove(profile.id)
    await settle()
    expect(vault.calls).toEqual(['write 1'])
    vault.writes.open()
    await Promise.all([saved, removed])
    expect([vault.calls, vault.records.size]).toEqual([['write 1', 'remove'], 0])
  })

  test('stores a session with what the profile owes, and never as owed by itself', async () => {
    const vault = fakeVault()
    const keeper = createKeeper(
      vault,
      () => undefined,
      () => ['older', record.tokens.refreshToken],
    )
    await keeper.save(profile, { ...record, owedRevocations: ['oldest', 'older'] })
    expect(vault.records.get(profile.id)?.owedRevocations).toEqual(['oldest', 'older'])
  })

  test('does not wait for other profiles', async () => {
    const vault = fakeVault()
    const keeper = createKeeper(vault, () => undefined)
    vault.writes.close()
    const saved = keeper.save(profile, record)
    expect((await keeper.read(fakeProfile())).kind).toBe('absent')
    vault.writes.open()
    await saved
  })

  test('tells a session that another process removed from one that is not there for another reason', async () => {
    const vault = fakeVault()
    const keeper = createKeeper(vault, () => undefined)
    expect(await keeper.isRemovedElsewhere(profile.id), 'never stored').toBe(false)
    await keeper.save(profile, record)
    expect(await keeper.isRemovedElsewhere(profile.id), 'stored').toBe(false)
    vault.records.clear()
    expect(await keeper.isRemovedElsewhere(profile.id), 'removed by another process').toBe(true)
    vault.fail('locked')
    await keeper.save(profile, record)
    expect(await keeper.isRemovedElsewhere(profile.id), 'not taken by the vault').toBe(false)
    vault.fail(undefined)
    vault.records.set(profile.id, record)
    await keeper.read(profile)
    await keeper.remove(profile.id)
    expect(await keeper.isRemovedElsewhere(profile.id), 'removed here').toBe(false)
  })

  test('that throws is reported, answered as out of reach, and holds up nothing after it', async () => {
    const vault = fakeVault()
    const bugs: unknown[] = []
    const keeper = createKeeper(vault, (error) => bugs.push(error))
    vault.removeSession = () => Promise.reject(new Error('a bug'))
    const removed = keeper.remove(profile.id)
    const saved = keeper.save(profile, record)
    expect(await removed).toEqual({ kind: 'unsaved', reason: 'no-service' })
    expect(await saved).toEqual({ kind: 'saved' })
    expect(bugs).toHaveLength(1)
    await keeper.drain()
  })
})
