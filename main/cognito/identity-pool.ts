// Owns AWS credentials from an identity pool: who the user is there, and credentials for that identity.
// Caches nothing and refreshes no tokens; sessions do.
import { type Failure, fail, ok, type Result } from '../failure.ts'
import type { Profile } from '../profiles/profile.ts'
import { decodeJWT } from '../sessions/jwt.ts'
import type { Clock, CredentialsGrant, CredentialsSource } from '../sessions/ports.ts'
import type { AwsCredentials } from '../sessions/session.ts'
import type { AnonymousStsApi, IdentityPoolApi } from './clients.ts'
import { type Endpoint, identityPoolEndpoint, loginProviderOf, stsEndpoint } from './endpoints.ts'

type FetchInput = Parameters<CredentialsSource['fetch']>[1]

/** Says which setting it is about, and what the identity pool has to list, where that is what it lacks. */
const explained = (profile: Profile, failure: Failure): Failure => {
  const { code } = failure
  if (code === 'credentials.duration') return { ...failure, field: 'credentialsSeconds' }
  if (code === 'credentials.role-unknown') return { ...failure, field: 'roleArn' }
  if (code !== 'credentials.not-supported-provider') return failure
  return {
    ...failure,
    remedy: `Add the provider ${loginProviderOf(profile)} with app client ${profile.clientId} to the identity pool.`,
  }
}

/** As both services spell them: the identity pool says SecretKey, STS SecretAccessKey. */
interface Issued {
  readonly AccessKeyId?: string | undefined
  readonly SecretKey?: string | undefined
  readonly SecretAccessKey?: string | undefined
  readonly SessionToken?: string | undefined
  readonly Expiration?: Date | undefined
}

const credentialsIn = (
  credentials: Issued | undefined,
  obtainedAt: number,
  roleArn: string | undefined,
): Result<AwsCredentials> => {
  const { AccessKeyId, SecretKey, SecretAccessKey, SessionToken, Expiration } = credentials ?? {}
  const secret = SecretKey ?? SecretAccessKey
  if (!AccessKeyId || !secret || !SessionToken || Expiration === undefined) {
    return fail('network.bad-answer', { detail: 'The answer holds no complete credentials.' })
  }
  return ok({
    accessKeyId: AccessKeyId,
    secretAccessKey: secret,
    sessionToken: SessionToken,
    expiresAt: Expiration.getTime(),
    obtainedAt,
    roleArn,
  })
}

/** Seen in CloudTrail beside the role; the enhanced flow gives the same name to all. */
const roleSessionName = 'CognitoIdentityCredentials'
const defaultSeconds = 3_600

/** The basic flow has no role of the pool's choice: it is the profile's, or the one that the token prefers. */
const roleFor = (roleArn: string | undefined, idToken: string): Result<string> => {
  if (roleArn !== undefined) return ok(roleArn)
  const decoded = decodeJWT(idToken)
  const preferred = decoded.ok ? decoded.value.payload['cognito:preferred_role'] : undefined
  return typeof preferred === 'string' ? ok(preferred) : fail('credentials.role-unknown')
}

/** GetOpenIdToken, then AssumeRoleWithWebIdentity for as long as the profile asks. */
const assumeRole = async (
  pool: IdentityPoolApi,
  sts: AnonymousStsApi,
  clock: Clock,
  profile: Profile,
  { idToken, roleArn: asked, identityId }: FetchInput & { identityId: string },
): Promise<Result<Omit<CredentialsGrant, 'identityId'>>> => {
  const roleArn = roleFor(asked, idToken)
  if (!roleArn.ok) return roleArn
  const opened = await pool.getOpenIdToken({
    IdentityId: identityId,
    Logins: { [loginProviderOf(profile)]: idToken },
  })
  if (!opened.ok) return opened
  const { Token } = opened.value.value
  if (!Token) return fail('network.bad-answer', { detail: 'The answer holds no OpenID token.' })
  const assumed = await sts.assumeRoleWithWebIdentity({
    RoleArn: roleArn.value,
    RoleSessionName: roleSessionName,
    WebIdentityToken: Token,
    DurationSeconds: profile.credentialsSeconds ?? defaultSeconds,
  })
  if (!assumed.ok) return assumed
  const credentials = credentialsIn(assumed.value.value.Credentials, clock.now(), roleArn.value)
  return credentials.ok
    ? ok({ credentials: credentials.value, requestId: assumed.value.requestId })
    : credentials
}

export interface Services {
  readonly identityPool: (endpoint: Endpoint) => Promise<IdentityPoolApi>
  readonly sts: (endpoint: Endpoint) => Promise<AnonymousStsApi>
}

/**
 * GetId where the identity is not known, then GetCredentialsForIdentity, or the basic flow where the profile asks for it. An identity that the pool no longer knows is
 * asked for once more.
 *
 * @returns failures `credentials.*`; `credentials.token-expired` asks for refreshed tokens and another call.
 */
export const fetchCredentials = async (
  { identityPool, sts }: Services,
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
    if (profile.credentialsFlow === 'basic') {
      const api = await sts(stsEndpoint(profile))
      const assumed = await assumeRole(pool, api, clock, profile, { idToken, roleArn, identityId: identity })
      return assumed.ok ? ok({ ...assumed.value, identityId: identity }) : assumed
    }
    const answer = await pool.getCredentialsForIdentity({
      IdentityId: identity,
      Logins,
      CustomRoleArn: roleArn,
    })
    if (!answer.ok) return answer
    const credentials = credentialsIn(answer.value.value.Credentials, clock.now(), roleArn)
    return credentials.ok
      ? ok({
          credentials: credentials.value,
          identityId: answer.value.value.IdentityId ?? identity,
          requestId: answer.value.requestId,
        })
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
