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

const resetPassword: SignInStep = {
  kind: 'reset-password',
  attemptId: 'a-4',
  step: 2,
  username: 'ana',
  expiresAt: 180_000,
  reason: 'forgotten',
  delivery: { medium: 'email', destination: 'a***@e***' },
  canResend: true,
}

describe('a forgotten password', () => {
  test('opens the step that takes the code, for the username that is typed', async () => {
    const { bridge, attempt } = start()
    bridge.answers('signIn.forgotPassword', resetPassword)
    await attempt.forgotPassword('eve')
    expect(bridge.callsOf('signIn.forgotPassword')).toEqual([['p-1', 'eve']])
    expect(attempt.getState()).toMatchObject({
      username: 'eve',
      stage: { kind: 'challenge', challenge: resetPassword },
    })
  })

  test('another code answers the same step anew and cancels nothing', async () => {
    const { bridge, attempt } = start()
    bridge.answers('signIn.forgotPassword', resetPassword)
    bridge.answers('signIn.resendCode', { ...resetPassword, expiresAt: 360_000 })
    await attempt.forgotPassword('eve')
    expect(await attempt.resendCode()).toBe(true)
    expect(attempt.getState().stage).toMatchObject({ challenge: { expiresAt: 360_000 } })
    expect(bridge.callsOf('signIn.cancel')).toEqual([])
  })

  test('a code that could not be sent leaves the step, with the reason', async () => {
    const { bridge, attempt } = start()
    bridge.answers('signIn.forgotPassword', resetPassword)
    bridge.refuses('signIn.resendCode', 'sign-in.too-many-tries')
    await attempt.forgotPassword('eve')
    expect(await attempt.resendCode()).toBe(false)
    expect(attempt.getState()).toMatchObject({
      failure: { code: 'sign-in.too-many-tries' },
      stage: { kind: 'challenge' },
    })
  })
})

describe('the browser', () => {
  const browser = (attemptId: string): SignInStep => ({
    kind: 'browser',
    attemptId,
    step: 1,
    username: 'ana',
    expiresAt: 180_000,
    url: 'https://login.example.com/',
    isOpen: true,
  })

  test('is waited for once, and its coming back signs in', async () => {
    const { bridge, attempt } = start()
    bridge.answers('signIn.openBrowser', browser('b-1'))
    const comeBack = bridge.holds('signIn.awaitBrowser')
    await attempt.openBrowser({ loginHint: 'ana' })
    expect(bridge.callsOf('signIn.openBrowser')).toEqual([['p-1', { loginHint: 'ana' }]])
    expect(attempt.getState()).toMatchObject({ busy: false, stage: { challenge: { kind: 'browser' } } })
    comeBack(ok({ kind: 'signed-in' }))
    await vi.waitFor(() => expect(attempt.getState().stage.kind).toBe('signed-in'))
    expect(bridge.callsOf('signIn.awaitBrowser')).toEqual([['b-1']])
  })

  test('is waited for too where the method itself begins there', async () => {
    const { bridge, attempt } = start()
    bridge.answers('signIn.begin', browser('b-1'))
    bridge.answers('signIn.awaitBrowser', { kind: 'signed-in' })
    await attempt.begin({ username: '' })
    await vi.waitFor(() => expect(attempt.getState().stage.kind).toBe('signed-in'))
  })

  test('opened from a challenge, cancels that one once it is open', async () => {
    const { bridge, attempt } = start()
    bridge.answers('signIn.openBrowser', browser('b-1'))
    bridge.holds('signIn.awaitBrowser')
    await attempt.begin(input)
    await attempt.openBrowser({})
    expect(bridge.callsOf('signIn.cancel')).toEqual([['a-1']])
  })

  test('that cannot be opened leaves the challenge, with the reason', async () => {
    const { bridge, attempt } = start()
    bridge.refuses('signIn.openBrowser', 'config.no-domain')
    await attempt.begin(input)
    await attempt.openBrowser({})
    expect(attempt.getState()).toMatchObject({
      failure: { code: 'config.no-domain' },
      stage: { challenge: { kind: 'totp' } },
    })
    expect(bridge.callsOf('signIn.cancel')).toEqual([])
  })

  test('opened again, is waited for anew; what the first one comes to no longer counts', async () => {
    const { bridge, attempt } = start()
    bridge.answers('signIn.openBrowser', browser('b-1'))
    const first = bridge.holds('signIn.awaitBrowser')
    await attempt.openBrowser({})
    bridge.answers('signIn.openBrowser', browser('b-2'))
    bridge.holds('signIn.awaitBrowser')
    await attempt.openBrowser({})
    expect(bridge.callsOf('signIn.cancel')).toEqual([['b-1']])
    first(fail('sign-in.cancelled'))
    await Promise.resolve()
    expect(attempt.getState()).toMatchObject({ stage: { challenge: { attemptId: 'b-2' } } })
    expect(bridge.callsOf('signIn.awaitBrowser')).toEqual([['b-1'], ['b-2']])
  })

  test('that never came back starts over with the reason', async () => {
    const { bridge, attempt } = start()
    bridge.answers('signIn.openBrowser', browser('b-1'))
    bridge.refuses('signIn.awaitBrowser', 'sign-in.browser-timed-out')
    await attempt.openBrowser({ loginHint: 'ana' })
    await vi.waitFor(() => expect(attempt.getState().notice?.code).toBe('sign-in.browser-timed-out'))
    expect(attempt.getState()).toMatchObject({ username: 'ana', stage: { kind: 'credentials' } })
  })

  test('left while it is open, is cancelled', async () => {
    const { bridge, attempt } = start()
    bridge.answers('signIn.openBrowser', browser('b-1'))
    bridge.holds('signIn.awaitBrowser')
    await attempt.openBrowser({})
    attempt.leave()
    expect(bridge.callsOf('signIn.cancel')).toEqual([['b-1']])
    expect(attempt.getState().stage.kind).toBe('credentials')
  })
})
