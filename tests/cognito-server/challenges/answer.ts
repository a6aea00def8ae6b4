// Owns the shapes every challenge's answer is handled in.

import type { AuthAnswer, AuthContext, Subject } from '../auth-context.ts'
import type { Challenge, ChallengeName, OpenSession } from '../sessions.ts'
import type { User } from '../users.ts'

type Responses = Readonly<Record<string, string>>

/** Takes the answer to a challenge whose Session, user, app client and SECRET_HASH have been checked. */
export type AnswerChallenge<N extends ChallengeName> = (
  context: AuthContext,
  session: OpenSession<Extract<Challenge, { name: N }>>,
  user: User,
  responses: Responses,
) => Promise<AuthAnswer>

/** The same for challenges that are sent to users who are not there, too, so that nobody learns who is. */
export type AnswerAnyone<N extends ChallengeName> = (
  context: AuthContext,
  session: OpenSession<Extract<Challenge, { name: N }>>,
  subject: Subject,
  responses: Responses,
) => Promise<AuthAnswer>
