// Owns how each sign-in method begins: the AuthFlow, its parameters, and the challenges it answers by itself.
import { assertNever, fail, ok, type Result } from '../failure.ts'
import type { Profile } from '../profiles/profile.ts'
import type { SignInDetails } from '../sessions/session.ts'
import type { AutomaticAnswers, Parameters } from './challenges/challenge.ts'
import { passwordVerifier } from './challenges/password-verifier.ts'
import { type RandomBytes, startSrp } from './srp.ts'

export interface Flow {
  readonly authFlow: Exclude<SignInDetails['authFlowType'], 'BROWSER'>
  /** AuthParameters besides USERNAME, SECRET_HASH and DEVICE_KEY. */
  readonly parameters: Parameters
  readonly automatic: AutomaticAnswers
  /** Whether a password was given: codes asked for after it are second factors. */
  readonly provesPassword: boolean
}

/** A flow that proves the password by SRP, with parameters of its own beside SRP_A. */
const provedFlow = (
  authFlow: Flow['authFlow'],
  chosen: Parameters,
  password: string,
  { userPoolId }: Profile,
  randomBytes: RandomBytes,
): Flow => {
  const start = startSrp(randomBytes)
  return {
    authFlow,
    parameters: { ...chosen, SRP_A: start.SRP_A },
    automatic: { PASSWORD_VERIFIER: passwordVerifier(start, userPoolId, password) },
    provesPassword: true,
  }
}

const passwordMissing = (): Result<never> =>
  fail('input.invalid', { field: 'password', message: 'This sign-in method needs the password.' })

/** Asks for one challenge at once where that is known to fit what was typed, else for the list of them. */
const choiceFlow = (
  profile: Profile,
  password: string,
  preferred: string | undefined,
  randomBytes: RandomBytes,
): Flow => {
  const wanted = preferred ?? profile.preferredChallenge ?? (password === '' ? undefined : 'PASSWORD_SRP')
  const isPassword = wanted === 'PASSWORD' || wanted === 'PASSWORD_SRP'
  if (wanted === undefined || (isPassword && password === '')) {
    return { authFlow: 'USER_AUTH', parameters: {}, automatic: {}, provesPassword: false }
  }
  const chosen = { PREFERRED_CHALLENGE: wanted }
  if (wanted === 'PASSWORD_SRP') return provedFlow('USER_AUTH', chosen, password, profile, randomBytes)
  return {
    authFlow: 'USER_AUTH',
    parameters: isPassword ? { ...chosen, PASSWORD: password } : chosen,
    automatic: {},
    provesPassword: isPassword,
  }
}

/**
 * How this profile signs in.
 *
 * @param preferred a PREFERRED_CHALLENGE over the profile's.
 * @returns `input.invalid` where the password is missing, `sign-in.method-unavailable` for browser sign-in, which needs none.
 */
export const flowOf = (
  profile: Profile,
  password: string,
  randomBytes: RandomBytes,
  preferred?: string,
): Result<Flow> => {
  const { signInMethod } = profile
  switch (signInMethod) {
    case 'srp':
      return password === ''
        ? passwordMissing()
        : ok(provedFlow('USER_SRP_AUTH', {}, password, profile, randomBytes))
    case 'password':
      return password === ''
        ? passwordMissing()
        : ok({
            authFlow: 'USER_PASSWORD_AUTH',
            parameters: { PASSWORD: password },
            automatic: {},
            provesPassword: true,
          })
    case 'choice':
      return ok(choiceFlow(profile, password, preferred, randomBytes))
    case 'custom':
      // With a password, the Lambda is told that SRP comes before its own challenges.
      return ok(
        password === ''
          ? { authFlow: 'CUSTOM_AUTH', parameters: {}, automatic: {}, provesPassword: false }
          : provedFlow('CUSTOM_AUTH', { CHALLENGE_NAME: 'SRP_A' }, password, profile, randomBytes),
      )
    case 'browser':
      return fail('sign-in.method-unavailable', { field: 'signInMethod' })
    default:
      return assertNever(signInMethod)
  }
}
