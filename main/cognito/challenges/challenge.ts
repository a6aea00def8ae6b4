// Owns the words in which challenges are read and answered. A new challenge is one file and one row in index.ts.
import type { Result } from '../../failure.ts'
import type { Challenge, ChallengeAnswer } from '../../sessions/ports.ts'

/** Cognito's ChallengeParameters and ChallengeResponses. */
export type Parameters = Readonly<Record<string, string>>

/** A challenge that a person answers. */
export interface AskedChallenge {
  /** What the person is asked. */
  ask(parameters: Parameters): Challenge
  /** ChallengeResponses without USERNAME and SECRET_HASH; undefined for an answer to another challenge. */
  respond(answer: ChallengeAnswer, asked: Challenge): Parameters | undefined
}

/**
 * A challenge that a flow answers by itself.
 *
 * @param serverTime epoch milliseconds by the server's clock, as far as it is known.
 */
export type AutomaticAnswer = (parameters: Parameters, serverTime: number) => Result<Parameters>
