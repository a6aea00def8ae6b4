// Owns the arithmetic of lifetimes: when to refresh, when to fetch credentials again, when a refresh token ends. Pure; all
// instants are epoch milliseconds, by the server's clock unless a name says otherwise.
import type { RandomSource } from './ports.ts'

/** Of a short lifetime at most this part is lead, so that a 5-minute token is not refreshed all the time. */
const maxLeadShare = 0.2
/** By at most this part of the lead a refresh comes later, so that sessions of one sign-in do not all come at once. */
const spreadShare = 0.1
/** Whoever takes credentials must get more than 15 minutes: botocore asks again on every call below that (cognito.md). */
const credentialsReserveMs = 15 * 60_000
/** Of credentials too short for that reserve, this part is kept as one. */
const maxReserveShare = 0.25

const firstRetryMs = 1_000
const longestRetryMs = 5 * 60_000
const shortestRetryMs = 250
/**
 * A rotated-out refresh token is good for a grace period of at most 60 s. Where an answer may have been lost, so many tries follow
 * in quick succession: their waits, 31 s at most, leave the rest of it to the requests.
 */
const hastyTries = 5

interface Lifetime {
  readonly issuedAt: number
  readonly expiresAt: number
}

/** How long before expiry a refresh comes: the profile's lead, at most 20 % of the lifetime. Milliseconds. */
export const leadMs = ({ issuedAt, expiresAt }: Lifetime, leadSeconds: number): number =>
  Math.min(leadSeconds * 1_000, Math.max(0, expiresAt - issuedAt) * maxLeadShare)

/**
 * When tokens are due for a refresh. `spread` is uniform in [0, 1), drawn once per token set: it moves the instant by up to
 * a tenth of the lead towards the expiry, never before the lead the person chose.
 */
export const refreshesAt = (lifetime: Lifetime, leadSeconds: number, spread: number): number =>
  Math.ceil(lifetime.expiresAt - leadMs(lifetime, leadSeconds) * (1 - spreadShare * spread))

/** When the refresh token runs out: counted from the sign-in, rotated or not (cognito.md, "Refreshing"). */
export const refreshTokenEndsAt = (signedInAt: number, lifetimeSeconds: number): number =>
  signedInAt + lifetimeSeconds * 1_000

/** Until when cached AWS credentials are handed out: 15 minutes before their end, or a quarter of a short life. */
export const credentialsRenewAt = (obtainedAt: number, expiresAt: number): number =>
  expiresAt - Math.min(credentialsReserveMs, Math.max(0, expiresAt - obtainedAt) * maxReserveShare)

/**
 * How long to wait after the `attempts`-th failure in a row (from 1): full jitter below a ceiling that doubles from 1 s to
 * 5 min (AWS Architecture Blog, "Exponential Backoff And Jitter"), with a floor so that it is never a busy loop.
 */
export const retryDelayMs = (attempts: number, random: RandomSource): number => {
  const ceiling = Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(attempts - 1, 30))
  return Math.max(shortestRetryMs, Math.round(random() * ceiling))
}

/** Failures of a refresh in a row, as the next wait follows from them. */
export interface Tries {
  readonly attempts: number
  /** Which one it is of the quick tries after an answer that may be lost, from 1; 0 where it is none of them. */
  readonly hasty: number
}

export const noTries: Tries = { attempts: 0, hasty: 0 }

/**
 * Counts one more failure. `mayHaveRotated`: Cognito may have put another refresh token in the place of ours, and takes ours for
 * its grace period only. Between two series of quick tries there is a long wait, or an outage would be asked all the time.
 */
export const oneMore = ({ attempts, hasty }: Tries, mayHaveRotated: boolean): Tries => {
  const isInSeries = hasty > 0 ? hasty < hastyTries : mayHaveRotated
  return { attempts: attempts + 1, hasty: isInSeries ? hasty + 1 : 0 }
}

/** How long to wait after these failures. */
export const refreshRetryDelayMs = ({ attempts, hasty }: Tries, random: RandomSource): number =>
  retryDelayMs(hasty > 0 ? hasty : attempts, random)

/**
 * Server time minus ours. Without a `Date` header the `iat` of what was just issued stands in: it has whole seconds and
 * travelled here, so less than two seconds are none.
 */
export const measuredOffsetMs = (
  headerOffsetMs: number | undefined,
  issuedAt: number,
  localNow: number,
): number => {
  if (headerOffsetMs !== undefined) return headerOffsetMs
  const offset = issuedAt - localNow
  return Math.abs(offset) < 2_000 ? 0 : offset
}

/**
 * The offset to trust for a session read from the vault: ours may have been set right since it was stored, so the later
 * of both readings of the time counts and a doubtful token is refreshed, which measures anew.
 */
export const restoredOffsetMs = (storedOffsetMs: number): number => Math.max(0, storedOffsetMs)

/**
 * The stored offset of a clock that was ahead, to go by where nothing can be measured. Undefined where it was not ahead, or is not any
 * more: by that offset the tokens would not be issued yet. `localNow` is by our own clock.
 */
export const fallbackOffsetMs = (
  storedOffsetMs: number,
  issuedAt: number,
  localNow: number,
): number | undefined =>
  storedOffsetMs < 0 && localNow + storedOffsetMs >= issuedAt ? storedOffsetMs : undefined
