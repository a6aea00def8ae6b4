// Owns what the renderer is shown: views derived from sessions, never stored, never holding a bearer secret.
import * as z from 'zod'
import { type PreflightStepId, preflightSteps } from '../main/credentials/preflight-steps.ts'
import type { FailureCode } from '../main/failure.ts'
import { failureTexts } from '../main/failure-texts/index.ts'
import { credentialFormats, profileSchema } from '../main/profiles/profile.ts'

export * from './import-views.ts'
export * from './sign-in-views.ts'

/** Epoch milliseconds, by this machine's clock corrected with the server's offset. */
const instant = z.number()

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.keys forgets that it lists the table's own keys
const failureCodes = Object.keys(failureTexts) as [FailureCode, ...FailureCode[]]

export const failureSchema = z.object({
  code: z.enum(failureCodes),
  message: z.string(),
  remedy: z.string(),
  field: z.string().optional(),
  detail: z.string().optional(),
  requestId: z.string().optional(),
  retryAt: instant.optional(),
})

/** P12: the three lifetimes of a session. */
const lifetimesSchema = z.object({
  tokens: z.object({ issuedAt: instant, expiresAt: instant, refreshesAt: instant.optional() }),
  credentials: z
    .object({ obtainedAt: instant, expiresAt: instant, roleArn: z.string().optional() })
    .optional(),
  /** `expiresAt` follows from the profile's refresh token lifetime; Cognito tells nobody the real one. */
  refreshToken: z.object({ issuedAt: instant, expiresAt: instant, rotates: z.boolean().optional() }),
})

const unsavedSchema = z.union([z.literal(false), z.enum(['on-disk', 'in-memory'])])

const live = {
  username: z.string(),
  userId: z.string(),
  loginId: z.string(),
  signedInAt: instant,
  groups: z.array(z.string()),
  roles: z.array(z.string()),
  preferredRole: z.string().optional(),
  lifetimes: lifetimesSchema,
  /** While the keychain has not taken this session: in an encrypted file, or in memory alone, where quitting would lose it. */
  unsaved: unsavedSchema,
}

export const sessionViewSchema = z.discriminatedUnion('status', [
  /** The vault has not answered yet. */
  z.object({ status: z.literal('loading') }),
  z.object({
    status: z.literal('signed-out'),
    /** A sign-out made offline whose revocation still has to reach Cognito. */
    revocationPending: z.boolean(),
  }),
  /** The keychain cannot be read; the session may well be in it. */
  z.object({ status: z.literal('unavailable'), failure: failureSchema }),
  z.object({ status: z.literal('active'), ...live }),
  z.object({ status: z.literal('refreshing'), ...live }),
  /** Refreshing fails for a reason that passes (network, throttling, 5xx); valid until its tokens expire. */
  z.object({ status: z.literal('offline'), ...live, failure: failureSchema, retryAt: instant.optional() }),
  /** Refreshing fails until a person changes something. */
  z.object({ status: z.literal('attention'), ...live, failure: failureSchema }),
  /** Over: Cognito no longer accepts the refresh token. */
  z.object({ status: z.literal('ended'), username: z.string(), failure: failureSchema }),
])

export const profileViewSchema = z.object({
  profile: profileSchema,
  region: z.string(),
  session: sessionViewSchema,
})

export const vaultViewSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('unlocked'), backend: z.string() }),
  z.object({ kind: z.literal('locked'), backend: z.string() }),
  z.object({ kind: z.literal('absent'), backend: z.string() }),
  z.object({ kind: z.literal('memory') }),
])

export const noticeSchema = z.object({
  id: z.string(),
  tone: z.enum(['info', 'warn', 'bad']),
  failure: failureSchema,
})

export const themeSchema = z.enum(['system', 'light', 'dark'])

/** Which warnings come before a sign-in ends: with 3 days, 1 day and 1 hour to go, or fewer. */
export const endWarningsSchema = z.enum(['all', 'last-day', 'last-hour', 'never'])

export const clipboardViewSchema = z.object({
  /** When what Sesame copied is cleared; absent when nothing of ours is on the clipboard. */
  clearsAt: instant.optional(),
  what: z.string().optional(),
})

export const appViewSchema = z.object({
  version: z.string(),
  host: z.enum(['electron', 'stand-in']),
  platform: z.enum(['darwin', 'win32', 'linux']),
  appearance: z.object({ theme: themeSchema, dark: z.boolean() }),
  endWarnings: endWarningsSchema,
  profiles: z.array(profileViewSchema),
  vault: vaultViewSchema,
  clipboard: clipboardViewSchema,
  /** Server time minus ours, milliseconds; absent before the first answer. */
  clockOffsetMs: z.number().optional(),
  notices: z.array(noticeSchema),
})

const tokenViewSchema = z.object({
  header: z.record(z.string(), z.unknown()),
  payload: z.record(z.string(), z.unknown()),
  verification: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('verified') }),
    z.object({ kind: z.literal('refused'), reason: z.string() }),
    z.object({ kind: z.literal('unchecked'), reason: z.string() }),
  ]),
})

export const claimsViewSchema = z.object({
  id: tokenViewSchema,
  access: tokenViewSchema,
  /** What the tokens said before the last refresh (P11); absent where none has happened since the sign-in or the start. */
  before: z.object({ id: tokenViewSchema.shape.payload, access: tokenViewSchema.shape.payload }).optional(),
  /** What the profile says the tokens must carry. */
  expected: z.object({ issuer: z.string(), clientId: z.string() }),
})

/** Temporary credentials as shown: masked in main, the secrets stay there. */
export const credentialsViewSchema = z.object({
  accessKeyId: z.string(),
  roleArn: z.string().optional(),
  identityId: z.string(),
  obtainedAt: instant,
  expiresAt: instant,
  region: z.string(),
  /** The block of the profile's format with every secret masked. */
  preview: z.partialRecord(z.enum(credentialFormats), z.string()),
})

export const callerIdentitySchema = z.object({ account: z.string(), arn: z.string(), userId: z.string() })

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.keys forgets that it lists the table's own keys
const preflightIds = Object.keys(preflightSteps) as [PreflightStepId, ...PreflightStepId[]]

/** "Why don't I get credentials?": every step in order, up to the first that failed. */
export const preflightStepSchema = z.object({
  id: z.enum(preflightIds),
  label: z.string(),
  outcome: z.enum(['passed', 'failed', 'skipped']),
  detail: z.string().optional(),
  failure: failureSchema.optional(),
})

/** What would be written into AWS's shared files, secrets as dots. */
export const awsFilesPreviewSchema = z.object({
  files: z
    .array(
      z.object({
        path: z.string(),
        change: z.enum(['create', 'add', 'update', 'take-over', 'remove']),
        text: z.string(),
      }),
    )
    .readonly(),
  /** Writing needs the person's word that somebody else's section may be taken over. */
  isTaken: z.boolean(),
  warnings: z.array(z.string()).readonly(),
})

/** P16: where this profile's credentials are offered to other programs. */
export const containerEndpointSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('off') }),
  /** Asked for, and not listening: why. */
  z.object({ kind: z.literal('closed'), failure: failureSchema }),
  /** The lines for a program's environment, with dots for the token. */
  z.object({ kind: z.literal('listening'), lines: z.string() }),
])

export const signOutScopeSchema = z.enum(['device', 'global'])

/** What a sign-out reached, and what lives on (cognito.md, "Signing out"). */
export const signOutOutcomeSchema = z.object({
  profileId: z.string(),
  /** `pending`: cleared here, the revocation waits for the network. `device-only`: a global one was refused. */
  reached: z.enum(['everywhere', 'device', 'device-only', 'pending', 'nothing-to-do']),
  tokensValidUntil: instant.optional(),
  credentialsValidUntil: instant.optional(),
  /** A browser sign-in: the browser is still signed in to the pool's managed login (`session.signOutBrowser` ends that). */
  browserSessionRemains: z.boolean().optional(),
  failure: failureSchema.optional(),
})

export const activityEventSchema = z.object({
  id: z.string(),
  profileId: z.string(),
  at: instant,
  kind: z.enum([
    'signed-in',
    'sign-in-failed',
    'refreshed',
    'rotated',
    'refresh-failed',
    'ended',
    'credentials-issued',
    'credentials-failed',
    'exported',
    'token-copied',
    'token-revealed',
    'tested',
    'signed-out',
    'revocation-pending',
    'restored',
    'ending-soon',
  ]),
  /** What a person reads beside the kind, e.g. "as bash". Never a secret. */
  detail: z.string().optional(),
  durationMs: z.number().optional(),
  requestId: z.string().optional(),
  failure: failureSchema.optional(),
})

/** What the tray and the menu ask the window to do. */
export const appCommandSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('select-profile'), profileId: z.string() }),
  z.object({ kind: z.literal('sign-in'), profileId: z.string() }),
  z.object({ kind: z.literal('add-profile') }),
  z.object({ kind: z.literal('sign-out-everywhere') }),
  z.object({ kind: z.literal('open-palette') }),
])

export type SessionView = z.infer<typeof sessionViewSchema>
export type UnsavedView = z.infer<typeof unsavedSchema>
export type LifetimesView = z.infer<typeof lifetimesSchema>
export type ProfileView = z.infer<typeof profileViewSchema>
export type VaultView = z.infer<typeof vaultViewSchema>
export type Notice = z.infer<typeof noticeSchema>
export type Theme = z.infer<typeof themeSchema>
export type EndWarnings = z.infer<typeof endWarningsSchema>
export type AppView = z.infer<typeof appViewSchema>
export type ClipboardView = z.infer<typeof clipboardViewSchema>
export type TokenView = z.infer<typeof tokenViewSchema>
export type ClaimsView = z.infer<typeof claimsViewSchema>
export type CredentialsView = z.infer<typeof credentialsViewSchema>
export type CallerIdentityView = z.infer<typeof callerIdentitySchema>
export type PreflightStepView = z.infer<typeof preflightStepSchema>
export type ContainerEndpointView = z.infer<typeof containerEndpointSchema>
export type AwsFilesPreviewView = z.infer<typeof awsFilesPreviewSchema>
export type SignOutScope = z.infer<typeof signOutScopeSchema>
export type SignOutOutcome = z.infer<typeof signOutOutcomeSchema>
export type ActivityEvent = z.infer<typeof activityEventSchema>
export type AppCommand = z.infer<typeof appCommandSchema>
