// Owns DEVICE_SRP_AUTH and DEVICE_PASSWORD_VERIFIER: a remembered device proves itself in place of a second factor.
import { fail, ok } from '../../failure.ts'
import type { RememberedDevice } from '../../sessions/session.ts'
import { proveSrp, type RandomBytes, type SrpStart, startSrp } from '../srp.ts'
import type { AutomaticAnswers } from './challenge.ts'

/** As for a password, with the device's group for the pool and its key for the user (cognito.md, "SRP"). */
export const deviceAnswers = (device: RememberedDevice, randomBytes: RandomBytes): AutomaticAnswers => {
  let start: SrpStart | undefined
  return {
    DEVICE_SRP_AUTH: () => {
      start = startSrp(randomBytes)
      return ok({ SRP_A: start.SRP_A })
    },
    DEVICE_PASSWORD_VERIFIER: ({ SRP_B, SALT, SECRET_BLOCK }, serverTime) => {
      if (start === undefined || SRP_B === undefined || SALT === undefined || SECRET_BLOCK === undefined) {
        return fail('network.bad-answer', {
          detail: 'The DEVICE_PASSWORD_VERIFIER challenge came out of turn or lacks a parameter.',
        })
      }
      const proof = proveSrp(start, {
        group: device.groupKey,
        user: device.key,
        password: device.password,
        SRP_B,
        SALT,
        SECRET_BLOCK,
        signedAt: serverTime,
      })
      if (!proof.ok) return proof
      return ok({
        PASSWORD_CLAIM_SIGNATURE: proof.value.signature,
        PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
        TIMESTAMP: proof.value.timestamp,
      })
    },
  }
}

export const isDeviceChallenge = (challengeName: string): boolean => challengeName.startsWith('DEVICE_')
