// Owns sign-ins under way: from the password over each challenge to the session, one answer at a time, dropped when they run
// out. Keeps no password and no code beyond the call that carries it.
import type { SignInAnswer, SignInStep } from '../../preload/views.ts'
import { type Failure, fail, ok, type Result } from '../failure.ts'
import type { Profile } from '../profiles/profile.ts'
import type { ActivityLog } from './activity.ts'
import type { BeginSession } from './begin-session.ts'
import type { Book, Entry } from './book.ts'
import type { Loader } from './loader.ts'
import type { OpenPool } from './pool-access.ts'
import type { Clock, Issuer, PendingSignIn, SignInProgress } from './ports.ts'
import type { Revocations } from './revocations.ts'
import type { Scheduler } from './scheduler.ts'
import { keepsAttempt } from './verdicts.ts'

/** More than a person keeps open; the oldest goes. */
const attemptsAtOnce = 50

export interface SignInDesk {
  readonly begin: (
    profileId: string,
    input: { username: string; password: string },
  ) => Promise<Result<SignInStep>>
  readonly answer: (attemptId: string, answer: SignInAnswer) => Promise<Result<SignInStep>>
  readonly cancel: (attemptId: string) => void
  /** Drops the attempts of a profile that is gone or whose pool is another one now. */
  readonly cancelOf: (profileId: string) => void
}

export interface SignInOptions {
  readonly book: Book
  readonly loader: Loader
  readonly issuer: Issuer
  readonly openPool: OpenPool
  readonly beginSession: BeginSession
  readonly revocations: Pick<Revocations, 'quietly'>
  readonly activity: ActivityLog
  readonly clock: Clock
  readonly scheduler: Scheduler
  readonly newId: () => string
  /** Server time minus ours, milliseconds. */
  readonly offsetMs: () => number
}

interface Beginning {
  readonly id: string
  readonly profile: Profile
  readonly username: string
  /** The first dialog is step 1, the first challenge step 2. */
  readonly step: number
}

interface Attempt extends Beginning {
  /** Its `expiresAt` is by our own clock. */
  readonly pending: PendingSignIn
  isAnswering: boolean
}

const stepOf = ({ id, username, step, pending }: Attempt, offsetMs: number): SignInStep => {
  const common = { attemptId: id, step, username, expiresAt: pending.expiresAt + offsetMs }
  const { challenge } = pending
  switch (challenge.kind) {
    case 'totp':
      return { kind: 'totp', ...common, deviceName: challenge.deviceName }
    case 'new-password':
      return {
        kind: 'new-password',
        ...common,
        requiredAttributes: [...challenge.requiredAttributes],
        knownAttributes: { ...challenge.knownAttributes },
      }
    default:
      return challenge satisfies never
  }
}

export const createSignInDesk = (options: SignInOptions): SignInDesk => {
  const { book, loader, issuer, openPool, beginSession, revocations, activity, clock, scheduler, newId } =
    options
  /** In order of age. */
  const attempts = new Map<string, Attempt>()
  const lane = scheduler.lane((attemptId) => {
    // An answer that is on its way may still be in time: Cognito decides.
    if (attempts.get(attemptId)?.isAnswering !== true) attempts.delete(attemptId)
  })

  const drop = (attemptId: string): void => {
    attempts.delete(attemptId)
    lane.clear(attemptId)
  }

  const keep = (attempt: Attempt): Result<SignInStep> => {
    attempts.set(attempt.id, attempt)
    lane.set(attempt.id, attempt.pending.expiresAt)
    const [oldest] = attempts.keys()
    if (attempts.size > attemptsAtOnce && oldest !== undefined) drop(oldest)
    return ok(stepOf(attempt, options.offsetMs()))
  }

  const failed = (entry: Entry, failure: Failure, durationMs: number): Result<never> => {
    activity.add(entry.id, { kind: 'sign-in-failed', durationMs, requestId: failure.requestId, failure })
    return { ok: false, failure }
  }

  const timed = async (
    call: () => Promise<Result<SignInProgress>>,
  ): Promise<{ result: Result<SignInProgress>; durationMs: number }> => {
    const startedAt = clock.monotonic()
    return { result: await call(), durationMs: clock.monotonic() - startedAt }
  }

  const ask = async (attempt: Attempt, answer: SignInAnswer): ReturnType<typeof timed> => {
    try {
      const access = await openPool(attempt.profile)
      if (!access.ok) return { result: access, durationMs: 0 }
      return await timed(() => issuer.answer(access.value, attempt.pending, answer))
    } finally {
      attempt.isAnswering = false
    }
  }

  const proceed = async (
    { id, profile, username, step }: Beginning,
    progress: SignInProgress,
    durationMs: number,
  ): Promise<Result<SignInStep>> => {
    if (progress.kind === 'challenge') {
      return keep({ id, profile, username, step: step + 1, pending: progress.pending, isAnswering: false })
    }
    drop(id)
    const begun = await beginSession.commit(profile, progress.grant, username, durationMs)
    return begun.ok ? ok({ kind: 'signed-in' }) : begun
  }

  return {
    async begin(profileId, { username, password }) {
      const entry = book.get(profileId)
      if (entry === undefined) return fail('profile.not-found')
      // What is stored is read first: the new session takes its place, and may have to see to its revocation.
      await loader.ensure(entry)
      const { profile } = entry
      const access = await openPool(profile)
      if (!access.ok) return access
      return revocations.quietly(profileId, async () => {
        const { result, durationMs } = await timed(() => issuer.signIn(access.value, { username, password }))
        if (!result.ok) return failed(entry, result.failure, durationMs)
        return proceed({ id: newId(), profile, username, step: 1 }, result.value, durationMs)
      })
    },

    async answer(attemptId, answer) {
      const attempt = attempts.get(attemptId)
      const entry = attempt && book.get(attempt.profile.id)
      if (attempt === undefined || entry === undefined) return fail('sign-in.attempt-not-found')
      const { profile, pending } = attempt
      if (attempt.isAnswering) {
        return fail('session.superseded', {
          message: 'An answer to this step is already on its way.',
          remedy: 'Wait for it.',
        })
      }
      if (pending.challenge.kind !== answer.kind) {
        return fail('input.invalid', { message: `This step asks for ${pending.challenge.kind}.` })
      }
      attempt.isAnswering = true
      return revocations.quietly(profile.id, async () => {
        const { result, durationMs } = await ask(attempt, answer)
        const isCancelled = attempts.get(attemptId) !== attempt
        if (result.ok) {
          if (!isCancelled) return proceed(attempt, result.value, durationMs)
          if (result.value.kind === 'signed-in') beginSession.discard(profile, result.value.grant)
          return fail('sign-in.attempt-not-found')
        }
        const isOver = !keepsAttempt(result.failure.code) || clock.now() >= pending.expiresAt
        if (isOver) drop(attemptId)
        return failed(entry, result.failure, durationMs)
      })
    },

    cancel: drop,
    cancelOf(profileId) {
      for (const { id, profile } of attempts.values()) if (profile.id === profileId) drop(id)
    },
  }
}
