// Owns how the endpoints of managed login answer: pages, redirects with cookies, and the JSON of RFC 6749.
import { ServiceError } from '../errors.ts'
import type { Reply } from '../protocol.ts'

const NO_STORE = { 'cache-control': 'no-store', pragma: 'no-cache' }

export const html = (body: string, status = 200): Reply => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8', ...NO_STORE },
  body,
})

export const redirect = (location: string, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status: 302,
  headers: { location, ...NO_STORE, ...headers },
  body: '',
})

export const json = (body: object, status = 200): Reply => ({
  status,
  headers: { 'content-type': 'application/json;charset=UTF-8', ...NO_STORE },
  body: JSON.stringify(body),
})

/** Path and query of a request, whatever else its target may look like. */
export function target(request: { readonly path: string }): { path: string; query: URLSearchParams } {
  const mark = request.path.indexOf('?')
  const path = mark < 0 ? request.path : request.path.slice(0, mark)
  return { path, query: new URLSearchParams(mark < 0 ? '' : request.path.slice(mark + 1)) }
}

/** RFC 6749, section 5.2; RFC 6750, section 3.1. Cognito says 400 even for `invalid_client`. */
export const oauthError = (error: string, description = '', status = 400) =>
  new ServiceError(error, description, status)

/** Spells a refusal as OAuth does. */
export function oauthRefusal(error: ServiceError): Reply {
  const { type, message, status } = error
  const reply = json({ error: type, ...(message !== '' && { error_description: message }) }, status)
  if (status !== 401) return reply
  const challenge = `Bearer error="${type}", error_description="${message.replaceAll('"', "'")}"`
  return { ...reply, headers: { ...reply.headers, 'www-authenticate': challenge } }
}
