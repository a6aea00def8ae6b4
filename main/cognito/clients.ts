// Owns the SDK's clients of identity pools and STS, and that there is one client per endpoint. Refuses to know what is asked.
import type {
  GetCredentialsForIdentityCommandInput,
  GetCredentialsForIdentityCommandOutput,
  GetIdCommandInput,
  GetIdCommandOutput,
  GetOpenIdTokenCommandInput,
  GetOpenIdTokenCommandOutput,
} from '@aws-sdk/client-cognito-identity'
import type {
  AssumeRoleWithWebIdentityCommandInput,
  AssumeRoleWithWebIdentityCommandOutput,
  GetCallerIdentityCommandOutput,
} from '@aws-sdk/client-sts'
import type { Result } from '../failure.ts'
import type { Clock } from '../sessions/ports.ts'
import type { AwsCredentials } from '../sessions/session.ts'
import type { Endpoint } from './endpoints.ts'
import { type Answer, exchange } from './exchange.ts'
import { attempts, refuseCredentials, settingsFor } from './sdk-settings.ts'
import { prepareStack } from './sdk-stack.ts'
import { openUserPool } from './user-pool.ts'

type Reply<T> = Promise<Result<Answer<T>>>

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

const openIdentityPool = async (clock: Clock, endpoint: Endpoint): Promise<IdentityPoolApi> => {
  const sdk = await import('./identity-sdk.ts')
  const client = new sdk.CognitoIdentityClient({
    ...settingsFor(endpoint, attempts.twice),
    credentials: refuseCredentials,
  })
  prepareStack(client.middlewareStack, clock)
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
  prepareStack(client.middlewareStack, clock)
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
  prepareStack(client.middlewareStack, clock)
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
