// Names what sessions offer to the rest of the main process (P7 of product.md): ipc, tray, command line and tests use this.
import type {
  ActivityEvent,
  BrowserWishes,
  ClaimsView,
  DeviceView,
  ProfileView,
  SignInAnswer,
  SignInStep,
  SignOutOutcome,
  SignOutScope,
} from '../../preload/views.ts'
import type { Result } from '../failure.ts'
import type { OpenUrl } from './browser-sign-in.ts'
import type { CallerIdentity } from './ports.ts'
import type { AwsCredentials, SignInDetails } from './session.ts'

/** A decoded token. Decoding verifies nothing. */
export interface DecodedJwt {
  readonly header: Readonly<Record<string, unknown>>
  readonly payload: Readonly<Record<string, unknown>>
  readonly signature: string
}

export interface CurrentUser {
  readonly username: string
  readonly userId: string
  readonly signInDetails: SignInDetails
}

export interface SessionToken extends DecodedJwt {
  readonly raw: string
}

/** What `fetchAuthSession` answers. The refresh token is not part of it: it never leaves sessions and vault. */
export interface AuthSession {
  readonly tokens: { readonly idToken: SessionToken; readonly accessToken: SessionToken }
  readonly userSub: string
  /** Only where the profile has an identity pool and credentials were asked for or are at hand. */
  readonly credentials?: AwsCredentials | undefined
  readonly identityId?: string | undefined
}

export interface FetchAuthSessionOptions {
  readonly forceRefresh?: boolean | undefined
  readonly clientMetadata?: Readonly<Record<string, string>> | undefined
}

export type SessionChange =
  | { readonly kind: 'profiles'; readonly profileIds: readonly string[] }
  /** Profiles were added, removed or moved. */
  | { readonly kind: 'order' }
  | { readonly kind: 'clock'; readonly offsetMs: number }
  | { readonly kind: 'activity'; readonly event: ActivityEvent }
  /** A removed profile is done with, or one more is not: see `departing`. */
  | { readonly kind: 'departures' }
  /** A person should sign in again before then, by the server's clock. */
  | { readonly kind: 'ending'; readonly profileId: string; readonly endsAt: number }

export type SignOutProgress = 'waiting' | 'signing-out' | 'done' | 'when-online' | 'failed'

export interface SessionManager {
  /** Reads every stored session and arms the scheduler. Answers once all views are past `loading`. */
  start(): Promise<void>
  /** Cancels the timer and waits for writes under way; nothing is signed out. */
  stop(): Promise<void>
  /**
   * Settles when the requests under way that may bring new tokens of stored sessions are answered, and what came is in the vault. For
   * who has no patience for the rest of `stop`.
   */
  tokensKept(): Promise<void>

  /** Reads the stored session of this profile alone, if it is not read yet; for who cannot wait for `start`. */
  load(profileId: string): Promise<ProfileView | undefined>
  view(profileId: string): ProfileView | undefined
  /** All views, in the order of the profiles. */
  views(): ProfileView[]
  /** Tells of changes, coalesced to one call per turn of the loop. Answers the unsubscriber. */
  onSessionChange(listener: (change: SessionChange) => void): () => void
  /** Server time minus ours, milliseconds; undefined before the first answer. */
  readonly clockOffsetMs: number | undefined

  /** By the profile's method. `password` may be missing where the method asks for none. */
  beginSignIn(
    profileId: string,
    input: { username: string; password?: string | undefined },
  ): Promise<Result<SignInStep>>
  answerSignIn(attemptId: string, answer: SignInAnswer): Promise<Result<SignInStep>>
  cancelSignIn(attemptId: string): void
  /** Begins at the step `reset-password`. */
  forgotPassword(profileId: string, username: string): Promise<Result<SignInStep>>
  /** Another code for the open step, where the step says that it can be had. */
  resendCode(attemptId: string): Promise<Result<SignInStep>>
  /** Opens the system browser, or what `openUrl` opens, at the pool's login page: the step `browser`. */
  openBrowser(profileId: string, wishes?: BrowserWishes, openUrl?: OpenUrl): Promise<Result<SignInStep>>
  /** Settles when the browser came back, the step ran out or was cancelled. */
  awaitBrowser(attemptId: string): Promise<Result<SignInStep>>
  /** A `sesame://` address from the system. False where no sign-in waits for it. */
  receiveCallback(url: string): boolean
  /** Ends the browser's own session at the pool's login page. */
  signOutBrowser(profileId: string): Promise<Result<void>>

  /** Devices that the pool remembers for the user who is signed in. */
  listDevices(profileId: string): Promise<Result<DeviceView[]>>
  /** Takes back a "no" to "Remember this device?". */
  rememberDevice(profileId: string, deviceKey: string): Promise<Result<void>>
  /** Forgets one there, and here where it is this one. */
  forgetDevice(profileId: string, deviceKey: string): Promise<Result<void>>

  isAuthenticated(profileId: string): boolean
  getCurrentUser(profileId: string): Result<CurrentUser>
  /** Valid tokens at once; refreshed ones when they are due or forced. One refresh at a time per profile. */
  fetchAuthSession(profileId: string, options?: FetchAuthSessionOptions): Promise<Result<AuthSession>>
  /** Cached until 15 minutes before their Expiration. */
  getCredentials(
    profileId: string,
    options?: { forceRefresh?: boolean },
  ): Promise<Result<{ credentials: AwsCredentials; identityId: string }>>
  testCredentials(profileId: string): Promise<Result<CallerIdentity>>
  claims(profileId: string): Promise<Result<ClaimsView>>

  signOut(profileId: string, options?: { global?: boolean }): Promise<Result<SignOutOutcome>>
  /** Everybody who is signed in, of all devices unless `scope` says otherwise; `isMeant` leaves profiles out. */
  signOutEverywhere(
    onProgress?: (profileId: string, state: SignOutProgress) => void,
    options?: { scope?: SignOutScope; isMeant?: (profileId: string) => boolean },
  ): Promise<SignOutOutcome[]>
  /** Forgets the session on this machine without telling Cognito. */
  clearSession(profileId: string): Promise<void>

  /**
   * To be asked before a profile, or its client secret, is changed to another app client: its session leaves with the settings it
   * belongs to, to be ended there now or later. Fails with a vault code where it is stored and can not be read for now.
   */
  leaveClient(profileId: string): Promise<Result<void>>

  /** Profiles that were removed, or spoke to another app client, whose session still has to be ended at Cognito, by name. */
  departing(): readonly string[]
  /** What ending the session of a profile that was removed in this run came to; undefined where there was nothing to end. */
  departureOf(profileId: string): Promise<SignOutOutcome | undefined>
  /**
   * Before quitting: tries once more, within seconds, to end what only this process can end, because its tokens are in memory alone.
   * Answers the names of the profiles for which that failed.
   */
  readonly endSignOuts: () => Promise<readonly string[]>

  /** What happened to this session in this run, newest first. */
  activity(profileId: string): ActivityEvent[]
  /** What happened to it, also in earlier runs, newest first. */
  history(profileId: string): Promise<ActivityEvent[]>
  /** Adds what ipc did with a session (copied, revealed) to its activity. */
  note(profileId: string, kind: ActivityEvent['kind'], detail?: string): void

  /** How long before a sign-in ends to tell of it, seconds; each is told once. None for never. */
  setEndWarnings(seconds: readonly number[]): void

  /**
   * The machine woke up, the network came back, or the clock jumped: deadlines are read again, and after the first two a keychain that
   * was out of reach is asked again. `suspend`: it is about to sleep, and afterwards a clock that was set can't be told from the sleep.
   */
  wake(reason: 'suspend' | 'resume' | 'network' | 'clock' | 'vault'): void
}

/** Scope of a sign-out as ipc names it. */
export type { SignOutScope }
