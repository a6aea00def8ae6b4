// Owns sign-ins that wait for the system browser: opened, awaited, made a session when the browser comes back, cancelled and cleaned
// up. Knows no protocol: that is the issuer's affair.
import type { BrowserWishes, SignInStep } from '../../preload/views.ts'
import { type Failure, fail, ok, type Result } from '../failure.ts'
import type { ActivityLog } from './activity.ts'
import { type Attempt, type Attempts, stepOf } from './attempts.ts'
import type { BeginSession } from './begin-session.ts'
import type { Book, Entry } from './book.ts'
import { readIdentity } from './facts.ts'
import { decodeJWT } from './jwt.ts'
import type { Loader } from './loader.ts'
import type { OpenPool } from './pool-access.ts'
import type { BrowserSignIn, Clock, Issuer, TokenGrant } from './ports.ts'
import type { TokenSet } from './session.ts'

/** Hands an address to the system browser. False where none could be opened. */
export type OpenUrl = (url: string) => Promise<boolean>

export interface BrowserDesk {
  /** `openUrl`: in place of the system browser. */
  readonly open: (profileId: string, wishes: BrowserWishes, openUrl?: OpenUrl) => Promise<Result<SignInStep>>
  /** What became of it, told once: when it settles, or at once where it has. */
  readonly outcome: (attemptId: string) => Promise<Result<SignInStep>>
  readonly signOut: (profileId: string) => Promise<Result<void>>
}

export interface BrowserDeskOptions {
  readonly book: Book
  readonly loader: Loader
  readonly issuer: Issuer
  readonly openPool: OpenPool
  readonly openUrl: OpenUrl
  readonly beginSession: BeginSession
  readonly attempts: Attempts
  readonly activity: ActivityLog
  readonly clock: Clock
  readonly newId: () => string
  readonly offsetMs: () => number
  readonly reportBug: (error: unknown) => void
}

/** Outcomes that nobody took; the oldest goes. */
const outcomesAtMost = 50

/** Nothing was typed here: the e-mail address says who it is, a federated username (`Google_1234`) hardly does. */
const loginIdOf = ({ idToken }: TokenSet, username: string): string => {
  const decoded = decodeJWT(idToken)
  const email: unknown = decoded.ok ? decoded.value.payload['email'] : undefined
  return typeof email === 'string' && email !== '' ? email : username
}

export const createBrowserDesk = (options: BrowserDeskOptions): BrowserDesk => {
  const { book, loader, issuer, openPool, beginSession, attempts, activity, clock } = options
  const outcomes = new Map<string, Promise<Result<SignInStep>>>()

  const redeem = async (attempt: Attempt, browser: BrowserSignIn): Promise<Result<TokenGrant>> => {
    const arrived = await browser.arrival
    if (!arrived.ok) return arrived
    attempt.isAnswering = true
    const access = await openPool(attempt.profile)
    return access.ok ? arrived.value.redeem(access.value) : access
  }

  const failed = (entry: Entry, failure: Failure, durationMs: number): Result<never> => {
    activity.add(entry.id, { kind: 'sign-in-failed', durationMs, failure })
    return { ok: false, failure }
  }

  const complete = async (
    entry: Entry,
    attempt: Attempt,
    browser: BrowserSignIn,
  ): Promise<Result<SignInStep>> => {
    const { profile } = attempt
    const startedAt = clock.monotonic()
    const redeemed = await redeem(attempt, browser)
    const durationMs = clock.monotonic() - startedAt
    const isCancelled = attempts.get(attempt.id) !== attempt
    if (!redeemed.ok) {
      return isCancelled ? redeemed : failed(entry, redeemed.failure, durationMs)
    }
    if (isCancelled) {
      beginSession.discard(profile, redeemed.value)
      return fail('sign-in.cancelled')
    }
    const { tokens } = redeemed.value
    const identity = readIdentity(tokens)
    if (!identity.ok) return identity
    const loginId = loginIdOf(tokens, identity.value.username)
    const grant: TokenGrant = { ...redeemed.value, signInDetails: { loginId, authFlowType: 'BROWSER' } }
    const begun = await beginSession.commit(profile, grant, loginId, durationMs)
    return begun.ok ? ok({ kind: 'signed-in' }) : begun
  }

  return {
    async open(profileId, wishes, openUrl = options.openUrl) {
      const entry = book.get(profileId)
      if (entry === undefined) return fail('profile.not-found')
      await loader.ensure(entry)
      const { profile } = entry
      const opened = await issuer.openManagedLogin(profile, wishes)
      if (!opened.ok) return opened
      const browser = opened.value
      const isOpen = await openUrl(browser.url)
      const attempt: Attempt = {
        id: options.newId(),
        profile,
        username: wishes.loginHint ?? profile.username ?? '',
        step: 2,
        awaits: { kind: 'browser', browser, isOpen },
        expiresAt: browser.expiresAt,
        isAnswering: false,
      }
      attempts.keep(attempt)
      const outcome = complete(entry, attempt, browser).finally(() => attempts.drop(attempt.id))
      outcome.catch(options.reportBug)
      outcomes.set(attempt.id, outcome)
      const [oldest] = outcomes.keys()
      if (outcomes.size > outcomesAtMost && oldest !== undefined) outcomes.delete(oldest)
      return ok(stepOf(attempt, options.offsetMs()))
    },

    async outcome(attemptId) {
      const outcome = outcomes.get(attemptId)
      if (outcome === undefined) return fail('sign-in.attempt-not-found')
      try {
        return await outcome
      } finally {
        outcomes.delete(attemptId)
      }
    },

    async signOut(profileId) {
      const entry = book.get(profileId)
      if (entry === undefined) return fail('profile.not-found')
      const address = await issuer.openLogout(entry.profile)
      if (address === undefined) return fail('config.no-domain', { field: 'domain' })
      return (await options.openUrl(address)) ? ok(undefined) : fail('sign-in.browser-not-opened')
    },
  }
}
