import { describe, expect, test, vi } from 'vitest'
import { fail, ok, type Result } from '../../../../main/failure.ts'
import type { SesameBridge } from '../../../../preload/contract.ts'
import type { SignInStep } from '../../../../preload/views.ts'
import { createAttempt } from '../../../../renderer/features/sign-in/attempt.ts'

const totp: SignInStep = { kind: 'totp', attemptId: 'a-1', step: 2, username: 'ana', expiresAt: 180_000 }
const input = { username: 'ana', password: 'Correct-Horse-1' }

/** A bridge whose answers the test gives when it wants. */
const scripted = () => {
  const pending: ((result: Result<SignInStep>) => void)[] = []
  const sent: unknown[][] = []
  const request = ((...call: unknown[]) => {
    sent.push(call)
    if (call[0] === 'signIn.cancel') return Promise.resolve(ok(undefined))
    return new Promise<Result<SignInStep>>((resolve) => pending.push(resolve))
  }) as SesameBridge['request'] // only signIn.* is asked for here
  const attempt = createAttempt('p-1', 'ana@acme.io', request)
  return { attempt, sent, answer: (result: Result<SignInStep>) => pending.shift()?.(result) }
}

describe('a sign-in attempt', () => {
  test('begins with what was typed, answers the challenge it got, and ends signed in', async () => {
    const { attempt, sent, answer } = scripted()
    const began = attempt.begin(input)
    answer(ok(totp))
    await began
    const answered = attempt.answer({ kind: 'totp', code: '418231' })
    answer(ok({ kind: 'signed-in' }))
    await answered
    expect(sent).toEqual([
      ['signIn.begin', 'p-1', input],
      ['signIn.answer', 'a-1', { kind: 'totp', code: '418231' }],
    ])
    expect(attempt.getState().stage).toEqual({ kind: 'signed-in' })
  })

  test('keeps no password once it was sent', async () => {
    const { attempt, answer } = scripted()
    const began = attempt.begin(input)
    expect(JSON.stringify(attempt.getState())).not.toContain(input.password)
    answer(fail('sign-in.wrong-password'))
    await began
    expect(JSON.stringify(attempt.getState())).not.toContain(input.password)
  })

  test('sends once however often it is asked while waiting', async () => {
    const { attempt, sent, answer } = scripted()
    const began = attempt.begin(input)
    await attempt.begin(input)
    answer(ok(totp))
    await began
    expect(sent).toHaveLength(1)
  })

  test('cancels the open challenge when it is left or runs out', async () => {
    for (const way of ['leave', 'runOut'] as const) {
      const { attempt, sent, answer } = scripted()
      const began = attempt.begin(input)
      answer(ok(totp))
      await began
      attempt[way]()
      expect(sent.at(-1), way).toEqual(['signIn.cancel', 'a-1'])
    }
  })

  test('cancels a challenge that arrives after the dialog was closed', async () => {
    const { attempt, sent, answer } = scripted()
    const began = attempt.begin(input)
    attempt.leave()
    answer(ok(totp))
    await began
    expect(sent.at(-1)).toEqual(['signIn.cancel', 'a-1'])
  })

  test('has nothing to cancel once signed in', async () => {
    const { attempt, sent, answer } = scripted()
    const began = attempt.begin(input)
    answer(ok({ kind: 'signed-in' }))
    await began
    attempt.leave()
    expect(sent.map(([name]) => name)).toEqual(['signIn.begin'])
  })

  test('tells its listeners of each change until they leave', async () => {
    const { attempt, answer } = scripted()
    const listener = vi.fn<() => void>()
    const leave = attempt.subscribe(listener)
    const began = attempt.begin(input)
    answer(ok(totp))
    await began
    expect(listener).toHaveBeenCalledTimes(2)
    leave()
    attempt.leave()
    expect(listener).toHaveBeenCalledTimes(2)
  })
})
