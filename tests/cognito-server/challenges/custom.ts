// Owns CUSTOM_CHALLENGE: the rounds that a pool's script asks in place of Lambda triggers, and how often one may be wrong.

import { type AuthAnswer, type AuthContext, type Subject, sendChallenge } from '../auth-context.ts'
import { invalidParameter, wrongPassword } from '../errors.ts'
import { presentParameter } from '../input.ts'
import { continueSignIn } from '../sign-in.ts'
import type { AnswerAnyone } from './answer.ts'

const DEFAULT_ATTEMPTS = 3

/** Asks a round, for users who are not there as for those who are; `wrongAnswers` counts over the whole sign-in. */
export function askRound(
  context: AuthContext,
  subject: Subject,
  round: number,
  wrongAnswers: number,
): AuthAnswer {
  const script = scriptOf(context).rounds[round]
  if (script === undefined) throw new RangeError(`${context.pool.id} has no custom round ${round}`)
  return sendChallenge(
    context,
    subject,
    { name: 'CUSTOM_CHALLENGE', round, wrongAnswers },
    { USERNAME: subject.username, ...script.parameters },
  )
}

/** The pool's script; InvalidParameterException where it has none. */
export function scriptOf({ pool }: AuthContext) {
  if (pool.customAuth === undefined) {
    throw invalidParameter('Custom auth lambda trigger is not configured for the user pool.')
  }
  return pool.customAuth
}

/** A wrong answer asks the round again with a fresh Session, until there have been too many. No MFA follows [inf]. */
export const answerCustom: AnswerAnyone<'CUSTOM_CHALLENGE'> = async (
  context,
  session,
  subject,
  responses,
) => {
  const given = presentParameter(responses, 'ANSWER')
  const { rounds, attempts = DEFAULT_ATTEMPTS } = scriptOf(context)
  const { round, wrongAnswers } = session.pending.challenge
  session.consume()
  const isRight = subject.user !== undefined && given === rounds[round]?.answer
  if (!isRight) {
    if (wrongAnswers + 1 >= attempts) throw wrongPassword()
    return askRound(context, subject, round, wrongAnswers + 1)
  }
  if (round + 1 < rounds.length) return askRound(context, subject, round + 1, wrongAnswers)
  return continueSignIn(context, subject.user, { mfa: true })
}
