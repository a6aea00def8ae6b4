// Owns SOFTWARE_TOKEN_MFA: a code from an authenticator app.
import type { AskedChallenge } from './challenge.ts'

export const softwareToken: AskedChallenge = {
  ask: ({ FRIENDLY_DEVICE_NAME }) => ({ kind: 'totp', deviceName: FRIENDLY_DEVICE_NAME || undefined }),
  // Authenticator apps show codes in groups.
  respond: (answer) =>
    answer.kind === 'totp' ? { SOFTWARE_TOKEN_MFA_CODE: answer.code.replaceAll(/\s/g, '') } : undefined,
}
