// Owns NEW_PASSWORD_REQUIRED: the password's policy, the required attributes, and what may not be touched.
import { missingAttributes } from '../announcements.ts'
import { invalidParameter, notAuthorized } from '../errors.ts'
import { requiredParameter } from '../input.ts'
import { assertPasswordConforms } from '../password-policy.ts'
import { continueSignIn } from '../sign-in.ts'
import type { AnswerChallenge } from './answer.ts'

const PREFIX = 'userAttributes.'

/** A password or attribute that is refused leaves the Session good for another try. */
export const answerNewPassword: AnswerChallenge<'NEW_PASSWORD_REQUIRED'> = async (
  context,
  session,
  user,
  responses,
) => {
  const password = requiredParameter(responses, 'NEW_PASSWORD')
  const attributes = Object.entries(responses)
    .filter(([name]) => name.startsWith(PREFIX))
    .map(([name, value]) => [name.slice(PREFIX.length), value] as const)
  const present = attributes.find(([name]) => user.attributes.has(name))
  // [inf] The sentence is Cognito's; its exception type is remembered, not read.
  if (present !== undefined) throw notAuthorized(`Cannot modify an already provided ${present[0]}`)
  const given = new Set(attributes.map(([name]) => name))
  const missing = missingAttributes(context.pool, user).find((name) => !given.has(name))
  if (missing !== undefined) throw invalidParameter(`Invalid attributes given, ${missing} is missing`)
  assertPasswordConforms(password, context.pool.policy)
  session.consume()
  user.setPassword(password)
  user.status = 'CONFIRMED'
  for (const [name, value] of attributes) user.attributes.set(name, value)
  return continueSignIn(context, user)
}
