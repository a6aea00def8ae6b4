// Owns refreshing: which of Cognito's two operations is asked, and what the answer means for the refresh token.
// Refuses to retry: a refresh token may be single-use, so sessions decide when to ask again.
import type { AuthenticationResultType } from '@aws-sdk/client-cognito-identity-provider'
import { type Failure, ok, type Result } from '../failure.ts'
import type { PoolAccess, RefreshGrant, RefreshOperation } from '../sessions/ports.ts'
import type { SessionRecord } from '../sessions/session.ts'
import type { UserPoolApi } from './clients.ts'
import { type Endpoint, userPoolEndpoint } from './endpoints.ts'
import type { Answer } from './exchange.ts'
import { secretHash } from './secret-hash.ts'
import { tokensIn, usernameIn } from './tokens.ts'

type RefreshAnswer = Answer<{ AuthenticationResult?: AuthenticationResultType | undefined }>
type Ask = (pool: UserPoolApi, access: PoolAccess, record: SessionRecord) => Promise<Result<RefreshAnswer>>

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
}

/** App clients that rotate refuse REFRESH_TOKEN_AUTH; emulators and older endpoints know nothing else. */
const meansTheOther = ({ code }: Failure): boolean =>
  code === 'config.operation-unknown' || code === 'config.flow-not-enabled'

/** The operation that worked last time first, else the one AWS's own clients use. */
export const operationOrder = (
  remembered: RefreshOperation | undefined,
): readonly [RefreshOperation, RefreshOperation] =>
  remembered === 'REFRESH_TOKEN_AUTH'
    ? ['REFRESH_TOKEN_AUTH', 'GetTokensFromRefreshToken']
    : ['GetTokensFromRefreshToken', 'REFRESH_TOKEN_AUTH']

/**
 * New tokens for a session's refresh token. Asks once, or twice where the first operation is unknown there.
 *
 * @returns failures of cognito.md's table: `session.*` where the refresh token is dead, anything else where it may live.
 */
export const refresh = async (
  userPool: (endpoint: Endpoint) => Promise<UserPoolApi>,
  access: PoolAccess,
  record: SessionRecord,
): Promise<Result<RefreshGrant>> => {
  const pool = await userPool(userPoolEndpoint(access.profile))
  const ask = async (operation: RefreshOperation) => ({
    operation,
    answer: await operations[operation](pool, access, record),
  })
  const [first, second] = operationOrder(record.refreshOperation)
  const attempted = await ask(first)
  const { operation, answer } =
    !attempted.answer.ok && meansTheOther(attempted.answer.failure) ? await ask(second) : attempted
  if (!answer.ok) return answer

  const { value, clockOffsetMs, requestId } = answer.value
  const tokens = tokensIn(value.AuthenticationResult, record.tokens.refreshToken)
  if (!tokens.ok) return tokens
  const rotated = tokens.value.refreshToken !== record.tokens.refreshToken
  return ok({ tokens: tokens.value, operation, rotated, clockOffsetMs, requestId })
}
