// Owns one question and its answer: the deadline, the measured clock, the request id, and the failure when there is none.
// Refuses to know which operation it is.
import { ok, type Result } from '../failure.ts'
import type { Clock } from '../sessions/ports.ts'
import { type DeadlineSignal, startDeadline } from './deadline.ts'
import { type Occasion, toFailure } from './errors.ts'
import { withSystemCertificates } from './system-certificates.ts'

export interface Answer<T> {
  readonly value: T
  readonly requestId: string | undefined
  /** Server time minus ours in milliseconds, from the Date header; undefined without one. */
  readonly clockOffsetMs: number | undefined
}

/** How long a question waits for its whole answer, retries included. Connecting has 3 s of it (sdk-settings.ts). */
export const deadlineMs = 10_000

/**
 * Server time minus ours, from a Date header received in answer to a request. The header has whole seconds, so the true
 * offset lies in an interval; where that contains 0 our clock is as right as can be told, and the answer is 0.
 */
export const clockOffsetFrom = (
  dateHeader: string | undefined,
  sentAt: number,
  receivedAt: number,
): number | undefined => {
  const serverSecond = dateHeader === undefined ? Number.NaN : Date.parse(dateHeader)
  if (Number.isNaN(serverSecond)) return undefined
  const least = serverSecond - receivedAt
  const most = serverSecond + 1_000 - sentAt
  return least <= 0 && most >= 0 ? 0 : Math.round((least + most) / 2)
}

/** What a client's middleware notes about an answer, by the object that the SDK returns for it. */
const measuredOffsets = new WeakMap<object, number>()

const headerOf = (response: unknown, name: string): string | undefined => {
  if (typeof response !== 'object' || response === null || !('headers' in response)) return undefined
  const { headers } = response
  const value: unknown =
    typeof headers === 'object' && headers !== null ? Reflect.get(headers, name) : undefined
  return typeof value === 'string' ? value : undefined
}

/** A middleware for `clockStep` of a client: measures the server's clock with every answer. */
export const measureClock =
  (clock: Clock) =>
  <Args, Exchanged extends { response: unknown; output?: object | undefined }>(
    next: (args: Args) => Promise<Exchanged>,
  ) =>
  async (args: Args): Promise<Exchanged> => {
    const sentAt = clock.now()
    const exchanged = await next(args)
    const offset = clockOffsetFrom(headerOf(exchanged.response, 'date'), sentAt, clock.now())
    if (offset !== undefined && exchanged.output !== undefined) measuredOffsets.set(exchanged.output, offset)
    return exchanged
  }

export const clockStep = { step: 'deserialize', priority: 'high', name: 'measureClock' } as const

/** Members of requests that are no secret; every other value is kept out of failures. */
const publicMembers = new Set([
  'AuthFlow',
  'ChallengeName',
  'ClientId',
  'USERNAME',
  'Username',
  'PREFERRED_CHALLENGE',
  'CHALLENGE_NAME',
  'DeviceName',
  'FriendlyDeviceName',
  'DeviceRememberedStatus',
  'DEVICE_KEY',
  'DeviceKey',
  'IdentityPoolId',
  'IdentityId',
  'CustomRoleArn',
  'RoleArn',
  'RoleSessionName',
])

/** Values of a request that a failure must not quote. Shorter ones cannot be told from ordinary words. */
export const secretsIn = (input: object): string[] =>
  Object.entries(input).flatMap(([member, value]: [string, unknown]) => {
    if (typeof value === 'object' && value !== null) return secretsIn(value)
    return typeof value === 'string' && value.length >= 6 && !publicMembers.has(member) ? [value] : []
  })

/**
 * Asks once, within the deadline.
 *
 * @returns the answer, or the failure that `toFailure` makes of what went wrong on this occasion.
 */
export const exchange = async <T extends { $metadata: { requestId?: string | undefined } }>(
  clock: Clock,
  occasion: Occasion,
  input: object,
  send: (options: { abortSignal: DeadlineSignal }) => Promise<T>,
): Promise<Result<Answer<T>>> => {
  using deadline = startDeadline(clock, deadlineMs)
  const options = { abortSignal: deadline.signal }
  try {
    const value = await withSystemCertificates(() => send(options))
    return ok({
      value,
      requestId: value.$metadata.requestId,
      clockOffsetMs: measuredOffsets.get(value),
    })
  } catch (error) {
    const cause = deadline.signal.aborted ? deadline.signal.reason : error
    return { ok: false, failure: toFailure(cause, occasion, secretsIn(input)) }
  }
}
