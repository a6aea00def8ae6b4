// Owns what the SDK's clients may and may not do. Refuses to know what is asked.
import { currentProxy } from '../proxy.ts'
import type { Endpoint } from './endpoints.ts'

/** The SDK's agents know nothing of the process's proxy, and have to be told. */
const agent = () => {
  const proxyEnv = currentProxy()
  return proxyEnv === undefined ? {} : { httpsAgent: { keepAlive: true, maxSockets: 50, proxyEnv } }
}

/** No credentials exist for these calls; looking for some in files, variables or instance metadata would be a leak. */
export const refuseCredentials = (): Promise<never> =>
  Promise.reject(new Error('this request must not be signed'))

/** The SDK's own strategies make an Error, with its stack, ready for every request: a tenth of what a refresh costs. */
const noRetry = {
  retry: <Args, Answer>(next: (args: Args) => Promise<Answer>, args: Args): Promise<Answer> => next(args),
}

/**
 * Everything the SDK would otherwise look up in the AWS settings of this machine is decided here, so that a broken
 * ~/.aws/config, AWS_ENDPOINT_URL or AWS_PROFILE changes nothing.
 */
export const settingsFor = (endpoint: Endpoint, maxAttempts: number) => ({
  endpoint: endpoint.url,
  region: endpoint.region,
  maxAttempts,
  retryMode: 'standard',
  ...(maxAttempts === 1 && { retryStrategy: noRetry }),
  defaultsMode: 'standard' as const,
  useDualstackEndpoint: false,
  useFipsEndpoint: false,
  userAgentAppId: () => Promise.resolve(undefined),
  authSchemePreference: [],
  disableClockSkewCorrection: false,
  requestHandler: { connectionTimeout: 3_000, requestTimeout: 0, socketTimeout: 0, ...agent() },
})

/** Idempotent questions may be asked once more; a refresh or a challenge's answer may not: the scheduler or person does. */
export const attempts = { once: 1, twice: 2 }
