// Owns the one way from an error to a failure: what the SDK or fetch threw becomes a code of the table, with Cognito's own
// words as detail. Refuses to guess about anything that is not an answer or a network fault: that is a bug and is rethrown.
import { type Failure, type FailureCode, failure } from '../failure.ts'
import { ambiguousExceptions, type ErrorRule, errorRules, type Occasion } from './error-rules.ts'

export type { Occasion } from './error-rules.ts'

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null
const textIn = (record: unknown, key: string): string | undefined => {
  const value = isRecord(record) ? record[key] : undefined
  return typeof value === 'string' ? value : undefined
}

/** Node's error codes for a connection that failed before or during an answer (errno, DNS, undici). */
const offlineCodes = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EAI_NODATA',
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'ENETRESET',
  'EADDRNOTAVAIL',
  'ENOTCONN',
  'UND_ERR_SOCKET',
])
const timeOutCodes = new Set([
  'ETIMEDOUT',
  'ESOCKETTIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
])
/** OpenSSL's verification errors, as Node names them, and a certificate for another host. */
const certificateCode =
  /^(?:CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH)/
/** Node's agents and its fetch each have their own way to say that a proxy refused the tunnel. */
const isProxyRefusal = (code: string, message: string | undefined): boolean =>
  code.startsWith('ERR_PROXY_') ||
  (code === 'UND_ERR_ABORTED' && message?.startsWith('Proxy response') === true)
/** Not HTTP at all, or not TLS at all (an https address of an http port). */
const protocolCode = /^(?:HPE_|EPROTO|ERR_SSL_|ERR_INVALID_HTTP|UND_ERR_(?:HTTP|RESPONSE))/

/** A failed connection's code, wherever it hides: fetch wraps it in `cause`, Node in an AggregateError. */
const networkCode = (error: unknown, depth = 0): FailureCode | undefined => {
  if (!isRecord(error) || depth > 4) return undefined
  const code = textIn(error, 'code')
  const name = textIn(error, 'name')
  // Before the name: the SDK calls a reset connection a TimeoutError too.
  if (code !== undefined) {
    if (offlineCodes.has(code)) return 'network.offline'
    if (timeOutCodes.has(code)) return 'network.timed-out'
    if (isProxyRefusal(code, textIn(error, 'message'))) return 'network.proxy'
    if (certificateCode.test(code)) return 'network.certificate'
    if (protocolCode.test(code)) return 'network.bad-answer'
  }
  if (name === 'TimeoutError' || name === 'AbortError') return 'network.timed-out'
  // fetch has a list of ports that it connects to under no circumstances, and no code for it.
  if (textIn(error, 'message') === 'bad port') return 'network.offline'
  const inner = Array.isArray(error['errors']) ? error['errors'] : []
  for (const next of [error['cause'], ...inner]) {
    const found = networkCode(next, depth + 1)
    if (found !== undefined) return found
  }
  return undefined
}

/** Node's error codes for a connection that was never made. */
const unconnectedCode = /^(?:ENOTFOUND|EAI_\w+|ECONNREFUSED|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT)$/
/** The SDK's words for one that takes too long; it has no code for that. */
const unconnectedWords = /did not establish a connection|^bad port$/

/** Whether nothing can have been asked. False in doubt. */
const wasNeverAsked = (error: unknown, depth = 0): boolean => {
  if (!isRecord(error) || depth > 4) return false
  const code = textIn(error, 'code') ?? ''
  const message = textIn(error, 'message') ?? ''
  const isUnconnected =
    textIn(error, 'syscall') === 'connect' || unconnectedCode.test(code) || unconnectedWords.test(message)
  if (isUnconnected || certificateCode.test(code) || isProxyRefusal(code, message)) return true
  const inner = Array.isArray(error['errors']) ? error['errors'] : []
  return [error['cause'], ...inner].some((next) => wasNeverAsked(next, depth + 1))
}

/** What came back over HTTP, as far as it is known. */
interface Answered {
  readonly status: number
  readonly requestId: string | undefined
  readonly contentType: string | undefined
}

const answered = (error: unknown): Answered | undefined => {
  const metadata = isRecord(error) ? error['$metadata'] : undefined
  const response = isRecord(error) ? error['$response'] : undefined
  const status = isRecord(metadata) ? metadata['httpStatusCode'] : undefined
  if (typeof status !== 'number') return undefined
  const headers = isRecord(response) ? response['headers'] : undefined
  return { status, requestId: textIn(metadata, 'requestId'), contentType: textIn(headers, 'content-type') }
}

/** The code that a status alone stands for, where the body says nothing usable. */
export const codeOfStatus = (status: number): FailureCode | undefined => {
  if (status === 429) return 'service.throttled'
  if (status === 501) return 'config.operation-unknown'
  return status >= 500 ? 'service.unavailable' : undefined
}

/** Whether an answer of this status with this meaning leaves open what was done: it came by half, or from something in between. */
export const leavesOpen = (code: FailureCode, status: number): boolean =>
  code === 'service.unavailable' || (code.startsWith('network.') && (status < 300 || status >= 500))

const applies = (rule: ErrorRule, exception: string, occasion: Occasion): boolean =>
  (rule.exceptions === undefined || rule.exceptions.includes(exception)) &&
  (rule.on === undefined || rule.on.includes(occasion))

/** The code for an exception by name and message; undefined where the table has no row for it. */
export const codeOfException = (
  exception: string,
  message: string,
  occasion: Occasion,
): FailureCode | undefined =>
  errorRules.find(
    (rule) => applies(rule, exception, occasion) && (rule.says === undefined || rule.says.test(message)),
  )?.code

/** Whether the table knows an exception on an occasion: by name, or by words where one name stands for many things. */
export const isMapped = (exception: string, occasion: Occasion): boolean =>
  errorRules.some(
    (rule) =>
      applies(rule, exception, occasion) &&
      (rule.says === undefined || ambiguousExceptions.includes(exception)),
  )

const maxDetail = 300

/**
 * A message made fit to show and log: values that validation errors quote, anything that looks like a token or a key, and
 * what the request itself kept secret are left out.
 */
export const safeDetail = (message: string, secrets: Iterable<string> = []): string => {
  let text = message
  for (const secret of secrets) text = text.replaceAll(secret, '…')
  text = text
    .replaceAll(/\bValue '[^']*' at/gi, 'Value at')
    // From the beginning of a run only, or one without an end would be gone through from each of its letters.
    .replaceAll(/(?<![\w+/=-])[\w+/=-]{4,}(?:\.[\w+/=-]*){2,}[\w+/=-]{4,}/g, (found) =>
      found.length > 80 ? '…' : found,
    )
    .replaceAll(/[\w+/=-]{60,}/g, '…')
    .replaceAll(/\s+/g, ' ')
    .trim()
  return text.length > maxDetail ? `${text.slice(0, maxDetail - 1)}…` : text
}

/**
 * What an error of the SDK or of fetch means.
 *
 * @param secrets values of the request that must not come back in `detail`, should the other side quote them.
 * @returns a failure whose `detail` is the other side's message. Any code of the table except the keychain's and files'.
 * @throws the error itself where it is neither an answer nor a network fault.
 */
export const toFailure = (error: unknown, occasion: Occasion, secrets: Iterable<string> = []): Failure => {
  const answer = answered(error)
  const exception = textIn(error, 'name') ?? 'Unknown'
  const message = textIn(error, 'message') ?? ''
  if (answer === undefined || !isRecord(error) || error['$fault'] === undefined) {
    // No exception of a service: the connection failed, or the body was not the protocol's.
    const code = networkCode(error) ?? (answer && (codeOfStatus(answer.status) ?? 'network.bad-answer'))
    if (code === undefined) throw error
    const isOpen = answer === undefined ? !wasNeverAsked(error) : leavesOpen(code, answer.status)
    return failure(code, {
      detail: transportDetail(error, answer),
      requestId: answer?.requestId,
      mayBeDone: isOpen || undefined,
    })
  }
  const isNamed = exception !== 'Unknown' && exception !== 'NotFound'
  const code =
    codeOfException(exception, message, occasion) ??
    codeOfStatus(answer.status) ??
    (isNamed ? 'service.refused' : 'network.bad-answer')
  const isWorded = message !== '' && message !== 'UnknownError' && message !== 'Unknown'
  const name = code === 'service.refused' || !isWorded ? `${exception} (HTTP ${answer.status})` : undefined
  return failure(code, {
    detail: [name, isWorded ? safeDetail(message, secrets) : undefined].filter(Boolean).join(': '),
    requestId: answer.requestId,
    mayBeDone: leavesOpen(code, answer.status) || undefined,
  })
}

/** Never the body or a parser's message: half an answer may hold half a token. */
const transportDetail = (error: unknown, answer: Answered | undefined): string | undefined => {
  if (answer !== undefined) {
    return [`HTTP ${answer.status}`, answer.contentType?.split(';', 1)[0]].filter(Boolean).join(', ')
  }
  for (let at: unknown = error, depth = 0; isRecord(at) && depth < 5; at = at['cause'], depth += 1) {
    const code = textIn(at, 'code')
    if (code !== undefined) return code
  }
  return undefined
}
