// Owns ending a session at Cognito (cognito.md, "Signing out"): which request, which fallback, and what was reached. Keeps no
// state; clearing locally and trying again later are others' affairs.
import type { Failure, Result } from '../failure.ts'
import { readFacts } from './facts.ts'
import type { Issuer, PoolAccess } from './ports.ts'
import type { SessionRecord, TokenSet } from './session.ts'
import { isEndedCode, isPassing } from './verdicts.ts'

export type SignOutScope = 'device' | 'global'

export type Ending =
  | { readonly kind: 'everywhere' }
  /** This session is over at Cognito, or as good as Cognito lets it be; `failure` says what was refused. */
  | { readonly kind: 'device'; readonly failure: Failure | undefined }
  /** To be tried again. */
  | { readonly kind: 'pending'; readonly failure: Failure }

export interface Circumstances {
  readonly scope: SignOutScope
  /** Epoch milliseconds by the server's clock. */
  readonly serverNow: number
  /** Gets tokens that were refreshed on the way, and settles when they are stored: only then they are used. */
  readonly onRefreshed: (tokens: TokenSet) => Promise<void>
}

const device = (failure?: Failure): Ending => ({ kind: 'device', failure })

/** Revokes a refresh token. One that Cognito has ended already counts as revoked. */
export const revokeToken = async (
  issuer: Issuer,
  access: PoolAccess,
  tokens: TokenSet,
  refusal?: Failure,
): Promise<Ending> => {
  const facts = readFacts(tokens)
  if (facts.ok && !facts.value.isRevocable) return device(refusal)
  const revoked = await issuer.revoke(access, tokens.refreshToken)
  if (revoked.ok || isEndedCode(revoked.failure.code)) return device(refusal)
  if (isPassing(revoked.failure.code)) return { kind: 'pending', failure: revoked.failure }
  return device(refusal ?? revoked.failure)
}

/** Codes that a fresh access token cures. */
const needsFreshToken = (code: Failure['code']): boolean => code === 'token.expired' || isEndedCode(code)

/**
 * Ends all sessions of the user, refreshing first if the access token has expired. Where Cognito refuses that, the refresh
 * token of this device is revoked instead and the refusal told.
 */
const endEverywhere = async (
  issuer: Issuer,
  access: PoolAccess,
  record: SessionRecord,
  { serverNow, onRefreshed }: Circumstances,
): Promise<Ending> => {
  let { tokens } = record
  let hasRefreshed = false
  const refresh = async (): Promise<Result<void>> => {
    hasRefreshed = true
    const refreshed = await issuer.refresh(access, { ...record, tokens })
    if (!refreshed.ok) return refreshed
    tokens = refreshed.value.tokens
    await onRefreshed(tokens)
    return { ok: true, value: undefined }
  }
  const facts = readFacts(tokens)
  let outcome: Result<void> =
    facts.ok && serverNow < facts.value.accessExpiresAt ? { ok: true, value: undefined } : await refresh()
  if (outcome.ok) outcome = await issuer.globalSignOut(access, tokens.accessToken)
  if (!outcome.ok && !hasRefreshed && needsFreshToken(outcome.failure.code)) {
    outcome = await refresh()
    if (outcome.ok) outcome = await issuer.globalSignOut(access, tokens.accessToken)
  }
  if (outcome.ok) return { kind: 'everywhere' }
  const { failure } = outcome
  if (isPassing(failure.code)) return { kind: 'pending', failure }
  // The session itself is over; the user's others can't be reached with it.
  if (isEndedCode(failure.code)) return device(failure)
  return revokeToken(issuer, access, tokens, failure)
}

/** Ends the session of this record. */
export const endSession = (
  issuer: Issuer,
  access: PoolAccess,
  record: SessionRecord,
  circumstances: Circumstances,
): Promise<Ending> =>
  circumstances.scope === 'global'
    ? endEverywhere(issuer, access, record, circumstances)
    : revokeToken(issuer, access, record.tokens)
