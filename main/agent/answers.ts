// Names what the agent answers, and checks it on the command's side: the app that runs may be another version than the command.
import * as z from 'zod'
import {
  claimsViewSchema,
  failureSchema,
  sessionViewSchema,
  signInStepSchema,
  signOutOutcomeSchema,
} from '../../preload/views.ts'
import { profileSchema } from '../profiles/profile.ts'

export const statusSchema = z.object({
  version: z.string(),
  pid: z.int(),
  /** How many profiles there are, and how many of them the command line may use. */
  profiles: z.object({ all: z.int(), available: z.int() }),
})

export const listedProfileSchema = z.object({
  profile: profileSchema,
  /** Written into everything exported. */
  exportRegion: z.string(),
  /** Absent where the profile is not available to the command line. */
  session: sessionViewSchema.optional(),
})
export const profileListSchema = z.object({ profiles: z.array(listedProfileSchema) })

/** The answer of a `credential_process`, version 1, and nothing else, so that it can be handed on as it is. */
export const processCredentialsSchema = z.object({
  Version: z.literal(1),
  AccessKeyId: z.string(),
  SecretAccessKey: z.string(),
  SessionToken: z.string(),
  Expiration: z.string(),
})

export const textSchema = z.object({ text: z.string() })

export const tokensSchema = z.object({
  idToken: z.string(),
  accessToken: z.string(),
  /** Epoch milliseconds by the server's clock. */
  expiresAt: z.number().optional(),
})

export const linkSchema = z.object({ url: z.string() })

export const stepsSchema = z.object({
  steps: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      outcome: z.enum(['passed', 'failed', 'skipped']),
      detail: z.string().optional(),
      failure: failureSchema.optional(),
    }),
  ),
})

/** What ending the session of a removed profile came to, where somebody was signed in. */
export const removedSchema = z.object({ ended: signOutOutcomeSchema.optional() })

export const emptySchema = z.object({})
export const errorSchema = z.object({ error: failureSchema })
export { claimsViewSchema, signInStepSchema, signOutOutcomeSchema }
export const signOutsSchema = z.object({
  outcomes: z.array(signOutOutcomeSchema),
  /** Those that could not be signed out, by name. */
  failed: z.array(z.object({ profile: z.string(), failure: failureSchema })),
  /** Those that are not available to the command line, by name. */
  left: z.array(z.string()),
})

export type Status = z.infer<typeof statusSchema>
export type ListedProfile = z.infer<typeof listedProfileSchema>
export type ProcessCredentials = z.infer<typeof processCredentialsSchema>
