// Owns the question whether two versions of a profile speak to the same app client.
import { audienceOf, isSessionFor } from '../profiles/audience.ts'
import type { Profile } from '../profiles/profile.ts'

/** Whether a session of the profile as it was is one of the profile as it is: same issuer, app client and login page. */
export const isSameClient = (before: Profile, after: Profile): boolean =>
  isSessionFor(audienceOf(before), after)

/** Whether AWS credentials of the one are credentials of the other. */
export const isSameIdentityPool = (one: Profile, other: Profile): boolean =>
  one.identityPoolId === other.identityPoolId && one.endpoints.identityPool === other.endpoints.identityPool
