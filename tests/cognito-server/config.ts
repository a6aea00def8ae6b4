// Owns the words in which a test or a seed describes user pools, app clients, users and identity pools: plain data.

import type { RoleMapping } from './identity/roles.ts'
import type { PasswordPolicy } from './password-policy.ts'

export type AuthFlowName = 'ALLOW_USER_SRP_AUTH' | 'ALLOW_USER_PASSWORD_AUTH' | 'ALLOW_REFRESH_TOKEN_AUTH'

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
  /** Cognito takes a TOTP code once (`refused`, the default); a demo may be more patient. */
  readonly totpReuse?: 'refused' | 'allowed'
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
  /** Scopes of access tokens. Default `aws.cognito.signin.user.admin`. */
  readonly scopes?: readonly string[]
}

export type SecondFactor = 'SOFTWARE_TOKEN_MFA' | 'SMS_MFA' | 'EMAIL_OTP'

export type UserStatus = 'CONFIRMED' | 'FORCE_CHANGE_PASSWORD' | 'UNCONFIRMED' | 'RESET_REQUIRED'

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
  /** Second factors besides TOTP, at the user's `phone_number` and `email`. Several ask SELECT_MFA_TYPE. */
  readonly codeFactors?: readonly ('SMS_MFA' | 'EMAIL_OTP')[]
  /** Which of several factors is asked for without a choice. */
  readonly preferredFactor?: SecondFactor
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
  /** Default 3,600 s, as in the enhanced flow. */
  readonly credentialsSeconds?: number
  /** Whether GetOpenIdToken works, for the basic flow through STS. Default false, as in new pools. */
  readonly allowClassicFlow?: boolean
  /** What the pool's roles allow in the basic flow. Default 3,600 s, as in new roles. */
  readonly maxSessionSeconds?: number
}

export interface IdentityProviderConfig {
  readonly userPoolId: string
  readonly clientId: string
  /** Refuse tokens of users who were signed out everywhere, disabled or deleted. Default false. */
  readonly serverSideTokenCheck?: boolean
  /** How a role is chosen; without it every token gets the authenticated role. */
  readonly roleMapping?: RoleMapping
}
