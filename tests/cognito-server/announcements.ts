// Owns how each challenge announces itself to a user: what is remembered of it and what the client is told.
import { type AuthAnswer, type AuthContext, type Subject, sendChallenge } from './auth-context.ts'
import type { NextStep } from './next-step.ts'
import { masked } from './outbox.ts'
import type { UserPool } from './pool.ts'
import { randomDigits } from './random.ts'
import type { Challenge } from './sessions.ts'
import type { User } from './users.ts'

type Step = Exclude<NextStep, 'tokens'>

/** Sends the challenge of a step to a user who is known. */
export function askFor(context: AuthContext, user: User, step: Step): AuthAnswer {
  const subject = { username: user.username, user }
  if (step === 'SMS_MFA') return sendCode(context, subject, 'SMS_MFA')
  if (step === 'EMAIL_OTP') return sendCode(context, subject, 'EMAIL_OTP')
  const { challenge, parameters } = ANNOUNCEMENTS[step](context, user)
  return sendChallenge(context, subject, challenge, parameters)
}

interface Announcement {
  readonly challenge: Challenge
  readonly parameters: Readonly<Record<string, string>>
}

const ANNOUNCEMENTS: Readonly<
  Record<Exclude<Step, 'SMS_MFA' | 'EMAIL_OTP'>, (context: AuthContext, user: User) => Announcement>
> = {
  NEW_PASSWORD_REQUIRED: ({ pool }, user) => ({
    challenge: { name: 'NEW_PASSWORD_REQUIRED' },
    parameters: { USER_ID_FOR_SRP: user.username, ...newPasswordParameters(pool, user) },
  }),
  SOFTWARE_TOKEN_MFA: (_, user) => ({
    challenge: { name: 'SOFTWARE_TOKEN_MFA' },
    parameters: {
      USER_ID_FOR_SRP: user.username,
      ...(user.totpDeviceName !== undefined && { FRIENDLY_DEVICE_NAME: user.totpDeviceName }),
    },
  }),
  SELECT_MFA_TYPE: (_, user) => ({
    challenge: { name: 'SELECT_MFA_TYPE' },
    parameters: { USER_ID_FOR_SRP: user.username, MFAS_CAN_CHOOSE: JSON.stringify(user.secondFactors) },
  }),
  MFA_SETUP: ({ pool }, user) => ({
    challenge: { name: 'MFA_SETUP' },
    parameters: { USER_ID_FOR_SRP: user.username, MFAS_CAN_SETUP: JSON.stringify(pool.mfaSetups) },
  }),
  DEVICE_SRP_AUTH: () => ({ challenge: { name: 'DEVICE_SRP_AUTH' }, parameters: {} }),
  INVENTED: (_, user) => {
    const { name = '', parameters = {}, answer = '' } = user.inventedChallenge ?? {}
    return { challenge: { name: 'INVENTED', shownAs: name, answer }, parameters }
  },
}

type CodeChallenge = 'SMS_MFA' | 'EMAIL_OTP' | 'SMS_OTP'

/**
 * Sends a code and says, masked, where to. A user who is not there is told a destination that looks like one. `address`
 * is where to, for an e-mail address that is just being set up.
 */
export function sendCode(
  context: AuthContext,
  subject: Subject,
  name: CodeChallenge,
  role: 'first' | 'second' | 'set-up' = 'second',
  address?: string,
): AuthAnswer {
  const { world, pool } = context
  const medium = name === 'EMAIL_OTP' ? 'EMAIL' : 'SMS'
  const code = randomDigits(world.random, name === 'EMAIL_OTP' ? 8 : 6)
  const destination =
    subject.user === undefined
      ? pool.decoyDestination(subject.username, medium)
      : world.outbox.send(pool.id, subject.user, medium, code, address).destination
  const challenge: Challenge =
    name === 'EMAIL_OTP' ? { name, code, role, ...(address !== undefined && { address }) } : { name, code }
  return sendChallenge(context, subject, challenge, {
    USER_ID_FOR_SRP: subject.username,
    CODE_DELIVERY_DELIVERY_MEDIUM: medium,
    CODE_DELIVERY_DESTINATION: masked(destination),
  })
}

/** Required attributes that the user does not have. */
export function missingAttributes(pool: UserPool, user: User): string[] {
  return pool.requiredAttributes.filter((name) => !user.attributes.has(name))
}

function newPasswordParameters(pool: UserPool, user: User): Record<string, string> {
  return {
    requiredAttributes: JSON.stringify(missingAttributes(pool, user).map((name) => `userAttributes.${name}`)),
    userAttributes: JSON.stringify(Object.fromEntries(user.attributes)),
  }
}
