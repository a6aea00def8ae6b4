// Owns the challenge that no client knows: under whatever name a user's configuration gives it, it wants one ANSWER.
import { wrongPassword } from '../errors.ts'
import { presentParameter } from '../input.ts'
import { continueSignIn } from '../sign-in.ts'
import type { AnswerChallenge } from './answer.ts'

export const answerInvented: AnswerChallenge<'INVENTED'> = async (context, session, user, responses) => {
  const given = presentParameter(responses, 'ANSWER')
  session.consume()
  if (given !== session.pending.challenge.answer) throw wrongPassword()
  return continueSignIn(context, user, { invented: true })
}
