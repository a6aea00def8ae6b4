// Owns the life of codes that confirm a sign-up or a new password: how long one is good, how often one may be asked for
// and be wrong. Pure rules over a small state, no clock of its own. Source: user pool guide, "Quotas" and API reference.

/** What is known of the codes of one user and one purpose; times are milliseconds since the epoch. */
export interface CodeState {
  readonly current?: { readonly code: string; readonly expiresAt: number }
  readonly sentAt: readonly number[]
  readonly wrongAt: readonly number[]
}

export const NO_CODES: CodeState = { sentAt: [], wrongAt: [] }

const HOUR_MS = 3_600_000
/** Cognito counts from 5 to 20 an hour, by risk; this is its strictest. */
const MOST_PER_HOUR = 5

const recent = (times: readonly number[], now: number) => times.filter((at) => now - at < HOUR_MS)

/** The state once `code` was sent, the code before it being void; undefined where too many were asked for. */
export function afterSending(
  state: CodeState,
  code: string,
  lifetimeSeconds: number,
  now: number,
): CodeState | undefined {
  const sentAt = recent(state.sentAt, now)
  if (sentAt.length >= MOST_PER_HOUR) return undefined
  const current = { code, expiresAt: now + lifetimeSeconds * 1000 }
  return { ...state, current, sentAt: [...sentAt, now] }
}

export type CodeVerdict = 'right' | 'wrong' | 'expired' | 'too-many'

/** What a code is worth, and the state after it was tried. A right one is used up; `expired` also where none was sent. */
export function tryCode(
  state: CodeState,
  given: string,
  now: number,
): { readonly verdict: CodeVerdict; readonly state: CodeState } {
  const wrongAt = recent(state.wrongAt, now)
  if (wrongAt.length >= MOST_PER_HOUR) return { verdict: 'too-many', state }
  if (state.current === undefined || now >= state.current.expiresAt) return { verdict: 'expired', state }
  if (given !== state.current.code)
    return { verdict: 'wrong', state: { ...state, wrongAt: [...wrongAt, now] } }
  return { verdict: 'right', state: { sentAt: state.sentAt, wrongAt: [] } }
}
