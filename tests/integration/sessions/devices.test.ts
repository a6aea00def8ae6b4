import { describe, expect, it } from 'vitest'
import type { DeviceTracking } from '../../cognito-server/config.ts'
import { valueOf } from '../../unit/sessions/fakes.ts'
import { clients, flowsPoolId, freshTotp, password } from '../cognito/flows-pool.ts'
import { everyFlowStage, stepOf } from './people.ts'

const ben = { username: 'ben', password }
type Stage = Awaited<ReturnType<typeof everyFlowStage>>

const tracked = (tracking: Partial<DeviceTracking> = {}, settings = {}) =>
  everyFlowStage({ deviceTracking: { challengeRequiredOnNewDevice: true, ...tracking } }, settings)

/** In with the second factor; answers what comes after it. */
const inWithTotp = async ({ server, profile }: Stage, sessions: Stage['sessions'], loginId = 'ben') => {
  const step = stepOf(valueOf(await sessions.beginSignIn(profile.id, { ...ben, username: loginId })), 'totp')
  return valueOf(await sessions.answerSignIn(step.attemptId, { kind: 'totp', code: freshTotp(server) }))
}

describe('a device that the pool remembers', () => {
  it.each([clients.plain, clients.secretive])(
    'proves itself instead of a second factor from the next sign-in on (app client %s)',
    async (clientId) => {
      await using stage = await tracked({}, { clientId })
      const { sessions, profile, server, bugs } = stage
      expect(await inWithTotp(stage, sessions)).toEqual({ kind: 'signed-in' })
      expect(valueOf(await sessions.beginSignIn(profile.id, ben))).toEqual({ kind: 'signed-in' })
      expect(server.requests.count({ operation: 'ConfirmDevice', outcome: 'ok' })).toBe(1)
      expect(bugs).toEqual([])
    },
  )

  it('is remembered beyond signing out and a restart, by alias and by name', async () => {
    await using stage = await tracked()
    await inWithTotp(stage, stage.sessions, 'ben@example.com')
    await stage.sessions.signOut(stage.profile.id)
    await stage.sessions.stop()
    const { sessions } = await stage.boot()
    for (const username of ['ben@example.com', 'ben']) {
      expect(valueOf(await sessions.beginSignIn(stage.profile.id, { ...ben, username }))).toEqual({
        kind: 'signed-in',
      })
    }
  })

  it('is named in every refresh, by either operation', async () => {
    await using stage = await tracked()
    const { sessions, profile, server } = stage
    await inWithTotp(stage, sessions)
    valueOf(await sessions.fetchAuthSession(profile.id, { forceRefresh: true }))
    server.faults.add({
      match: { operation: 'GetTokensFromRefreshToken', times: 'always' },
      fault: { kind: 'exception', type: 'UnknownOperationException', message: '' },
    })
    valueOf(await sessions.fetchAuthSession(profile.id, { forceRefresh: true }))
    expect(server.requests.count({ operation: 'GetTokensFromRefreshToken', outcome: 'ok' })).toBe(1)
    expect(server.requests.count({ operation: 'InitiateAuth', outcome: 'ok' })).toBe(2)
  })

  it('keeps its key for refreshing where it could not be registered', async () => {
    await using stage = await tracked()
    const { sessions, profile, server } = stage
    server.faults.add({ match: { operation: 'ConfirmDevice', times: 'always' }, fault: { kind: 'html-500' } })
    expect(await inWithTotp(stage, sessions)).toEqual({ kind: 'signed-in' })
    expect(server.requests.count({ operation: 'ConfirmDevice', outcome: 'ok' })).toBe(0)
    valueOf(await sessions.fetchAuthSession(profile.id, { forceRefresh: true }))
  })

  it.each(['forgotten by an administrator', 'whose password is another one now'])(
    '%s: the sign-in begins once more without it, and a new device comes of it',
    async (how) => {
      await using stage = await tracked()
      const { sessions, profile, server, vault } = stage
      await inWithTotp(stage, sessions)
      const before = await vault.readDevices(profile)
      if (before.kind !== 'found') throw new Error('expected a device')
      if (how.startsWith('forgotten')) server.admin.forgetDevices(flowsPoolId, 'ben')
      else
        await vault.writeDevices(
          profile,
          before.value.map((device) => ({ ...device, password: 'x' })),
        )
      expect(await inWithTotp(stage, sessions)).toEqual({ kind: 'signed-in' })
      const after = await vault.readDevices(profile)
      expect(after).toMatchObject({ kind: 'found' })
      expect(after).not.toMatchObject({ value: [{ key: before.value[0]?.key }] })
      expect(valueOf(await sessions.beginSignIn(profile.id, ben))).toEqual({ kind: 'signed-in' })
    },
  )

  it('a session of a device forgotten elsewhere ends, and says so', async () => {
    await using stage = await tracked()
    const { sessions, profile, server } = stage
    await inWithTotp(stage, sessions)
    server.admin.forgetDevices(flowsPoolId, 'ben')
    await sessions.fetchAuthSession(profile.id, { forceRefresh: true })
    const { failure } = await stage.until(profile.id, 'ended')
    expect(failure.code).toMatch(/^session\.(?:ended|revoked)$/)
  })
})

describe('a device that waits for the person to say yes', () => {
  const ask = () => tracked({ deviceOnlyRememberedOnUserPrompt: true })

  it.each([
    [true, 'signed-in'],
    [false, 'totp'],
  ] as const)('remember %s: the next sign-in comes to %s', async (remember, next) => {
    await using stage = await ask()
    const { sessions, profile } = stage
    const step = stepOf(await inWithTotp(stage, sessions), 'remember-device')
    expect(sessions.isAuthenticated(profile.id)).toBe(true)
    const answer = { kind: 'remember-device', remember } as const
    expect(valueOf(await sessions.answerSignIn(step.attemptId, answer))).toEqual({ kind: 'signed-in' })
    expect(valueOf(await sessions.beginSignIn(profile.id, ben)).kind).toBe(next)
  })
})

describe('the list of devices', () => {
  it('shows what Cognito knows, and forgets one there and here', async () => {
    await using stage = await tracked()
    const { sessions, profile } = stage
    await inWithTotp(stage, sessions)
    const [device, ...others] = valueOf(await sessions.listDevices(profile.id))
    expect(others).toEqual([])
    expect(device).toMatchObject({
      name: expect.stringMatching(/^Sesame on /),
      lastAddress: '127.0.0.1',
      remembered: true,
      isThisOne: true,
      createdAt: expect.any(Number),
      lastSeenAt: expect.any(Number),
    })
    valueOf(await sessions.forgetDevice(profile.id, device?.key ?? ''))
    expect(valueOf(await sessions.listDevices(profile.id))).toEqual([])
    expect(await stage.vault.readDevices(profile)).toEqual({ kind: 'absent' })
    expect(valueOf(await sessions.beginSignIn(profile.id, ben)).kind).toBe('totp')
  })

  it('of a pool that tracks none is empty, and signing in names no device', async () => {
    await using stage = await everyFlowStage()
    const { sessions, profile } = stage
    expect(valueOf(await sessions.beginSignIn(profile.id, { username: 'ana', password }))).toEqual({
      kind: 'signed-in',
    })
    expect(valueOf(await sessions.listDevices(profile.id))).toEqual([])
  })
})
