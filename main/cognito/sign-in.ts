// Owns the course of a sign-in: begin a flow, answer what can be answered, stop where a person is asked, end with tokens.
// Refuses to know how any one challenge is answered (challenges/) or what becomes of the tokens (sessions/).
import type {
  ChallengeNameType,
  InitiateAuthCommandOutput,
  RespondToAuthChallengeCommandOutput,
} from '@aws-sdk/client-cognito-identity-provider'
import { fail, ok, type Result } from '../failure.ts'
import type { Challenge, Clock, Issuer, PoolAccess, SignInProgress } from '../sessions/ports.ts'
import type { AskedChallenge, Parameters } from './challenges/challenge.ts'
import { askedChallenges } from './challenges/index.ts'
import type { UserPoolApi } from './clients.ts'
import { type Endpoint, userPoolEndpoint } from './endpoints.ts'
import type { Answer } from './exchange.ts'
import { type Flow, flowOf } from './flows.ts'
import { secretHash } from './secret-hash.ts'
import type { RandomBytes } from './srp.ts'
import { tokensIn } from './tokens.ts'

/** The life of Cognito's Session, unless the app client's AuthSessionValidity says otherwise (3 to 15 minutes). */
const sessionLifetimeMs = 3 * 60_000

export interface SignInDependencies {
  readonly clock: Clock
  readonly randomBytes: RandomBytes
  readonly userPool: (endpoint: Endpoint) => Promise<UserPoolApi>
}

/** One sign-in under way. */
interface Attempt {
  readonly access: PoolAccess
  readonly pool: UserPoolApi
  readonly loginId: string
  readonly flow: Pick<Flow, 'authFlow' | 'automatic'>
  /** USERNAME of the next answer: as typed, until Cognito says who that is. */
  readonly username: string
}

/** What is needed to go on after a person was asked; holds the Session. */
interface Waiting {
  readonly attempt: Attempt
  readonly challengeName: ChallengeNameType
  readonly session: string | undefined
  readonly kind: AskedChallenge
  readonly asked: Challenge
}

type AuthAnswer = Answer<InitiateAuthCommandOutput | RespondToAuthChallengeCommandOutput>

export const createSignIn = ({
  clock,
  randomBytes,
  userPool,
}: SignInDependencies): Pick<Issuer, 'signIn' | 'answer'> => {
  // Keyed by PendingSignIn.resume: outside this module that is an empty object, so logging one can give nothing away.
  const waiting = new WeakMap<object, Waiting>()

  const respond = (
    { access, pool, username }: Attempt,
    challenge: ChallengeNameType,
    session: string | undefined,
    responses: Parameters,
  ) => {
    const { clientId } = access.profile
    return pool.respondToAuthChallenge({
      ClientId: clientId,
      ChallengeName: challenge,
      Session: session,
      ChallengeResponses: {
        USERNAME: username,
        ...responses,
        ...secretHash(clientId, access.clientSecret, username),
      },
      ClientMetadata: access.clientMetadata,
    })
  }

  const ask = (
    attempt: Attempt,
    challengeName: ChallengeNameType,
    session: string | undefined,
    parameters: Parameters,
  ): Result<SignInProgress> => {
    const kind = askedChallenges[challengeName]
    if (kind === undefined) return fail('sign-in.unsupported-challenge', { detail: challengeName })
    const challenge = kind.ask(parameters)
    const resume = Object.freeze({})
    // The client secret comes with each call; it is not kept while a person thinks.
    const access = { ...attempt.access, clientSecret: undefined }
    const resting = { ...attempt, access }
    waiting.set(resume, { attempt: resting, challengeName, session, kind, asked: challenge })
    const expiresAt = clock.now() + sessionLifetimeMs
    return ok({ kind: 'challenge', pending: { challenge, expiresAt, resume } })
  }

  const finish = ({ loginId, flow }: Attempt, answer: AuthAnswer): Result<SignInProgress> => {
    const tokens = tokensIn(answer.value.AuthenticationResult)
    if (!tokens.ok) return tokens
    const { clockOffsetMs, requestId } = answer
    const signInDetails = { loginId, authFlowType: flow.authFlow }
    return ok({ kind: 'signed-in', grant: { tokens: tokens.value, signInDetails, clockOffsetMs, requestId } })
  }

  const advance = async (start: Attempt, first: AuthAnswer): Promise<Result<SignInProgress>> => {
    let attempt = start
    let answer = first
    for (;;) {
      const { ChallengeName, ChallengeParameters = {}, Session } = answer.value
      if (ChallengeName === undefined) return finish(attempt, answer)
      attempt = { ...attempt, username: ChallengeParameters['USER_ID_FOR_SRP'] || attempt.username }
      const { [ChallengeName]: automatic, ...automaticLeft } = attempt.flow.automatic
      if (automatic === undefined) return ask(attempt, ChallengeName, Session, ChallengeParameters)
      // Each is used once, so the loop ends, and the password is let go of as soon as it is proved.
      attempt = { ...attempt, flow: { ...attempt.flow, automatic: automaticLeft } }
      const responses = automatic(ChallengeParameters, clock.now() + (answer.clockOffsetMs ?? 0))
      if (!responses.ok) return responses
      const next = await respond(attempt, ChallengeName, Session, responses.value)
      if (!next.ok) return next
      answer = next.value
    }
  }

  return {
    signIn: async (access, { username, password }) => {
      const chosen = flowOf(access.profile, password, randomBytes)
      if (!chosen.ok) return chosen
      const { parameters, ...flow } = chosen.value
      const pool = await userPool(userPoolEndpoint(access.profile))
      const { clientId } = access.profile
      const answer = await pool.initiateAuth(
        {
          ClientId: clientId,
          AuthFlow: flow.authFlow,
          AuthParameters: {
            USERNAME: username,
            ...parameters,
            ...secretHash(clientId, access.clientSecret, username),
          },
          ClientMetadata: access.clientMetadata,
        },
        'sign-in',
      )
      if (!answer.ok) return answer
      return advance({ access, pool, loginId: username, flow, username }, answer.value)
    },

    answer: async (access, pending, given) => {
      const known =
        typeof pending.resume === 'object' && pending.resume !== null && waiting.get(pending.resume)
      if (!known) return fail('sign-in.attempt-not-found')
      const responses = known.kind.respond(given, known.asked)
      if (responses === undefined) return fail('input.invalid', { detail: 'The answer is for another step.' })
      // Still the profile it began with, should it have been edited meanwhile: the Session is that app client's.
      const { clientSecret, clientMetadata } = access
      const attempt = { ...known.attempt, access: { ...known.attempt.access, clientSecret, clientMetadata } }
      const answer = await respond(attempt, known.challengeName, known.session, responses)
      return answer.ok ? advance(attempt, answer.value) : answer
    },
  }
}
