// Owns the one shape every challenge's answer is handled in.

import type { Challenge, ChallengeName, OpenSession } from '../sessions.ts'
import type { AuthAnswer, AuthContext } from '../sign-in.ts'
import type { User } from '../users.ts'

/** Takes the answer to a challenge whose Session, user, app client and SECRET_HASH have been checked. */
export type AnswerChallenge<N extends ChallengeName> = (
  context: AuthContext,
  session: OpenSession<Extract<Challenge, { name: N }>>,
  user: User,
  responses: Readonly<Record<string, string>>,
) => Promise<AuthAnswer>
