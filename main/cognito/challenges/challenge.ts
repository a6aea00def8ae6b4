// Owns the words in which challenges are read, asked and answered. A new challenge is one file and one row in index.ts.
import { ok, type Result } from '../../failure.ts'
import type { Challenge, ChallengeAnswer, PoolAccess } from '../../sessions/ports.ts'
import type { RandomBytes } from '../srp.ts'
import type { UserPoolApi } from '../user-pool.ts'

/** Cognito's ChallengeParameters and ChallengeResponses. */
export type Parameters = Readonly<Record<string, string>>

/**
 * A challenge that a flow answers by itself.
 *
 * @param serverTime epoch milliseconds by the server's clock, as far as it is known.
 */
export type AutomaticAnswer = (parameters: Parameters, serverTime: number) => Result<Parameters>

/** By ChallengeName. */
export type AutomaticAnswers = Readonly<Record<string, AutomaticAnswer | undefined>>

/** What is at hand while a person is asked something. */
export interface Turn {
  readonly access: PoolAccess
  readonly pool: UserPoolApi
  readonly randomBytes: RandomBytes
  /** As Cognito calls the user, once it has said so. */
  readonly username: string
  /** Of the challenge; undefined for steps that are none. */
  readonly session: string | undefined
}

/** A question, and the Session to answer it with where that is not the challenge's own. */
export interface Ask {
  readonly kind: 'ask'
  readonly question: Question
  readonly session?: string | undefined
}

/** What a person's answer leads to. */
export type Move =
  /** RespondToAuthChallenge, without USERNAME, SECRET_HASH and DEVICE_KEY. */
  | {
      readonly kind: 'respond'
      readonly responses: Parameters
      /** Instead of the challenge's own. */
      readonly session?: string | undefined
      /** What this answer lets us answer without asking. */
      readonly automatic?: AutomaticAnswers
      /** The answer carries or leads to the proof of a password: a code asked for later is a second factor. */
      readonly provesPassword?: boolean
    }
  | Ask
  /** The flow from its start. */
  | {
      readonly kind: 'begin'
      readonly password: string
      /** A PREFERRED_CHALLENGE over the profile's. */
      readonly preferred?: string
    }

/** Something a person is asked. */
export interface Question {
  readonly challenge: Challenge
  /** How long it can be answered, milliseconds; as long as Cognito's Session unless given. */
  readonly lifetimeMs?: number
  /** Undefined for an answer to another kind of question. */
  answer(given: ChallengeAnswer, turn: Turn): Result<Move> | Promise<Result<Move>> | undefined
  /** Sends another code; absent where none can be had. */
  resend?(turn: Turn): Result<Move> | Promise<Result<Move>>
}

/** A challenge as Cognito sent it. */
export interface Said {
  readonly name: string
  readonly parameters: Parameters
  /** AvailableChallenges of a choice-based sign-in. */
  readonly available: readonly string[]
  /** Whether it comes first in a choice-based sign-in, before any proof. */
  readonly isFirstFactor: boolean
}

/** Makes the question of a challenge; may have to ask Cognito for what to show. */
export type Opening = (said: Said, turn: Turn) => Result<Ask> | Promise<Result<Ask>>

export const asking = (question: Question, session?: string): Result<Ask> =>
  ok({ kind: 'ask', question, session })
