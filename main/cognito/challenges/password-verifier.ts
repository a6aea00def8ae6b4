// Owns PASSWORD_VERIFIER: the proof of an SRP sign-in. The password stays in this closure until the sign-in is over.
import { fail, ok } from '../../failure.ts'
import { proveSrp, type SrpStart } from '../srp.ts'
import type { AutomaticAnswer } from './challenge.ts'

/** Answers with the proof; `network.bad-answer` where the challenge lacks a parameter or its numbers are unusable. */
export const passwordVerifier =
  (start: SrpStart, userPoolId: string, password: string): AutomaticAnswer =>
  ({ SRP_B, SALT, SECRET_BLOCK, USER_ID_FOR_SRP }, serverTime) => {
    if (
      SRP_B === undefined ||
      SALT === undefined ||
      SECRET_BLOCK === undefined ||
      USER_ID_FOR_SRP === undefined
    ) {
      return fail('network.bad-answer', { detail: 'The PASSWORD_VERIFIER challenge lacks a parameter.' })
    }
    const group = userPoolId.slice(userPoolId.indexOf('_') + 1)
    const question = {
      group,
      user: USER_ID_FOR_SRP,
      password,
      SRP_B,
      SALT,
      SECRET_BLOCK,
      signedAt: serverTime,
    }
    const proof = proveSrp(start, question)
    if (!proof.ok) return proof
    return ok({
      PASSWORD_CLAIM_SIGNATURE: proof.value.signature,
      PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
      TIMESTAMP: proof.value.timestamp,
    })
  }
