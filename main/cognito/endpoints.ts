// Owns where a profile's requests go and what its user pool is called there. Everything comes from the profile: the AWS
// settings of this machine (AWS_ENDPOINT_URL, ~/.aws/config) have no say.
import { dnsSuffixOf } from '../profiles/patterns.ts'
import { type Profile, regionOf } from '../profiles/profile.ts'

type Located = Pick<Profile, 'userPoolId' | 'endpoints'>
type WithIdentityPool = Pick<Profile, 'userPoolId' | 'endpoints' | 'identityPoolId'>

export interface Endpoint {
  readonly region: string
  readonly url: string
}

const regional = (service: string, region: string, custom: string | undefined): Endpoint => ({
  region,
  url: custom ?? `https://${service}.${region}.${dnsSuffixOf(region)}`,
})

export const userPoolEndpoint = (profile: Located): Endpoint =>
  regional('cognito-idp', regionOf(profile.userPoolId), profile.endpoints.userPool)

/** The region of an identity pool is the part of its id before `:`; without a pool, the user pool's. */
const identityRegionOf = (profile: WithIdentityPool): string =>
  profile.identityPoolId?.split(':', 1)[0] ?? regionOf(profile.userPoolId)

export const identityPoolEndpoint = (profile: WithIdentityPool): Endpoint =>
  regional('cognito-identity', identityRegionOf(profile), profile.endpoints.identityPool)

/** STS of the identity pool's region: regional endpoints work in every partition, the global one only in the first. */
export const stsEndpoint = (profile: WithIdentityPool): Endpoint =>
  regional('sts', identityRegionOf(profile), profile.endpoints.sts)

/** The key of `Logins` for this user pool, and the provider name that the identity pool has to list. */
export const loginProviderOf = (profile: Pick<Profile, 'userPoolId'>): string => {
  const region = regionOf(profile.userPoolId)
  return `cognito-idp.${region}.${dnsSuffixOf(region)}/${profile.userPoolId}`
}
