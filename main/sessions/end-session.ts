// Owns ending a session at Cognito (cognito.md, "Signing out"): which request, which fallback, and what was reached. Keeps no
// state; clearing locally and trying again later are others' affairs.
import type { Failure, Result } from '../failure.ts'
import { readFacts } from './facts.ts'
import type { Acknowledged, Issuer, PoolAccess } from './ports.ts'
import type { SessionRecord, TokenSet } from './session.ts'
import { isEndedCode, isPassing } from './verdicts.ts'

export type SignOutScope = 'device' | 'global'

export type Ending =
  | { readonly kind: 'everywhere'; readonly requestId: string | undefined }
  /** This session is over at Cognito, or as good as Cognito lets it be; `failure` says what was refused. */
  | { readonly kind: 'device'; readonly failure: Failure | undefined; readonly requestId: string | undefined }
  /** To be tried again. */
  | { readonly kind: 'pending'; readonly failure: Failure }

export interface Circumstances {
  readonly scope: SignOutScope
  /** Epoch milliseconds by the server's clock. */
  readonly serverNow: number
  /** Gets tokens that were refreshed on the way, and settles when they are stored: only then they are used. */
  readonly onRefreshed: (tokens: TokenSet) => Promise<void>
}

/** `requestId` is that of the request that went through, or of the one that was refused. */
const device = (failure: Failure | undefined, requestId = failure?.requestId): Ending => ({
  kind: 'device',
  failure,
  requestId,
})

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
  if (revoked.ok) return device(refusal, revoked.value.requestId)
  if (isEndedCode(revoked.failure.code)) return device(refusal, revoked.failure.requestId)
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
  const refresh = async (): Promise<Result<void>> => {
    const refreshed = await issuer.refresh(access, { ...record, tokens })
    const earlier = tokens
    if (refreshed.ok) tokens = refreshed.value.tokens
    // Of no use otherwise, and yet the token that is good from now on.
    else if (refreshed.rotatedTo !== undefined) tokens = { ...tokens, refreshToken: refreshed.rotatedTo }
    if (tokens !== earlier) await onRefreshed(tokens)
    return refreshed.ok ? { ok: true, value: undefined } : refreshed
  }
  const signOut = (): Promise<Result<Acknowledged>> => issuer.globalSignOut(access, tokens.accessToken)
  const refreshAndSignOut = async (): Promise<Result<Acknowledged>> => {
    const refreshed = await refresh()
    return refreshed.ok ? signOut() : refreshed
  }
  const facts = readFacts(tokens)
  const isValid = facts.ok && serverNow < facts.value.accessExpiresAt
  let outcome = isValid ? await signOut() : await refreshAndSignOut()
  if (!outcome.ok && isValid && needsFreshToken(outcome.failure.code)) outcome = await refreshAndSignOut()
  if (outcome.ok) return { kind: 'everywhere', requestId: outcome.value.requestId }
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
