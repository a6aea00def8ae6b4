// Owns the challenge that no client knows: under whatever name a user's configuration gives it, it wants one answer,
// as ANSWER or named after the challenge itself (which is how a password is asked for once more).
import { wrongPassword } from '../errors.ts'
import { presentParameter } from '../input.ts'
import { continueSignIn } from '../sign-in.ts'
import type { AnswerChallenge } from './answer.ts'

export const answerInvented: AnswerChallenge<'INVENTED'> = async (context, session, user, responses) => {
  const { shownAs, answer } = session.pending.challenge
  const given = responses[shownAs] ?? presentParameter(responses, 'ANSWER')
  session.consume()
  if (given !== answer) throw wrongPassword()
  return continueSignIn(context, user, { invented: true })
}
