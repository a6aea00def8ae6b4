// Owns how each sign-in method begins: the AuthFlow, its parameters, and the challenges it answers by itself.
import { assertNever, fail, ok, type Result } from '../failure.ts'
import type { Profile } from '../profiles/profile.ts'
import type { SignInDetails } from '../sessions/session.ts'
import type { AutomaticAnswer, Parameters } from './challenges/challenge.ts'
import { passwordVerifier } from './challenges/password-verifier.ts'
import { type RandomBytes, startSrp } from './srp.ts'

export interface Flow {
  readonly authFlow: Exclude<SignInDetails['authFlowType'], 'BROWSER'>
  /** AuthParameters besides USERNAME and SECRET_HASH. */
  readonly parameters: Parameters
  /** By ChallengeName. */
  readonly automatic: Readonly<Record<string, AutomaticAnswer | undefined>>
}

/** How this profile signs in; `sign-in.method-unavailable` for the methods still to come. */
export const flowOf = (profile: Profile, password: string, randomBytes: RandomBytes): Result<Flow> => {
  switch (profile.signInMethod) {
    case 'srp': {
      const start = startSrp(randomBytes)
      return ok({
        authFlow: 'USER_SRP_AUTH',
        parameters: { SRP_A: start.SRP_A },
        automatic: { PASSWORD_VERIFIER: passwordVerifier(start, profile.userPoolId, password) },
      })
    }
    case 'password':
      return ok({ authFlow: 'USER_PASSWORD_AUTH', parameters: { PASSWORD: password }, automatic: {} })
    case 'choice':
    case 'custom':
    case 'browser':
      return fail('sign-in.method-unavailable', { field: 'signInMethod' })
    default:
      return assertNever(profile.signInMethod)
  }
}
