// Owns one request over the agent's socket, as little HTTP/1.1 as that takes: node:http alone takes longer to load than an answer
// to arrive. Knows neither profiles nor failures; what an answer means others decide.
import { connect } from 'node:net'

export interface AgentRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Path and query, percent-encoded. */
  readonly path: string
  /** Sent as JSON. */
  readonly body?: unknown
  /** How long an answer may take, where a person is waited for. */
  readonly patienceMs?: number
}

export type AgentAnswer =
  | { readonly kind: 'answered'; readonly status: number; readonly text: string }
  /** Nobody listens: the app is not running. */
  | { readonly kind: 'absent' }
  /** Somebody listens and gave no answer that can be read. */
  | { readonly kind: 'broken'; readonly reason: string }

/** A sign-in or an export behind a slow network takes its time; the app's own deadlines are shorter. */
const usualPatienceMs = 120_000

const nobodyListens = new Set(['ENOENT', 'ECONNREFUSED', 'ENOTDIR'])

const parse = (text: string): AgentAnswer => {
  const head = /^HTTP\/1\.1 (\d{3}) [^\r\n]*\r\n([\s\S]*?)\r\n\r\n/.exec(text)
  const length = /^content-length: *(\d+)$/im.exec(head?.[2] ?? '')?.[1]
  if (head?.[1] === undefined || length === undefined)
    return { kind: 'broken', reason: 'the answer is not HTTP' }
  const body = text.slice(head[0].length)
  if (Buffer.byteLength(body) !== Number(length)) return { kind: 'broken', reason: 'the answer was cut off' }
  return { kind: 'answered', status: Number(head[1]), text: body }
}

/** Asks the agent at this path of a socket or pipe. Never rejects. */
export const askSocket = (
  path: string,
  { method, path: target, body, patienceMs = usualPatienceMs }: AgentRequest,
): Promise<AgentAnswer> =>
  new Promise((resolve) => {
    let received = ''
    const socket = connect(path)
    const settle = (answer: AgentAnswer): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve(answer)
    }
    const timer = setTimeout(
      () => settle({ kind: 'broken', reason: `no answer within ${patienceMs / 1_000} s` }),
      patienceMs,
    )
    socket.setEncoding('utf8')
    socket.on('data', (text: string) => {
      received += text
    })
    socket.on('end', () => settle(parse(received)))
    socket.on('error', (error: NodeJS.ErrnoException) =>
      settle(
        nobodyListens.has(error.code ?? '') && received === ''
          ? { kind: 'absent' }
          : { kind: 'broken', reason: error.message },
      ),
    )
    const payload = body === undefined ? '' : JSON.stringify(body)
    const headers = [
      `${method} ${target} HTTP/1.1`,
      'Host: localhost',
      'Connection: close',
      ...(body === undefined
        ? []
        : ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(payload)}`]),
    ]
    // Not half-closed: Node's server would take the end of our side for the end of the exchange.
    socket.write(`${headers.join('\r\n')}\r\n\r\n${payload}`)
  })
