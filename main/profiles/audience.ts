// Owns where the secrets of an app client may go: to the issuer and the login page they were meant for when they were obtained or
// typed. A profile can be pointed elsewhere by a file, a command or a mistake; its secrets do not follow. Pure.
import * as z from 'zod'
import { isCognitoDomain } from './patterns.ts'
import { issuerOf, type Profile } from './profile.ts'

/** Stored beside a secret. Holds none. */
export const audienceSchema = z.object({
  clientId: z.string(),
  issuer: z.string(),
  /** Where the login page is, and with it the token endpoint; absent where there was none. */
  login: z.string().optional(),
})
export type Audience = z.infer<typeof audienceSchema>

type Addressed = Pick<Profile, 'clientId' | 'userPoolId' | 'endpoints' | 'domain'>

/** Every login page that AWS runs itself: a secret sent there reaches nobody but Cognito. */
const cognito = 'cognito'

const loginOf = ({ domain }: Addressed): string | undefined =>
  domain === undefined ? undefined : isCognitoDomain(domain) ? cognito : domain

export const audienceOf = (profile: Addressed): Audience => ({
  clientId: profile.clientId,
  issuer: issuerOf(profile),
  login: loginOf(profile),
})

const isSameIssuer = (audience: Audience, profile: Addressed): boolean =>
  audience.clientId === profile.clientId && audience.issuer === issuerOf(profile)

/**
 * Whether a session obtained for the audience is one of this profile. A login page it did not have changes nothing, since a session
 * that did not come from one is never refreshed there; another one may not get its refresh token.
 */
export const isSessionFor = (audience: Audience, profile: Addressed): boolean =>
  isSameIssuer(audience, profile) && (audience.login === undefined || audience.login === loginOf(profile))

/** Whether an app client's secret that was typed for the audience may be sent wherever this profile says. */
export const isSecretFor = (audience: Audience, profile: Addressed): boolean => {
  const login = loginOf(profile)
  return (
    isSameIssuer(audience, profile) && (login === undefined || login === cognito || login === audience.login)
  )
}
