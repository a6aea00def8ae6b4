// Owns PASSWORD and PASSWORD_SRP of choice-based sign-in: the password itself, or its proof.
import { ok } from '../../failure.ts'
import { startSrp } from '../srp.ts'
import { asking, type Move, type Opening, type Turn } from './challenge.ts'
import { passwordVerifier } from './password-verifier.ts'

export type PasswordChallenge = 'PASSWORD' | 'PASSWORD_SRP'

/** The answer that carries a password; `chosen` are further ChallengeResponses beside it. */
export const passwordMove = (
  challengeName: PasswordChallenge,
  typed: string,
  { access, randomBytes }: Turn,
  chosen: Readonly<Record<string, string>> = {},
): Move => {
  if (challengeName === 'PASSWORD') {
    return { kind: 'respond', responses: { ...chosen, PASSWORD: typed }, provesPassword: true }
  }
  const start = startSrp(randomBytes)
  return {
    kind: 'respond',
    responses: { ...chosen, SRP_A: start.SRP_A },
    automatic: { PASSWORD_VERIFIER: passwordVerifier(start, access.profile.userPoolId, typed) },
    provesPassword: true,
  }
}

export const password =
  (challengeName: PasswordChallenge): Opening =>
  () =>
    asking({
      challenge: { kind: 'password', challengeName },
      answer: (given, turn) =>
        given.kind === 'password' ? ok(passwordMove(challengeName, given.password, turn)) : undefined,
    })
