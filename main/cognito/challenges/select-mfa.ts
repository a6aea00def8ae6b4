// Owns SELECT_MFA_TYPE: which of several second factors.
import { ok } from '../../failure.ts'
import { asking, type Opening } from './challenge.ts'
import { namesIn } from './words.ts'

/** The API names the e-mail factor EMAIL_OTP, its guide EMAIL_MFA. */
const shownAs = (name: string): string => (name === 'EMAIL_MFA' ? 'EMAIL_OTP' : name)

export const selectMfa: Opening = ({ parameters: { MFAS_CAN_CHOOSE } }) => {
  const listed = namesIn(MFAS_CAN_CHOOSE)
  return asking({
    challenge: { kind: 'select-mfa', options: listed.map(shownAs) },
    // By the name the pool itself gave it.
    answer: (given) =>
      given.kind === 'select-mfa'
        ? ok({
            kind: 'respond',
            responses: { ANSWER: listed.find((name) => shownAs(name) === given.choice) ?? given.choice },
          })
        : undefined,
  })
}
