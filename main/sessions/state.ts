// Owns the states of a session and the one function that moves between them. Pure: no clock, no calls, no storage.
import { assertNever, type Failure } from '../failure.ts'
import type { TokenFacts } from './facts.ts'
import { noTries, type Tries } from './lifetimes.ts'
import type { Unsaved } from './ports.ts'
import type { AwsCredentials, SessionRecord } from './session.ts'

/** Credentials as sessions hold them, with what they were asked for. Times by the server's clock. */
export interface HeldCredentials {
  readonly credentials: AwsCredentials
  readonly identityId: string
  readonly identityPoolId: string
  /** The role that was asked for, not the one that came back. */
  readonly askedRoleArn: string | undefined
  /** The flow and its duration. */
  readonly askedWay: string
  /** Handed out until then. */
  readonly renewAt: number
}

/** What a refresh replaced, as far as a person may see it. */
export type EarlierTokens = Pick<SessionRecord['tokens'], 'idToken' | 'accessToken'>

/** A session somebody is signed in with. */
export interface LiveSession {
  readonly record: SessionRecord
  readonly facts: TokenFacts
  /** Server time minus ours, milliseconds, as this session's lifetimes are read. */
  readonly offsetMs: number
  /** The offset to go by as soon as measuring it has failed; undefined once it was measured, or where there is none. */
  readonly fallbackOffsetMs: number | undefined
  /** The generation of the sign-in or restore it comes from: refreshing keeps it, another sign-in does not. */
  readonly origin: number
  /** Uniform in [0, 1), drawn once per token set, so that refreshes do not all come at once. */
  readonly spread: number
  /** Where this record is as long as the keychain has not taken it. */
  readonly unsaved: Unsaved
  readonly credentials: HeldCredentials | undefined
  /** The tokens before the last refresh; absent after a sign-in or a restore. Never stored. */
  readonly before?: EarlierTokens
}

/** How refreshing a live session goes. */
export type Health =
  | { readonly kind: 'good' }
  | { readonly kind: 'refreshing'; readonly tries: Tries; readonly earlier: Failure | undefined }
  /** `retryAt` is by our own clock; `tries` counts the failures in a row. */
  | {
      readonly kind: 'offline'
      readonly failure: Failure
      readonly retryAt: number
      readonly tries: Tries
    }
  | { readonly kind: 'attention'; readonly failure: Failure }

export type SessionState =
  | { readonly status: 'loading' }
  | { readonly status: 'signed-out'; readonly isRevocationPending: boolean }
  | { readonly status: 'unavailable'; readonly failure: Failure }
  | { readonly status: 'live'; readonly session: LiveSession; readonly health: Health }
  | { readonly status: 'ended'; readonly record: SessionRecord; readonly failure: Failure }

/**
 * What can happen to a session. Events that carry `basedOn` or `origin` are results of work that began earlier: they are
 * dropped when the session has moved on since, so that a sign-out or a new sign-in wins.
 */
export type SessionEvent =
  | { readonly kind: 'restored'; readonly session: LiveSession }
  | { readonly kind: 'found-ended'; readonly record: SessionRecord; readonly failure: Failure }
  | { readonly kind: 'found-nothing'; readonly isRevocationPending: boolean }
  | { readonly kind: 'unreadable'; readonly failure: Failure }
  | { readonly kind: 'signed-in'; readonly session: LiveSession }
  | { readonly kind: 'refresh-started' }
  | { readonly kind: 'refreshed'; readonly basedOn: number; readonly session: LiveSession }
  | {
      readonly kind: 'refresh-delayed'
      readonly basedOn: number
      readonly failure: Failure
      readonly retryAt: number
      readonly tries: Tries
    }
  | { readonly kind: 'refresh-refused'; readonly basedOn: number; readonly failure: Failure }
  | {
      readonly kind: 'ended'
      readonly basedOn: number
      readonly record: SessionRecord
      readonly failure: Failure
    }
  | { readonly kind: 'stored'; readonly generation: number; readonly unsaved: Unsaved }
  | { readonly kind: 'credentials-issued'; readonly origin: number; readonly held: HeldCredentials }
  | { readonly kind: 'identity-pool-changed' }
  | { readonly kind: 'signed-out'; readonly isRevocationPending: boolean }
  | { readonly kind: 'revocation-settled' }
  /** Our own clock was set: `byMs` is how far it moved. */
  | { readonly kind: 'clock-set'; readonly byMs: number }
  /** Another session of the same service was told the time. */
  | { readonly kind: 'offset-measured'; readonly offsetMs: number }
  /** A reason to try again sooner than the back-off says. */
  | { readonly kind: 'retry-moved'; readonly retryAt: number }
  /** A person changed something that may have been the reason for a refusal. */
  | { readonly kind: 'reconsidered' }

type Live = Extract<SessionState, { status: 'live' }>

/** A `Date` header has whole seconds and travelled here: less is noise. */
const offsetStepMs = 2_000

const good: Health = { kind: 'good' }

const isAwaited = (state: SessionState): boolean =>
  state.status === 'loading' || state.status === 'unavailable'

const isBasisOf = (state: SessionState, basedOn: number): state is Live =>
  state.status === 'live' && state.session.record.generation === basedOn

const withSession = (state: Live, change: Partial<LiveSession>): Live => ({
  ...state,
  session: { ...state.session, ...change },
})

const moveClock = (state: Live, byMs: number): Live => {
  const { offsetMs, fallbackOffsetMs } = state.session
  const moved = withSession(state, {
    offsetMs: offsetMs - byMs,
    fallbackOffsetMs: fallbackOffsetMs === undefined ? undefined : fallbackOffsetMs - byMs,
  })
  if (state.health.kind !== 'offline') return moved
  return { ...moved, health: { ...state.health, retryAt: state.health.retryAt + byMs } }
}

const measureClock = (state: Live, offsetMs: number): Live => {
  const { session } = state
  const isNews = Math.abs(session.offsetMs - offsetMs) >= offsetStepMs
  if (!isNews && session.fallbackOffsetMs === undefined) return state
  return withSession(state, {
    offsetMs: isNews ? offsetMs : session.offsetMs,
    fallbackOffsetMs: undefined,
  })
}

/** A refresh would have measured the clock, and failed. */
const fallBack = (state: Live): Live => {
  const { fallbackOffsetMs } = state.session
  return fallbackOffsetMs === undefined
    ? state
    : withSession(state, { offsetMs: fallbackOffsetMs, fallbackOffsetMs: undefined })
}

/** The refresh token is not among them: nobody is shown one. */
const earlierTokens = (was: LiveSession, now: LiveSession): Pick<LiveSession, 'before'> => {
  const { idToken, accessToken } = was.record.tokens
  // The same tokens under another generation: nothing was replaced.
  if (accessToken === now.record.tokens.accessToken)
    return was.before === undefined ? {} : { before: was.before }
  return { before: { idToken, accessToken } }
}

const startRefresh = (state: Live): Live => ({
  ...state,
  health: {
    kind: 'refreshing',
    tries: state.health.kind === 'offline' ? state.health.tries : noTries,
    earlier: 'failure' in state.health ? state.health.failure : undefined,
  },
})

/** The state after the event; the very same object where the event does not apply (any more). */
export const reduce = (state: SessionState, event: SessionEvent): SessionState => {
  switch (event.kind) {
    case 'restored':
      return isAwaited(state) ? { status: 'live', session: event.session, health: good } : state
    case 'found-ended':
      return isAwaited(state) ? { status: 'ended', record: event.record, failure: event.failure } : state
    case 'found-nothing':
      return isAwaited(state)
        ? { status: 'signed-out', isRevocationPending: event.isRevocationPending }
        : state
    case 'unreadable':
      return isAwaited(state) ? { status: 'unavailable', failure: event.failure } : state
    case 'signed-in':
      return { status: 'live', session: event.session, health: good }
    case 'refresh-started':
      return state.status === 'live' ? startRefresh(state) : state
    case 'refreshed':
      return isBasisOf(state, event.basedOn)
        ? {
            status: 'live',
            session: {
              ...event.session,
              origin: state.session.origin,
              credentials: state.session.credentials,
              ...earlierTokens(state.session, event.session),
            },
            health: good,
          }
        : state
    case 'refresh-delayed':
      return isBasisOf(state, event.basedOn)
        ? {
            ...fallBack(state),
            health: {
              kind: 'offline',
              failure: event.failure,
              retryAt: event.retryAt,
              tries: event.tries,
            },
          }
        : state
    case 'refresh-refused':
      return isBasisOf(state, event.basedOn)
        ? { ...state, health: { kind: 'attention', failure: event.failure } }
        : state
    case 'ended':
      return isBasisOf(state, event.basedOn)
        ? { status: 'ended', record: event.record, failure: event.failure }
        : state
    case 'stored':
      return isBasisOf(state, event.generation) && state.session.unsaved !== event.unsaved
        ? withSession(state, { unsaved: event.unsaved })
        : state
    case 'credentials-issued':
      return state.status === 'live' && state.session.origin === event.origin
        ? withSession(state, { credentials: event.held })
        : state
    case 'identity-pool-changed':
      return state.status === 'live'
        ? withSession(state, {
            credentials: undefined,
            record: { ...state.session.record, identityId: undefined },
          })
        : state
    case 'signed-out':
      return { status: 'signed-out', isRevocationPending: event.isRevocationPending }
    case 'revocation-settled':
      return state.status === 'signed-out' && state.isRevocationPending
        ? { status: 'signed-out', isRevocationPending: false }
        : state
    case 'clock-set':
      return state.status === 'live' ? moveClock(state, event.byMs) : state
    case 'offset-measured':
      return state.status === 'live' ? measureClock(state, event.offsetMs) : state
    case 'retry-moved':
      return state.status === 'live' && state.health.kind === 'offline'
        ? { ...state, health: { ...state.health, retryAt: event.retryAt, tries: noTries } }
        : state
    case 'reconsidered':
      return state.status === 'live' && state.health.kind === 'attention' ? { ...state, health: good } : state
    default:
      return assertNever(event)
  }
}
