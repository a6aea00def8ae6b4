// Owns AWS credentials from an identity pool: who the user is there, and credentials for that identity.
// Caches nothing and refreshes no tokens; sessions do.
import type { Credentials } from '@aws-sdk/client-cognito-identity'
import { type Failure, fail, ok, type Result } from '../failure.ts'
import type { Profile } from '../profiles/profile.ts'
import type { Clock, CredentialsGrant, CredentialsSource } from '../sessions/ports.ts'
import type { AwsCredentials } from '../sessions/session.ts'
import type { IdentityPoolApi } from './clients.ts'
import { type Endpoint, identityPoolEndpoint, loginProviderOf } from './endpoints.ts'

type FetchInput = Parameters<CredentialsSource['fetch']>[1]

/** Names what the identity pool has to list, where that is what it lacks. */
const explained = (profile: Profile, failure: Failure): Failure =>
  failure.code === 'credentials.not-supported-provider'
    ? {
        ...failure,
        remedy: `Add the provider ${loginProviderOf(profile)} with app client ${profile.clientId} to the identity pool.`,
      }
    : failure

const credentialsIn = (
  credentials: Credentials | undefined,
  obtainedAt: number,
  roleArn: string | undefined,
): Result<AwsCredentials> => {
  const { AccessKeyId, SecretKey, SessionToken, Expiration } = credentials ?? {}
  if (!AccessKeyId || !SecretKey || !SessionToken || Expiration === undefined) {
    return fail('network.bad-answer', { detail: 'The answer holds no complete credentials.' })
  }
  return ok({
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretKey,
    sessionToken: SessionToken,
    expiresAt: Expiration.getTime(),
    obtainedAt,
    roleArn,
  })
}

/**
 * GetId where the identity is not known, then GetCredentialsForIdentity. An identity that the pool no longer knows is
 * asked for once more.
 *
 * @returns failures `credentials.*`; `credentials.token-expired` asks for refreshed tokens and another call.
 */
export const fetchCredentials = async (
  identityPool: (endpoint: Endpoint) => Promise<IdentityPoolApi>,
  clock: Clock,
  profile: Profile,
  { idToken, roleArn, identityId }: FetchInput,
): Promise<Result<CredentialsGrant>> => {
  const { identityPoolId } = profile
  if (identityPoolId === undefined) return fail('credentials.no-identity-pool')
  const pool = await identityPool(identityPoolEndpoint(profile))
  const Logins = { [loginProviderOf(profile)]: idToken }

  const identify = async (): Promise<Result<string>> => {
    const answer = await pool.getId({ IdentityPoolId: identityPoolId, Logins })
    if (!answer.ok) return answer
    const { IdentityId } = answer.value.value
    return IdentityId
      ? ok(IdentityId)
      : fail('network.bad-answer', { detail: 'The answer holds no identity.' })
  }

  const issue = async (identity: string): Promise<Result<CredentialsGrant>> => {
    const answer = await pool.getCredentialsForIdentity({
      IdentityId: identity,
      Logins,
      CustomRoleArn: roleArn,
    })
    if (!answer.ok) return answer
    const credentials = credentialsIn(answer.value.value.Credentials, clock.now(), roleArn)
    return credentials.ok
      ? ok({ credentials: credentials.value, identityId: answer.value.value.IdentityId ?? identity })
      : credentials
  }

  const identifyAndIssue = async (): Promise<Result<CredentialsGrant>> => {
    const identity = await identify()
    return identity.ok ? issue(identity.value) : identity
  }

  const attempted = identityId === undefined ? await identifyAndIssue() : await issue(identityId)
  const isForgotten =
    !attempted.ok && attempted.failure.code === 'credentials.identity-not-found' && identityId !== undefined
  const result = isForgotten ? await identifyAndIssue() : attempted
  return result.ok ? result : { ok: false, failure: explained(profile, result.failure) }
}
