// Owns DEVICE_SRP_AUTH and DEVICE_PASSWORD_VERIFIER: a remembered device proves itself by SRP, its group key in the place of
// the pool and its key in the place of the user.
import { sendChallenge } from '../auth-context.ts'
import type { Device } from '../devices.ts'
import { deviceNotFound, invalidParameter, wrongPassword } from '../errors.ts'
import { requiredParameter } from '../input.ts'
import type { UserPool } from '../pool.ts'
import { continueSignIn } from '../sign-in.ts'
import { parsePublicValue, type SrpVerifier, startExchange } from '../srp.ts'
import type { User } from '../users.ts'
import type { AnswerChallenge } from './answer.ts'
import { assertTimely, isProven, readClaim } from './claim.ts'

type Responses = Readonly<Record<string, string>>

/** Both challenges want DEVICE_KEY in the answer itself, whatever came before. */
function provingDevice(pool: UserPool, user: User, responses: Responses): Device & { verifier: SrpVerifier } {
  const device = pool.devices.find(user.sub, requiredParameter(responses, 'DEVICE_KEY'))
  if (device?.verifier === undefined) throw deviceNotFound()
  return { ...device, verifier: device.verifier }
}

export const answerDeviceSrp: AnswerChallenge<'DEVICE_SRP_AUTH'> = async (
  context,
  session,
  user,
  responses,
) => {
  const device = provingDevice(context.pool, user, responses)
  const A = parsePublicValue(requiredParameter(responses, 'SRP_A'))
  if (A === undefined) throw invalidParameter('Invalid SRP_A value')
  session.consume()
  const exchange = startExchange(A, device.verifier, context.world.random)
  const secretBlock = context.world.random(800).toString('base64')
  return sendChallenge(
    context,
    { username: user.username, user },
    { name: 'DEVICE_PASSWORD_VERIFIER', exchange, secretBlock, deviceKey: device.key },
    {
      SRP_B: exchange.B.toString(16),
      SALT: exchange.salt.toString(16),
      SECRET_BLOCK: secretBlock,
      DEVICE_KEY: device.key,
      USERNAME: user.username,
    },
  )
}

/** Right or wrong, one answer uses up the Session. */
export const answerDeviceVerifier: AnswerChallenge<'DEVICE_PASSWORD_VERIFIER'> = async (
  context,
  session,
  user,
  responses,
) => {
  const claim = readClaim(responses)
  const device = provingDevice(context.pool, user, responses)
  const { challenge } = session.pending
  session.consume()
  assertTimely(context.world, claim)
  const proven =
    device.key === challenge.deviceKey &&
    isProven(claim, challenge, { poolName: device.groupKey, userId: device.key })
  if (!proven) throw wrongPassword()
  return continueSignIn(context, user, { device: true })
}
