import { describe, expect, test } from 'vitest'
import { type FailureCode, ok } from '../../../main/failure.ts'
import type { PendingSignIn } from '../../../main/sessions/ports.ts'
import { failureOf, fakeProfile, minutes, sessionIn, settle, valueOf, type World, world } from './fakes.ts'

const typed = { username: 'ana@acme.io', password: 'correct horse' }

const totp = ({ clock }: World): PendingSignIn => ({
  challenge: { kind: 'totp', deviceName: 'phone' },
  expiresAt: clock.now() + 3 * minutes,
  resume: {},
})

const newPassword = ({ clock }: World): PendingSignIn => ({
  challenge: {
    kind: 'new-password',
    requiredAttributes: ['name'],
    knownAttributes: { email: 'ana@acme.io' },
  },
  expiresAt: clock.now() + 3 * minutes,
  resume: {},
})

const challenge = (pending: PendingSignIn) => ok({ kind: 'challenge' as const, pending })
const code = { kind: 'totp' as const, code: '123456' }

/** A sign-in that has come as far as asking for a code. */
const asked = async () => {
  const w = world()
  w.issuer.does.signIn.next(challenge(totp(w)))
  const step = valueOf(await w.sessions.beginSignIn(w.profile.id, typed))
  if (step.kind !== 'totp') throw new Error('expected a code to be asked for')
  return { w, id: w.profile.id, step }
}

test('a right password makes a session, stored and shown', async () => {
  const w = world()
  expect(await w.sessions.beginSignIn(w.profile.id, typed)).toEqual(ok({ kind: 'signed-in' }))
  expect(sessionIn(w, 'active')).toMatchObject({
    username: 'ana',
    userId: 'sub-of-ana',
    loginId: 'ana@acme.io',
    groups: ['admins'],
    roles: ['arn:aws:iam::123456789012:role/reader'],
    unsaved: false,
  })
  expect(w.vault.records.get(w.profile.id)).toMatchObject({
    version: 1,
    generation: 1,
    username: 'ana',
    signInDetails: { loginId: 'ana@acme.io', authFlowType: 'USER_SRP_AUTH' },
  })
  expect(w.sessions.activity(w.profile.id)).toMatchObject([
    { kind: 'signed-in', requestId: 'request-of-sign-in' },
  ])
})

test('a wrong password is told, and leaves the session that is there', async () => {
  const w = world()
  await w.signIn()
  w.issuer.does.signIn.next('sign-in.wrong-password')
  expect(failureOf(await w.sessions.beginSignIn(w.profile.id, typed)).code).toBe('sign-in.wrong-password')
  sessionIn(w, 'active')
  expect(w.sessions.activity(w.profile.id)[0]).toMatchObject({ kind: 'sign-in-failed' })
})

test('the session that a new sign-in replaces is revoked once the new one is stored, not before: a crash in between leaves one', async () => {
  const w = world()
  const id = await w.signIn()
  const before = w.vault.records.get(id)?.tokens.refreshToken
  w.vault.writes.close()
  const signingIn = w.sessions.beginSignIn(id, typed)
  await w.clock.advance(minutes)
  expect([w.vault.records.get(id)?.generation, w.issuer.revoked]).toEqual([1, []])
  w.vault.writes.open()
  valueOf(await signingIn)
  await w.clock.advance(1)
  expect(w.vault.records.get(id)).toMatchObject({ generation: 2, owedRevocations: [before] })
  expect(w.issuer.revoked).toEqual([before])
})

test('nor does a revocation under way take it along', async () => {
  const w = world()
  const id = await w.signIn()
  const first = w.vault.records.get(id)?.tokens.refreshToken
  w.issuer.does.revoke.gate.close()
  await w.signIn()
  await w.clock.advance(1)
  w.vault.writes.close()
  const signingIn = w.sessions.beginSignIn(id, typed)
  await settle()
  w.issuer.does.revoke.gate.open()
  await w.clock.advance(minutes)
  expect(w.issuer.revoked).toEqual([first])
  w.vault.writes.open()
  valueOf(await signingIn)
  await w.clock.advance(1)
  expect(w.issuer.revoked).toHaveLength(2)
})

test('challenges follow one another in one attempt, each a step further', async () => {
  const { w, step } = await asked()
  expect(step).toMatchObject({ step: 2, username: typed.username, deviceName: 'phone' })
  expect(step.expiresAt).toBe(w.clock.now() + 3 * minutes)
  w.issuer.does.answer.next(challenge(newPassword(w)))
  const second = valueOf(await w.sessions.answerSignIn(step.attemptId, code))
  expect(second).toMatchObject({
    kind: 'new-password',
    attemptId: step.attemptId,
    step: 3,
    requiredAttributes: ['name'],
    knownAttributes: { email: 'ana@acme.io' },
  })
  const last = { kind: 'new-password' as const, newPassword: 'n', attributes: { name: 'Ana' } }
  expect(await w.sessions.answerSignIn(step.attemptId, last)).toEqual(ok({ kind: 'signed-in' }))
  sessionIn(w, 'active')
  expect(failureOf(await w.sessions.answerSignIn(step.attemptId, last)).code).toBe(
    'sign-in.attempt-not-found',
  )
})

test.each<FailureCode>([
  'sign-in.wrong-code',
  'sign-in.password-policy',
  'network.offline',
  'service.throttled',
])('%s leaves the step open for another answer', async (refusal) => {
  const { w, step } = await asked()
  w.issuer.does.answer.next(refusal)
  expect(failureOf(await w.sessions.answerSignIn(step.attemptId, code)).code).toBe(refusal)
  expect(await w.sessions.answerSignIn(step.attemptId, code)).toEqual(ok({ kind: 'signed-in' }))
})

test.each<FailureCode>(['sign-in.step-expired', 'sign-in.locked-out', 'sign-in.disabled'])(
  '%s ends the attempt',
  async (refusal) => {
    const { w, step } = await asked()
    w.issuer.does.answer.next(refusal)
    expect(failureOf(await w.sessions.answerSignIn(step.attemptId, code)).code).toBe(refusal)
    expect(failureOf(await w.sessions.answerSignIn(step.attemptId, code)).code).toBe(
      'sign-in.attempt-not-found',
    )
  },
)

test('one answer at a time', async () => {
  const { w, step } = await asked()
  w.issuer.does.answer.gate.close()
  const first = w.sessions.answerSignIn(step.attemptId, code)
  expect(failureOf(await w.sessions.answerSignIn(step.attemptId, code)).code).toBe('session.superseded')
  w.issuer.does.answer.gate.open()
  expect(await first).toEqual(ok({ kind: 'signed-in' }))
  expect(w.issuer.does.answer.asked).toHaveLength(1)
})

test('an answer for another kind of step is refused without asking Cognito', async () => {
  const { w, step } = await asked()
  const other = { kind: 'new-password' as const, newPassword: 'n', attributes: {} }
  expect(failureOf(await w.sessions.answerSignIn(step.attemptId, other)).code).toBe('input.invalid')
  expect(w.issuer.does.answer.asked).toHaveLength(0)
})

test('an attempt runs out with its step', async () => {
  const { w, step } = await asked()
  await w.clock.advance(3 * minutes)
  expect(failureOf(await w.sessions.answerSignIn(step.attemptId, code)).code).toBe(
    'sign-in.attempt-not-found',
  )
  expect(w.clock.armed).toBe(0)
})

test('an answer that is on its way when the step runs out is left to Cognito', async () => {
  const { w, step } = await asked()
  w.issuer.does.answer.gate.close()
  const answered = w.sessions.answerSignIn(step.attemptId, code)
  await w.clock.advance(4 * minutes)
  w.issuer.does.answer.gate.open()
  expect(await answered).toEqual(ok({ kind: 'signed-in' }))
})

test('an answer that comes back wrong after the step ran out ends the attempt', async () => {
  const { w, step } = await asked()
  w.issuer.does.answer.next('sign-in.wrong-code')
  w.issuer.does.answer.gate.close()
  const answered = w.sessions.answerSignIn(step.attemptId, code)
  await w.clock.advance(4 * minutes)
  w.issuer.does.answer.gate.open()
  expect(failureOf(await answered).code).toBe('sign-in.wrong-code')
  expect(failureOf(await w.sessions.answerSignIn(step.attemptId, code)).code).toBe(
    'sign-in.attempt-not-found',
  )
})

test('a bug in the middle of an answer leaves the step open', async () => {
  const { w, step } = await asked()
  const answer = w.issuer.answer.bind(w.issuer)
  w.issuer.answer = () => Promise.reject(new Error('a bug'))
  await expect(w.sessions.answerSignIn(step.attemptId, code)).rejects.toThrow('a bug')
  w.issuer.answer = answer
  expect(await w.sessions.answerSignIn(step.attemptId, code)).toEqual(ok({ kind: 'signed-in' }))
})

test('the oldest of too many attempts goes', async () => {
  const { w, step } = await asked()
  for (let n = 0; n < 50; n += 1) {
    w.issuer.does.signIn.next(challenge(totp(w)))
    valueOf(await w.sessions.beginSignIn(w.profile.id, typed))
  }
  expect(failureOf(await w.sessions.answerSignIn(step.attemptId, code)).code).toBe(
    'sign-in.attempt-not-found',
  )
})

test('a cancelled attempt makes no session, and what Cognito still issued is revoked', async () => {
  const { w, step } = await asked()
  w.issuer.does.answer.gate.close()
  const answered = w.sessions.answerSignIn(step.attemptId, code)
  await settle()
  w.sessions.cancelSignIn(step.attemptId)
  w.issuer.does.answer.gate.open()
  expect(failureOf(await answered).code).toBe('sign-in.attempt-not-found')
  await settle()
  expect(w.issuer.revoked).toHaveLength(1)
  expect(w.vault.records.size).toBe(0)
})

test('what Cognito issued to a cancelled attempt is revoked later where it can not be reached at once', async () => {
  const { w, step } = await asked()
  w.issuer.does.answer.gate.close()
  const answered = w.sessions.answerSignIn(step.attemptId, code)
  await settle()
  w.sessions.cancelSignIn(step.attemptId)
  w.issuer.does.revoke.next('service.throttled', 'network.offline')
  w.issuer.does.answer.gate.open()
  await answered
  await settle()
  expect(await w.sessions.endSignOuts()).toEqual([w.profile.name])
  await w.clock.advance(5_000)
  expect([w.issuer.revoked.length, w.clock.armed]).toEqual([1, 0])
  expect(w.sessions.activity(w.profile.id).map(({ kind }) => kind)).not.toContain('signed-out')
})

describe('the profile of an attempt', () => {
  test('removed meanwhile, it makes no session', async () => {
    const w = world()
    w.issuer.does.signIn.gate.close()
    const begun = w.sessions.beginSignIn(w.profile.id, typed)
    await settle()
    w.profiles.set([])
    w.issuer.does.signIn.gate.open()
    expect(failureOf(await begun).code).toBe('profile.not-found')
    expect(w.vault.records.size).toBe(0)
  })

  test('changed to another app client meanwhile, it makes no session', async () => {
    const { w, id, step } = await asked()
    w.profiles.update(id, { clientId: 'another' })
    expect(failureOf(await w.sessions.answerSignIn(step.attemptId, code)).code).toBe(
      'sign-in.attempt-not-found',
    )
  })

  test('unknown, nothing is asked of Cognito', async () => {
    const w = world()
    const unknown = fakeProfile().id
    expect(failureOf(await w.sessions.beginSignIn(unknown, typed)).code).toBe('profile.not-found')
    expect(w.issuer.does.signIn.asked).toEqual([])
  })
})

test('tokens that are none make no session', async () => {
  const w = world()
  const tokens = { idToken: 'x', accessToken: 'y', refreshToken: 'z' }
  w.issuer.does.signIn.next(ok({ kind: 'signed-in', grant: { tokens } }))
  expect(failureOf(await w.sessions.beginSignIn(w.profile.id, typed)).code).toBe('token.malformed')
  expect(w.vault.records.size).toBe(0)
})

test('with the keychain locked, the session is kept in memory and said to be unsaved', async () => {
  const w = world()
  w.vault.fail('locked')
  await w.sessions.start()
  sessionIn(w, 'unavailable')
  await w.signIn()
  expect(sessionIn(w, 'active').unsaved).toBe('in-memory')
  w.vault.fail(undefined)
  await settle()
  expect(sessionIn(w, 'active').unsaved).toBe(false)
  expect(w.vault.records.size).toBe(1)
})

test('no password and no code is kept anywhere a view, a change or the vault could show it', async () => {
  const { w, step } = await asked()
  w.issuer.does.answer.next('sign-in.wrong-code')
  await w.sessions.answerSignIn(step.attemptId, { kind: 'totp', code: '918273' })
  await w.sessions.answerSignIn(step.attemptId, { kind: 'totp', code: '918273' })
  await settle()
  const seen = JSON.stringify([
    w.sessions.views(),
    w.changes,
    [...w.vault.records],
    w.sessions.activity(w.profile.id),
  ])
  expect(seen).not.toContain(typed.password)
  expect(seen).not.toContain('918273')
})
