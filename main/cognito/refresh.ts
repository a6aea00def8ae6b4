// Owns refreshing: which of Cognito's operations is asked, and what the answer means for the refresh token.
// Refuses to retry: a refresh token may be single-use, so sessions decide when to ask again.
import type { AuthenticationResultType } from '@aws-sdk/client-cognito-identity-provider'
import { type Failure, fail, ok } from '../failure.ts'
import type { Clock, PoolAccess, RefreshOperation, RefreshResult } from '../sessions/ports.ts'
import type { SessionRecord } from '../sessions/session.ts'
import { type Endpoint, userPoolEndpoint } from './endpoints.ts'
import type { Answer } from './exchange.ts'
import { refreshAtEndpoint } from './managed-login/token-endpoint.ts'
import { secretHash } from './secret-hash.ts'
import { tokensIn, usernameIn } from './tokens.ts'
import type { UserPoolApi } from './user-pool.ts'

type RefreshAnswer = Answer<{ AuthenticationResult?: AuthenticationResultType | undefined }>
type Refusal = Extract<RefreshResult, { ok: false }>
type Ask = (
  pool: UserPoolApi,
  access: PoolAccess,
  record: SessionRecord,
  clock: Clock,
) => Promise<{ readonly ok: true; readonly value: RefreshAnswer } | Refusal>

/** The refresh token of an answer, where it is another one than ours. */
const rotatedIn = (refreshToken: string | undefined, { tokens }: SessionRecord): string | undefined =>
  refreshToken === tokens.refreshToken ? undefined : refreshToken || undefined

const operations: Record<RefreshOperation, Ask> = {
  GetTokensFromRefreshToken: (pool, { profile, clientSecret, clientMetadata }, record) =>
    pool.getTokensFromRefreshToken({
      ClientId: profile.clientId,
      RefreshToken: record.tokens.refreshToken,
      // Raw here, a hash there: the two operations differ.
      ClientSecret: clientSecret,
      DeviceKey: record.device?.key,
      ClientMetadata: clientMetadata,
    }),

  REFRESH_TOKEN_AUTH: (pool, { profile, clientSecret, clientMetadata }, record) => {
    const username = usernameIn(record.tokens.accessToken) ?? record.username
    return pool.initiateAuth(
      {
        ClientId: profile.clientId,
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        AuthParameters: {
          REFRESH_TOKEN: record.tokens.refreshToken,
          ...(record.device === undefined ? {} : { DEVICE_KEY: record.device.key }),
          ...secretHash(profile.clientId, clientSecret, username),
        },
        ClientMetadata: clientMetadata,
      },
      'refresh',
    )
  },

  TOKEN_ENDPOINT: async (_pool, access, record, clock) => {
    const answer = await refreshAtEndpoint(clock, access, record.tokens.refreshToken)
    if (!answer.ok) {
      return { ok: false, failure: answer.failure, rotatedTo: rotatedIn(answer.refreshToken, record) }
    }
    const { clockOffsetMs, ...AuthenticationResult } = answer.value
    return ok({ value: { AuthenticationResult }, requestId: undefined, clockOffsetMs })
  },
}

/** App clients that rotate refuse REFRESH_TOKEN_AUTH; emulators and older endpoints know nothing else. */
const meansAnother = ({ code }: Failure): boolean =>
  code === 'config.operation-unknown' || code === 'config.flow-not-enabled'

/**
 * The operation that worked last time first, else the one AWS's own clients use. The token endpoint refreshes what came from it,
 * so it is there for browser sign-ins only.
 */
export const operationOrder = (
  remembered: RefreshOperation | undefined,
  isFromBrowser = false,
): readonly RefreshOperation[] => {
  const usual: RefreshOperation[] = isFromBrowser
    ? ['GetTokensFromRefreshToken', 'TOKEN_ENDPOINT', 'REFRESH_TOKEN_AUTH']
    : ['GetTokensFromRefreshToken', 'REFRESH_TOKEN_AUTH']
  return remembered === undefined
    ? usual
    : [remembered, ...usual.filter((operation) => operation !== remembered)]
}

/**
 * New tokens for a session's refresh token. Asks once, and another way only where the one before is unknown there.
 *
 * @returns failures of cognito.md's table: `session.*` where the refresh token is dead, anything else where it may live. A new
 * refresh token comes along with whatever is missing beside it.
 */
export const refresh = async (
  userPool: (endpoint: Endpoint) => Promise<UserPoolApi>,
  clock: Clock,
  access: PoolAccess,
  record: SessionRecord,
): Promise<RefreshResult> => {
  const pool = await userPool(userPoolEndpoint(access.profile))
  const isFromBrowser = record.signInDetails.authFlowType === 'BROWSER' && access.profile.domain !== undefined
  let refusal: Refusal | undefined
  for (const operation of operationOrder(record.refreshOperation, isFromBrowser)) {
    const answer = await operations[operation](pool, access, record, clock)
    if (answer.ok) return grantOf(answer.value, operation, record)
    refusal ??= answer
    if (!meansAnother(answer.failure)) return answer
  }
  return refusal ?? fail('config.operation-unknown')
}

const grantOf = (
  { value, clockOffsetMs, requestId }: RefreshAnswer,
  operation: RefreshOperation,
  record: SessionRecord,
): RefreshResult => {
  const tokens = tokensIn(value.AuthenticationResult, record.tokens.refreshToken)
  if (!tokens.ok) {
    const failure = { ...tokens.failure, requestId }
    return { ok: false, failure, rotatedTo: rotatedIn(value.AuthenticationResult?.RefreshToken, record) }
  }
  const rotated = tokens.value.refreshToken !== record.tokens.refreshToken
  return ok({ tokens: tokens.value, operation, rotated, clockOffsetMs, requestId })
}
