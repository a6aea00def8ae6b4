// Owns handing out tokens: valid ones at once, refreshed ones when they are due or asked for, none of a session that is over.
import { type Failure, fail, failure, ok, type Result } from '../failure.ts'
import type { AuthSession, DecodedJwt, FetchAuthSessionOptions, SessionToken } from './api.ts'
import { type Book, type Entry, type ReadyAnswer } from './book.ts'
import { decodeBoth } from './facts.ts'
import { refreshesAt } from './lifetimes.ts'
import type { Limiter } from './limiter.ts'
import type { Loader } from './loader.ts'
import { noSession } from './no-session.ts'
import type { Clock } from './ports.ts'
import { rateKey } from './rated-lane.ts'
import type { Refresher } from './refresher.ts'
import type { Health, LiveSession } from './state.ts'
import { mayTryEarly } from './verdicts.ts'

export interface Tokens {
  /** A session whose tokens are valid now. Fails as `fetchAuthSession` does. */
  readonly ensure: (profileId: string, options?: FetchAuthSessionOptions) => Promise<Result<LiveSession>>
  readonly fetch: (profileId: string, options?: FetchAuthSessionOptions) => Promise<Result<AuthSession>>
}

export interface TokensOptions {
  readonly book: Book
  readonly loader: Loader
  readonly refresher: Refresher
  readonly limiter: Limiter
  readonly clock: Clock
}

type Decision =
  | { readonly kind: 'use' }
  | { readonly kind: 'refresh' }
  | { readonly kind: 'refuse'; readonly failure: Failure }

/**
 * What to do for somebody who asks for tokens. While refreshing fails, what is still valid is used and the back-off kept;
 * `now` is by the server's clock, `localNow` by ours.
 */
export const decide = (
  session: LiveSession,
  health: Health,
  leadSeconds: number,
  localNow: number,
): Decision => {
  const now = localNow + session.offsetMs
  const isUsable = now < session.facts.expiresAt
  const isWaiting = health.kind === 'offline' || health.kind === 'attention'
  if (isUsable) {
    const isDue = now >= refreshesAt(session.facts, leadSeconds, session.spread)
    return isDue && !isWaiting ? { kind: 'refresh' } : { kind: 'use' }
  }
  if (health.kind === 'attention') return { kind: 'refuse', failure: health.failure }
  const mustWait = health.kind === 'offline' && localNow < health.retryAt && !mayTryEarly(health.failure.code)
  return mustWait ? { kind: 'refuse', failure: health.failure } : { kind: 'refresh' }
}

const freeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    for (const member of Object.values(value)) freeze(member)
    Object.freeze(value)
  }
  return value
}

/** Shared by all who ask, hence frozen. */
const tokenOf = (decoded: DecodedJwt, raw: string): SessionToken => freeze({ ...decoded, raw })

export const createTokens = ({ book, loader, refresher, limiter, clock }: TokensOptions): Tokens => {
  const ensureEntry = async (
    entry: Entry,
    { forceRefresh = false, clientMetadata }: FetchAuthSessionOptions,
  ): Promise<Result<LiveSession>> => {
    await loader.ensure(entry)
    const { state, profile } = entry
    if (state.status !== 'live') return { ok: false, failure: noSession(state) }
    const { session, health } = state
    const decision = decide(session, health, profile.refreshLeadSeconds, clock.now())
    if (!forceRefresh && decision.kind === 'use') return ok(session)
    if (!forceRefresh && decision.kind === 'refuse') return { ok: false, failure: decision.failure }

    // Nobody who asks is made to wait for the rate limit, but others wait for them.
    if (refresher.underWay(entry.id) === undefined) limiter.reserve(rateKey(entry), clock.monotonic())
    const outcome = await refresher.refresh(entry.id, clientMetadata)
    if (outcome.kind === 'renewed') return ok(outcome.session)
    if (outcome.kind === 'superseded') return fail('session.superseded')
    // The same tokens, by the clock as it is read since that failed.
    const current = entry.state.status === 'live' ? entry.state.session : undefined
    const isStillGood =
      current?.record === session.record && clock.now() + current.offsetMs < current.facts.expiresAt
    return isStillGood && !forceRefresh ? ok(current) : { ok: false, failure: outcome.failure }
  }

  const answerOf = (session: LiveSession): Result<AuthSession> => {
    const { tokens } = session.record
    const both = decodeBoth(tokens)
    if (!both.ok) return both
    const idToken = tokenOf(both.value.id, tokens.idToken)
    const accessToken = tokenOf(both.value.access, tokens.accessToken)
    const held = session.credentials
    const isAtHand = held !== undefined && clock.now() + session.offsetMs < held.credentials.expiresAt
    return ok(
      Object.freeze({
        tokens: Object.freeze({ idToken, accessToken }),
        userSub: session.record.userId,
        ...(isAtHand ? { credentials: held.credentials, identityId: held.identityId } : {}),
      }),
    )
  }

  /** Until something about the session changes or the first of its parts runs out, every answer is this one. */
  const readyAnswer = (entry: Entry, session: LiveSession, answer: Result<AuthSession>): ReadyAnswer => {
    const { state, profile } = entry
    const isWaiting =
      state.status === 'live' && (state.health.kind === 'offline' || state.health.kind === 'attention')
    const tokensUntil = isWaiting
      ? session.facts.expiresAt
      : refreshesAt(session.facts, profile.refreshLeadSeconds, session.spread)
    const until = Math.min(tokensUntil, session.credentials?.credentials.expiresAt ?? tokensUntil)
    return { until: until - session.offsetMs, answer: Promise.resolve(answer) }
  }

  const fetchEntry = async (entry: Entry, options: FetchAuthSessionOptions): Promise<Result<AuthSession>> => {
    const ensured = await ensureEntry(entry, options)
    if (!ensured.ok) return ensured
    const session = ensured.value
    const answer = answerOf(session)
    const isCurrent = entry.state.status === 'live' && entry.state.session === session
    if (answer.ok && isCurrent) entry.ready = readyAnswer(entry, session, answer)
    return answer
  }

  return {
    async ensure(profileId, options = {}) {
      const entry = book.get(profileId)
      return entry === undefined ? fail('profile.not-found') : ensureEntry(entry, options)
    },
    // Not async: the ready answer is handed out as it is, a million times a second if need be.
    fetch(profileId, options) {
      const entry = book.get(profileId)
      if (entry === undefined) return Promise.resolve({ ok: false, failure: failure('profile.not-found') })
      const { ready } = entry
      if (ready !== undefined && options?.forceRefresh !== true && clock.now() < ready.until) {
        return ready.answer
      }
      return fetchEntry(entry, options ?? {})
    },
  }
}
