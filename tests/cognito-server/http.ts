// Owns the wire: reading requests, carrying out faults, writing replies and the journal. Knows no operation by name.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { ServiceError } from './errors.ts'
import type { Fault, Faults } from './faults.ts'
import type { Journal } from './journal.ts'
import { type Call, type Reply, readCall } from './protocol.ts'
import type { SignedRequest } from './sigv4.ts'
import type { World } from './world.ts'

const LARGEST_BODY = 1024 * 1024

export interface HttpHost {
  readonly world: World
  readonly faults: Faults
  readonly journal: Journal
  readonly unknownOperations: ReadonlySet<string>
}

/** Serves one request from its first byte to its last, or to the fault that ends it. */
export async function serve(
  host: HttpHost,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const request = await readRequest(message)
  if (request === undefined) return send(host, response, { status: 413, headers: {}, body: '' })
  const call = readCall(host.world, request, host.unknownOperations)
  const at = host.world.clock.now()
  const fault = host.faults.take(call.subject)
  const record = (outcome: string, status: number | undefined) =>
    host.journal.record({ ...call.subject, at, outcome, status, ...(fault && { fault: fault.kind }) })

  await pause(fault, 'before')
  const instead = replyInstead(fault, call)
  if (instead === 'reset') {
    record('none', undefined)
    return reset(message)
  }
  const { outcome, reply } = instead ?? (await run(call))
  await pause(fault, 'after')
  if (fault?.kind === 'answer-lost') {
    record(outcome, undefined)
    return reset(message)
  }
  record(outcome, reply.status)
  if (fault?.kind === 'truncated') return sendHalf(host, message, response, reply)
  return send(host, response, reply)
}

/** The request with its body, or undefined where that is too long. */
export async function readRequest(message: IncomingMessage): Promise<SignedRequest | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > LARGEST_BODY) return undefined
    chunks.push(chunk)
  }
  const headers = Object.entries(message.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(',') : (value ?? ''),
  ])
  return {
    method: message.method ?? 'GET',
    path: message.url ?? '/',
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks),
  }
}

async function pause(fault: Fault | undefined, when: 'before' | 'after'): Promise<void> {
  if (fault?.kind === 'delay' && (fault.when ?? 'before') === when) {
    await delay(fault.milliseconds, undefined, { ref: false })
  }
  if (fault?.kind === 'hold' && fault.when === when) await fault.arrive()
}

interface Outcome {
  readonly outcome: string
  readonly reply: Reply
}

/** What a fault answers in place of the work; undefined where the work is to be done. */
function replyInstead(fault: Fault | undefined, call: Call): Outcome | 'reset' | undefined {
  if (fault?.kind === 'reset') return 'reset'
  if (fault?.kind === 'html-500') return { outcome: 'none', reply: LOAD_BALANCER_PAGE }
  if (fault?.kind === 'throttle') {
    return refusal(call, new ServiceError('TooManyRequestsException', 'Rate exceeded', 429))
  }
  if (fault?.kind === 'exception') {
    return refusal(call, new ServiceError(fault.type, fault.message, fault.status))
  }
  return undefined
}

const LOAD_BALANCER_PAGE: Reply = {
  status: 500,
  headers: { 'content-type': 'text/html' },
  body: '<html>\r\n<head><title>500 Internal Server Error</title></head>\r\n<body><h1>500 Internal Server Error</h1></body>\r\n</html>\r\n',
}

const refusal = (call: Call, error: ServiceError): Outcome => ({
  outcome: error.type,
  reply: call.refuse(error),
})

async function run(call: Call): Promise<Outcome> {
  try {
    return { outcome: 'ok', reply: await call.run() }
  } catch (error) {
    if (error instanceof ServiceError) return refusal(call, error)
    console.error('cognito-server: a bug while answering', call.subject.operation, error)
    return refusal(call, new ServiceError('InternalErrorException', 'Internal error', 500))
  }
}

function begin({ world }: HttpHost, response: ServerResponse, reply: Reply): void {
  response.writeHead(reply.status, {
    ...reply.headers,
    date: new Date(world.clock.now()).toUTCString(),
    'content-length': Buffer.byteLength(reply.body),
  })
}

export function send(host: HttpHost, response: ServerResponse, reply: Reply): void {
  begin(host, response, reply)
  response.end(reply.body)
}

function sendHalf(host: HttpHost, message: IncomingMessage, response: ServerResponse, reply: Reply): void {
  begin(host, response, reply)
  const half = Buffer.from(reply.body).subarray(0, Math.floor(Buffer.byteLength(reply.body) / 2))
  response.write(half, () => message.socket.destroy())
}

/** RST rather than FIN: the client sees ECONNRESET. */
function reset(message: IncomingMessage): void {
  message.socket.resetAndDestroy()
}
