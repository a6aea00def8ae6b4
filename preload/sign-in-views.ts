// Owns what the renderer is shown and sends while somebody signs in: the steps Cognito can ask for and their answers, same kinds,
// one to one. sessions/ports.ts derives its challenges from these, so the two cannot drift apart.
import * as z from 'zod'

/** Epoch milliseconds, by this machine's clock corrected with the server's offset. */
const instant = z.number()

/** What every step that waits for a person carries. */
const step = {
  attemptId: z.string(),
  /** The first dialog is step 1, the first challenge step 2. */
  step: z.int(),
  username: z.string(),
  /** When the step runs out: then only a new start helps. */
  expiresAt: instant,
}

/** Where Cognito sent a code, masked by Cognito ("a***@e***"); empty where it did not say. */
export const deliverySchema = z.object({
  medium: z.enum(['sms', 'email']).optional(),
  destination: z.string().optional(),
})

const parameters = z.record(z.string(), z.string())
const code = z.string().max(64)
const password = z.string().max(256)

export const signInStepSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('signed-in') }),
  /** SOFTWARE_TOKEN_MFA. */
  z.object({ kind: z.literal('totp'), ...step, deviceName: z.string().optional() }),
  /** NEW_PASSWORD_REQUIRED. */
  z.object({
    kind: z.literal('new-password'),
    ...step,
    requiredAttributes: z.array(z.string()),
    knownAttributes: z.record(z.string(), z.string()),
  }),
  /** A code that Cognito sent, as second factor or instead of a password. */
  z.object({
    kind: z.literal('code'),
    ...step,
    challengeName: z.enum(['SMS_MFA', 'EMAIL_OTP', 'SMS_OTP']),
    delivery: deliverySchema,
    /** False for second factors: there a new code takes a new sign-in. */
    canResend: z.boolean(),
  }),
  /** SELECT_CHALLENGE: how to prove who one is. */
  z.object({
    kind: z.literal('select-challenge'),
    ...step,
    options: z.array(
      z.object({
        /** Cognito's name, such as PASSWORD_SRP, EMAIL_OTP or one nobody knows yet. */
        choice: z.string(),
        /** `browser`: cannot be answered in this window (passkeys); browser sign-in can. */
        needs: z.enum(['nothing', 'password', 'browser']),
      }),
    ),
  }),
  /** PASSWORD and PASSWORD_SRP. */
  z.object({ kind: z.literal('password'), ...step, challengeName: z.enum(['PASSWORD', 'PASSWORD_SRP']) }),
  /** SELECT_MFA_TYPE: SMS_MFA, SOFTWARE_TOKEN_MFA, EMAIL_OTP, or a name nobody knows yet. */
  z.object({ kind: z.literal('select-mfa'), ...step, options: z.array(z.string()) }),
  /** MFA_SETUP where there is a choice, or nothing that can be set up here. */
  z.object({
    kind: z.literal('mfa-setup'),
    ...step,
    options: z.array(z.enum(['totp', 'email'])),
    /** Cognito's names of factors that only an administrator or another app can set up. */
    elsewhere: z.array(z.string()),
  }),
  z.object({
    kind: z.literal('totp-setup'),
    ...step,
    /** Base 32, to type. */
    secret: z.string(),
    /** otpauth://totp/…, for the QR code, which is drawn locally. */
    otpauthUri: z.string(),
  }),
  z.object({ kind: z.literal('email-setup'), ...step }),
  /** CUSTOM_CHALLENGE: whatever the pool's Lambda sent. */
  z.object({ kind: z.literal('custom'), ...step, parameters }),
  /** WEB_AUTHN: has no answer here. `canUseBrowser`: the profile says where its managed login is. */
  z.object({ kind: z.literal('web-authn'), ...step, canUseBrowser: z.boolean() }),
  /** A challenge newer than Sesame. */
  z.object({ kind: z.literal('unknown'), ...step, challengeName: z.string(), parameters }),
  /** Signed in already; only this question is left. Cancelling it means no. */
  z.object({ kind: z.literal('remember-device'), ...step, deviceName: z.string() }),
  z.object({
    kind: z.literal('reset-password'),
    ...step,
    /** `required`: an administrator asked for it. */
    reason: z.enum(['forgotten', 'required']),
    delivery: deliverySchema,
    canResend: z.boolean(),
  }),
  z.object({
    kind: z.literal('confirm-sign-up'),
    ...step,
    delivery: deliverySchema,
    canResend: z.boolean(),
  }),
  /** The browser is open; `signIn.awaitBrowser` answers when it comes back. */
  z.object({
    kind: z.literal('browser'),
    ...step,
    /** To copy into another browser of this machine. */
    url: z.string(),
    /** False where the system browser could not be opened. */
    isOpen: z.boolean(),
  }),
])

export const signInAnswerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('totp'), code }),
  z.object({
    kind: z.literal('new-password'),
    newPassword: password,
    attributes: z.record(z.string(), z.string().max(2048)),
  }),
  z.object({ kind: z.literal('code'), code }),
  z.object({
    kind: z.literal('select-challenge'),
    choice: z.string().max(64),
    /** Where the choice needs one. */
    password: password.optional(),
  }),
  z.object({ kind: z.literal('password'), password }),
  z.object({ kind: z.literal('select-mfa'), choice: z.string().max(64) }),
  z.object({ kind: z.literal('mfa-setup'), choice: z.enum(['totp', 'email']) }),
  z.object({
    kind: z.literal('totp-setup'),
    code,
    /** A name for the authenticator, shown by later sign-ins. May be empty. */
    deviceName: z.string().max(128),
  }),
  z.object({ kind: z.literal('email-setup'), email: z.string().max(254) }),
  z.object({ kind: z.literal('custom'), answer: z.string().max(8192) }),
  z.object({
    kind: z.literal('unknown'),
    answer: z.string().max(8192),
    /** The name of the ChallengeResponse; ANSWER unless given. */
    responseName: z.string().max(128).optional(),
  }),
  z.object({ kind: z.literal('remember-device'), remember: z.boolean() }),
  z.object({ kind: z.literal('reset-password'), code, newPassword: password }),
  z.object({ kind: z.literal('confirm-sign-up'), code }),
])

/** How `signIn.openBrowser` begins; both go to the authorize endpoint as they are. */
export const browserWishesSchema = z.object({
  /** The pool's name for a provider (Google, an OIDC or SAML name): skips its choice. The profile's unless given. */
  identityProvider: z.string().max(128).optional(),
  /** Filled into the login page. */
  loginHint: z.string().max(254).optional(),
})

/** A device that the user pool remembers for this user (ListDevices). */
export const deviceViewSchema = z.object({
  key: z.string(),
  name: z.string().optional(),
  lastAddress: z.string().optional(),
  createdAt: instant.optional(),
  lastSeenAt: instant.optional(),
  remembered: z.boolean().optional(),
  /** The one this profile is signed in with. */
  isThisOne: z.boolean(),
})

export type SignInStep = z.infer<typeof signInStepSchema>
export type SignInAnswer = z.infer<typeof signInAnswerSchema>
export type CodeDelivery = z.infer<typeof deliverySchema>
export type BrowserWishes = z.infer<typeof browserWishesSchema>
export type DeviceView = z.infer<typeof deviceViewSchema>
