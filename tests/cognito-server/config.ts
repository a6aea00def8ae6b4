// Owns the words in which a test or a seed describes user pools, app clients, users and identity pools: plain data.

import type { RoleMapping } from './identity/roles.ts'
import type { PasswordPolicy } from './password-policy.ts'

export type AuthFlowName =
  | 'ALLOW_USER_SRP_AUTH'
  | 'ALLOW_USER_PASSWORD_AUTH'
  | 'ALLOW_USER_AUTH'
  | 'ALLOW_CUSTOM_AUTH'
  | 'ALLOW_REFRESH_TOKEN_AUTH'

/** What a sign-in of USER_AUTH may start with. */
export type FirstFactor = 'PASSWORD' | 'EMAIL_OTP' | 'SMS_OTP' | 'WEB_AUTHN'

/** What the server can be started with. */
export interface ServerConfig {
  readonly pools: readonly PoolConfig[]
  readonly identityPools?: readonly IdentityPoolConfig[]
}

export interface PoolConfig {
  /** `<region>_<name>`; SRP uses the part after `_`. */
  readonly id: string
  readonly clients: readonly ClientConfig[]
  readonly users?: readonly UserConfig[]
  readonly groups?: readonly GroupConfig[]
  /** Attributes that a person may sign in with besides the username; e-mail and phone only once verified. */
  readonly signInAliases?: readonly ('email' | 'phone_number' | 'preferred_username')[]
  /** Attributes every user must have; missing ones are asked for by NEW_PASSWORD_REQUIRED. */
  readonly requiredAttributes?: readonly string[]
  /** Over the defaults: 8 characters, upper and lower case, a digit and a symbol. */
  readonly passwordPolicy?: Partial<PasswordPolicy>
  /** `on` leads a user without a second factor to MFA_SETUP. Default `optional`. */
  readonly mfa?: 'off' | 'optional' | 'on'
  /** What MFA_SETUP offers. Default TOTP alone. */
  readonly mfaSetups?: readonly ('SOFTWARE_TOKEN_MFA' | 'EMAIL_OTP')[]
  /** AllowedFirstAuthFactors, for USER_AUTH. Default: a password alone. */
  readonly firstFactors?: readonly FirstFactor[]
  /** Providers besides the pool itself that managed login leads to. */
  readonly identityProviders?: readonly FederatedProviderConfig[]
  /** Without it no device is tracked. */
  readonly deviceTracking?: Partial<DeviceTracking>
  /** What the Lambda triggers of CUSTOM_AUTH ask. Without it CUSTOM_AUTH is refused. */
  readonly customAuth?: CustomAuthScript
  /** Cognito takes a TOTP code once (`refused`, the default); a demo may be more patient. */
  readonly totpReuse?: 'refused' | 'allowed'
}

/** DeviceConfiguration. */
export interface DeviceTracking {
  /** A remembered device proves itself instead of a second factor. Default false. */
  readonly challengeRequiredOnNewDevice: boolean
  /** A confirmed device is remembered only once UpdateDeviceStatus says so. Default false. */
  readonly deviceOnlyRememberedOnUserPrompt: boolean
}

/** Stands in for DefineAuthChallenge, CreateAuthChallenge and VerifyAuthChallengeResponse: one round after the other. */
export interface CustomAuthScript {
  readonly rounds: readonly CustomRound[]
  /** How many wrong answers end the sign-in; before that the same round is asked again. Default 3. */
  readonly attempts?: number
}

export interface CustomRound {
  /** Public challenge parameters: all that the client sees of the round. */
  readonly parameters: Readonly<Record<string, string>>
  readonly answer: string
}

export interface ClientConfig {
  readonly id: string
  readonly secret?: string
  /** Default: SRP, and refreshing by REFRESH_TOKEN_AUTH unless the client rotates. */
  readonly explicitAuthFlows?: readonly AuthFlowName[]
  /** `enabled` (default) answers for an unknown user as for a wrong password. */
  readonly preventUserExistenceErrors?: 'enabled' | 'legacy'
  /** Default 3,600 s. Cognito allows 5 minutes to 1 day; any length is taken here. */
  readonly accessTokenSeconds?: number
  /** Default 3,600 s. */
  readonly idTokenSeconds?: number
  /** Default 30 days. */
  readonly refreshTokenSeconds?: number
  /** How long a challenge waits for its answer. Default 180 s. */
  readonly authSessionSeconds?: number
  /** Refresh token rotation; the rotated-out token stays good for `graceSeconds` (Cognito: 0 to 60). */
  readonly rotation?: { readonly graceSeconds: number }
  /** Whether tokens carry `origin_jti` and RevokeToken works. Default true. */
  readonly tokenRevocation?: boolean
  /** Where managed login may send the browser: letter for letter. http only on this machine. Default none. */
  readonly callbackUrls?: readonly string[]
  /** The same for /logout. */
  readonly logoutUrls?: readonly string[]
  /** What managed login grants. Default all that Cognito knows. */
  readonly oauthScopes?: readonly string[]
  /** `COGNITO` and names of the pool's identity providers. Default all of them. */
  readonly identityProviders?: readonly string[]
  /** Scopes of access tokens. Default `aws.cognito.signin.user.admin`. */
  readonly scopes?: readonly string[]
}

export type SecondFactor = 'SOFTWARE_TOKEN_MFA' | 'SMS_MFA' | 'EMAIL_OTP'

export type UserStatus =
  | 'CONFIRMED'
  | 'FORCE_CHANGE_PASSWORD'
  | 'UNCONFIRMED'
  | 'RESET_REQUIRED'
  | 'EXTERNAL_PROVIDER'

/** A federated provider, with a page of its own where everybody it knows can be chosen. */
export interface FederatedProviderConfig {
  readonly name: string
  readonly users: readonly FederatedUserConfig[]
}

export interface FederatedUserConfig {
  /** Who this is to the provider; the pool calls them `<provider>_<sub>`. */
  readonly sub: string
  readonly attributes?: Readonly<Record<string, string>>
}

export interface UserConfig {
  readonly username: string
  readonly password: string
  /** Default: a random UUID. */
  readonly sub?: string
  /** Attribute values are strings, as in Cognito; custom ones as `custom:name`. */
  readonly attributes?: Readonly<Record<string, string>>
  readonly groups?: readonly string[]
  /** Base 32. A user with one is asked for SOFTWARE_TOKEN_MFA. */
  readonly totpSecret?: string
  /** FRIENDLY_DEVICE_NAME of SOFTWARE_TOKEN_MFA. */
  readonly totpDeviceName?: string
  /** Second factors besides TOTP, at the user's `phone_number` and `email`. Several ask SELECT_MFA_TYPE. */
  readonly codeFactors?: readonly ('SMS_MFA' | 'EMAIL_OTP')[]
  /** Which of several factors is asked for without a choice. */
  readonly preferredFactor?: SecondFactor
  /** Whether USER_AUTH offers WEB_AUTHN, where the pool allows it. No passkey is ever really asked for. */
  readonly hasPasskey?: boolean
  /**
   * A challenge asked for after the second factor, answered by ANSWER or under its own name: one that no client knows (Cognito
   * adds new ones every few years), or a known one where nobody expects it, such as PASSWORD or WEB_AUTHN.
   */
  readonly inventedChallenge?: CustomRound & { readonly name: string }
  /** Default CONFIRMED. */
  readonly status?: UserStatus
  readonly disabled?: boolean
}

export interface GroupConfig {
  readonly name: string
  /** The lowest number decides `cognito:preferred_role`. */
  readonly precedence?: number
  readonly roleArn?: string
}

export interface IdentityPoolConfig {
  /** `<region>:<uuid>`. */
  readonly id: string
  readonly providers: readonly IdentityProviderConfig[]
  readonly roles: { readonly authenticated?: string; readonly unauthenticated?: string }
  readonly allowUnauthenticated?: boolean
  /** Whether GetOpenIdToken is to be had, for the basic flow by way of STS. Default false. */
  readonly allowClassicFlow?: boolean
  /** What AssumeRoleWithWebIdentity may ask for at most (MaxSessionDuration of the roles). Default 3,600 s. */
  readonly longestRoleSessionSeconds?: number
  /** Roles besides its own whose trust policies name this pool, for those signed in. */
  readonly trustingRoles?: readonly string[]
  /** Default 3,600 s, as in the enhanced flow. */
  readonly credentialsSeconds?: number
}

export interface IdentityProviderConfig {
  readonly userPoolId: string
  readonly clientId: string
  /** Refuse tokens of users who were signed out everywhere, disabled or deleted. Default false. */
  readonly serverSideTokenCheck?: boolean
  /** How a role is chosen; without it every token gets the authenticated role. */
  readonly roleMapping?: RoleMapping
}
