// Owns what the three lifetimes of a session say, and what happens next to it. Pure: a view and the time go in.
import type { ProfileView } from '../../../preload/views.ts'
import { roleName } from '../../format/shorten.ts'
import { durationText, type TimeTexts } from '../../format/time.ts'
import { unreachable } from '../../format/unreachable.ts'
import type { LiveSession } from '../../state/hooks.ts'
import type { Tone } from '../../ui/marks.tsx'

const minute = 60_000
const day = 24 * 60 * minute

export interface Lifetime {
  readonly title: string
  readonly aside: string
  readonly value: string
  readonly note: string
  /** What is left of the whole, 0 to 1; undefined where nothing runs. */
  readonly left: number | undefined
  readonly tone: Tone
}

const share = (from: number, until: number, now: number): number =>
  until <= from ? 0 : Math.min(1, Math.max(0, (until - now) / (until - from)))

const refreshWords = (session: LiveSession, now: number, texts: TimeTexts): string => {
  switch (session.status) {
    case 'refreshing':
      return 'refreshing…'
    case 'offline':
      return session.retryAt === undefined ? 'retrying' : `retries ${texts.shortTime(session.retryAt, now)}`
    case 'attention':
      return 'not refreshing'
    case 'active': {
      const { refreshesAt } = session.lifetimes.tokens
      return refreshesAt === undefined ? '' : `refreshes ${texts.shortTime(refreshesAt, now)}`
    }
    default:
      return unreachable(session)
  }
}

const tokensLifetime = (session: LiveSession, now: number, texts: TimeTexts): Lifetime => {
  const { issuedAt, expiresAt } = session.lifetimes.tokens
  const expired = expiresAt <= now
  const troubled = session.status === 'offline' || session.status === 'attention'
  const tone: Tone = expired ? 'bad' : troubled ? 'warn' : 'ok'
  return {
    title: 'ID and access token',
    aside: refreshWords(session, now, texts),
    value: expired ? 'Expired' : durationText(expiresAt - now),
    note: expired ? `at ${texts.time(expiresAt, now)}` : `expires ${texts.time(expiresAt, now)}`,
    left: share(issuedAt, expiresAt, now),
    tone,
  }
}

/** Sesame hands out credentials only while they live longer than this (cognito.md, "Consumers"). */
const handedOutMs = 15 * minute

const credentialsLifetime = (
  view: ProfileView,
  session: LiveSession,
  now: number,
  texts: TimeTexts,
): Lifetime => {
  const title = 'AWS credentials'
  const { credentials } = session.lifetimes
  if (view.profile.identityPoolId === undefined)
    return { title, aside: '', value: '—', note: 'no identity pool', left: undefined, tone: 'neutral' }
  if (credentials === undefined)
    return { title, aside: '', value: 'Not issued', note: 'on first use', left: undefined, tone: 'neutral' }
  const { obtainedAt, expiresAt, roleArn } = credentials
  const expired = expiresAt <= now
  return {
    title,
    aside: roleArn === undefined ? '' : `${roleName(roleArn)} role`,
    value: expired ? 'Expired' : durationText(expiresAt - now),
    note: expired ? 'renewed on next use' : `expires ${texts.time(expiresAt, now)}`,
    left: share(obtainedAt, expiresAt, now),
    tone: expired ? 'neutral' : expiresAt - now <= handedOutMs ? 'warn' : 'ok',
  }
}

const rotationWords = (rotates: boolean | undefined): string => {
  // Unknown before the first refresh.
  if (rotates === undefined) return ''
  return rotates ? 'rotates' : 'does not rotate'
}

const refreshTokenLifetime = (session: LiveSession, now: number, texts: TimeTexts): Lifetime => {
  const { issuedAt, expiresAt, rotates } = session.lifetimes.refreshToken
  const left = expiresAt - now
  return {
    title: 'Refresh token',
    aside: rotationWords(rotates),
    value: left <= 0 ? 'Expired' : durationText(left),
    note:
      left <= 0
        ? 'sign in again'
        : left < day
          ? `sign in again by ${texts.shortTime(expiresAt, now)}`
          : `sign in again by ${texts.date(expiresAt, now)}`,
    left: share(issuedAt, expiresAt, now),
    tone: left <= day ? 'bad' : left <= 3 * day ? 'warn' : 'ok',
  }
}

/** The three lifetimes (P12), in the order they run out. `now` in epoch milliseconds. */
export const lifetimesOf = (
  view: ProfileView,
  session: LiveSession,
  now: number,
  texts: TimeTexts,
): readonly Lifetime[] => [
  tokensLifetime(session, now, texts),
  credentialsLifetime(view, session, now, texts),
  refreshTokenLifetime(session, now, texts),
]

export interface Upcoming {
  readonly at: number
  readonly text: string
}

/** What will happen to this session, soonest first; nothing that is past. */
export const upcoming = (session: LiveSession, now: number): readonly Upcoming[] => {
  const { tokens, credentials, refreshToken } = session.lifetimes
  const events: Upcoming[] = []
  switch (session.status) {
    case 'active':
      if (tokens.refreshesAt !== undefined)
        events.push({ at: tokens.refreshesAt, text: 'Sesame refreshes the tokens by itself' })
      break
    case 'offline':
      if (session.retryAt !== undefined)
        events.push({ at: session.retryAt, text: 'Sesame tries to refresh again' })
      events.push({ at: tokens.expiresAt, text: 'The tokens expire, unless a refresh works before' })
      break
    case 'attention':
      events.push({ at: tokens.expiresAt, text: 'The tokens expire: refreshing waits for a change' })
      break
    case 'refreshing':
      break
  }
  if (credentials !== undefined)
    events.push({
      at: credentials.expiresAt,
      text: 'These AWS credentials expire; the next copy takes new ones',
    })
  events.push({ at: refreshToken.expiresAt, text: 'The refresh token ends: sign in again before' })
  return events.filter((event) => event.at > now).toSorted((a, b) => a.at - b.at)
}
