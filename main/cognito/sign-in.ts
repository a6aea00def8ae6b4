// Owns the course of a sign-in: begin a flow, answer what can be answered, stop where a person is asked, end with tokens.
// Refuses to know how any one challenge is answered (challenges/) or what becomes of the tokens (sessions/).
import type { ChallengeNameType } from '@aws-sdk/client-cognito-identity-provider'
import { fail, ok, type Result } from '../failure.ts'
import type {
  Clock,
  PendingSignIn,
  PoolAccess,
  SignInInput,
  SignInIssuer,
  SignInProgress,
} from '../sessions/ports.ts'
import { type Attempt, type AuthAnswer, atChallenge, initiate, respond } from './attempt.ts'
import type { Ask, Move, Question, Turn } from './challenges/challenge.ts'
import { unconfirmed } from './challenges/confirm-sign-up.ts'
import { deviceAnswers } from './challenges/device.ts'
import { openingOf } from './challenges/index.ts'
import { forgottenPassword, requiredReset } from './challenges/reset-password.ts'
import { registerDevice } from './devices.ts'
import { type Endpoint, userPoolEndpoint } from './endpoints.ts'
import { flowOf } from './flows.ts'
import type { RandomBytes } from './srp.ts'
import { tokensIn } from './tokens.ts'
import type { UserPoolApi } from './user-pool.ts'

/** The life of Cognito's Session, unless the app client's AuthSessionValidity says otherwise (3 to 15 minutes). */
const sessionLifetimeMs = 3 * 60_000

export interface SignInDependencies {
  readonly clock: Clock
  readonly randomBytes: RandomBytes
  /** What lists of remembered devices call this machine. */
  readonly deviceName: string
  readonly userPool: (endpoint: Endpoint) => Promise<UserPoolApi>
}

/** What is needed to go on after a person was asked; holds the Session. */
interface Waiting {
  readonly attempt: Attempt
  /** Undefined for steps that are no challenge. */
  readonly challengeName: ChallengeNameType | undefined
  readonly session: string | undefined
  readonly question: Question
}

export const createSignIn = ({
  clock,
  randomBytes,
  deviceName,
  userPool,
}: SignInDependencies): SignInIssuer => {
  // Keyed by PendingSignIn.resume: outside this module that is an empty object, so logging one can give nothing away.
  const waiting = new WeakMap<object, Waiting>()

  const turnOf = ({ access, pool, username }: Attempt, session: string | undefined): Turn => ({
    access,
    pool,
    randomBytes,
    username,
    session,
  })

  const ask = (
    attempt: Attempt,
    challengeName: ChallengeNameType | undefined,
    { question, session }: Ask,
  ): Result<SignInProgress> => {
    const resume = Object.freeze({})
    // The client secret comes with each call; it is not kept while a person thinks.
    const access = { ...attempt.access, clientSecret: undefined }
    waiting.set(resume, { attempt: { ...attempt, access }, challengeName, session, question })
    const expiresAt = clock.now() + (question.lifetimeMs ?? sessionLifetimeMs)
    return ok({ kind: 'challenge', pending: { challenge: question.challenge, expiresAt, resume } })
  }

  const finish = async (
    { pool, loginId, flow, device }: Attempt,
    { value, clockOffsetMs, requestId }: AuthAnswer,
  ): Promise<Result<SignInProgress>> => {
    const result = value.AuthenticationResult
    const tokens = tokensIn(result)
    if (!tokens.ok) return tokens
    const issued =
      result?.NewDeviceMetadata &&
      (await registerDevice({ pool, randomBytes, deviceName, loginId }, result.NewDeviceMetadata, result))
    const known = device && { key: device.key, name: deviceName, remembered: undefined, needsConsent: false }
    return ok({
      kind: 'signed-in',
      grant: {
        tokens: tokens.value,
        signInDetails: { loginId, authFlowType: flow.authFlow },
        clockOffsetMs,
        requestId,
        device: issued ?? known,
      },
    })
  }

  const advance = async (start: Attempt, first: AuthAnswer): Promise<Result<SignInProgress>> => {
    let attempt = start
    let answer = first
    for (;;) {
      const { ChallengeName, ChallengeParameters = {}, AvailableChallenges = [], Session } = answer.value
      if (ChallengeName === undefined) return finish(attempt, answer)
      attempt = atChallenge(attempt, ChallengeName, ChallengeParameters)
      const { [ChallengeName]: automatic, ...automaticLeft } = attempt.flow.automatic
      if (automatic === undefined) {
        const { authFlow, provesPassword } = attempt.flow
        const said = {
          name: ChallengeName,
          parameters: ChallengeParameters,
          available: AvailableChallenges,
          isFirstFactor: authFlow === 'USER_AUTH' && !provesPassword,
        }
        const opened = await openingOf(ChallengeName)(said, turnOf(attempt, Session))
        return opened.ok
          ? ask(attempt, ChallengeName, { session: Session, ...withOwnSession(opened.value) })
          : opened
      }
      // Each is used once, so the loop ends, and the password is let go of as soon as it is proved.
      attempt = { ...attempt, flow: { ...attempt.flow, automatic: automaticLeft } }
      const responses = automatic(ChallengeParameters, clock.now() + (answer.clockOffsetMs ?? 0))
      if (!responses.ok) return responses
      const next = await respond(attempt, ChallengeName, Session, responses.value)
      if (!next.ok) return next
      answer = next.value
    }
  }

  const attemptOf = async (
    access: PoolAccess,
    { username, device }: Omit<SignInInput, 'password'>,
    flow: Attempt['flow'],
  ): Promise<Attempt> => {
    const pool = await userPool(userPoolEndpoint(access.profile))
    const own = device === undefined ? {} : deviceAnswers(device, randomBytes)
    const course = { ...flow, automatic: { ...flow.automatic, ...own } }
    return { access, pool, loginId: username, flow: course, device, username }
  }

  /** One run of the flow. Exceptions that are next steps become questions. */
  const run = async (
    access: PoolAccess,
    input: SignInInput,
    preferred?: string,
  ): Promise<Result<SignInProgress>> => {
    const chosen = flowOf(access.profile, input.password, randomBytes, preferred)
    if (!chosen.ok) return chosen
    const { parameters, ...flow } = chosen.value
    const attempt = await attemptOf(access, input, flow)
    const answer = await initiate(attempt, parameters)
    const result = answer.ok ? await advance(attempt, answer.value) : answer
    if (result.ok) return result
    // What is kept of the attempt from here on proves nothing: it only says whose password or sign-up it is about.
    const resting = { ...attempt, flow: { ...flow, automatic: {} } }
    const { code } = result.failure
    if (code === 'sign-in.reset-required') {
      return ask(resting, undefined, { kind: 'ask', question: requiredReset() })
    }
    if (code === 'sign-in.not-confirmed') {
      return ask(resting, undefined, { kind: 'ask', question: unconfirmed(input.password) })
    }
    return result
  }

  const begin = async (
    access: PoolAccess,
    input: SignInInput,
    preferred?: string,
  ): Promise<Result<SignInProgress>> => {
    const result = await run(access, input, preferred)
    if (result.ok || input.device === undefined) return result
    if (result.failure.code !== 'sign-in.device-unknown') return result
    // Once: without a device there is nothing left that could be unknown.
    const again = await run(access, { ...input, device: undefined }, preferred)
    return again.ok ? ok({ ...again.value, droppedDevice: input.device.key }) : again
  }

  const follow = async (known: Waiting, attempt: Attempt, move: Move): Promise<Result<SignInProgress>> => {
    switch (move.kind) {
      case 'ask':
        return ask(attempt, known.challengeName, { session: known.session, ...withOwnSession(move) })
      case 'begin': {
        const { access, loginId: username, device } = attempt
        return begin(access, { username, password: move.password, device }, move.preferred)
      }
      case 'respond': {
        if (known.challengeName === undefined) return fail('internal.bug')
        const automatic = { ...attempt.flow.automatic, ...move.automatic }
        const provesPassword = attempt.flow.provesPassword || move.provesPassword === true
        const flow = { ...attempt.flow, automatic, provesPassword }
        const session = move.session ?? known.session
        const answer = await respond(attempt, known.challengeName, session, move.responses)
        return answer.ok ? advance({ ...attempt, flow }, answer.value) : answer
      }
      default:
        return move satisfies never
    }
  }

  /** Goes on with what a question makes of an answer or a wish. */
  const resume = async (
    { clientSecret, clientMetadata }: PoolAccess,
    pending: PendingSignIn,
    decide: (question: Question, turn: Turn) => Result<Move> | Promise<Result<Move>>,
  ): Promise<Result<SignInProgress>> => {
    const known = typeof pending.resume === 'object' && pending.resume !== null && waiting.get(pending.resume)
    if (!known) return fail('sign-in.attempt-not-found')
    // Still the profile it began with, should it have been edited meanwhile: the Session is that app client's.
    const attempt = { ...known.attempt, access: { ...known.attempt.access, clientSecret, clientMetadata } }
    const move = await decide(known.question, turnOf(attempt, known.session))
    return move.ok ? follow(known, attempt, move.value) : move
  }

  return {
    signIn: (access, input) => begin(access, input),

    answer: (access, pending, given) =>
      resume(
        access,
        pending,
        (question, turn) =>
          question.answer(given, turn) ??
          fail('input.invalid', { detail: 'The answer is for another step.' }),
      ),

    resendCode: (access, pending) =>
      resume(
        access,
        pending,
        (question, turn) =>
          question.resend?.(turn) ?? fail('input.invalid', { message: 'No other code can be sent here.' }),
      ),

    async forgotPassword(access, input) {
      const flow: Attempt['flow'] = { authFlow: 'USER_SRP_AUTH', automatic: {}, provesPassword: false }
      const attempt = await attemptOf(access, input, flow)
      const asked = await forgottenPassword(turnOf(attempt, undefined))
      return asked.ok ? ask(attempt, undefined, asked.value) : asked
    },
  }
}

/** A question's own Session replaces the challenge's only where it has one. */
const withOwnSession = ({ session, ...rest }: Ask): Ask =>
  session === undefined ? rest : { ...rest, session }
