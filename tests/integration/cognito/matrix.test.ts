// Every way in against every circumstance, pairwise: the whole of main/sessions and main/cognito on our own Cognito.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Profile } from '../../../main/profiles/profile.ts'
import type { SessionManager } from '../../../main/sessions/api.ts'
import type { SignInAnswer, SignInStep } from '../../../preload/views.ts'
import { createServerClock } from '../../cognito-server/clock.ts'
import type { ClientConfig, DeviceTracking, PoolConfig, UserConfig } from '../../cognito-server/config.ts'
import { type CognitoServer, startCognitoServer } from '../../cognito-server/index.ts'
import { type FakeClock, fakeClock, fakeProfile, valueOf } from '../../unit/sessions/fakes.ts'
import { freePort } from '../free-port.ts'
import { createBrowser } from '../sessions/people.ts'
import { startMachine } from '../sessions/support.ts'
import { clientSecret, flowsPool, freshTotp, password, sentTo, totpSecret } from './flows-pool.ts'
import { type Combination, pairsOf, pairwise } from './pairwise.ts'

const factors = {
  flow: [
    'SRP',
    'password',
    'choice: preferred SRP',
    'choice: list, password',
    'choice: list, SRP',
    'choice: e-mail code',
    'choice: list, SMS code',
    'custom',
    'SRP, then custom',
    'browser',
  ],
  secret: ['no secret', 'secret'],
  alias: ['username', 'e-mail', 'phone'],
  mfa: ['no MFA', 'TOTP', 'SMS', 'e-mail', 'several'],
  devices: ['no devices', 'remembered', 'asked'],
  rotation: ['fixed', 'rotating'],
} as const
type Row = Combination<typeof factors>

/** A code as first factor, a Lambda's questions and the login page of our server ask for no second factor. */
const isAllowed = ({ flow, mfa, devices }: Row): boolean => {
  const isPassword = !['custom', 'SRP, then custom', 'browser'].includes(flow) && !flow.includes('code')
  if (mfa !== 'no MFA' && !isPassword) return false
  return flow !== 'browser' || devices === 'no devices'
}

const { combinations, pairs } = pairwise(factors, isAllowed, 72)

const users: Record<Row['mfa'], UserConfig> = {
  'no MFA': { username: 'nia', password },
  TOTP: { username: 'tom', password, totpSecret },
  SMS: { username: 'sue', password, codeFactors: ['SMS_MFA'] },
  'e-mail': { username: 'eve', password, codeFactors: ['EMAIL_OTP'] },
  several: { username: 'mia', password, totpSecret, codeFactors: ['SMS_MFA', 'EMAIL_OTP'] },
}
const emailOf = (name: string): string => `${name}@example.com`
const phoneOf = (name: string): string => `+49170${Buffer.from(name).readUIntBE(0, 3)}`

const trackings: Record<Row['devices'], Partial<DeviceTracking> | undefined> = {
  'no devices': undefined,
  remembered: { challengeRequiredOnNewDevice: true },
  asked: { challengeRequiredOnNewDevice: true, deviceOnlyRememberedOnUserPrompt: true },
}
const poolIds: Record<Row['devices'], string> = {
  'no devices': 'eu-west-1_MatrixPlain',
  remembered: 'eu-west-1_MatrixKnown',
  asked: 'eu-west-1_MatrixAsked',
}
const clientIdOf = ({ secret, rotation, devices }: Omit<Row, 'flow' | 'alias' | 'mfa'>): string =>
  `4${secret}${rotation}${devices}`.toLowerCase().replaceAll(/[^a-z0-9]/g, '')

let server: CognitoServer
let clock: FakeClock
let callbackUrl: string
beforeAll(async () => {
  clock = fakeClock()
  callbackUrl = `http://127.0.0.1:${await freePort()}/callback`
  const clientsOf = (devices: Row['devices']): ClientConfig[] =>
    factors.secret.flatMap((secret) =>
      factors.rotation.map((rotation) => ({
        ...flowsPool().clients[0],
        id: clientIdOf({ secret, rotation, devices }),
        callbackUrls: [callbackUrl],
        ...(secret === 'secret' && { secret: clientSecret }),
        ...(rotation === 'rotating' && {
          rotation: { graceSeconds: 0 },
          explicitAuthFlows: [
            'ALLOW_USER_SRP_AUTH',
            'ALLOW_USER_PASSWORD_AUTH',
            'ALLOW_USER_AUTH',
            'ALLOW_CUSTOM_AUTH',
          ],
        }),
      })),
    )
  const pools = factors.devices.map((devices): PoolConfig => {
    const deviceTracking = trackings[devices]
    return flowsPool({
      id: poolIds[devices],
      clients: clientsOf(devices),
      users: Object.values(users).map((user) => ({
        ...user,
        attributes: {
          email: emailOf(user.username),
          email_verified: 'true',
          phone_number: phoneOf(user.username),
          phone_number_verified: 'true',
        },
      })),
      ...(deviceTracking && { deviceTracking }),
    })
  })
  server = await startCognitoServer({ pools, clock: createServerClock(() => clock.now()) })
})

const settingsOf = ({ flow }: Row): Partial<Profile> => {
  if (flow === 'SRP') return { signInMethod: 'srp' }
  if (flow === 'password') return { signInMethod: 'password' }
  if (flow === 'browser') return { signInMethod: 'browser' }
  if (flow.endsWith('custom')) return { signInMethod: 'custom' }
  return flow === 'choice: e-mail code'
    ? { signInMethod: 'choice', preferredChallenge: 'EMAIL_OTP' }
    : { signInMethod: 'choice' }
}

const typesPassword = ({ flow }: Row): boolean =>
  !flow.includes('list') && !flow.includes('code') && flow !== 'custom'

const loginIdOf = ({ alias }: Row, name: string): string => {
  if (alias === 'e-mail') return emailOf(name)
  return alias === 'phone' ? phoneOf(name) : name
}

const choiceOf = ({ flow }: Row): SignInAnswer => {
  if (flow.endsWith('password')) return { kind: 'select-challenge', choice: 'PASSWORD', password }
  if (flow.endsWith('SRP')) return { kind: 'select-challenge', choice: 'PASSWORD_SRP', password }
  return { kind: 'select-challenge', choice: 'SMS_OTP' }
}

/** What a person who knows everything answers. */
const answerTo = (step: SignInStep, row: Row, username: string): SignInAnswer => {
  if (step.kind === 'select-challenge') return choiceOf(row)
  if (step.kind === 'select-mfa') return { kind: 'select-mfa', choice: 'EMAIL_OTP' }
  if (step.kind === 'totp') return { kind: 'totp', code: freshTotp(server) }
  if (step.kind === 'code') return { kind: 'code', code: sentTo(server, username) }
  if (step.kind === 'remember-device') return { kind: 'remember-device', remember: true }
  if (step.kind === 'custom') {
    const isLast = step.parameters['question'] === 'Which year?'
    return { kind: 'custom', answer: isLast ? '1842' : 'analytical' }
  }
  throw new Error(`nobody expected to be asked ${step.kind}`)
}

const logInByBrowser = async (url: string, username: string): Promise<void> => {
  const browser = createBrowser()
  const { url: page } = await browser.load(url)
  await browser.submit(page, { username, password })
}

/** Signs in, whatever is asked; answers the kinds of steps there were. */
const signIn = async (sessions: SessionManager, profile: Profile, row: Row): Promise<string[]> => {
  const { username } = users[row.mfa]
  const loginId = loginIdOf(row, username)
  const typed = typesPassword(row) ? password : ''
  let step = valueOf(await sessions.beginSignIn(profile.id, { username: loginId, password: typed }))
  const kinds: string[] = []
  while (step.kind !== 'signed-in') {
    kinds.push(step.kind)
    if (step.kind === 'browser') {
      await logInByBrowser(step.url, loginId)
      step = valueOf(await sessions.awaitBrowser(step.attemptId))
    } else {
      const answer = answerTo(step, row, username)
      step = valueOf(await sessions.answerSignIn(step.attemptId, answer))
    }
  }
  return kinds
}

const firstSteps = ({ flow }: Row): string[] => {
  if (flow === 'browser') return ['browser']
  if (flow.endsWith('custom')) return ['custom', 'custom']
  return [...(flow.includes('list') ? ['select-challenge'] : []), ...(flow.includes('code') ? ['code'] : [])]
}
const secondSteps: Record<Row['mfa'], string[]> = {
  'no MFA': [],
  TOTP: ['totp'],
  SMS: ['code'],
  'e-mail': ['code'],
  several: ['select-mfa', 'code'],
}

const printed: string[] = []
afterAll(async () => {
  console.log(
    [
      `${printed.length} combinations, ${pairs} pairs of values covered:`,
      ...printed.map((line, at) => `${String(at + 1).padStart(3)}  ${line}`),
    ].join('\n'),
  )
  await server.close()
})

const line = (row: Row, steps: readonly string[], again: readonly string[] | undefined): string => {
  const widths = { flow: 23, secret: 10, alias: 9, mfa: 8, devices: 11, rotation: 9 }
  const cells = Object.entries(widths).map(([factor, width]) => {
    const value: unknown = Reflect.get(row, factor)
    return String(value).padEnd(width)
  })
  const shown = (kinds: readonly string[]): string => (kinds.length === 0 ? 'straight in' : kinds.join(', '))
  return `${cells.join('')} ${shown(steps)}${again === undefined ? '' : ` | again: ${shown(again)}`}`
}

describe('every way in, pairwise', () => {
  it('leaves no pair of values out, and makes at least 60 combinations', () => {
    expect(combinations.length).toBeGreaterThanOrEqual(60)
    expect(new Set(combinations.map((row) => JSON.stringify(row))).size).toBe(combinations.length)
    expect(new Set(combinations.flatMap(pairsOf)).size).toBe(pairs)
  })

  it.each(combinations)('$flow, $secret, $alias, $mfa, $devices, $rotation', async (row) => {
    const profile = fakeProfile({
      userPoolId: poolIds[row.devices],
      clientId: clientIdOf(row),
      hasClientSecret: row.secret === 'secret',
      endpoints: { userPool: server.url },
      domain: server.url,
      callbackUrl,
      ...settingsOf(row),
    })
    const machine = await startMachine(clock, [profile])
    const { sessions } = machine
    if (profile.hasClientSecret) await machine.vault.writeClientSecret(profile, clientSecret)

    const steps = await signIn(sessions, profile, row)
    const consent = row.devices === 'asked' ? ['remember-device'] : []
    expect(steps).toEqual([...firstSteps(row), ...secondSteps[row.mfa], ...consent])
    const { id, access } = valueOf(await sessions.claims(profile.id))
    expect([id.verification.kind, access.verification.kind]).toEqual(['verified', 'verified'])

    for (let round = 0; round < 2; round += 1) {
      valueOf(await sessions.fetchAuthSession(profile.id, { forceRefresh: true }))
    }
    const view = sessions.view(profile.id)?.session
    if (view?.status !== 'active') throw new Error(`expected a session, got ${view?.status}`)
    expect(view.lifetimes.refreshToken.rotates).toBe(row.rotation === 'rotating')

    // A device that is remembered needs no second factor, and no second consent.
    const isKnown = row.devices !== 'no devices'
    const again = isKnown ? await signIn(sessions, profile, row) : undefined
    expect(again).toEqual(isKnown ? firstSteps(row) : undefined)

    expect(valueOf(await sessions.signOut(profile.id))).toMatchObject({ reached: 'device' })
    expect(machine.bugs).toEqual([])
    await sessions.stop()
    printed.push(line(row, steps, again))
  })
})
