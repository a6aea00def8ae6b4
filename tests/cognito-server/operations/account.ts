// Owns the steps around a sign-in that need no token: a forgotten password and a sign-up to be confirmed.
import { assertSecretHash } from '../client-secret.ts'
import { type CodeDelivery, decoyDelivery, sendPurposeCode } from '../code-delivery.ts'
import {
  expiredCode,
  invalidParameter,
  limitExceeded,
  notAuthorized,
  ServiceError,
  userDisabled,
  wrongVerificationCode,
} from '../errors.ts'
import { type Input, optionalString, requiredString } from '../input.ts'
import { assertPasswordConforms } from '../password-policy.ts'
import type { CodeVerdict } from '../sent-codes.ts'
import type { User } from '../users.ts'
import { type ClientContext, requireClient, type World } from '../world.ts'

interface Asked extends ClientContext {
  readonly username: string
  readonly user: User | undefined
  /** Whether this app client may say that there is no such user. */
  readonly tells: boolean
}

/** Whom a request is about; UserNotFoundException only from app clients of the legacy kind. */
function readAsked(world: World, input: Input): Asked {
  const username = requiredString(input, 'Username')
  const { pool, client } = requireClient(world, requiredString(input, 'ClientId'))
  assertSecretHash(client, username, optionalString(input, 'SecretHash'))
  const user = pool.findUser(username)
  const tells = client.preventUserExistenceErrors === 'legacy'
  if (user === undefined && tells) {
    throw new ServiceError('UserNotFoundException', 'Username/client id combination not found.')
  }
  return { pool, client, username, user, tells }
}

interface Sent {
  readonly CodeDeliveryDetails: CodeDelivery
}

/** ForgotPassword (API reference). Who cannot be sent a code is told of one all the same, unless the client is legacy. */
export async function forgotPassword(world: World, input: Input): Promise<Sent> {
  const { pool, username, user, tells } = readAsked(world, input)
  if (user?.status === 'FORCE_CHANGE_PASSWORD' || user?.status === 'EXTERNAL_PROVIDER') {
    throw notAuthorized('User password cannot be reset in the current state.')
  }
  if (user?.disabled && tells) throw userDisabled()
  const sent = user === undefined || user.disabled ? undefined : sendPurposeCode(world, pool, user, 'reset')
  if (sent === undefined && tells) {
    throw invalidParameter(
      'Cannot reset password for the user as there is no registered/verified email or phone_number',
    )
  }
  return { CodeDeliveryDetails: sent ?? decoyDelivery(pool, username) }
}

/** ConfirmForgotPassword (API reference). A password that the policy refuses leaves the code good. */
export async function confirmForgotPassword(world: World, input: Input): Promise<object> {
  const { pool, user } = readAsked(world, input)
  const code = requiredString(input, 'ConfirmationCode')
  const password = requiredString(input, 'Password')
  assertPasswordConforms(password, pool.policy)
  if (user === undefined || user.disabled) throw wrongVerificationCode()
  takeCode(user, 'reset', code, world)
  user.setPassword(password)
  if (user.status === 'RESET_REQUIRED') user.status = 'CONFIRMED'
  return {}
}

/** ConfirmSignUp (API reference): also proves the address that the code went to. */
export async function confirmSignUp(world: World, input: Input): Promise<object> {
  const { user } = readAsked(world, input)
  const code = requiredString(input, 'ConfirmationCode')
  // [inf] What is said of a name that nobody has.
  if (user === undefined) throw expiredCode()
  if (user.status !== 'UNCONFIRMED') {
    throw notAuthorized(`User cannot be confirmed. Current status is ${user.status}`)
  }
  takeCode(user, 'sign-up', code, world)
  user.status = 'CONFIRMED'
  const proven = user.attributes.has('email') ? 'email' : 'phone_number'
  user.attributes.set(`${proven}_verified`, 'true')
  return {}
}

/** ResendConfirmationCode (API reference). */
export async function resendConfirmationCode(world: World, input: Input): Promise<Sent> {
  const { pool, username, user } = readAsked(world, input)
  if (user === undefined) return { CodeDeliveryDetails: decoyDelivery(pool, username) }
  if (user.status !== 'UNCONFIRMED') throw invalidParameter('User is already confirmed.')
  const sent = sendPurposeCode(world, pool, user, 'sign-up')
  if (sent === undefined) throw invalidParameter('Cannot resend codes. Auto verification not turned on.')
  return { CodeDeliveryDetails: sent }
}

const REFUSALS: Readonly<Record<Exclude<CodeVerdict, 'right'>, () => ServiceError>> = {
  wrong: wrongVerificationCode,
  expired: expiredCode,
  'too-many': limitExceeded,
}

function takeCode(user: User, purpose: 'reset' | 'sign-up', code: string, world: World): void {
  const verdict = user.tryCode(purpose, code, world.clock.now())
  if (verdict !== 'right') throw REFUSALS[verdict]()
}
