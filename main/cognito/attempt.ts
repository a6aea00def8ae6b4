// Owns one sign-in under way and what is sent for it: InitiateAuth and RespondToAuthChallenge with everything they always carry.
// Refuses to know which answer comes next.
import type {
  ChallengeNameType,
  InitiateAuthCommandOutput,
  RespondToAuthChallengeCommandOutput,
} from '@aws-sdk/client-cognito-identity-provider'
import { fail, type Result } from '../failure.ts'
import type { PoolAccess, SignInInput } from '../sessions/ports.ts'
import type { Parameters } from './challenges/challenge.ts'
import { isDeviceChallenge } from './challenges/device.ts'
import type { Answer } from './exchange.ts'
import type { Flow } from './flows.ts'
import { secretHash } from './secret-hash.ts'
import type { UserPoolApi } from './user-pool.ts'

export interface Attempt {
  readonly access: PoolAccess
  readonly pool: UserPoolApi
  readonly loginId: string
  readonly flow: Pick<Flow, 'authFlow' | 'automatic' | 'provesPassword'>
  readonly device: SignInInput['device']
  /** USERNAME of the next answer: as typed, until Cognito says who that is. */
  readonly username: string
}

export type AuthAnswer = Answer<InitiateAuthCommandOutput | RespondToAuthChallengeCommandOutput>

/** What both requests carry beside their own parameters. */
const always = ({ access, username, device }: Attempt): Parameters => ({
  ...(device === undefined ? {} : { DEVICE_KEY: device.key }),
  ...secretHash(access.profile.clientId, access.clientSecret, username),
})

export const initiate = (attempt: Attempt, parameters: Parameters): Promise<Result<AuthAnswer>> =>
  attempt.pool.initiateAuth(
    {
      ClientId: attempt.access.profile.clientId,
      AuthFlow: attempt.flow.authFlow,
      AuthParameters: { USERNAME: attempt.username, ...parameters, ...always(attempt) },
      ClientMetadata: attempt.access.clientMetadata,
    },
    'sign-in',
  )

/** `sign-in.device-unknown` also where the proof of a device is refused: that is not the person's password. */
export const respond = async (
  attempt: Attempt,
  challengeName: ChallengeNameType,
  session: string | undefined,
  responses: Parameters,
): Promise<Result<AuthAnswer>> => {
  const answer = await attempt.pool.respondToAuthChallenge({
    ClientId: attempt.access.profile.clientId,
    ChallengeName: challengeName,
    Session: session,
    ChallengeResponses: { USERNAME: attempt.username, ...responses, ...always(attempt) },
    ClientMetadata: attempt.access.clientMetadata,
  })
  const isDeviceRefused =
    !answer.ok && isDeviceChallenge(challengeName) && answer.failure.code === 'sign-in.wrong-password'
  return isDeviceRefused ? fail('sign-in.device-unknown', { requestId: answer.failure.requestId }) : answer
}

/**
 * The attempt as it stands when this challenge comes. Where the pool offers a choice although a password was sent along, it did
 * not take it: nothing has been proved, and the password is let go of.
 */
export const atChallenge = (attempt: Attempt, challengeName: string, parameters: Parameters): Attempt => {
  const username = parameters['USER_ID_FOR_SRP'] || attempt.username
  if (challengeName !== 'SELECT_CHALLENGE') return { ...attempt, username }
  const { PASSWORD_VERIFIER: _declined, ...automatic } = attempt.flow.automatic
  return { ...attempt, username, flow: { ...attempt.flow, automatic, provesPassword: false } }
}
