// Owns ending sign-ins: one chain by RevokeToken, all of a user's by GlobalSignOut.
import { clientSecretProblem } from '../client-secret.ts'
import { invalidParameter, ServiceError } from '../errors.ts'
import { type Input, optionalString, requiredString } from '../input.ts'
import { requireAccessToken, unverifiedClaims } from '../tokens.ts'
import { requireClient, type World } from '../world.ts'

/** RevokeToken (API reference): ends the chain of a refresh token; doing it twice is no error. */
export async function revokeToken(world: World, input: Input): Promise<object> {
  const token = requiredString(input, 'Token')
  const { pool, client } = requireClient(world, requiredString(input, 'ClientId'))
  const problem = clientSecretProblem(client, optionalString(input, 'ClientSecret'))
  if (problem !== undefined) throw new ServiceError('UnauthorizedException', problem)
  if (!client.tokenRevocation) {
    throw new ServiceError('UnsupportedOperationException', 'Token revocation is not enabled for the client')
  }
  if (unverifiedClaims(token) !== undefined) {
    throw new ServiceError('UnsupportedTokenTypeException', 'Unsupported token type')
  }
  const chain = pool.refreshTokens.chainOf(token)
  // [inf] Both of these: RFC 7009 would stay silent, but a client that sends the wrong token should hear of it here.
  if (chain === undefined) throw invalidParameter('Invalid Refresh Token')
  if (chain.clientId !== client.id) {
    throw new ServiceError('UnauthorizedException', 'Refresh Token was issued to another client')
  }
  chain.revoked = true
  return {}
}

/** GlobalSignOut (API reference): ends every sign-in of the user, through whichever app client. */
export async function globalSignOut(world: World, input: Input): Promise<object> {
  const { pool, user } = await requireAccessToken(world, requiredString(input, 'AccessToken'))
  pool.refreshTokens.revokeAllOf(user.sub)
  return {}
}
