// Owns a session manager among fakes of its ports: a clock to turn, a vault to lock, an issuer and a credentials source to script.
// Anyone may use them. They hold no rule of their own: what Cognito does is tests/cognito-server's affair.
import type { Failure, Result } from '../../../main/failure.ts'
import type { Profile } from '../../../main/profiles/profile.ts'
import type { SessionChange, SessionManager } from '../../../main/sessions/api.ts'
import { createSessionManager, type SessionManagerOptions } from '../../../main/sessions/manager.ts'
import type { SessionView } from '../../../preload/views.ts'
import { type FakeClock, fakeClock, seededRandom, settle } from './fake-clock.ts'
import { type FakeCredentials, type FakeIssuer, fakeCredentials, fakeIssuer } from './fake-cognito.ts'
import { type FakeProfiles, fakeProfile, fakeProfiles } from './fake-profiles.ts'
import { type FakeVault, fakeVault } from './fake-vault.ts'

export * from './fake-clock.ts'
export * from './fake-cognito.ts'
export * from './fake-profiles.ts'
export * from './fake-vault.ts'

export interface World {
  readonly clock: FakeClock
  readonly vault: FakeVault
  readonly issuer: FakeIssuer
  readonly credentials: FakeCredentials
  readonly profiles: FakeProfiles
  readonly profile: Profile
  readonly sessions: SessionManager
  /** Everything listeners were told. */
  readonly changes: SessionChange[]
  readonly bugs: unknown[]
  /** Signs `ana` in to the profile and answers its id. */
  signIn(profileId?: string): Promise<string>
}

/** A session manager among fakes, with one profile unless others are given. Not started. */
export const world = (
  options: Partial<SessionManagerOptions> & { all?: readonly Profile[]; seed?: number } = {},
): World => {
  const { all = [fakeProfile()], seed = 1, ...rest } = options
  const clock = fakeClock()
  const vault = fakeVault()
  const issuer = fakeIssuer(clock)
  const credentials = fakeCredentials(clock)
  const profiles = fakeProfiles(...all)
  const changes: SessionChange[] = []
  const bugs: unknown[] = []
  const sessions = createSessionManager({
    profiles,
    vault,
    issuer,
    credentials,
    clock,
    random: seededRandom(seed),
    reportBug: (error) => bugs.push(error),
    ...rest,
  })
  sessions.onSessionChange((change) => changes.push(change))
  const [profile] = all
  if (profile === undefined) throw new Error('a world has at least one profile')
  return {
    clock,
    vault,
    issuer,
    credentials,
    profiles,
    profile,
    sessions,
    changes,
    bugs,
    async signIn(profileId = profile.id) {
      const result = await sessions.beginSignIn(profileId, { username: 'ana@acme.io', password: 'pw' })
      if (!result.ok) throw new Error(`sign-in failed: ${result.failure.code}`)
      await settle()
      return profileId
    },
  }
}

/** The value, or a failing test that says which failure came instead. */
export const valueOf = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`expected a value, got ${result.failure.code}`)
  return result.value
}

export const failureOf = (result: Result<unknown>): Failure => {
  if (result.ok) throw new Error('expected a failure, got a value')
  return result.failure
}

const hasStatus = <S extends SessionView['status']>(
  session: SessionView | undefined,
  status: S,
): session is Extract<SessionView, { status: S }> => session?.status === status

/** The session part of a view, narrowed to a status. */
export const sessionIn = <S extends SessionView['status']>(
  { sessions, profile }: World,
  status: S,
  profileId = profile.id,
): Extract<SessionView, { status: S }> => {
  const session = sessions.view(profileId)?.session
  if (!hasStatus(session, status)) throw new Error(`expected ${status}, got ${session?.status}`)
  return session
}
