// Owns starting and stopping a Cognito of our own on 127.0.0.1: user pools, identity pools and STS behind one address.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Admin } from './admin.ts'
import { createServerClock, type ServerClock } from './clock.ts'
import type { ServerConfig } from './config.ts'
import { CONTROL_PATH, type ControlHost, control } from './control.ts'
import { Faults } from './faults.ts'
import { type HttpHost, readRequest, send, serve } from './http.ts'
import { Journal } from './journal.ts'
import type { Outbox } from './outbox.ts'
import { providerNameOf } from './pool.ts'
import { type RandomSource, systemRandom } from './random.ts'
import { createWorld } from './world.ts'

export interface StartOptions extends ServerConfig {
  /** Default 0: any free port. */
  readonly port?: number
  readonly clock?: ServerClock
  readonly random?: RandomSource
  /**
   * What `iss` is: `local` (default) is `<url>/<pool id>`, so that keys are found where the issuer says; `aws` is
   * `https://cognito-idp.<region>.amazonaws.com/<pool id>`, as on the real thing.
   */
  readonly issuer?: 'local' | 'aws'
  /** How far an SRP TIMESTAMP may be from this server's clock. Default 300 s. */
  readonly srpToleranceSeconds?: number
  /** Operations to answer with UnknownOperationException, as endpoints older than them do. */
  readonly unknownOperations?: readonly string[]
  /** Opens `POST /__control` to who sends this as a bearer token. */
  readonly controlToken?: string
}

export interface CognitoServer {
  /** `http://127.0.0.1:<port>`: the endpoint of user pools, identity pools and STS, and every pool's domain. */
  readonly url: string
  readonly port: number
  readonly clock: ServerClock
  readonly faults: Faults
  readonly requests: Journal
  readonly admin: Admin
  /** Codes that would have been sent by mail or text message. */
  readonly outbox: Outbox
  /** Issuer of this pool's tokens. */
  issuerOf(poolId: string): string
  /** Cuts every connection and stops listening. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** Starts a server. Rejects with RangeError for a contradictory configuration and as listen(2) does for the port. */
export async function startCognitoServer(options: StartOptions): Promise<CognitoServer> {
  const http = createServer()
  const port = await listen(http, options.port ?? 0)
  const url = `http://127.0.0.1:${port}`
  const clock = options.clock ?? createServerClock()
  const issuerOf = (poolId: string) =>
    options.issuer === 'aws' ? `https://${providerNameOf(poolId)}` : `${url}/${poolId}`
  try {
    const world = await createWorld(options, {
      clock,
      url,
      issuerOf,
      random: options.random ?? systemRandom,
      srpToleranceSeconds: options.srpToleranceSeconds ?? 300,
    })
    const host = {
      world,
      clock,
      faults: new Faults(),
      journal: new Journal(),
      admin: new Admin(world),
      outbox: world.outbox,
      unknownOperations: new Set(options.unknownOperations),
    }
    http.on('request', (message, response) => {
      answer(host, options.controlToken, message, response).catch(() => message.socket.destroy())
    })
    const stop = () => close(http)
    return {
      url,
      port,
      clock,
      faults: host.faults,
      requests: host.journal,
      admin: host.admin,
      outbox: world.outbox,
      issuerOf,
      close: stop,
      [Symbol.asyncDispose]: stop,
    }
  } catch (error) {
    await close(http)
    throw error
  }
}

async function answer(
  host: HttpHost & ControlHost,
  controlToken: string | undefined,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (controlToken === undefined || message.url !== CONTROL_PATH) return serve(host, message, response)
  const request = await readRequest(message)
  if (request !== undefined) send(host, response, await control(host, controlToken, request))
}

function listen(http: Server, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  http.once('error', reject)
  http.listen(port, '127.0.0.1', () => {
    const address = http.address()
    resolve(typeof address === 'object' && address !== null ? address.port : port)
  })
  return promise
}

async function close(http: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  http.close(() => resolve())
  http.closeAllConnections()
  await promise
}
