// A profile, a clock and a record to test with. Nothing here speaks to anybody.
import type { Answer } from '../../../main/cognito/exchange.ts'
import type { UserPoolApi } from '../../../main/cognito/user-pool.ts'
import { type FailureCode, fail, ok, type Result } from '../../../main/failure.ts'
import { type Profile, profileDefaults } from '../../../main/profiles/profile.ts'
import type { Clock } from '../../../main/sessions/ports.ts'
import type { SessionRecord } from '../../../main/sessions/session.ts'

export const profileOf = (changes: Partial<Profile> = {}): Profile => ({
  ...profileDefaults,
  id: '5b0c7c4e-9d0f-4e27-8f0e-3f6f1f1b1a01',
  name: 'test',
  userPoolId: 'eu-west-1_Test0Pool',
  clientId: '4abcdefghijklmnopqrstuvwx',
  ...changes,
})

/** A clock that stands still until it is moved; timers fire when it is moved past them. */
export const standingClock = (
  start = Date.UTC(2026, 1, 3, 4, 5, 6),
): Clock & { advance(ms: number): void } => {
  let now = start
  const timers = new Map<object, { at: number; callback: () => void }>()
  return {
    now: () => now,
    monotonic: () => now - start,
    after: (delayMs, callback) => {
      const key = {}
      timers.set(key, { at: now + delayMs, callback })
      return { [Symbol.dispose]: () => void timers.delete(key) }
    },
    advance: (ms) => {
      now += ms
      for (const [key, { at, callback }] of timers) {
        if (at > now) continue
        timers.delete(key)
        callback()
      }
    },
  }
}

/** The machine's clock. Timers do not keep the process alive. */
export const systemClock: Clock = {
  now: Date.now,
  monotonic: () => performance.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs).unref()
    return { [Symbol.dispose]: () => clearTimeout(timer) }
  },
}

/** A token with these claims and a signature of nobody. */
export const unsignedToken = (claims: object): string =>
  [{ alg: 'RS256', kid: 'none' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .concat('c2lnbmF0dXJl')
    .join('.')

export const recordOf = (changes: Partial<SessionRecord> = {}): SessionRecord => ({
  version: 1,
  profileId: '5b0c7c4e-9d0f-4e27-8f0e-3f6f1f1b1a01',
  generation: 1,
  tokens: {
    idToken: unsignedToken({ token_use: 'id' }),
    accessToken: unsignedToken({ token_use: 'access', username: 'real-name' }),
    refreshToken: 'refresh-token-1',
  },
  username: 'real-name',
  userId: 'sub',
  signInDetails: { loginId: 'ana@example.com', authFlowType: 'USER_SRP_AUTH' },
  signedInAt: 0,
  clockOffsetMs: 0,
  ...changes,
})

/** An operation that answers from a list and keeps what it was asked. */
export const scripted = <Input, Output extends object>(...answers: (Output | FailureCode)[]) => {
  const asked: Input[] = []
  const left = [...answers]
  const operation = (input: Input): Promise<Result<Answer<Output & { $metadata: object }>>> => {
    asked.push(input)
    const next = left.shift()
    if (next === undefined) return Promise.reject(new Error('asked more often than expected'))
    if (typeof next === 'string') return Promise.resolve(fail(next))
    const value = { ...next, $metadata: {} }
    return Promise.resolve(ok({ value, requestId: 'request-1', clockOffsetMs: undefined }))
  }
  return { asked, operation }
}

/** An operation nobody should ask for. */
export const never = (): Promise<never> => Promise.reject(new Error('not expected to be asked'))

/** A user pool of which only these operations are expected to be asked. */
export const userPoolOf = (operations: Partial<UserPoolApi>): UserPoolApi => ({
  initiateAuth: never,
  respondToAuthChallenge: never,
  associateSoftwareToken: never,
  verifySoftwareToken: never,
  forgotPassword: never,
  confirmForgotPassword: never,
  confirmSignUp: never,
  resendConfirmationCode: never,
  confirmDevice: never,
  updateDeviceStatus: never,
  listDevices: never,
  forgetDevice: never,
  getTokensFromRefreshToken: never,
  revokeToken: never,
  globalSignOut: never,
  ...operations,
})
