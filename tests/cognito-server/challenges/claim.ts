// Owns the claim that ends every SRP exchange, a user's or a device's: its fields, its TIMESTAMP and its signature.
import { invalidParameter, notAuthorized } from '../errors.ts'
import { requiredParameter } from '../input.ts'
import { claimsMatch, expectedClaim, type SrpExchange, type SrpIdentity } from '../srp.ts'
import { parseSrpTimestamp } from '../srp-timestamp.ts'
import type { World } from '../world.ts'

export interface Claim {
  readonly signature: string
  readonly secretBlock: string
  readonly timestamp: string
  /** Milliseconds since the epoch. */
  readonly claimedAt: number
}

/** The claim's fields; InvalidParameterException where one is missing or the TIMESTAMP is spelt another way. */
export function readClaim(responses: Readonly<Record<string, string>>): Claim {
  const signature = requiredParameter(responses, 'PASSWORD_CLAIM_SIGNATURE')
  const secretBlock = requiredParameter(responses, 'PASSWORD_CLAIM_SECRET_BLOCK')
  const timestamp = requiredParameter(responses, 'TIMESTAMP')
  const claimedAt = parseSrpTimestamp(timestamp)
  if (claimedAt === undefined) {
    throw invalidParameter('TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.')
  }
  return { signature, secretBlock, timestamp, claimedAt }
}

/** NotAuthorizedException for a claim signed too long ago or ahead of time. */
export function assertTimely(world: World, claim: Claim): void {
  // [inf] That it is checked is on record, the sentence is not.
  if (Math.abs(world.clock.now() - claim.claimedAt) > world.srpToleranceSeconds * 1000) {
    throw notAuthorized('TIMESTAMP is too far from the time of the server.')
  }
}

/** Whether the claim proves the secret behind the challenge. */
export function isProven(
  claim: Claim,
  challenge: { readonly exchange: SrpExchange; readonly secretBlock: string },
  identity: SrpIdentity,
): boolean {
  const expected = expectedClaim(challenge.exchange, identity, challenge.secretBlock, claim.timestamp)
  return claim.secretBlock === challenge.secretBlock && claimsMatch(expected, claim.signature)
}
