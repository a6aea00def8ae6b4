// Owns which record a sign-out is about once the store was read again: another process may have refreshed the session, or somebody may
// have signed in anew there. Pure.
import type { SignedOutRecord } from './debt.ts'
import type { VaultRead } from './ports.ts'
import type { SessionRecord } from './session.ts'

/** `replaced` are refresh tokens that another sign-in took the place of before the sign-out. */
export interface ToEnd {
  readonly kind: 'to-end'
  readonly record: SignedOutRecord
  readonly replaced: readonly string[]
}

export type Newest =
  | ToEnd
  /** Somebody signed in after the sign-out: that session stays. */
  | { readonly kind: 'signed-in-since' }

const isNewer = (stored: SessionRecord, ours: SessionRecord): boolean =>
  stored.signedInAt > ours.signedInAt ||
  stored.generation >= ours.generation ||
  (stored.refreshedAt ?? 0) > (ours.refreshedAt ?? 0)

/** What is to be ended: our own record, unless what is stored is newer. Cognito ends nothing twice, so an ended one counts for nothing. */
export const newestOf = (read: VaultRead<SessionRecord>, ours: SignedOutRecord): Newest => {
  const same: ToEnd = { kind: 'to-end', record: ours, replaced: [] }
  if (read.kind !== 'found') return same
  const { value } = read
  if (value.signedOut === undefined && value.signedInAt > ours.signedOut.at)
    return { kind: 'signed-in-since' }
  const isSameSession = value.tokens.refreshToken === ours.tokens.refreshToken
  const isSameTokens = isSameSession && value.tokens.accessToken === ours.tokens.accessToken
  if (
    value.ended !== undefined ||
    isSameTokens ||
    value.signedInAt < ours.signedInAt ||
    !isNewer(value, ours)
  )
    return same
  const isSameSignIn = value.userId === ours.userId && value.signedInAt === ours.signedInAt
  return {
    kind: 'to-end',
    record: {
      ...value,
      generation: Math.max(value.generation + 1, ours.generation),
      signedOut: ours.signedOut,
    },
    replaced: isSameSignIn ? [] : [ours.tokens.refreshToken],
  }
}
