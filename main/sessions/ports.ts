// Names what sessions need from the world. sessions/ imports these and none of their implementations (architecture rule 2).
import type { ActivityEvent } from '../../preload/views.ts'
import type { Result } from '../failure.ts'
import type { Profile } from '../profiles/profile.ts'
import type { AwsCredentials, SessionRecord, SignInDetails, TokenSet } from './session.ts'

/** Time, injected so that tests can set it. All instants are epoch milliseconds. */
export interface Clock {
  now(): number
  /** Milliseconds that never jump, for durations and for noticing wall-clock jumps. */
  monotonic(): number
  /** Calls back once after `delayMs` (at most 2^31-1); disposing cancels. The timer never keeps the process alive. */
  after(delayMs: number, callback: () => void): Disposable
}

/** Uniform in [0, 1), seeded in tests. */
export type RandomSource = () => number

/** The profiles as sessions see them. Implemented by profiles/. */
export interface ProfileSource {
  /** All profiles in the order a person gave them. */
  list(): readonly Profile[]
  get(profileId: string): Profile | undefined
  /** Called after profiles were added, changed, moved or removed. Answers the unsubscriber. */
  onChange(listener: () => void): () => void
}

export type UnavailableReason = 'no-service' | 'locked' | 'denied' | 'timed-out' | 'corrupt'

export type VaultRead<T> =
  | { readonly kind: 'found'; readonly value: T }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unavailable'; readonly reason: UnavailableReason }

/**
 * Where a record went. `unsaved` means: kept in memory, and lost with this process. `spilled` means: not in the keychain yet, and
 * on disk, encrypted by the platform; the vault moves it there itself.
 */
export type VaultWrite =
  | { readonly kind: 'saved' }
  | { readonly kind: 'spilled'; readonly reason: UnavailableReason }
  | { readonly kind: 'unsaved'; readonly reason: UnavailableReason }

export type VaultState =
  | { readonly kind: 'unlocked'; readonly backend: string }
  | { readonly kind: 'locked'; readonly backend: string }
  | { readonly kind: 'absent'; readonly backend: string }
  | { readonly kind: 'memory' }

/** Keeps one session record and one client secret per profile. Implemented by vault/. */
export interface SessionVault {
  readonly state: VaultState
  /** Asks the keychain anew; also after unlock, resume and the Retry button. */
  probe(): Promise<VaultState>
  onStateChange(listener: (state: VaultState) => void): () => void
  readSession(profile: Profile): Promise<VaultRead<SessionRecord>>
  writeSession(profile: Profile, record: SessionRecord): Promise<VaultWrite>
  /** Removing what is not there succeeds. */
  removeSession(profileId: string): Promise<VaultWrite>
  readClientSecret(profile: Profile): Promise<VaultRead<string>>
  writeClientSecret(profile: Profile, secret: string): Promise<VaultWrite>
  removeClientSecret(profileId: string): Promise<VaultWrite>
}

/** What happened, beyond this run. Implemented by activity/. */
export interface ActivityArchive {
  append(event: ActivityEvent): void
  /** Newest first, bounded. */
  of(profileId: string): Promise<ActivityEvent[]>
  forget(profileId: string): void
  /** Settles once everything appended so far is kept, or was given up. */
  settled(): Promise<void>
}

export type Held<T> = { readonly kind: 'done'; readonly value: T } | { readonly kind: 'busy' }

/** Keeps other processes off a session while its tokens change. Implemented by locks/. */
export interface SessionLock {
  /** Does the work while no other process does any under this name; `busy`: another one does not let go, nothing was done. */
  hold<T>(name: string, work: () => Promise<T>): Promise<Held<T>>
}

/** A challenge as a person sees it; how it is answered is the issuer's affair. */
export type Challenge =
  | { readonly kind: 'totp'; readonly deviceName: string | undefined }
  | {
      readonly kind: 'new-password'
      readonly requiredAttributes: readonly string[]
      readonly knownAttributes: Readonly<Record<string, string>>
    }

export type ChallengeAnswer =
  | { readonly kind: 'totp'; readonly code: string }
  | {
      readonly kind: 'new-password'
      readonly newPassword: string
      readonly attributes: Readonly<Record<string, string>>
    }

/** A sign-in between two steps. `resume` is opaque to sessions: it holds Session strings and never leaves main. */
export interface PendingSignIn {
  readonly challenge: Challenge
  /** When Cognito's Session runs out (3 minutes unless the app client says otherwise). */
  readonly expiresAt: number
  readonly resume: unknown
}

export interface TokenGrant {
  readonly tokens: TokenSet
  /** Present on sign-in, absent on refresh. */
  readonly signInDetails?: SignInDetails | undefined
  /** Server time minus ours in milliseconds, from the Date header. */
  readonly clockOffsetMs?: number | undefined
  readonly requestId?: string | undefined
}

export type SignInProgress =
  | { readonly kind: 'challenge'; readonly pending: PendingSignIn }
  | { readonly kind: 'signed-in'; readonly grant: TokenGrant }

export type RefreshOperation = 'GetTokensFromRefreshToken' | 'REFRESH_TOKEN_AUTH'

export interface RefreshGrant extends TokenGrant {
  /** Which operation worked, to be remembered on the record. */
  readonly operation: RefreshOperation
  /** True when the answer carried a new refresh token. */
  readonly rotated: boolean
}

/** A profile with the secret a request needs; made for one call and dropped. */
export interface PoolAccess {
  readonly profile: Profile
  readonly clientSecret: string | undefined
  readonly clientMetadata?: Readonly<Record<string, string>> | undefined
}

export type Verification =
  | { readonly kind: 'verified' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unchecked'; readonly reason: string }

/** The user pool. Implemented by cognito/. */
export interface Issuer {
  signIn(access: PoolAccess, input: { username: string; password: string }): Promise<Result<SignInProgress>>
  answer(access: PoolAccess, pending: PendingSignIn, answer: ChallengeAnswer): Promise<Result<SignInProgress>>
  refresh(access: PoolAccess, record: SessionRecord): Promise<Result<RefreshGrant>>
  revoke(access: PoolAccess, refreshToken: string): Promise<Result<void>>
  globalSignOut(access: PoolAccess, accessToken: string): Promise<Result<void>>
  /** Against the pool's keys; `clockOffsetMs` corrects our clock. Never proves that a token was not revoked. */
  verify(
    access: PoolAccess,
    kind: 'id' | 'access',
    token: string,
    clockOffsetMs: number,
  ): Promise<Verification>
  /** Reaches the pool without signing in (its JWKS), for "Check connection". */
  check(
    profile: Pick<Profile, 'userPoolId' | 'clientId' | 'endpoints'>,
  ): Promise<Result<{ issuer: string; keys: number }>>
}

export interface CredentialsGrant {
  readonly credentials: AwsCredentials
  readonly identityId: string
}

export interface CallerIdentity {
  readonly account: string
  readonly arn: string
  readonly userId: string
}

/** The identity pool and STS. Implemented by cognito/. */
export interface CredentialsSource {
  /** No caching here: sessions keep the answer until 15 minutes before its Expiration. */
  fetch(
    profile: Profile,
    input: { idToken: string; roleArn: string | undefined; identityId: string | undefined },
  ): Promise<Result<CredentialsGrant>>
  callerIdentity(profile: Profile, credentials: AwsCredentials): Promise<Result<CallerIdentity>>
}
