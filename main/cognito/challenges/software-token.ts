// Owns SOFTWARE_TOKEN_MFA: a code from an authenticator app.
import { ok } from '../../failure.ts'
import { asking, type Opening } from './challenge.ts'
import { typedCode } from './words.ts'

export const softwareToken: Opening = ({ parameters: { FRIENDLY_DEVICE_NAME } }) =>
  asking({
    challenge: { kind: 'totp', deviceName: FRIENDLY_DEVICE_NAME || undefined },
    answer: (given) =>
      given.kind === 'totp'
        ? ok({ kind: 'respond', responses: { SOFTWARE_TOKEN_MFA_CODE: typedCode(given.code) } })
        : undefined,
  })
