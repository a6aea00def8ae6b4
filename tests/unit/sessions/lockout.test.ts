import { describe, expect, test } from 'vitest'
import { lockMs } from '../../../main/sessions/lockout.ts'
import { failureOf, minutes, world } from './fakes.ts'

const typed = { username: 'ana@acme.io', password: 'wrong horse' }

test.each([
  [1, 0],
  [4, 0],
  [5, 1_000],
  [6, 2_000],
  [10, 32_000],
  [14, 512_000],
  [15, 900_000],
  [40, 900_000],
])('after %i wrong passwords Cognito refuses for %i ms', (wrong, ms) => {
  expect(lockMs(wrong)).toBe(ms)
})

/** So many wrong passwords in a row; answers the last failure. */
const wrong = async (w: ReturnType<typeof world>, times: number, username = typed.username) => {
  let last
  for (let round = 0; round < times; round += 1) {
    w.issuer.does.signIn.next('sign-in.wrong-password')
    last = failureOf(await w.sessions.beginSignIn(w.profile.id, { ...typed, username }))
  }
  return last
}
const lockedOut = async (w: ReturnType<typeof world>) => {
  w.issuer.does.signIn.next('sign-in.locked-out')
  return failureOf(await w.sessions.beginSignIn(w.profile.id, typed))
}

describe('a lockout', () => {
  test('tells how long, from the tries made here', async () => {
    const w = world()
    expect(await wrong(w, 4)).not.toHaveProperty('retryAt')
    expect(await wrong(w, 5)).toMatchObject({ retryAt: w.clock.now() + 16_000 })
    await w.clock.advance(4_000)
    expect(await lockedOut(w)).toMatchObject({
      code: 'sign-in.locked-out',
      retryAt: w.clock.now() + 12_000,
      remedy: expect.stringContaining('12 seconds'),
    })
  })

  test('says nothing where nothing is known: others made the tries', async () => {
    const w = world()
    expect(await lockedOut(w)).not.toHaveProperty('retryAt')
    await wrong(w, 6)
    await w.clock.advance(10_000)
    expect(await lockedOut(w)).not.toHaveProperty('retryAt')
  })

  test('is counted per user, and forgotten with a right password or after a while', async () => {
    const w = world()
    await wrong(w, 4)
    expect(await wrong(w, 1, 'ben')).not.toHaveProperty('retryAt')
    await w.sessions.beginSignIn(w.profile.id, typed)
    expect(await wrong(w, 1)).not.toHaveProperty('retryAt')
    await wrong(w, 3)
    await w.clock.advance(16 * minutes)
    expect(await wrong(w, 1)).not.toHaveProperty('retryAt')
  })
})
