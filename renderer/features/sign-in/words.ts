// Owns the words of the sign-in dialog that follow from data: methods, steps, deadlines, attribute names. Pure.
import type { SignInMethod } from '../../../main/profiles/profile.ts'
import type { CodeDelivery } from '../../../preload/views.ts'

const methodWords: Record<SignInMethod, string> = {
  srp: 'password by SRP',
  password: 'plain password',
  choice: 'choice of methods',
  custom: 'custom challenge',
  browser: 'browser sign-in',
}

/** How the lead of the first stage names the profile's method. */
export const describeMethod = (method: SignInMethod): string => methodWords[method]

/**
 * "Step 2 of 2" where this kind of challenge is always the last one a person answers, else "Step 2": Cognito tells
 * nobody how many are to come.
 */
export const describeStep = (step: number, isLast: boolean): string =>
  isLast ? `Step ${step} of ${step}` : `Step ${step}`

/** Time left, as "2 min 41 s" or "41 s", and from ten minutes on as "15 min"; milliseconds in, never below zero. */
export const formatTimeLeft = (leftMs: number): string => {
  // Rounded down: the window's clock ticks once a second, so a part of what it says is left has passed already.
  const seconds = Math.max(0, Math.floor(leftMs / 1_000))
  if (seconds >= 600) return `${Math.round(seconds / 60)} min`
  const minutes = Math.floor(seconds / 60)
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`
}

/** Attributes of a user pool with a name people use; others are shown by their own name. */
const attributeWords: Readonly<Record<string, string>> = {
  address: 'Address',
  birthdate: 'Birth date',
  email: 'E-mail',
  family_name: 'Family name',
  gender: 'Gender',
  given_name: 'Given name',
  locale: 'Locale',
  middle_name: 'Middle name',
  name: 'Full name',
  nickname: 'Nickname',
  phone_number: 'Phone number',
  picture: 'Picture',
  preferred_username: 'Preferred username',
  profile: 'Profile page',
  website: 'Website',
  zoneinfo: 'Time zone',
}

/** What the value must look like, from the OpenID Connect claims that Cognito checks (Core 1.0, section 5.1). */
const attributeHints: Readonly<Record<string, string>> = {
  birthdate: 'such as 1984-05-31',
  phone_number: 'such as +491701234567',
  locale: 'such as de-DE',
  zoneinfo: 'such as Europe/Berlin',
}

export const labelAttribute = (name: string): string => attributeWords[name] ?? name
export const hintAttribute = (name: string): string | undefined => attributeHints[name]

/** Where a code went, in Cognito's own masking: "Sent by e-mail to a***@e***". */
export const describeDelivery = ({ medium, destination }: CodeDelivery): string => {
  const way = medium === 'sms' ? ' by text message' : medium === 'email' ? ' by e-mail' : ''
  if (destination !== undefined) return `Sent${way} to ${destination}`
  return way === '' ? 'Cognito did not say where it sent the code.' : `Sent${way}`
}

/** Ways to prove who one is, by Cognito's names for challenges and second factors. */
const factorWords: Readonly<Record<string, string>> = {
  PASSWORD: 'Plain password',
  PASSWORD_SRP: 'Password',
  EMAIL_OTP: 'Code by e-mail',
  SMS_OTP: 'Code by text message',
  SMS_MFA: 'Code by text message',
  SOFTWARE_TOKEN_MFA: 'Authenticator app',
  WEB_AUTHN: 'Passkey',
}

/** A name people know, or Cognito's own where it is newer than this table. */
export const describeFactor = (name: string): string => factorWords[name] ?? name
