// Names what sessions need from the world. sessions/ imports these and none of their implementations (architecture rule 2).
import type {
  ActivityEvent,
  BrowserWishes,
  DeviceView,
  SignInAnswer,
  SignInStep,
} from '../../preload/views.ts'
import type { Failure, Result } from '../failure.ts'
import type { Profile } from '../profiles/profile.ts'
import type { AwsCredentials, RememberedDevice, SessionRecord, SignInDetails, TokenSet } from './session.ts'

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
  /** Profiles that a person removed and of which something may be left: a session to end at Cognito, secrets in the vault. */
  removed?(): readonly Profile[]
  /** Nothing is left of a removed profile. */
  forget?(profileId: string): Promise<void>
  /**
   * Keeps a profile as it was before it came to speak to another app client, among the removed ones: under an id of its own, which the
   * answer has. Sources whose profiles never change need none.
   */
  retire?(before: Profile): Promise<Profile>
  /** Called after profiles were added, changed, moved or removed. Answers the unsubscriber. */
  onChange(listener: () => void): () => void
}

/**
 * `sealed`: it waits for the keychain in an encrypted file that cannot be opened, so that what the keychain has is older; `app-only`:
 * and this process has no means to. These two, `denied` and `corrupt` are about one item, the others about the keychain.
 */
export type UnavailableReason =
  | 'no-service'
  | 'locked'
  | 'denied'
  | 'timed-out'
  | 'corrupt'
  | 'sealed'
  | 'app-only'

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

/** Where a session is as long as the keychain has not taken it: `in-memory` is lost with this process. */
export type Unsaved = false | 'on-disk' | 'in-memory'

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
  /** Whether a session is listed, without asking the keychain: not once any process has removed it. */
  hasSession(profileId: string): Promise<boolean>
  /** Whether the session waits for the keychain, as far as this process knows. */
  unsavedSession(profileId: string): Unsaved
  readClientSecret(profile: Profile): Promise<VaultRead<string>>
  writeClientSecret(profile: Profile, secret: string): Promise<VaultWrite>
  removeClientSecret(profileId: string): Promise<VaultWrite>
  /** Devices that pools remember, by user. They outlive sessions. */
  readDevices(profile: Profile): Promise<VaultRead<readonly RememberedDevice[]>>
  writeDevices(profile: Profile, devices: readonly RememberedDevice[]): Promise<VaultWrite>
  removeDevices(profileId: string): Promise<VaultWrite>
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

/** What sessions add to a challenge before a person sees it. */
type StepFrame = 'attemptId' | 'step' | 'username' | 'expiresAt'
type WithoutFrame<S> = S extends unknown ? Omit<S, StepFrame> : never

/** A challenge as a person sees it, of the kinds in preload/sign-in-views.ts; how it is answered is the issuer's affair. */
export type Challenge = WithoutFrame<
  Exclude<SignInStep, { kind: 'signed-in' | 'browser' | 'remember-device' }>
>

export type ChallengeAnswer = SignInAnswer

/** A sign-in between two steps. `resume` is opaque to sessions: it holds Session strings and never leaves main. */
export interface PendingSignIn {
  readonly challenge: Challenge
  /** When Cognito's Session runs out (3 minutes unless the app client says otherwise), or the code it waits for. */
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
  /** The device these tokens belong to, where the pool tracks devices. Refreshing needs its key. */
  readonly device?: DeviceGrant | undefined
}

/** A device that the user pool knows since this sign-in, or did already. */
export interface DeviceGrant {
  readonly key: string
  readonly name: string
  /** What the next sign-in proves it with; undefined where ConfirmDevice failed or nothing changed. */
  readonly remembered: RememberedDevice | undefined
  /** The pool leaves it to the person whether it skips the second factor from now on. */
  readonly needsConsent: boolean
}

/** `droppedDevice`: the key of a device that the pool no longer knows, to be forgotten here. */
export type SignInProgress = (
  | { readonly kind: 'challenge'; readonly pending: PendingSignIn }
  | { readonly kind: 'signed-in'; readonly grant: TokenGrant }
) & { readonly droppedDevice?: string | undefined }

export interface SignInInput {
  readonly username: string
  /** Empty where the person has none to give: choice-based and custom sign-in. */
  readonly password: string
  /** The device remembered for this user. */
  readonly device?: RememberedDevice | undefined
}

/** What came back from the browser: good once. */
export interface BrowserReturn {
  redeem(access: PoolAccess): Promise<Result<TokenGrant>>
}

/** A sign-in that waits for the system browser. */
export interface BrowserSignIn {
  /** What the browser has to open. */
  readonly url: string
  /** By our own clock. */
  readonly expiresAt: number
  /** Settles once: what came back, or `sign-in.cancelled`, `sign-in.browser-timed-out`. Nothing is left listening then. */
  readonly arrival: Promise<Result<BrowserReturn>>
  cancel(): void
}

/** A device as ListDevices tells it. Instants by the server's clock. */
export type KnownDevice = Omit<DeviceView, 'isThisOne'>

export type RefreshOperation = SessionRecord['refreshOperation'] & string

export interface RefreshGrant extends TokenGrant {
  /** Which operation worked, to be remembered on the record. */
  readonly operation: RefreshOperation
  /** True when the answer carried a new refresh token. */
  readonly rotated: boolean
}

/**
 * What a refresh came to. `rotatedTo` is the refresh token that took the place of the one it was asked with, where the answer is of no
 * use otherwise: the old one is good for its grace period only.
 */
export type RefreshResult =
  | { readonly ok: true; readonly value: RefreshGrant }
  | { readonly ok: false; readonly failure: Failure; readonly rotatedTo?: string | undefined }

/** The service did as it was asked, and answers nothing but that. */
export interface Acknowledged {
  readonly requestId?: string | undefined
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

/** Signing in with what a person types. */
export interface SignInIssuer {
  signIn(access: PoolAccess, input: SignInInput): Promise<Result<SignInProgress>>
  answer(access: PoolAccess, pending: PendingSignIn, answer: ChallengeAnswer): Promise<Result<SignInProgress>>
  /** Begins at `reset-password`; after it the sign-in goes on with the new password. */
  forgotPassword(access: PoolAccess, input: Omit<SignInInput, 'password'>): Promise<Result<SignInProgress>>
  /** Sends another code for a challenge that says so, and asks it anew. */
  resendCode(access: PoolAccess, pending: PendingSignIn): Promise<Result<SignInProgress>>
}

/** Remembered devices of the user who is signed in. */
export interface DeviceIssuer {
  rememberDevice(
    access: PoolAccess,
    accessToken: string,
    deviceKey: string,
    remember: boolean,
  ): Promise<Result<void>>
  listDevices(access: PoolAccess, accessToken: string): Promise<Result<readonly KnownDevice[]>>
  forgetDevice(access: PoolAccess, accessToken: string, deviceKey: string): Promise<Result<void>>
}

/** Signing in at the pool's login page, in the system browser. */
export interface ManagedLogin {
  /** Listens for the browser before it answers; `config.no-domain`, `config.callback-url`, `sign-in.callback-taken`. */
  openManagedLogin(profile: Profile, wishes: BrowserWishes): Promise<Result<BrowserSignIn>>
  /** Takes a `sesame://` address the system handed over. False, and nothing happens, where it belongs to no sign-in. */
  receiveCallback(url: string): boolean
  /** Where the browser ends its own session; undefined without a domain. What leads back to this machine ends at a page there. */
  openLogout(profile: Profile): Promise<string | undefined>
}

/** The user pool. Implemented by cognito/. */
export interface Issuer extends SignInIssuer, DeviceIssuer, ManagedLogin {
  refresh(access: PoolAccess, record: SessionRecord): Promise<RefreshResult>
  revoke(access: PoolAccess, refreshToken: string): Promise<Result<Acknowledged>>
  globalSignOut(access: PoolAccess, accessToken: string): Promise<Result<Acknowledged>>
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
  /** Of the request that brought them. */
  readonly requestId?: string | undefined
}

export interface CallerIdentity {
  readonly account: string
  readonly arn: string
  readonly userId: string
}

export interface CallerAnswer extends CallerIdentity {
  readonly requestId?: string | undefined
}

/** The identity pool and STS. Implemented by cognito/. */
export interface CredentialsSource {
  /** No caching here: sessions keep the answer until 15 minutes before its Expiration. */
  fetch(
    profile: Profile,
    input: { idToken: string; roleArn: string | undefined; identityId: string | undefined },
  ): Promise<Result<CredentialsGrant>>
  callerIdentity(profile: Profile, credentials: AwsCredentials): Promise<Result<CallerAnswer>>
}
