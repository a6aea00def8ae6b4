// Owns what a session is: the record that is stored, the tokens in it, and who it belongs to.
import * as z from 'zod'

export const tokenSetSchema = z.object({
  idToken: z.string().min(1),
  accessToken: z.string().min(1),
  refreshToken: z.string().min(1),
})
export type TokenSet = z.infer<typeof tokenSetSchema>

export const signInDetailsSchema = z.object({
  /** What the person typed: a username, an e-mail address or a phone number. */
  loginId: z.string(),
  authFlowType: z.enum(['USER_SRP_AUTH', 'USER_PASSWORD_AUTH', 'USER_AUTH', 'CUSTOM_AUTH', 'BROWSER']),
})
export type SignInDetails = z.infer<typeof signInDetailsSchema>

/** What Cognito can end a session with; each is a code of the failure table. */
const endedCodes = ['session.ended', 'session.revoked', 'session.reused', 'session.user-gone'] as const
export type EndedCode = (typeof endedCodes)[number]

/** One session, one record, one generation number (architecture rule 3). Stored in the vault as a whole, with its secrets. */
export const sessionRecordSchema = z.object({
  version: z.literal(1),
  profileId: z.uuid(),
  /** Grows with every change; a result computed for an older generation is dropped. */
  generation: z.int().min(1),
  tokens: tokenSetSchema,
  username: z.string(),
  /** The `sub` claim. */
  userId: z.string(),
  signInDetails: signInDetailsSchema,
  /** Epoch milliseconds of the sign-in, by the server's clock: refresh tokens live from here, rotated or not. */
  signedInAt: z.number(),
  refreshedAt: z.number().optional(),
  /** Server time minus ours, milliseconds, as last measured. */
  clockOffsetMs: z.number(),
  /** The token endpoint is for browser sign-ins whose pool refuses the other two. */
  refreshOperation: z.enum(['GetTokensFromRefreshToken', 'REFRESH_TOKEN_AUTH', 'TOKEN_ENDPOINT']).optional(),
  /** Whether the last refresh brought a new refresh token; unknown before the first one. */
  rotates: z.boolean().optional(),
  identityId: z.string().optional(),
  /** The device these tokens are bound to, remembered or not: every refresh has to name it. */
  device: z.object({ key: z.string() }).optional(),
  /** Cognito declared the session over. The record is set aside until the person signs in again or removes it. */
  ended: z.object({ code: z.enum(endedCodes), at: z.number() }).optional(),
  /** Signed out here before Cognito confirmed it: the record only waits for its revocation. */
  signedOut: z.object({ scope: z.enum(['device', 'global']), at: z.number() }).optional(),
  /** Signed in while what was stored could not be read: what it takes the place of is owed once it can be. */
  replacesUnread: z.boolean().optional(),
  /** Refresh tokens of earlier sessions of this profile that still have to be revoked. Bearer secrets. */
  owedRevocations: z.array(z.string().min(1)).optional(),
})
export type SessionRecord = z.infer<typeof sessionRecordSchema>

/** What a later sign-in of this user proves the device with. The password is a bearer secret. */
export const rememberedDeviceSchema = z.object({
  key: z.string().min(1),
  groupKey: z.string(),
  password: z.string().min(1),
  /** The user's own name in the pool, and what was typed: either finds the device. */
  username: z.string(),
  loginId: z.string(),
})
export type RememberedDevice = z.infer<typeof rememberedDeviceSchema>

/** Temporary AWS credentials from the identity pool. Kept in memory only. */
export interface AwsCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
  /** Epoch milliseconds, from AWS's Expiration. */
  readonly expiresAt: number
  readonly obtainedAt: number
  readonly roleArn: string | undefined
}
