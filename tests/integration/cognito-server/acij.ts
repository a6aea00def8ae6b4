// amazon-cognito-identity-js behind promises: its callbacks, and the synchronous store it wants.
import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
  type ICognitoStorage,
} from 'amazon-cognito-identity-js'
import type { CognitoServer } from '../../cognito-server/index.ts'
import { PASSWORD, POOL } from './kit.ts'

export function memoryStorage(): ICognitoStorage & { readonly items: Map<string, string> } {
  const items = new Map<string, string>()
  return {
    items,
    setItem: (key, value) => void items.set(key, value),
    getItem: (key) => items.get(key) ?? null,
    removeItem: (key) => void items.delete(key),
    clear: () => items.clear(),
  }
}

/** A user as that library sees one. The same store for two users is the same device. */
export function acijUser(
  server: CognitoServer,
  username: string,
  ClientId = 'public',
  { userPoolId = POOL, Storage = memoryStorage() } = {},
): CognitoUser {
  const Pool = new CognitoUserPool({ UserPoolId: userPoolId, ClientId, endpoint: server.url, Storage })
  return new CognitoUser({ Username: username, Pool, Storage })
}

export type AcijResult =
  | {
      readonly kind: 'session'
      readonly session: CognitoUserSession
      /** Whether the person has to say that the device is to be remembered. */
      readonly asksToRemember: boolean
    }
  | { readonly kind: 'new-password'; readonly present: unknown; readonly required: unknown }
  | { readonly kind: 'totp' }
  | { readonly kind: 'custom'; readonly parameters: unknown }

const callbacks = (resolve: (result: AcijResult) => void, reject: (error: Error) => void) => ({
  onSuccess: (session: CognitoUserSession, asksToRemember?: boolean) =>
    resolve({ kind: 'session', session, asksToRemember: asksToRemember ?? false }),
  onFailure: reject,
  newPasswordRequired: (present: unknown, required: unknown) =>
    resolve({ kind: 'new-password', present, required }),
  totpRequired: () => resolve({ kind: 'totp' }),
  customChallenge: (parameters: unknown) => resolve({ kind: 'custom', parameters }),
})

export function acijSignIn(
  user: CognitoUser,
  password = PASSWORD,
  flow: 'USER_SRP_AUTH' | 'USER_PASSWORD_AUTH' | 'CUSTOM_AUTH' = 'USER_SRP_AUTH',
): Promise<AcijResult> {
  const details = new AuthenticationDetails({ Username: user.getUsername(), Password: password })
  user.setAuthenticationFlowType(flow)
  return new Promise((resolve, reject) => {
    user.authenticateUser(details, callbacks(resolve, reject))
  })
}

/** CUSTOM_AUTH without a password. */
export function acijStartCustom(user: CognitoUser): Promise<AcijResult> {
  const details = new AuthenticationDetails({ Username: user.getUsername() })
  user.setAuthenticationFlowType('CUSTOM_AUTH')
  return new Promise((resolve, reject) => {
    user.initiateAuth(details, callbacks(resolve, reject))
  })
}

export function acijAnswerCustom(user: CognitoUser, answer: string): Promise<AcijResult> {
  return new Promise((resolve, reject) => {
    user.sendCustomChallengeAnswer(answer, callbacks(resolve, reject))
  })
}

export function acijCompleteNewPassword(
  user: CognitoUser,
  password: string,
  attributes: Record<string, string>,
): Promise<AcijResult> {
  return new Promise((resolve, reject) => {
    user.completeNewPasswordChallenge(password, attributes, callbacks(resolve, reject))
  })
}

export function acijSendTotp(user: CognitoUser, code: string): Promise<AcijResult> {
  return new Promise((resolve, reject) => {
    user.sendMFACode(code, callbacks(resolve, reject), 'SOFTWARE_TOKEN_MFA')
  })
}

/** The session behind a result; throws where it is a challenge. */
export function acijSession(result: AcijResult): CognitoUserSession {
  if (result.kind !== 'session') throw new Error(`expected a session, got ${result.kind}`)
  return result.session
}

/** Turns one of the library's `{ onSuccess, onFailure }` into a promise. */
export function acijAsk<T>(
  call: (callbacks: { onSuccess: (value: T) => void; onFailure: (error: Error) => void }) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    call({ onSuccess: resolve, onFailure: reject })
  })
}

/** Turns one of the library's `(error, value)` callbacks into a promise. */
export function acijCall<T>(
  call: (done: (error?: Error | null, value?: T) => void) => void,
): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    call((error, value) => (error ? reject(error) : resolve(value)))
  })
}
