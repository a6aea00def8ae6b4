// Owns the SDK's clients: what they may and may not do, and that there is one per endpoint. Refuses to know what is asked.
import type {
  GetCredentialsForIdentityCommandInput,
  GetCredentialsForIdentityCommandOutput,
  GetIdCommandInput,
  GetIdCommandOutput,
  GetOpenIdTokenCommandInput,
  GetOpenIdTokenCommandOutput,
} from '@aws-sdk/client-cognito-identity'
import type {
  GetTokensFromRefreshTokenCommandInput,
  GetTokensFromRefreshTokenCommandOutput,
  GlobalSignOutCommandInput,
  GlobalSignOutCommandOutput,
  InitiateAuthCommandInput,
  InitiateAuthCommandOutput,
  RespondToAuthChallengeCommandInput,
  RespondToAuthChallengeCommandOutput,
  RevokeTokenCommandInput,
  RevokeTokenCommandOutput,
} from '@aws-sdk/client-cognito-identity-provider'
import type {
  AssumeRoleWithWebIdentityCommandInput,
  AssumeRoleWithWebIdentityCommandOutput,
  GetCallerIdentityCommandOutput,
} from '@aws-sdk/client-sts'
import type { Result } from '../failure.ts'
import type { Clock } from '../sessions/ports.ts'
import type { AwsCredentials } from '../sessions/session.ts'
import type { Endpoint } from './endpoints.ts'
import type { Occasion } from './errors.ts'
import { type Answer, clockStep, exchange, measureClock } from './exchange.ts'

type Reply<T> = Promise<Result<Answer<T>>>

/** The operations of a user pool that are used. Every answer is a Result; nothing here throws for what Cognito says. */
export interface UserPoolApi {
  initiateAuth(input: InitiateAuthCommandInput, occasion: Occasion): Reply<InitiateAuthCommandOutput>
  respondToAuthChallenge(
    input: RespondToAuthChallengeCommandInput,
  ): Reply<RespondToAuthChallengeCommandOutput>
  getTokensFromRefreshToken(
    input: GetTokensFromRefreshTokenCommandInput,
  ): Reply<GetTokensFromRefreshTokenCommandOutput>
  revokeToken(input: RevokeTokenCommandInput): Reply<RevokeTokenCommandOutput>
  globalSignOut(input: GlobalSignOutCommandInput): Reply<GlobalSignOutCommandOutput>
}

export interface IdentityPoolApi {
  getId(input: GetIdCommandInput): Reply<GetIdCommandOutput>
  getCredentialsForIdentity(
    input: GetCredentialsForIdentityCommandInput,
  ): Reply<GetCredentialsForIdentityCommandOutput>
  getOpenIdToken(input: GetOpenIdTokenCommandInput): Reply<GetOpenIdTokenCommandOutput>
}

export interface StsApi {
  getCallerIdentity(): Reply<GetCallerIdentityCommandOutput>
}

/** What STS does for who has no credentials yet. */
export interface AnonymousStsApi {
  assumeRoleWithWebIdentity(
    input: AssumeRoleWithWebIdentityCommandInput,
  ): Reply<AssumeRoleWithWebIdentityCommandOutput>
}

/** No credentials exist for these calls; looking for some in files, variables or instance metadata would be a leak. */
const refuseCredentials = (): Promise<never> => Promise.reject(new Error('this request must not be signed'))

/**
 * Everything the SDK would otherwise look up in the AWS settings of this machine is decided here, so that a broken
 * ~/.aws/config, AWS_ENDPOINT_URL or AWS_PROFILE changes nothing.
 */
const settingsFor = (endpoint: Endpoint, maxAttempts: number) => ({
  endpoint: endpoint.url,
  region: endpoint.region,
  maxAttempts,
  retryMode: 'standard',
  defaultsMode: 'standard' as const,
  useDualstackEndpoint: false,
  useFipsEndpoint: false,
  userAgentAppId: () => Promise.resolve(undefined),
  authSchemePreference: [],
  disableClockSkewCorrection: false,
  requestHandler: { connectionTimeout: 3_000, requestTimeout: 0, socketTimeout: 0 },
})

/** Idempotent questions may be asked once more; a refresh or a challenge's answer may not: the scheduler or person does. */
const attempts = { once: 1, twice: 2 }

const openUserPool = async (clock: Clock, endpoint: Endpoint): Promise<UserPoolApi> => {
  const sdk = await import('./user-pool-sdk.ts')
  const anonymous = { credentials: refuseCredentials }
  const once = new sdk.CognitoIdentityProviderClient({
    ...settingsFor(endpoint, attempts.once),
    ...anonymous,
  })
  // The same connections, other patience.
  const { requestHandler } = once.config
  const settings = { ...settingsFor(endpoint, attempts.twice), ...anonymous, requestHandler }
  const twice = new sdk.CognitoIdentityProviderClient(settings)
  for (const client of [once, twice]) client.middlewareStack.add(measureClock(clock), clockStep)
  return {
    initiateAuth: (input, occasion) =>
      exchange(clock, occasion, input, (options) =>
        (occasion === 'refresh' ? once : twice).send(new sdk.InitiateAuthCommand(input), options),
      ),
    respondToAuthChallenge: (input) =>
      exchange(clock, 'challenge', input, (options) =>
        once.send(new sdk.RespondToAuthChallengeCommand(input), options),
      ),
    getTokensFromRefreshToken: (input) =>
      exchange(clock, 'refresh', input, (options) =>
        once.send(new sdk.GetTokensFromRefreshTokenCommand(input), options),
      ),
    revokeToken: (input) =>
      exchange(clock, 'revoke', input, (options) => twice.send(new sdk.RevokeTokenCommand(input), options)),
    globalSignOut: (input) =>
      exchange(clock, 'global-sign-out', input, (options) =>
        twice.send(new sdk.GlobalSignOutCommand(input), options),
      ),
  }
}

const openIdentityPool = async (clock: Clock, endpoint: Endpoint): Promise<IdentityPoolApi> => {
  const sdk = await import('./identity-sdk.ts')
  const client = new sdk.CognitoIdentityClient({
    ...settingsFor(endpoint, attempts.twice),
    credentials: refuseCredentials,
  })
  client.middlewareStack.add(measureClock(clock), clockStep)
  return {
    getId: (input) =>
      exchange(clock, 'credentials', input, (options) => client.send(new sdk.GetIdCommand(input), options)),
    getCredentialsForIdentity: (input) =>
      exchange(clock, 'credentials', input, (options) =>
        client.send(new sdk.GetCredentialsForIdentityCommand(input), options),
      ),
    getOpenIdToken: (input) =>
      exchange(clock, 'credentials', input, (options) =>
        client.send(new sdk.GetOpenIdTokenCommand(input), options),
      ),
  }
}

/** STS signs with the credentials it is asked about, so its client lives as long as they do: for one question. */
export const openSts = async (
  clock: Clock,
  endpoint: Endpoint,
  { accessKeyId, secretAccessKey, sessionToken }: AwsCredentials,
): Promise<StsApi> => {
  const sdk = await import('./identity-sdk.ts')
  const client = new sdk.STSClient({
    ...settingsFor(endpoint, attempts.twice),
    sigv4aSigningRegionSet: [endpoint.region],
    credentials: { accessKeyId, secretAccessKey, sessionToken },
  })
  const secrets = { secretAccessKey, sessionToken }
  return {
    getCallerIdentity: async () => {
      try {
        return await exchange(clock, 'caller-identity', secrets, (options) =>
          client.send(new sdk.GetCallerIdentityCommand({}), options),
        )
      } finally {
        client.destroy()
      }
    },
  }
}

const openAnonymousSts = async (clock: Clock, endpoint: Endpoint): Promise<AnonymousStsApi> => {
  const sdk = await import('./identity-sdk.ts')
  const client = new sdk.STSClient({
    ...settingsFor(endpoint, attempts.twice),
    sigv4aSigningRegionSet: [endpoint.region],
    credentials: refuseCredentials,
  })
  client.middlewareStack.add(measureClock(clock), clockStep)
  return {
    assumeRoleWithWebIdentity: (input) =>
      exchange(clock, 'credentials', input, (options) =>
        client.send(new sdk.AssumeRoleWithWebIdentityCommand(input), options),
      ),
  }
}

/** One client per endpoint and region, made on first use. */
const cached = <Api>(open: (endpoint: Endpoint) => Promise<Api>) => {
  const apis = new Map<string, Promise<Api>>()
  return (endpoint: Endpoint): Promise<Api> => {
    const key = `${endpoint.region} ${endpoint.url}`
    const known = apis.get(key)
    if (known !== undefined) return known
    const api = open(endpoint)
    apis.set(key, api)
    return api
  }
}

export const userPools = (clock: Clock) => cached((endpoint) => openUserPool(clock, endpoint))
export const anonymousSts = (clock: Clock) => cached((endpoint) => openAnonymousSts(clock, endpoint))
export const identityPools = (clock: Clock) => cached((endpoint) => openIdentityPool(clock, endpoint))
