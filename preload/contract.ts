// Owns the typed bridge between renderer and main: one map of requests, one of events, with their types and validators.
// Main validates both directions with it; preload and renderer take only its types, so that they ship no validator.
import * as z from 'zod'
import type { Result } from '../main/failure.ts'
import {
  awsFilesSchema,
  credentialFormats,
  environments,
  profileSettingsSchema,
} from '../main/profiles/profile.ts'
import type { EventName, RequestName } from './channels.ts'
import {
  activityEventSchema,
  appCommandSchema,
  appViewSchema,
  awsFilesPreviewSchema,
  browserWishesSchema,
  callerIdentitySchema,
  claimsViewSchema,
  clipboardViewSchema,
  containerEndpointSchema,
  credentialsViewSchema,
  deviceViewSchema,
  endWarningsSchema,
  importPreviewSchema,
  noticeSchema,
  preflightStepSchema,
  profileViewSchema,
  signInAnswerSchema,
  signInStepSchema,
  signOutOutcomeSchema,
  signOutScopeSchema,
  themeSchema,
  vaultViewSchema,
} from './views.ts'

/**
 * What the profile form sends. Field rules are checked in main by the profile store, so that a refusal names the field;
 * here only the shape counts. `clientSecret` goes one way: into the vault. Absent means: leave what is stored.
 */
export const profileInputSchema = z.object({
  settings: z.record(z.string(), z.unknown()),
  clientSecret: z.string().max(256).optional(),
})

/** What can be read out of a pasted pool id or issuer. */
export const recognisedPoolSchema = profileSettingsSchema.partial()

const id = z.uuid()
const nothing = z.undefined()
const request = <A extends z.ZodTuple, R extends z.ZodType>(args: A, result: R) => ({ args, result })

/** Every request: its arguments as a tuple, and the value inside the `Result` it answers with. */
export const requests = {
  'app.load': request(z.tuple([]), appViewSchema),
  'app.setTheme': request(z.tuple([themeSchema]), nothing),
  'app.setEndWarnings': request(z.tuple([endWarningsSchema]), nothing),
  /** The page heard that the network is back. */
  'app.networkBack': request(z.tuple([]), nothing),
  /** The page saw that the machine's clock was set, or that the machine slept. */
  'app.clockJumped': request(z.tuple([]), nothing),
  /** Versions, states and counts, on the clipboard; nothing by which a person or a pool is known. */
  'app.copyDiagnostics': request(z.tuple([]), nothing),
  'app.dismissNotice': request(z.tuple([z.string()]), nothing),
  'profiles.recognise': request(z.tuple([z.string().max(4096)]), recognisedPoolSchema),
  'profiles.add': request(z.tuple([profileInputSchema]), profileViewSchema),
  'profiles.update': request(z.tuple([id, profileInputSchema]), profileViewSchema),
  'profiles.duplicate': request(z.tuple([id]), profileViewSchema),
  /** Moves a profile in front of another one, or to the end of the environment. */
  'profiles.move': request(z.tuple([id, z.enum(environments), id.optional()]), nothing),
  /** What ending its session came to, where somebody was signed in. */
  'profiles.remove': request(z.tuple([id]), signOutOutcomeSchema.optional()),
  'profiles.check': request(z.tuple([profileInputSchema]), z.object({ issuer: z.string(), keys: z.int() })),
  /** Reads a text, or a file the person chooses; undefined where that dialog was cancelled. Nothing is changed yet. */
  'profiles.previewImport': request(
    z.tuple([
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('text'), text: z.string().max(600_000) }),
        z.object({ kind: z.literal('file') }),
      ]),
    ]),
    importPreviewSchema.optional(),
  ),
  /** Imports the chosen profiles of a preview, by their index; a refused name carries that index as its field. */
  'profiles.import': request(
    z.tuple([id, z.array(z.object({ index: z.int(), name: z.string().max(256).optional() }))]),
    z.object({ added: z.int(), changed: z.int() }),
  ),
  /** Writes all profiles, or these, to a file the person chooses; undefined where that was cancelled. */
  'profiles.export': request(
    z.tuple([z.array(id).optional()]),
    z.object({ file: z.string(), count: z.int() }).optional(),
  ),
  'signIn.begin': request(
    z.tuple([
      id,
      z.object({
        username: z.string().max(128),
        /** Absent or empty where the method asks for none: choice-based, custom and browser sign-in. */
        password: z.string().max(256).optional(),
      }),
    ]),
    signInStepSchema,
  ),
  'signIn.answer': request(z.tuple([z.string(), signInAnswerSchema]), signInStepSchema),
  'signIn.cancel': request(z.tuple([z.string()]), nothing),
  /** Begins at the step that takes the code and the new password. */
  'signIn.forgotPassword': request(z.tuple([id, z.string().max(128)]), signInStepSchema),
  /** Sends another code for the open step and answers that step anew. */
  'signIn.resendCode': request(z.tuple([z.string()]), signInStepSchema),
  'signIn.openBrowser': request(z.tuple([id, browserWishesSchema]), signInStepSchema),
  /** Answers when the browser came back, the step ran out or was cancelled. Take it once per attempt. */
  'signIn.awaitBrowser': request(z.tuple([z.string()]), signInStepSchema),
  'devices.list': request(z.tuple([id]), z.array(deviceViewSchema)),
  'devices.remember': request(z.tuple([id, z.string().max(128)]), nothing),
  'devices.forget': request(z.tuple([id, z.string().max(128)]), nothing),
  'session.refresh': request(z.tuple([id]), nothing),
  'session.signOut': request(z.tuple([id, signOutScopeSchema]), signOutOutcomeSchema),
  /** Opens the managed login's logout page, which ends the browser's own session there. */
  'session.signOutBrowser': request(z.tuple([id]), nothing),
  'session.signOutEverywhere': request(z.tuple([]), z.array(signOutOutcomeSchema)),
  'session.claims': request(z.tuple([id]), claimsViewSchema),
  'session.revealToken': request(z.tuple([id, z.enum(['id', 'access'])]), z.string()),
  'session.copyToken': request(z.tuple([id, z.enum(['id', 'access', 'bearer'])]), nothing),
  'session.activity': request(z.tuple([id]), z.array(activityEventSchema)),
  'credentials.fetch': request(z.tuple([id]), credentialsViewSchema),
  'credentials.copy': request(z.tuple([id, z.enum(credentialFormats)]), nothing),
  'credentials.test': request(z.tuple([id]), callerIdentitySchema),
  'credentials.preflight': request(z.tuple([id]), z.array(preflightStepSchema)),
  /** The link lets in whoever has it, so the page is not given it. */
  'credentials.copyConsoleLink': request(z.tuple([id]), nothing),
  /** Answers once the browser has asked for it. */
  'credentials.openConsole': request(z.tuple([id]), nothing),
  'awsFiles.preview': request(z.tuple([id, awsFilesSchema]), awsFilesPreviewSchema),
  /** The last argument: take over a section that Sesame did not write. */
  'awsFiles.apply': request(z.tuple([id, awsFilesSchema, z.boolean()]), nothing),
  'containerEndpoint.view': request(z.tuple([id]), containerEndpointSchema),
  /** The lines with the token, which lets in whoever has it: because a person asked to see it. */
  'containerEndpoint.reveal': request(z.tuple([id]), z.string()),
  'containerEndpoint.copy': request(z.tuple([id]), nothing),
  'containerEndpoint.renewToken': request(z.tuple([id]), nothing),
  'vault.retry': request(z.tuple([]), vaultViewSchema),
  /** A secret that the window shows anyway (the one of an authenticator to set up), and what it is called. */
  'clipboard.copySecret': request(z.tuple([z.string().max(256), z.string().max(64)]), nothing),
  'clipboard.clear': request(z.tuple([]), nothing),
} as const satisfies Record<RequestName, ReturnType<typeof request>>

/** Every event that main pushes. Main pushes changed profiles only, at most once per turn of its loop. */
export const events = {
  'profiles.changed': z.object({
    changed: z.array(profileViewSchema),
    /** All ids in order, only when profiles were added, removed or moved. */
    order: z.array(z.string()).optional(),
  }),
  'vault.changed': vaultViewSchema,
  'clipboard.changed': clipboardViewSchema,
  'appearance.changed': appViewSchema.shape.appearance,
  'endWarnings.changed': endWarningsSchema,
  'clock.changed': z.object({ offsetMs: z.number() }),
  'notices.changed': z.array(noticeSchema),
  'activity.added': activityEventSchema,
  'signOutEverywhere.progress': z.object({
    profileId: z.string(),
    state: z.enum(['waiting', 'signing-out', 'done', 'when-online', 'failed']),
  }),
  'app.command': appCommandSchema,
} as const satisfies Record<EventName, z.ZodType>

export type RequestArgs<N extends RequestName> = z.infer<(typeof requests)[N]['args']>
export type RequestValue<N extends RequestName> = z.infer<(typeof requests)[N]['result']>
export type EventPayload<N extends EventName> = z.infer<(typeof events)[N]>
export type ProfileInput = z.infer<typeof profileInputSchema>

/** What `window.sesame` offers the renderer: exactly this. */
export interface SesameBridge {
  /** Sends a request; expected failures come back as values, a rejected promise is a bug. */
  request<N extends RequestName>(name: N, ...args: RequestArgs<N>): Promise<Result<RequestValue<N>>>
  /** Listens to an event; the returned function stops listening. */
  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void
}
