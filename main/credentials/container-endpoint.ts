// Owns an endpoint of this machine's own where AWS's container providers find credentials. Whose they are, and how they are obtained,
// `get` knows; how long it is open, whoever started it.
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type Failure, fail, failure, ok, type Result } from '../failure.ts'
import type { Clock } from '../sessions/ports.ts'
import { systemClock } from '../sessions/system-clock.ts'
import { type ExportedCredentials, isoSeconds } from './formats.ts'

export interface ContainerEndpointOptions {
  /** Asked for each request; should answer from a cache, with more than 15 minutes left. */
  readonly get: () => Promise<Result<ExportedCredentials>>
  readonly clock?: Clock
  /** Told what was handed out. */
  readonly onServed?: (credentials: ExportedCredentials) => void
  /** Told of exceptions, which are bugs; whoever asked is told that something failed. */
  readonly onError?: (error: unknown) => void
}

export interface ContainerEndpoint {
  /** For AWS_CONTAINER_CREDENTIALS_FULL_URI. */
  readonly uri: string
  /** For AWS_CONTAINER_AUTHORIZATION_TOKEN. A bearer secret. */
  readonly token: string
  /** Another token from now on; who has the one before is refused. */
  renewToken(): void
  /** What was obtained so far is not handed out any more: it belongs to another role or person. */
  forget(): void
  close(): Promise<void>
}

/**
 * JavaScript's fromContainerMetadata gives up after 1 s (cognito.md): before that, what was good a moment ago is handed out, or else it
 * is said that there is nothing yet, so that a person reads more than that time ran out. Whoever tries again asks no second time.
 */
const patienceMs = 700
/** botocore asks again on every call when 10 minutes or less remain, so more than 15 are handed out where there are. */
const reserveMs = 15 * 60_000
/** Asked again this much before the reserve is reached, so that no caller waits for it. */
const aheadMs = 30_000
const retryMs = 30_000

/** Whoever has nothing to hide asks at once. */
const slowestRequestMs = 5_000
const lookAtSlowOnesMs = 1_000

const isSame = (given: string | undefined, expected: string): boolean => {
  const [left, right] = [Buffer.from(given ?? ''), Buffer.from(expected)]
  return left.length === right.length && timingSafeEqual(left, right)
}

const listen = (server: Server): Promise<number | undefined> => {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>()
  server.once('error', reject)
  // Not ::1: the SDKs admit 127.0.0.1 over plain http and not all admit the other.
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    resolve(typeof address === 'object' ? address?.port : undefined)
  })
  return promise
}

const send = (response: ServerResponse, status: number, body?: object): void => {
  response.writeHead(status, { 'cache-control': 'no-store', 'content-type': 'application/json' })
  response.end(body === undefined ? '' : JSON.stringify(body))
}

/** Status 400 for every failure: of 4xx alone the SDK for JavaScript passes the message on to the person. */
const refuse = (response: ServerResponse, { code, message, remedy }: Failure): void =>
  send(response, 400, { Code: code, Message: `Sesame: ${message} ${remedy}` })

/** The last good credentials, renewed before anybody has to wait for them. */
const createSource = (get: () => Promise<Result<ExportedCredentials>>, clock: Clock) => {
  let last: ExportedCredentials | undefined
  let timer: Disposable | undefined
  let isClosed = false

  const hasTime = (credentials: ExportedCredentials): boolean => credentials.expiresAt > clock.now()

  const ask = async (): Promise<Result<ExportedCredentials>> => {
    const got = await get()
    const isGood = got.ok && hasTime(got.value)
    // After a refusal, such as a sign-out, what was good before is not handed out either.
    last = isGood ? got.value : undefined
    renewLater()
    return got.ok && !isGood ? fail('clock.wrong') : got
  }

  /** After a refusal there is nothing to renew: whoever asks next tries again. */
  const renewLater = (): void => {
    timer?.[Symbol.dispose]()
    if (isClosed || last === undefined) return
    const left = last.expiresAt - reserveMs - aheadMs - clock.now()
    timer = clock.after(Math.max(retryMs, left), () => void warm())
  }
  /** Whatever becomes of it; whoever asks next is told. */
  const warm = async (): Promise<void> => {
    await ask().catch(() => undefined)
  }

  return {
    warm,
    forget: () => {
      last = undefined
    },
    stop: () => {
      isClosed = true
      timer?.[Symbol.dispose]()
    },
    /** Never expired ones: the SDK for JavaScript would take them. */
    async current(): Promise<Result<ExportedCredentials>> {
      const asked = ask()
      const held = last !== undefined && hasTime(last) ? ok(last) : fail('credentials.slow')
      const { promise, resolve, reject } = Promise.withResolvers<Result<ExportedCredentials>>()
      const patience = clock.after(patienceMs, () => resolve(held))
      asked.then(resolve, reject)
      return promise.finally(() => patience[Symbol.dispose]())
    },
  }
}

const newToken = (): string => randomBytes(32).toString('base64url')

/**
 * Opens the endpoint on 127.0.0.1, at a random port and with a random token. Answers only who sends both the token and the Host that
 * belongs to it; others get a status without a word. Codes: credentials.endpoint.
 */
export const startContainerEndpoint = async ({
  get,
  clock = systemClock,
  onServed = () => undefined,
  onError = () => undefined,
}: ContainerEndpointOptions): Promise<Result<ContainerEndpoint>> => {
  let token = newToken()
  const source = createSource(get, clock)
  let host = ''

  const answer = async (
    { method, url, headers }: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> => {
    // A web page that resolves its own name to 127.0.0.1 sends that name (DNS rebinding).
    if (headers.host !== host || !isSame(headers.authorization, token)) return send(response, 403)
    if (url !== '/credentials') return send(response, 404)
    if (method !== 'GET') return send(response, 405)
    const got = await source.current()
    if (!got.ok) return refuse(response, got.failure)
    const { accessKeyId, secretAccessKey, sessionToken, expiresAt } = got.value
    onServed(got.value)
    send(response, 200, {
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      Token: sessionToken,
      Expiration: isoSeconds(expiresAt),
    })
  }

  const patience = {
    requestTimeout: slowestRequestMs,
    headersTimeout: slowestRequestMs,
    connectionsCheckingInterval: lookAtSlowOnesMs,
  }
  const server = createServer(patience, (request, response) => {
    answer(request, response).catch((error: unknown) => {
      onError(error)
      refuse(response, failure('internal.bug'))
    })
  })
  try {
    host = `127.0.0.1:${await listen(server)}`
  } catch (error) {
    return fail('credentials.endpoint', { detail: error instanceof Error ? error.message : undefined })
  }
  void source.warm()
  return ok({
    uri: `http://${host}/credentials`,
    get token() {
      return token
    },
    renewToken: () => {
      token = newToken()
    },
    forget: source.forget,
    async close() {
      source.stop()
      const { promise, resolve } = Promise.withResolvers<void>()
      server.close(() => resolve())
      server.closeAllConnections()
      await promise
    },
  })
}
