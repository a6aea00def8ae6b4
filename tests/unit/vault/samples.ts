// Sample profiles and sessions for vault tests; no secret here opens anything.
import { type Profile, profileDefaults } from '../../../main/profiles/profile.ts'
import type { SessionRecord } from '../../../main/sessions/session.ts'

export const sampleProfile = (over: Partial<Profile> = {}): Profile => ({
  ...profileDefaults,
  id: '7f1f3c52-0d1b-4b7e-9a42-3f6f6f0c9b11',
  name: 'acme-staging · ana',
  userPoolId: 'eu-west-1_Ab12Cd34E',
  clientId: '4k2v9q1t5m3n7p8r2s6u0w4y1z',
  ...over,
})

/** Tokens as long as Cognito's: two JWTs with groups and roles, and a refresh token of 1.8 kB. */
export const sampleRecord = (profileId: string, generation = 1): SessionRecord => ({
  version: 1,
  profileId,
  generation,
  tokens: {
    idToken: `id.${'i'.repeat(1_500)}.${generation}`,
    accessToken: `access.${'a'.repeat(1_200)}.${generation}`,
    refreshToken: `refresh.${'r'.repeat(1_790)}.${generation}`,
  },
  username: 'ana',
  userId: 'c6a2b1f0-1111-2222-3333-444455556666',
  signInDetails: { loginId: 'ana@example.com', authFlowType: 'USER_SRP_AUTH' },
  signedInAt: 1_795_000_000_000,
  clockOffsetMs: 400,
})
