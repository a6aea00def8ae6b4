// Owns sessions on real parts: main/cognito against our own Cognito, main/vault in memory, one clock for both sides to turn.
import { createCredentialsSource, createIssuer } from '../../../main/cognito/index.ts'
import type { Profile } from '../../../main/profiles/profile.ts'
import type { SessionManager } from '../../../main/sessions/api.ts'
import { createSessionManager, type SessionManagerOptions } from '../../../main/sessions/manager.ts'
import type { Clock, Issuer, SessionVault } from '../../../main/sessions/ports.ts'
import { systemClock } from '../../../main/sessions/system-clock.ts'
import { openMemoryVault } from '../../../main/vault/open-vault.ts'
import type { SessionView } from '../../../preload/views.ts'
import { createServerClock } from '../../cognito-server/clock.ts'
import type { ServerConfig } from '../../cognito-server/config.ts'
import { type CognitoServer, type StartOptions, startCognitoServer } from '../../cognito-server/index.ts'
import {
  type FakeClock,
  type FakeProfiles,
  fakeClock,
  fakeProfile,
  fakeProfiles,
  seededRandom,
} from '../../unit/sessions/fakes.ts'

export const password = 'Correct-Horse-9'
export const poolId = 'eu-west-1_Sessions1'
export const readerRole = 'arn:aws:iam::111122223333:role/Reader'
const identityPoolId = 'eu-west-1:12345678-90ab-cdef-1234-567890abcdef'

const clients = [
  { id: 'plain' },
  { id: 'secretive', secret: 'client-secret-of-the-test' },
  { id: 'rotating', rotation: { graceSeconds: 30 } },
  { id: 'scopeless', scopes: ['openid'] },
  { id: 'unrevocable', tokenRevocation: false },
] as const

export type ClientId = (typeof clients)[number]['id']

/** What `stage` starts its server with. */
export const config = {
  pools: [
    {
      id: poolId,
      clients,
      groups: [{ name: 'readers', precedence: 1, roleArn: readerRole }],
      users: [
        { username: 'ana', password, groups: ['readers'], attributes: { email: 'ana@example.com' } },
        { username: 'ben', password, totpSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' },
        { username: 'cleo', password, status: 'FORCE_CHANGE_PASSWORD' },
        { username: 'dora', password },
      ],
    },
  ],
  identityPools: [
    {
      id: identityPoolId,
      providers: clients.map(({ id }) => ({ userPoolId: poolId, clientId: id })),
      roles: { authenticated: readerRole },
    },
  ],
} satisfies ServerConfig

export interface Machine {
  readonly sessions: SessionManager
  readonly profiles: FakeProfiles
  readonly vault: SessionVault
  readonly issuer: Issuer
  readonly bugs: unknown[]
  /** Settles as soon as the session of this profile looks so. */
  until<S extends SessionView['status']>(
    profileId: string,
    status: S,
    also?: (session: Extract<SessionView, { status: S }>) => boolean,
  ): Promise<Extract<SessionView, { status: S }>>
}

const looksLike = <S extends SessionView['status']>(
  session: SessionView | undefined,
  status: S,
): session is Extract<SessionView, { status: S }> => session?.status === status

export interface MachineParts extends Pick<Partial<SessionManagerOptions>, 'lock' | 'archive'> {
  /** Arms the deadlines of requests, in place of the system's clock. */
  readonly deadlines?: Clock['after']
}

/** Sesame's sessions on one machine. Two with the same vault are the same machine before and after a restart. */
export const startMachine = async (
  clock: FakeClock,
  all: readonly Profile[],
  vault: SessionVault = openMemoryVault(clock).sessions,
  openUrl?: (url: string) => Promise<boolean>,
  { deadlines = (ms, strike) => systemClock.after(ms, strike), ...around }: MachineParts = {},
): Promise<Machine> => {
  // Deadlines of requests are real time; everything else is the time of the test.
  const issuerClock: Clock = { ...systemClock, after: deadlines, now: () => clock.now() }
  const issuer = createIssuer({ clock: issuerClock })
  const profiles = fakeProfiles(...all)
  const bugs: unknown[] = []
  const sessions = createSessionManager({
    profiles,
    vault,
    issuer,
    credentials: createCredentialsSource({ clock: issuerClock }),
    clock,
    random: seededRandom(7),
    ...(openUrl && { openUrl }),
    ...around,
    reportBug: (error) => bugs.push(error),
  })
  await sessions.start()
  return {
    sessions,
    profiles,
    vault,
    issuer,
    bugs,
    async until(profileId, status, also = () => true) {
      for (;;) {
        const session = sessions.view(profileId)?.session
        if (looksLike(session, status) && also(session)) return session
        const { promise, resolve } = Promise.withResolvers<void>()
        const unsubscribe = sessions.onSessionChange(() => resolve())
        await promise
        unsubscribe()
      }
    },
  }
}

export interface Stage extends Machine, AsyncDisposable {
  readonly clock: FakeClock
  readonly server: CognitoServer
  readonly profile: Profile
}

/** A server, and a machine with one profile of it. Both live by the same clock. */
export const stage = async (
  clientId: ClientId = 'plain',
  options: Partial<StartOptions> = {},
  settings: Partial<Profile> = {},
  openVault: (clock: FakeClock) => SessionVault = (clock) => openMemoryVault(clock).sessions,
  around: MachineParts = {},
): Promise<Stage> => {
  const clock = fakeClock()
  const server = await startCognitoServer({
    ...config,
    clock: createServerClock(() => clock.now()),
    ...options,
  })
  const profile = profileOf(server, clientId, settings)
  const machine = await startMachine(clock, [profile], openVault(clock), undefined, around)
  if (profile.hasClientSecret) {
    await machine.vault.writeClientSecret(profile, 'client-secret-of-the-test')
  }
  return {
    ...machine,
    clock,
    server,
    profile,
    async [Symbol.asyncDispose]() {
      await machine.sessions.stop()
      await server.close()
    },
  }
}

export const profileOf = (
  server: CognitoServer,
  clientId: ClientId,
  settings: Partial<Profile> = {},
): Profile =>
  fakeProfile({
    userPoolId: poolId,
    clientId,
    hasClientSecret: clientId === 'secretive',
    identityPoolId,
    endpoints: { userPool: server.url, identityPool: server.url, sts: server.url },
    ...settings,
  })
