import { describe, expect, test } from 'vitest'
import type { FailureCode } from '../../../main/failure.ts'
import { keepsAttempt, mayTryEarly, refreshVerdict, vaultFailure } from '../../../main/sessions/verdicts.ts'
import { failureSchema } from '../../../preload/views.ts'

describe('a refused refresh (the table of cognito.md)', () => {
  test.each<[FailureCode, ReturnType<typeof refreshVerdict>]>([
    ['session.ended', 'ended'],
    ['session.revoked', 'ended'],
    ['session.reused', 'ended'],
    ['session.user-gone', 'ended'],
    ['config.client-secret', 'attention'],
    ['config.client-not-found', 'attention'],
    ['config.pool-not-found', 'attention'],
    ['config.forbidden', 'attention'],
    ['sign-in.reset-required', 'attention'],
    ['sign-in.not-confirmed', 'attention'],
    ['sign-in.disabled', 'attention'],
    ['sign-in.lambda', 'attention'],
    ['service.refused', 'attention'],
    ['internal.bug', 'attention'],
    ['vault.denied', 'attention'],
    ['network.offline', 'passing'],
    ['network.timed-out', 'passing'],
    ['network.bad-answer', 'passing'],
    ['network.certificate', 'passing'],
    ['network.proxy', 'passing'],
    ['service.throttled', 'passing'],
    ['service.unavailable', 'passing'],
    ['vault.locked', 'passing'],
    ['vault.sealed', 'passing'],
    ['vault.app-only', 'passing'],
  ])('%s means %s', (code, verdict) => {
    expect(refreshVerdict(code)).toBe(verdict)
  })

  test('ends a session for nothing but what Cognito ends it with', () => {
    const codes = failureSchema.shape.code.options
    expect(codes.filter((code) => refreshVerdict(code) === 'ended')).toEqual([
      'session.ended',
      'session.revoked',
      'session.reused',
      'session.user-gone',
    ])
  })
})

test.each<[FailureCode, boolean]>([
  ['network.offline', true],
  ['network.timed-out', true],
  ['vault.locked', true],
  ['service.throttled', false],
  ['service.unavailable', false],
])('somebody waiting for tokens is reason to try early after %s: %s', (code, early) => {
  expect(mayTryEarly(code)).toBe(early)
})

test.each<[FailureCode, boolean]>([
  ['sign-in.wrong-code', true],
  ['sign-in.password-policy', true],
  ['input.invalid', true],
  ['network.offline', true],
  ['service.throttled', true],
  ['sign-in.step-expired', false],
  ['sign-in.locked-out', false],
  ['sign-in.disabled', false],
  ['sign-in.wrong-password', false],
])('an answer refused with %s leaves the step open: %s', (code, kept) => {
  expect(keepsAttempt(code)).toBe(kept)
})

test.each([
  ['no-service', 'vault.absent'],
  ['locked', 'vault.locked'],
  ['denied', 'vault.denied'],
  ['timed-out', 'vault.timed-out'],
  ['corrupt', 'vault.corrupt'],
  ['sealed', 'vault.sealed'],
  ['app-only', 'vault.app-only'],
] as const)('a vault that is %s is told as %s', (reason, code) => {
  expect(vaultFailure(reason).code).toBe(code)
})
