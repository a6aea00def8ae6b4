// Owns where the codes of a sign-up and of a reset go, and what the client is told of it.
import { limitExceeded } from './errors.ts'
import { masked } from './outbox.ts'
import type { UserPool } from './pool.ts'
import { randomDigits } from './random.ts'
import type { CodePurpose, User } from './users.ts'
import type { World } from './world.ts'

/** CodeDeliveryDetailsType. */
export interface CodeDelivery {
  readonly AttributeName: 'email' | 'phone_number'
  readonly DeliveryMedium: 'EMAIL' | 'SMS'
  readonly Destination: string
}

const LIFETIME_SECONDS: Readonly<Record<CodePurpose, number>> = { reset: 3600, 'sign-up': 86_400 }

const ATTRIBUTES = ['email', 'phone_number'] as const

/**
 * Sends a code, or undefined where there is nowhere to send it: a reset wants a verified address, a sign-up just one.
 * LimitExceededException where too many were asked for.
 */
export function sendPurposeCode(
  world: World,
  pool: UserPool,
  user: User,
  purpose: CodePurpose,
): CodeDelivery | undefined {
  const isUsable = (name: string) =>
    user.attributes.has(name) && (purpose === 'sign-up' || user.attributes.get(`${name}_verified`) === 'true')
  const attribute = ATTRIBUTES.find(isUsable)
  if (attribute === undefined) return undefined
  const code = randomDigits(world.random, 6)
  if (!user.rememberCode(purpose, code, LIFETIME_SECONDS[purpose], world.clock.now())) throw limitExceeded()
  const medium = attribute === 'email' ? 'EMAIL' : 'SMS'
  return deliveryTo(attribute, world.outbox.send(pool.id, user, medium, code).destination)
}

/** Cognito sends a code of its own accord to who is signed up or reset; a world begins as if it had. */
export function sendStatusCode(world: World, pool: UserPool, user: User): void {
  if (user.status === 'UNCONFIRMED') sendPurposeCode(world, pool, user, 'sign-up')
  if (user.status === 'RESET_REQUIRED') sendPurposeCode(world, pool, user, 'reset')
}

/** What somebody is told who asks for a code for a name that nobody has. */
export function decoyDelivery(pool: UserPool, name: string): CodeDelivery {
  const isPhone = name.startsWith('+')
  const attribute = isPhone ? 'phone_number' : 'email'
  return deliveryTo(attribute, pool.decoyDestination(name, isPhone ? 'SMS' : 'EMAIL'))
}

const deliveryTo = (AttributeName: CodeDelivery['AttributeName'], destination: string): CodeDelivery => ({
  AttributeName,
  DeliveryMedium: AttributeName === 'email' ? 'EMAIL' : 'SMS',
  Destination: masked(destination),
})
