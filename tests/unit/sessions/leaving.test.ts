import { describe, expect, test } from 'vitest'
import type { SessionLock } from '../../../main/sessions/ports.ts'
import { settle, world } from './fakes.ts'
import { gate } from './gate.ts'

/** Tells whether a promise has settled. */
const watch = (promise: Promise<unknown>) => {
  const seen = { isSettled: false }
  const see = async (): Promise<void> => {
    await promise
    seen.isSettled = true
  }
  void see()
  return seen
}

describe('a process that leaves', () => {
  test('is told of a rotated token that is on its way, until the vault has it', async () => {
    const w = world()
    const id = await w.signIn()
    const before = w.vault.records.get(id)?.tokens.refreshToken
    w.issuer.rotates = true
    w.issuer.does.refresh.gate.close()
    void w.sessions.fetchAuthSession(id, { forceRefresh: true })
    await settle()
    const stopped = w.sessions.stop()
    const kept = watch(w.sessions.tokensKept())
    await w.clock.advance(7_000)
    expect(kept.isSettled).toBe(false)

    w.vault.writes.close()
    w.issuer.does.refresh.gate.open()
    await settle()
    expect(kept.isSettled).toBe(false)
    w.vault.writes.open()
    await stopped
    await settle()
    expect(kept.isSettled).toBe(true)
    expect(w.vault.records.get(id)?.tokens.refreshToken).not.toBe(before)
  })

  test('waits for what the vault was given, and not for a keychain that asks before it is read', async () => {
    const w = world()
    w.vault.reads.close()
    const started = w.sessions.start()
    await settle()
    await w.sessions.tokensKept()

    w.vault.writes.close()
    w.vault.reads.open()
    await started
    const signedIn = w.signIn()
    await settle()
    const kept = watch(w.sessions.tokensKept())
    await settle()
    expect(kept.isSettled).toBe(false)
    w.vault.writes.open()
    await signedIn
    await settle()
    expect(kept.isSettled).toBe(true)
  })

  test('waits for no other process, and asks nothing of Cognito any more', async () => {
    const { close, open, pass } = gate()
    const lock: SessionLock = {
      hold: async (_, work) => {
        await pass()
        return { kind: 'done', value: await work() }
      },
    }
    const w = world({ lock })
    const id = await w.signIn()
    close()
    const asked = w.sessions.fetchAuthSession(id, { forceRefresh: true })
    await settle()
    await w.sessions.stop()
    await w.sessions.tokensKept()
    expect(await asked).toMatchObject({ failure: { code: 'session.busy' } })
    open()
    expect(await w.sessions.fetchAuthSession(id, { forceRefresh: true })).toMatchObject({ ok: false })
    await settle()
    expect(w.issuer.does.refresh.asked).toEqual([])
  })
})
