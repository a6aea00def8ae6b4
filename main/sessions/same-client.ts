// Owns the question whether two versions of a profile speak to the same app client.
import { issuerOf, type Profile } from '../profiles/profile.ts'

/** Whether a session of the one is a session of the other: same issuer, same app client. */
export const isSameClient = (one: Profile, other: Profile): boolean =>
  one.clientId === other.clientId && issuerOf(one) === issuerOf(other)

/** Whether AWS credentials of the one are credentials of the other. */
export const isSameIdentityPool = (one: Profile, other: Profile): boolean =>
  one.identityPoolId === other.identityPoolId && one.endpoints.identityPool === other.endpoints.identityPool
