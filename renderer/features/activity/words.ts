// Owns how what happened to a session reads.
import type { ActivityEvent } from '../../../preload/views.ts'
import type { Tone } from '../../ui/marks.tsx'

interface ActivityWords {
  readonly text: string
  readonly tone: Tone
}

/** One sentence and a colour per kind of event. */
export const activityWords = {
  'signed-in': { text: 'Signed in', tone: 'ok' },
  'sign-in-failed': { text: 'Sign-in failed', tone: 'bad' },
  refreshed: { text: 'Tokens refreshed', tone: 'ok' },
  rotated: { text: 'Refresh token rotated', tone: 'ok' },
  'refresh-failed': { text: 'Refresh failed', tone: 'warn' },
  ended: { text: 'Session ended', tone: 'bad' },
  'credentials-issued': { text: 'AWS credentials issued', tone: 'ok' },
  'credentials-failed': { text: 'AWS credentials refused', tone: 'bad' },
  exported: { text: 'AWS credentials copied', tone: 'neutral' },
  'token-copied': { text: 'Token copied', tone: 'neutral' },
  'token-revealed': { text: 'Token shown', tone: 'neutral' },
  tested: { text: 'AWS credentials tested', tone: 'neutral' },
  'signed-out': { text: 'Signed out', tone: 'neutral' },
  'revocation-pending': { text: 'Sign-out waits for the network', tone: 'warn' },
  'ending-soon': { text: 'Sign-in ends soon', tone: 'warn' },
  restored: { text: 'Session restored from the keychain', tone: 'neutral' },
} as const satisfies Record<ActivityEvent['kind'], ActivityWords>

/** "120 ms", "2.4 s". */
export const tookText = (durationMs: number): string =>
  durationMs < 1_000 ? `${Math.round(durationMs)} ms` : `${(durationMs / 1_000).toFixed(1)} s`

/** Newest first, each event once: what was asked for and what was pushed meanwhile may overlap. */
export const mergeActivity = (
  asked: readonly ActivityEvent[],
  pushed: readonly ActivityEvent[],
): readonly ActivityEvent[] => {
  const byId = new Map([...asked, ...pushed].map((event) => [event.id, event]))
  return [...byId.values()].toSorted((a, b) => b.at - a.at)
}
