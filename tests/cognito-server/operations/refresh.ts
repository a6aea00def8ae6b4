// Owns both ways of refreshing, and which exception each end of a refresh token means.
import { type AuthAnswer, type AuthContext, beginAuth } from '../auth-context.ts'
import { assertSecretHash, clientSecretProblem } from '../client-secret.ts'
import { notAuthorized, ServiceError, userNotFound } from '../errors.ts'
import { type Input, optionalString, requiredParameter, requiredString } from '../input.ts'
import type { RefreshOutcome } from '../refresh-tokens.ts'
import { assertMaySignIn } from '../sign-in.ts'
import { mintTokens } from '../tokens.ts'
import type { User } from '../users.ts'
import type { World } from '../world.ts'

/** GetTokensFromRefreshToken (API reference): the only way to refresh where tokens rotate. */
export async function getTokensFromRefreshToken(world: World, input: Input): Promise<AuthAnswer> {
  const deviceKey = optionalString(input, 'DeviceKey')
  const context = beginAuth(world, requiredString(input, 'ClientId'), deviceKey)
  const token = requiredString(input, 'RefreshToken')
  const problem = clientSecretProblem(context.client, optionalString(input, 'ClientSecret'))
  if (problem !== undefined) throw notAuthorized(problem)
  return refresh(context, token, userOfToken(context, token))
}

/** REFRESH_TOKEN_AUTH of InitiateAuth: SECRET_HASH is made over the user's own name, which the token tells. */
export async function refreshByInitiateAuth(
  context: AuthContext,
  parameters: Readonly<Record<string, string>>,
): Promise<AuthAnswer> {
  const { client } = context
  const token = requiredParameter(parameters, 'REFRESH_TOKEN')
  const user = userOfToken(context, token)
  const mismatch = `SecretHash does not match for the client: ${client.id}`
  assertSecretHash(client, user.username, parameters['SECRET_HASH'], mismatch)
  return refresh(context, token, user)
}

function userOfToken(context: AuthContext, token: string): User {
  const chain = context.pool.refreshTokens.chainOf(token)
  if (chain === undefined || chain.clientId !== context.client.id) throw REFUSALS.unknown()
  const user = context.pool.userBySub(chain.sub)
  if (user === undefined) throw userNotFound()
  return user
}

async function refresh(context: AuthContext, token: string, user: User): Promise<AuthAnswer> {
  const { world, pool, client } = context
  // Before the token is touched: a user who is refused keeps the token that was not rotated.
  assertMaySignIn(user)
  assertOwnDevice(context, token)
  const outcome = pool.refreshTokens.use(token, client.id, client.rotation, world.clock.now())
  if (outcome.kind !== 'valid') throw REFUSALS[outcome.kind]()
  const { chain, rotatedTo } = outcome
  const tokens = await mintTokens(world, { pool, client, user, chain })
  return {
    ChallengeParameters: {},
    AuthenticationResult: { ...tokens, ...(rotatedTo !== undefined && { RefreshToken: rotatedTo }) },
  }
}

/** Where devices are tracked, a token is good on its own device alone, and only until that is forgotten. */
function assertOwnDevice({ pool, deviceKey }: AuthContext, token: string): void {
  const chain = pool.refreshTokens.chainOf(token)
  if (pool.deviceTracking === undefined || chain?.deviceKey === undefined) return
  const isOwn = deviceKey === chain.deviceKey && pool.devices.find(chain.sub, deviceKey) !== undefined
  if (!isOwn) throw REFUSALS.unknown()
}

const REFUSALS: Readonly<Record<Exclude<RefreshOutcome['kind'], 'valid'>, () => ServiceError>> = {
  unknown: () => notAuthorized('Invalid Refresh Token'),
  expired: () => notAuthorized('Refresh Token has expired'),
  revoked: () => notAuthorized('Refresh Token has been revoked'),
  // [inf] The name is on record, the sentence is not.
  reused: () => new ServiceError('RefreshTokenReuseException', 'Refresh Token has been reused'),
}
