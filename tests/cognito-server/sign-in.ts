// Owns the way from a proven password to tokens: which challenge comes next, and how challenges and results are answered.
import { passwordResetRequired, userDisabled, userNotConfirmed } from './errors.ts'
import { masked } from './outbox.ts'
import type { Client, UserPool } from './pool.ts'
import { randomDigits } from './random.ts'
import type { Challenge } from './sessions.ts'
import { mintTokens } from './tokens.ts'
import type { SecondFactor, User } from './users.ts'
import type { World } from './world.ts'

/** Where an authentication request is headed. */
export interface AuthContext {
  readonly world: World
  readonly pool: UserPool
  readonly client: Client
}

/** The answer of InitiateAuth and RespondToAuthChallenge. */
export interface AuthAnswer {
  readonly ChallengeName?: Challenge['name']
  readonly Session?: string
  readonly ChallengeParameters: Readonly<Record<string, string>>
  readonly AuthenticationResult?: Readonly<Record<string, unknown>>
}

/** Refuses users who proved who they are but are disabled, or whose next step is confirming or resetting. */
export function assertMaySignIn(user: User): void {
  if (user.disabled) throw userDisabled()
  if (user.status === 'UNCONFIRMED') throw userNotConfirmed()
  if (user.status === 'RESET_REQUIRED') throw passwordResetRequired()
}

/** What a sign-in has still to prove, by the name of the challenge that asks for it. */
export type NextStep =
  | 'NEW_PASSWORD_REQUIRED'
  | 'SOFTWARE_TOKEN_MFA'
  | 'SMS_MFA'
  | 'EMAIL_OTP'
  | 'SELECT_MFA_TYPE'
  | 'MFA_SETUP'
  | 'tokens'

/** The rule of what comes after a proven password; `passedMfa` once a second factor was shown or set up. */
export function nextStep(
  user: {
    readonly status: string
    readonly secondFactors: readonly SecondFactor[]
    readonly preferredFactor?: SecondFactor | undefined
  },
  poolMfa: 'off' | 'optional' | 'on',
  passedMfa: boolean,
): NextStep {
  if (user.status === 'FORCE_CHANGE_PASSWORD') return 'NEW_PASSWORD_REQUIRED'
  if (poolMfa === 'off' || passedMfa) return 'tokens'
  const [only, ...others] = user.secondFactors
  if (only === undefined) return poolMfa === 'on' ? 'MFA_SETUP' : 'tokens'
  return others.length === 0 ? only : (user.preferredFactor ?? 'SELECT_MFA_TYPE')
}

/** Sends a challenge with a fresh Session bound to this user and app client. */
export function sendChallenge(
  context: AuthContext,
  subject: { readonly username: string; readonly user: User | undefined },
  challenge: Challenge,
  ChallengeParameters: Record<string, string>,
): AuthAnswer {
  const { world, client } = context
  const Session = world.sessions.issue({
    challenge,
    clientId: client.id,
    username: subject.username,
    user: subject.user,
    expiresAt: world.clock.now() + client.authSessionSeconds * 1000,
  })
  return { ChallengeName: challenge.name, Session, ChallengeParameters }
}

/** Goes on with a user whose last challenge was passed: the next challenge, or tokens. */
export async function continueSignIn(
  context: AuthContext,
  user: User,
  passed: { readonly mfa: boolean } = { mfa: false },
): Promise<AuthAnswer> {
  assertMaySignIn(user)
  const step = nextStep(user, context.pool.mfa, passed.mfa)
  if (step !== 'tokens') return askFor(context, user, step)
  return { ChallengeParameters: {}, AuthenticationResult: await startSignIn(context, user) }
}

/** Sends the challenge of a step to a user who is known. */
export function askFor(context: AuthContext, user: User, step: Exclude<NextStep, 'tokens'>): AuthAnswer {
  const { challenge, parameters } = ANNOUNCEMENTS[step](context, user)
  return sendChallenge(context, { username: user.username, user }, challenge, {
    USER_ID_FOR_SRP: user.username,
    ...parameters,
  })
}

interface Announcement {
  readonly challenge: Challenge
  readonly parameters: Readonly<Record<string, string>>
}

const ANNOUNCEMENTS: Readonly<
  Record<Exclude<NextStep, 'tokens'>, (context: AuthContext, user: User) => Announcement>
> = {
  NEW_PASSWORD_REQUIRED: ({ pool }, user) => ({
    challenge: { name: 'NEW_PASSWORD_REQUIRED' },
    parameters: newPasswordParameters(pool, user),
  }),
  SOFTWARE_TOKEN_MFA: () => ({ challenge: { name: 'SOFTWARE_TOKEN_MFA' }, parameters: {} }),
  SMS_MFA: (context, user) => announceCode(context, user, 'SMS_MFA'),
  EMAIL_OTP: (context, user) => announceCode(context, user, 'EMAIL_OTP'),
  SELECT_MFA_TYPE: (_, user) => ({
    challenge: { name: 'SELECT_MFA_TYPE' },
    parameters: { MFAS_CAN_CHOOSE: JSON.stringify(user.secondFactors) },
  }),
  MFA_SETUP: () => ({
    challenge: { name: 'MFA_SETUP' },
    parameters: { MFAS_CAN_SETUP: JSON.stringify(['SOFTWARE_TOKEN_MFA']) },
  }),
}

/** Sends a code and says, masked, where to. */
function announceCode({ world, pool }: AuthContext, user: User, name: 'SMS_MFA' | 'EMAIL_OTP'): Announcement {
  const code = randomDigits(world.random, name === 'SMS_MFA' ? 6 : 8)
  const { medium, destination } = world.outbox.send(pool.id, user, name === 'SMS_MFA' ? 'SMS' : 'EMAIL', code)
  return {
    challenge: { name, code },
    parameters: {
      CODE_DELIVERY_DELIVERY_MEDIUM: medium,
      CODE_DELIVERY_DESTINATION: masked(destination),
    },
  }
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

/** Opens a refresh token chain and signs its first tokens. */
export async function startSignIn(context: AuthContext, user: User): Promise<Record<string, unknown>> {
  const { world, pool, client } = context
  const owner = { sub: user.sub, clientId: client.id, lifetimeSeconds: client.refreshTokenSeconds }
  const { chain, refreshToken } = pool.refreshTokens.open(owner, world.clock.now())
  return { ...(await mintTokens(world, { pool, client, user, chain })), RefreshToken: refreshToken }
}
