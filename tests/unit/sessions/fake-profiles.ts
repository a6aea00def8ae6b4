// Owns profiles, tokens and records as tests want them.
import { randomUUID } from 'node:crypto'
import { type Profile, profileDefaults } from '../../../main/profiles/profile.ts'
import type { ProfileSource } from '../../../main/sessions/ports.ts'
import type { SessionRecord, TokenSet } from '../../../main/sessions/session.ts'
import { hours } from './fake-clock.ts'

export const fakeProfile = (settings: Partial<Profile> = {}): Profile => ({
  ...profileDefaults,
  id: randomUUID(),
  name: 'acme-staging · ana',
  userPoolId: 'eu-west-1_Qx7Ab91c',
  clientId: '4k2v9q1tabcdefghij0123456',
  ...settings,
})

export interface FakeProfiles extends ProfileSource {
  /** Takes it out as a person does: it is among the removed ones until it is forgotten. */
  remove(id: string): void
  removed(): readonly Profile[]
  set(profiles: readonly Profile[]): void
  update(id: string, settings: Partial<Profile>): void
}

export const fakeProfiles = (...initial: Profile[]): FakeProfiles => {
  let profiles: readonly Profile[] = initial
  let removed: readonly Profile[] = []
  const listeners = new Set<() => void>()
  const set = (next: readonly Profile[]): void => {
    profiles = next
    for (const listener of listeners) listener()
  }
  return {
    list: () => profiles,
    get: (id) => profiles.find((profile) => profile.id === id),
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    set,
    removed: () => removed,
    remove(id) {
      removed = [...removed, ...profiles.filter((profile) => profile.id === id)]
      set(profiles.filter((profile) => profile.id !== id))
    },
    async retire(before) {
      const former = { ...before, id: randomUUID() }
      removed = [...removed, former]
      return former
    },
    async forget(id) {
      removed = removed.filter((profile) => profile.id !== id)
    },
    update: (id, settings) =>
      set(profiles.map((profile) => (profile.id === id ? { ...profile, ...settings } : profile))),
  }
}

const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url')

/** A token that decodes and that nobody signed. */
export const fakeToken = (payload: Record<string, unknown>): string =>
  `${encode({ alg: 'RS256', kid: 'k1' })}.${encode(payload)}.c2ln`

export interface TokenWishes {
  readonly issuedAt: number
  readonly lifetimeMs?: number
  readonly username?: string
  readonly clientId?: string
  readonly refreshToken?: string
  readonly isRevocable?: boolean
  readonly claims?: Record<string, unknown>
}

let serial = 0

/** Tokens like Cognito's, for `ana` unless said otherwise, for an hour. */
export const fakeTokens = (wishes: TokenWishes): TokenSet => {
  serial += 1
  const { issuedAt, lifetimeMs = hours, username = 'ana', clientId = fakeProfile().clientId } = wishes
  const seconds = (ms: number): number => Math.floor(ms / 1_000)
  const common = {
    sub: `sub-of-${username}`,
    iat: seconds(issuedAt),
    exp: seconds(issuedAt + lifetimeMs),
    auth_time: seconds(issuedAt),
    jti: `jti-${serial}`,
    'cognito:groups': ['admins'],
    ...(wishes.isRevocable === false ? {} : { origin_jti: 'origin-1' }),
    ...wishes.claims,
  }
  return {
    idToken: fakeToken({
      ...common,
      aud: clientId,
      token_use: 'id',
      'cognito:username': username,
      'cognito:roles': ['arn:aws:iam::123456789012:role/reader'],
    }),
    accessToken: fakeToken({ ...common, client_id: clientId, token_use: 'access', username }),
    refreshToken: wishes.refreshToken ?? `refresh-${serial}`,
  }
}

export const fakeRecord = (
  profile: Profile,
  tokens: TokenSet,
  changes: Partial<SessionRecord> = {},
): SessionRecord => ({
  version: 1,
  profileId: profile.id,
  generation: 1,
  tokens,
  username: 'ana',
  userId: 'sub-of-ana',
  signInDetails: { loginId: 'ana@acme.io', authFlowType: 'USER_SRP_AUTH' },
  signedInAt: 0,
  clockOffsetMs: 0,
  ...changes,
})
