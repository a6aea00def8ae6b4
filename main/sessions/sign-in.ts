// Owns the course of a sign-in here: from the password over each challenge to the session, one answer at a time. Keeps no password
// and no code beyond the call that carries it; what has to wait with a challenge is in the issuer's hands.
import type { SignInAnswer, SignInStep } from '../../preload/views.ts'
import { type Failure, fail, ok, type Result } from '../failure.ts'
import type { ActivityLog } from './activity.ts'
import { type Attempt, type Attempts, type Beginning, stepOf } from './attempts.ts'
import type { BeginSession } from './begin-session.ts'
import type { Book, Entry } from './book.ts'
import type { Devices } from './devices.ts'
import type { Loader } from './loader.ts'
import type { Lockouts } from './lockout.ts'
import type { OpenPool } from './pool-access.ts'
import type { Clock, DeviceGrant, Issuer, PendingSignIn, PoolAccess, SignInProgress } from './ports.ts'
import type { Revocations } from './revocations.ts'
import { keepsAttempt } from './verdicts.ts'

/** How long the question about the device stays open; it is nobody's loss when it closes. */
const consentMs = 15 * 60_000

export interface SignInDesk {
  readonly begin: (
    profileId: string,
    input: { username: string; password?: string | undefined },
  ) => Promise<Result<SignInStep>>
  readonly forgotPassword: (profileId: string, username: string) => Promise<Result<SignInStep>>
  readonly answer: (attemptId: string, answer: SignInAnswer) => Promise<Result<SignInStep>>
  readonly resendCode: (attemptId: string) => Promise<Result<SignInStep>>
}

export interface SignInOptions {
  readonly book: Book
  readonly loader: Loader
  readonly issuer: Issuer
  readonly openPool: OpenPool
  readonly beginSession: BeginSession
  readonly attempts: Attempts
  readonly devices: Devices
  readonly lockouts: Lockouts
  readonly revocations: Pick<Revocations, 'quietly'>
  readonly activity: ActivityLog
  readonly clock: Clock
  readonly newId: () => string
  /** Server time minus ours, milliseconds. */
  readonly offsetMs: () => number
}

interface Timed {
  readonly result: Result<SignInProgress>
  readonly durationMs: number
}

const isOnItsWay = (): Result<never> =>
  fail('session.superseded', {
    message: 'An answer to this step is already on its way.',
    remedy: 'Wait for it.',
  })

export const createSignInDesk = (options: SignInOptions): SignInDesk => {
  const { book, loader, issuer, openPool, beginSession, attempts, devices, lockouts, activity, clock } =
    options
  const { revocations } = options

  const show = (attempt: Attempt): Result<SignInStep> => {
    attempts.keep(attempt)
    return ok(stepOf(attempt, options.offsetMs()))
  }

  const failed = async (
    { profile, username, deviceKey }: Omit<Beginning, 'id' | 'step'>,
    refused: Failure,
    durationMs: number,
  ): Promise<Result<never>> => {
    // The next try begins without it.
    if (refused.code === 'sign-in.device-unknown' && deviceKey) await devices.drop(profile, deviceKey)
    const failure = lockouts.refused(profile, username, refused)
    activity.add(profile.id, { kind: 'sign-in-failed', durationMs, requestId: failure.requestId, failure })
    return { ok: false, failure }
  }

  const timed = async (call: () => Promise<Result<SignInProgress>>): Promise<Timed> => {
    const startedAt = clock.monotonic()
    return { result: await call(), durationMs: clock.monotonic() - startedAt }
  }

  /** The session is there; whether its device is to be remembered may be left to ask. */
  const settleDevice = async (
    beginning: Beginning,
    device: DeviceGrant | undefined,
  ): Promise<Result<SignInStep>> => {
    if (device?.remembered !== undefined) await devices.keep(beginning.profile, device.remembered)
    if (device?.needsConsent !== true) return ok({ kind: 'signed-in' })
    return show({
      ...beginning,
      step: beginning.step + 1,
      awaits: { kind: 'consent', device },
      expiresAt: clock.now() + consentMs,
      isAnswering: false,
    })
  }

  const proceed = async (
    beginning: Beginning,
    progress: SignInProgress,
    durationMs: number,
  ): Promise<Result<SignInStep>> => {
    const { id, profile, username, step } = beginning
    if (progress.droppedDevice !== undefined) await devices.drop(profile, progress.droppedDevice)
    if (progress.kind === 'challenge') {
      const { pending } = progress
      return show({
        ...beginning,
        step: step + 1,
        awaits: { kind: 'challenge', pending },
        expiresAt: pending.expiresAt,
        isAnswering: false,
      })
    }
    attempts.drop(id)
    lockouts.passed(profile, username)
    const begun = await beginSession.commit(profile, progress.grant, username, durationMs)
    return begun.ok ? settleDevice(beginning, progress.grant.device) : begun
  }

  /** Begins by whatever the issuer is asked with this profile's device. */
  const beginBy = async (
    entry: Entry,
    username: string,
    ask: (access: PoolAccess, device: Awaited<ReturnType<Devices['find']>>) => ReturnType<Issuer['signIn']>,
  ): Promise<Result<SignInStep>> => {
    // What is stored is read first: the new session takes its place, and may have to see to its revocation.
    await loader.ensure(entry)
    const { profile } = entry
    const access = await openPool(profile)
    if (!access.ok) return access
    const device = await devices.find(profile, username)
    return revocations.quietly(profile.id, async () => {
      const { result, durationMs } = await timed(() => ask(access.value, device))
      const beginning = { id: options.newId(), profile, username, step: 1, deviceKey: device?.key }
      if (!result.ok) return failed(beginning, result.failure, durationMs)
      return proceed(beginning, result.value, durationMs)
    })
  }

  const withPool = async (
    attempt: Attempt,
    ask: (access: PoolAccess) => Promise<Result<SignInProgress>>,
  ): Promise<Timed> => {
    attempt.isAnswering = true
    try {
      const access = await openPool(attempt.profile)
      if (!access.ok) return { result: access, durationMs: 0 }
      return await timed(() => ask(access.value))
    } finally {
      attempt.isAnswering = false
    }
  }

  const answerChallenge = async (
    attempt: Attempt,
    pending: PendingSignIn,
    answer: SignInAnswer,
  ): Promise<Result<SignInStep>> => {
    const { profile } = attempt
    const { result, durationMs } = await withPool(attempt, (access) => issuer.answer(access, pending, answer))
    const isCancelled = attempts.get(attempt.id) !== attempt
    if (result.ok) {
      if (!isCancelled) return proceed(attempt, result.value, durationMs)
      if (result.value.kind === 'signed-in') beginSession.discard(profile, result.value.grant)
      return fail('sign-in.attempt-not-found')
    }
    const isOver = !keepsAttempt(result.failure.code) || clock.now() >= pending.expiresAt
    if (isOver) attempts.drop(attempt.id)
    return failed(attempt, result.failure, durationMs)
  }

  const tellConsent = async (
    attempt: Attempt,
    accessToken: string,
    deviceKey: string,
  ): Promise<Result<void>> => {
    attempt.isAnswering = true
    try {
      const access = await openPool(attempt.profile)
      return access.ok ? await issuer.rememberDevice(access.value, accessToken, deviceKey, true) : access
    } finally {
      attempt.isAnswering = false
    }
  }

  const answerConsent = async (
    attempt: Attempt,
    { key }: DeviceGrant,
    remember: boolean,
  ): Promise<Result<SignInStep>> => {
    const state = book.get(attempt.profile.id)?.state
    // Signed out or in again meanwhile: whose device it was no longer matters.
    const record = state?.status === 'live' ? state.session.record : undefined
    const told =
      remember && record?.device?.key === key
        ? await tellConsent(attempt, record.tokens.accessToken, key)
        : ok(undefined)
    if (told.ok || !keepsAttempt(told.failure.code)) attempts.drop(attempt.id)
    return told.ok ? ok({ kind: 'signed-in' }) : told
  }

  return {
    async begin(profileId, { username, password = '' }) {
      const entry = book.get(profileId)
      if (entry === undefined) return fail('profile.not-found')
      return beginBy(entry, username, (access, device) =>
        issuer.signIn(access, { username, password, device }),
      )
    },

    async forgotPassword(profileId, username) {
      const entry = book.get(profileId)
      if (entry === undefined) return fail('profile.not-found')
      return beginBy(entry, username, (access, device) => issuer.forgotPassword(access, { username, device }))
    },

    async answer(attemptId, answer) {
      const attempt = attempts.get(attemptId)
      if (attempt === undefined || book.get(attempt.profile.id) === undefined) {
        return fail('sign-in.attempt-not-found')
      }
      if (attempt.isAnswering) return isOnItsWay()
      const { awaits } = attempt
      if (awaits.kind === 'challenge' && awaits.pending.challenge.kind === answer.kind) {
        const { pending } = awaits
        attempt.isAnswering = true
        return revocations.quietly(attempt.profile.id, () => answerChallenge(attempt, pending, answer))
      }
      if (awaits.kind === 'consent' && answer.kind === 'remember-device') {
        return answerConsent(attempt, awaits.device, answer.remember)
      }
      return fail('input.invalid', { message: `This step asks for ${stepOf(attempt, 0).kind}.` })
    },

    async resendCode(attemptId) {
      const attempt = attempts.get(attemptId)
      if (attempt?.awaits.kind !== 'challenge') return fail('sign-in.attempt-not-found')
      if (attempt.isAnswering) return isOnItsWay()
      const { pending } = attempt.awaits
      const { result } = await withPool(attempt, (access) => issuer.resendCode(access, pending))
      if (attempts.get(attemptId) !== attempt) return fail('sign-in.attempt-not-found')
      if (!result.ok) {
        if (!keepsAttempt(result.failure.code)) attempts.drop(attemptId)
        return result
      }
      // The same step anew, not one further.
      return proceed({ ...attempt, step: attempt.step - 1 }, result.value, 0)
    },
  }
}
