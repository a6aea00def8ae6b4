import { expect, test } from 'vitest'
import { createNativeCalls } from '../../../main/vault/native-calls.ts'
import { createManualClock } from './manual-clock.ts'

const never = (): Promise<never> => new Promise(() => undefined)

test('an answer and a rejection come through, and no timer is left behind', async () => {
  const clock = createManualClock()
  const calls = createNativeCalls(clock, 1_000)
  expect(await calls.run(async () => 'secret')).toEqual({ kind: 'answered', value: 'secret' })
  const error = new Error('no')
  expect(await calls.run(() => Promise.reject(error))).toEqual({ kind: 'rejected', error })
  expect(clock.armed).toBe(0)
})

test('a call that does not come back times out, and no other is started beside it', async () => {
  const clock = createManualClock()
  const calls = createNativeCalls(clock, 1_000)
  const hung = calls.run(never)
  clock.advance(999)
  expect(calls.stuck).toBe(false)
  clock.advance(1)
  expect(await hung).toEqual({ kind: 'timed-out' })
  let started = false
  const next = await calls.run(async () => {
    started = true
  })
  expect(next).toEqual({ kind: 'timed-out' })
  expect(started).toBe(false)
  expect(calls.stuck).toBe(true)
})

test.for(['resolves', 'rejects'] as const)(
  'a stuck call that %s late frees the way and tells',
  async (how) => {
    const clock = createManualClock()
    const calls = createNativeCalls(clock, 1_000)
    const native = Promise.withResolvers<string>()
    const hung = calls.run(() => native.promise)
    clock.advance(1_000)
    await hung
    const recovered = new Promise<void>((resolve) => {
      calls.onRecovered(resolve)
    })
    if (how === 'resolves') native.resolve('late')
    else native.reject(new Error('late'))
    await recovered
    expect(calls.stuck).toBe(false)
    expect(await calls.run(async () => 'again')).toEqual({ kind: 'answered', value: 'again' })
  },
)

test('an answer in the same instant as the time-out leaves nothing stuck', async () => {
  const clock = createManualClock()
  const calls = createNativeCalls(clock, 1_000)
  const native = Promise.withResolvers<string>()
  const answer = calls.run(() => native.promise)
  native.resolve('in time')
  clock.advance(1_000)
  await answer
  await Promise.resolve()
  expect(await calls.run(async () => 'next')).toEqual({ kind: 'answered', value: 'next' })
})
