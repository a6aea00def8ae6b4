// Owns whether a token is what it says: signature, issuer, audience, use and time (cognito.md, "Tokens").
// Never proves that a token was not revoked; only Cognito knows that.
import type { JWTVerifyGetKey } from 'jose'
import { issuerOf, type Profile } from '../profiles/profile.ts'
import type { Clock, Verification } from '../sessions/ports.ts'
import type { KeysOf } from './jwks.ts'

const refused = (reason: string): Verification => ({ kind: 'refused', reason })
const unchecked = (reason: string): Verification => ({ kind: 'unchecked', reason })

/** Our clock is known to about a second. */
const clockToleranceSeconds = 1

/** The keys could not be had, for whatever reason: no network, a time-out, an answer that is no key set. */
class KeysUnavailable extends Error {}

/**
 * Verifies a token of this profile's app client: RS256 only, keys of the issuer that the profile's configuration names.
 *
 * @returns `unchecked` where the keys cannot be had right now, so that being offline is not taken for a forgery.
 */
export const verifyToken = async (
  keysOf: KeysOf,
  clock: Clock,
  profile: Pick<Profile, 'userPoolId' | 'clientId' | 'endpoints'>,
  expected: { kind: 'id' | 'access'; clockOffsetMs: number },
  token: string,
): Promise<Verification> => {
  const { errors, jwtVerify } = await import('jose')
  const issuer = issuerOf(profile)
  const keys = await keysOf(issuer)
  const isUnknownKey = (error: unknown) =>
    error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys
  const find: JWTVerifyGetKey = async (header, input) => {
    try {
      return await keys.find(header, input)
    } catch (error) {
      throw isUnknownKey(error) ? error : new KeysUnavailable('no keys', { cause: error })
    }
  }
  try {
    const { payload } = await jwtVerify(token, find, {
      algorithms: ['RS256'],
      issuer,
      currentDate: new Date(clock.now() + expected.clockOffsetMs),
      clockTolerance: clockToleranceSeconds,
      requiredClaims: ['exp', 'sub'],
      ...(expected.kind === 'id' ? { audience: profile.clientId } : {}),
    })
    if (payload['token_use'] !== expected.kind) return refused(`It is not an ${expected.kind} token.`)
    if (expected.kind === 'access' && payload['client_id'] !== profile.clientId) {
      return refused('It was issued to another app client.')
    }
    return { kind: 'verified' }
  } catch (error) {
    if (error instanceof KeysUnavailable) return unchecked('The keys of the user pool could not be fetched.')
    if (isUnknownKey(error)) {
      return keys.isCoolingDown()
        ? unchecked('The user pool may have a new key; its keys were fetched a moment ago.')
        : refused('It is signed with a key that the user pool does not publish.')
    }
    if (error instanceof errors.JWTExpired) return refused('It has expired.')
    if (error instanceof errors.JWTClaimValidationFailed) return refused(claimReason(error.claim))
    if (error instanceof errors.JWSSignatureVerificationFailed) {
      return refused('The signature does not match the keys of the user pool.')
    }
    if (error instanceof errors.JOSEAlgNotAllowed) return refused('It is not signed with RS256.')
    if (error instanceof errors.JOSEError) return refused('It is not a valid JSON Web Token.')
    throw error
  }
}

const claimReason = (claim: string): string => {
  switch (claim) {
    case 'iss':
      return 'It was issued by another user pool.'
    case 'aud':
      return 'It was issued to another app client.'
    default:
      return `Its claim ${claim} is missing or not right.`
  }
}
