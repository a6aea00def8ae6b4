import { describe, expect, test } from 'vitest'
import { ok } from '../../../main/failure.ts'
import type { DeviceGrant } from '../../../main/sessions/ports.ts'
import { failureOf, fakeProfile, sessionIn, settle, valueOf, world } from './fakes.ts'

const typed = { username: 'ana@acme.io', password: 'correct horse' }
const remembered = {
  key: 'device-1',
  groupKey: 'group',
  password: 'device-password',
  username: 'ana',
  loginId: typed.username,
}
const issued = (changes: Partial<DeviceGrant> = {}): DeviceGrant => ({
  key: 'device-1',
  name: 'Sesame on test',
  remembered,
  needsConsent: false,
  ...changes,
})

/** Signed in with a device that Cognito has just issued. */
const withDevice = async (changes: Partial<DeviceGrant> = {}) => {
  const w = world()
  w.issuer.device = issued(changes)
  const step = valueOf(await w.sessions.beginSignIn(w.profile.id, typed))
  return { w, id: w.profile.id, step }
}

describe('a device that comes with a sign-in', () => {
  test('is kept, named by the session, and used by the next sign-in', async () => {
    const { w, id, step } = await withDevice()
    expect(step).toEqual({ kind: 'signed-in' })
    expect(w.vault.devices.get(id)).toEqual([remembered])
    expect(w.vault.records.get(id)?.device).toEqual({ key: 'device-1' })
    await w.sessions.beginSignIn(id, typed)
    expect(w.issuer.inputs[1]).toMatchObject({ device: remembered })
  })

  test('is found by the name Cognito gives the user too, and by nobody else', async () => {
    const { w, id } = await withDevice()
    await w.sessions.beginSignIn(id, { ...typed, username: 'ana' })
    await w.sessions.beginSignIn(id, { ...typed, username: 'ben' })
    expect(w.issuer.inputs.slice(1).map(({ device }) => device?.key)).toEqual(['device-1', undefined])
  })

  test('outlives signing out', async () => {
    const { w, id } = await withDevice()
    await w.sessions.signOut(id)
    await w.sessions.beginSignIn(id, typed)
    expect(w.issuer.inputs[1]).toMatchObject({ device: { key: 'device-1' } })
  })

  test('that could not be registered is named by refreshes, and forgotten with the session', async () => {
    const { w, id } = await withDevice({ remembered: undefined })
    expect(w.vault.records.get(id)?.device).toEqual({ key: 'device-1' })
    await w.sessions.fetchAuthSession(id, { forceRefresh: true })
    expect(w.vault.records.get(id)?.device).toEqual({ key: 'device-1' })
    expect(w.vault.devices.has(id)).toBe(false)
  })

  test('replaces the one before of the same user only', async () => {
    const { w, id } = await withDevice()
    w.issuer.device = issued({
      key: 'd-ben',
      remembered: { ...remembered, key: 'd-ben', username: 'ben', loginId: 'ben' },
    })
    await w.sessions.beginSignIn(id, { ...typed, username: 'ben' })
    w.issuer.device = issued({ key: 'd-2', remembered: { ...remembered, key: 'd-2' } })
    await w.sessions.beginSignIn(id, typed)
    expect(w.vault.devices.get(id)?.map(({ key }) => key)).toEqual(['d-2', 'd-ben'])
  })

  test('is no reason to fail while the keychain is locked', async () => {
    const w = world()
    w.issuer.device = issued()
    w.vault.fail('locked')
    expect(await w.sessions.beginSignIn(w.profile.id, typed)).toEqual(ok({ kind: 'signed-in' }))
  })

  test('goes with the profile, and with its app client', async () => {
    const { w, id } = await withDevice()
    w.profiles.update(id, { clientId: 'another0client' })
    await settle()
    expect(w.vault.devices.has(id)).toBe(false)
    await w.sessions.beginSignIn(id, typed)
    expect(w.vault.devices.has(id)).toBe(true)
    w.profiles.set([])
    await settle()
    expect(w.vault.devices.has(id)).toBe(false)
  })
})

describe('a device that the pool no longer knows', () => {
  const droppedDevice = 'device-1'

  test('is forgotten here when the sign-in had to begin without it', async () => {
    const { w, id } = await withDevice()
    w.issuer.device = undefined
    w.issuer.does.signIn.next(
      ok({
        kind: 'challenge',
        droppedDevice,
        pending: { challenge: { kind: 'email-setup' }, expiresAt: w.clock.now() + 1_000, resume: {} },
      }),
    )
    await w.sessions.beginSignIn(id, typed)
    expect(w.vault.devices.has(id)).toBe(false)
  })

  test('is forgotten here when Cognito says so in the middle of a sign-in', async () => {
    const { w, id } = await withDevice()
    const pending = {
      challenge: { kind: 'email-setup' as const },
      expiresAt: w.clock.now() + 1_000,
      resume: {},
    }
    w.issuer.does.signIn.next(ok({ kind: 'challenge', pending }))
    const step = valueOf(await w.sessions.beginSignIn(id, typed))
    if (step.kind !== 'email-setup') throw new Error('expected a step')
    w.issuer.does.answer.next('sign-in.device-unknown')
    const answer = await w.sessions.answerSignIn(step.attemptId, { kind: 'email-setup', email: 'a@b.c' })
    expect(failureOf(answer).code).toBe('sign-in.device-unknown')
    expect(w.vault.devices.has(id)).toBe(false)
  })
})

describe('whether a device is remembered', () => {
  const asked = async () => {
    const { w, id, step } = await withDevice({ needsConsent: true })
    if (step.kind !== 'remember-device') throw new Error('expected the question')
    return { w, id, step }
  }

  test('is asked after the session is there, so that nothing hangs on it', async () => {
    const { w, step } = await asked()
    expect(step).toMatchObject({ kind: 'remember-device', step: 2, deviceName: 'Sesame on test' })
    sessionIn(w, 'active')
    w.sessions.cancelSignIn(step.attemptId)
    sessionIn(w, 'active')
    expect(w.issuer.does.rememberDevice.asked).toEqual([])
  })

  test('is told to Cognito where the answer is yes', async () => {
    const { w, step } = await asked()
    const answer = { kind: 'remember-device', remember: true } as const
    expect(await w.sessions.answerSignIn(step.attemptId, answer)).toEqual(ok({ kind: 'signed-in' }))
    expect(w.issuer.does.rememberDevice.asked).toEqual([w.profile.id])
    expect(failureOf(await w.sessions.answerSignIn(step.attemptId, answer)).code).toBe(
      'sign-in.attempt-not-found',
    )
  })

  test('is told to nobody where it is no', async () => {
    const { w, step } = await asked()
    const answer = { kind: 'remember-device', remember: false } as const
    expect(await w.sessions.answerSignIn(step.attemptId, answer)).toEqual(ok({ kind: 'signed-in' }))
    expect(w.issuer.does.rememberDevice.asked).toEqual([])
  })

  test('can be answered again after a failure that passes', async () => {
    const { w, step } = await asked()
    w.issuer.does.rememberDevice.next('network.offline')
    const answer = { kind: 'remember-device', remember: true } as const
    expect(failureOf(await w.sessions.answerSignIn(step.attemptId, answer)).code).toBe('network.offline')
    expect(await w.sessions.answerSignIn(step.attemptId, answer)).toEqual(ok({ kind: 'signed-in' }))
    sessionIn(w, 'active')
  })

  test("is nobody's business once the session is over", async () => {
    const { w, id, step } = await asked()
    await w.sessions.signOut(id)
    await w.sessions.answerSignIn(step.attemptId, { kind: 'remember-device', remember: true })
    expect(w.issuer.does.rememberDevice.asked).toEqual([])
  })
})

describe('the list of devices', () => {
  test('marks the one of this session', async () => {
    const { w, id } = await withDevice()
    w.issuer.does.listDevices.next(ok([{ key: 'device-1', name: 'a' }, { key: 'device-2' }]))
    expect(valueOf(await w.sessions.listDevices(id))).toEqual([
      { key: 'device-1', name: 'a', isThisOne: true },
      { key: 'device-2', isThisOne: false },
    ])
  })

  test('needs a session', async () => {
    const w = world()
    await w.sessions.start()
    expect(failureOf(await w.sessions.listDevices(w.profile.id)).code).toBe('session.none')
    expect(failureOf(await w.sessions.forgetDevice(fakeProfile().id, 'x')).code).toBe('profile.not-found')
  })

  test.each([ok(undefined), 'device.not-remembered'] as const)(
    'forgets a device here as well, also where Cognito had forgotten it (%o)',
    async (answer) => {
      const { w, id } = await withDevice()
      w.issuer.does.forgetDevice.next(answer)
      await w.sessions.forgetDevice(id, 'device-1')
      expect(w.vault.devices.has(id)).toBe(false)
    },
  )

  test('keeps it where Cognito could not be asked', async () => {
    const { w, id } = await withDevice()
    w.issuer.does.forgetDevice.next('network.offline')
    expect(failureOf(await w.sessions.forgetDevice(id, 'device-1')).code).toBe('network.offline')
    expect(w.vault.devices.has(id)).toBe(true)
  })
})
