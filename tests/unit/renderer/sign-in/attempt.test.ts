import { describe, expect, test, vi } from 'vitest'
import { fail, ok } from '../../../../main/failure.ts'
import type { SesameBridge } from '../../../../preload/contract.ts'
import type { SignInStep } from '../../../../preload/views.ts'
import { createAttempt } from '../../../../renderer/features/sign-in/attempt.ts'
import { fakeBridge } from '../fake-bridge.ts'

const totp: SignInStep = { kind: 'totp', attemptId: 'a-1', step: 2, username: 'ana', expiresAt: 180_000 }
const input = { username: 'ana', password: 'Correct-Horse-1' }

const start = () => {
  const bridge = fakeBridge()
  bridge.answers('signIn.cancel', undefined)
  bridge.answers('signIn.begin', totp)
  const request: SesameBridge['request'] = (name, ...args) => bridge.request(name, ...args)
  return { bridge, attempt: createAttempt('p-1', 'ana@acme.io', request) }
}

describe('a sign-in attempt', () => {
  test('begins with what was typed, answers the challenge it got, and ends signed in', async () => {
    const { bridge, attempt } = start()
    bridge.answers('signIn.answer', { kind: 'signed-in' })
    await attempt.begin(input)
    await attempt.answer({ kind: 'totp', code: '418231' })
    expect(bridge.calls).toEqual([
      { name: 'signIn.begin', args: ['p-1', input] },
      { name: 'signIn.answer', args: ['a-1', { kind: 'totp', code: '418231' }] },
    ])
    expect(attempt.getState().stage).toEqual({ kind: 'signed-in' })
  })

  test('keeps no password once it was sent', async () => {
    const { bridge, attempt } = start()
    const answer = bridge.holds('signIn.begin')
    const began = attempt.begin(input)
    expect(JSON.stringify(attempt.getState())).not.toContain(input.password)
    answer(fail('sign-in.wrong-password'))
    await began
    expect(JSON.stringify(attempt.getState())).not.toContain(input.password)
  })

  test('sends once however often it is asked while waiting', async () => {
    const { bridge, attempt } = start()
    await Promise.all([attempt.begin(input), attempt.begin(input)])
    expect(bridge.callsOf('signIn.begin')).toHaveLength(1)
  })

  test.each(['leave', 'runOut'] as const)('%s cancels the open challenge', async (way) => {
    const { bridge, attempt } = start()
    await attempt.begin(input)
    attempt[way]()
    expect(bridge.callsOf('signIn.cancel')).toEqual([['a-1']])
    expect(attempt.getState().stage.kind).toBe('credentials')
  })

  test('cancels a challenge that arrives after it was left', async () => {
    const { bridge, attempt } = start()
    const answer = bridge.holds('signIn.begin')
    const began = attempt.begin(input)
    attempt.leave()
    answer(ok(totp))
    await began
    expect(bridge.callsOf('signIn.cancel')).toEqual([['a-1']])
  })

  test('has nothing to cancel once signed in', async () => {
    const { bridge, attempt } = start()
    bridge.answers('signIn.begin', { kind: 'signed-in' })
    await attempt.begin(input)
    attempt.leave()
    expect(bridge.callsOf('signIn.cancel')).toEqual([])
  })

  test('tells its listeners of each change until they leave', async () => {
    const { attempt } = start()
    const listener = vi.fn<() => void>()
    const stop = attempt.subscribe(listener)
    await attempt.begin(input)
    expect(listener).toHaveBeenCalledTimes(2)
    stop()
    attempt.leave()
    expect(listener).toHaveBeenCalledTimes(2)
  })
})
