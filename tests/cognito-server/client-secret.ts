// Owns whether a caller knows the app client's secret, in both ways Cognito asks: as SECRET_HASH and as itself.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { notAuthorized } from './errors.ts'
import type { Client } from './pool.ts'

/** base64(HMAC-SHA256(secret, username ‖ clientId)). */
export function secretHash(secret: string, username: string, clientId: string): string {
  return createHmac('sha256', secret).update(`${username}${clientId}`).digest('base64')
}

function isEqual(expected: string, given: string): boolean {
  const [left, right] = [Buffer.from(expected), Buffer.from(given)]
  return left.length === right.length && timingSafeEqual(left, right)
}

/**
 * Refuses a missing, wrong or needless SECRET_HASH (NotAuthorizedException). `mismatch` is the sentence for a wrong one,
 * which differs for REFRESH_TOKEN_AUTH.
 */
export function assertSecretHash(
  client: Client,
  username: string,
  given: string | undefined,
  mismatch = `Unable to verify secret hash for client ${client.id}`,
): void {
  if (client.secret === undefined) {
    if (given !== undefined) throw notAuthorized(mismatch)
    return
  }
  if (given === undefined) {
    throw notAuthorized(`Client ${client.id} is configured with secret but SECRET_HASH was not received`)
  }
  if (!isEqual(secretHash(client.secret, username, client.id), given)) throw notAuthorized(mismatch)
}

/** What is wrong with a raw ClientSecret, as a sentence [inf], or undefined where it is right. */
export function clientSecretProblem(client: Client, given: string | undefined): string | undefined {
  if (client.secret === undefined) {
    return given === undefined ? undefined : `Client ${client.id} is not configured with a secret`
  }
  if (given === undefined) return `Client ${client.id} is configured with secret but secret was not received`
  return isEqual(client.secret, given) ? undefined : `Unable to verify secret for client ${client.id}`
}
