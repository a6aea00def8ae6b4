// Owns who calls the token and revocation endpoints: client_secret_basic, client_secret_post, or a client_id alone.
import { clientSecretProblem } from '../client-secret.ts'
import type { SignedRequest } from '../sigv4.ts'
import { type ClientContext, requireClient, type World } from '../world.ts'
import { oauthError } from './replies.ts'

/** RFC 6749, section 2.3.1: both halves are form-encoded before they go into Basic. */
export function basicCredentials(header: string): readonly [id: string, secret: string] | undefined {
  const encoded = /^Basic (?<pair>[\w+/=]+)$/i.exec(header)?.groups?.['pair']
  if (encoded === undefined) return undefined
  const pair = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = pair.indexOf(':')
  if (colon < 0) return undefined
  return [decoded(pair.slice(0, colon)), decoded(pair.slice(colon + 1))]
}

/** By way of a form, which forgives a stray per cent sign. */
const decoded = (text: string) => new URLSearchParams(`text=${text.replaceAll('&', '%26')}`).get('text') ?? ''

/** The app client of a request; `invalid_client` where it is not there or does not know its secret. */
export function requireCaller(world: World, request: SignedRequest, form: URLSearchParams): ClientContext {
  const header = request.headers['authorization']
  const basic = header === undefined ? undefined : basicCredentials(header)
  if (header !== undefined && basic === undefined) throw oauthError('invalid_client')
  const [id, secret] = basic ?? [form.get('client_id') ?? '', form.get('client_secret') ?? undefined]
  const named = form.get('client_id')
  if (id === '' || (named !== null && named !== id)) throw oauthError('invalid_client')
  const context = findClient(world, id)
  if (context === undefined || clientSecretProblem(context.client, secret) !== undefined) {
    throw oauthError('invalid_client')
  }
  return context
}

/** An app client, or undefined where there is none. */
export function findClient(world: World, id: string): ClientContext | undefined {
  const isThere = [...world.pools.values()].some(({ clients }) => clients.has(id))
  return isThere ? requireClient(world, id) : undefined
}
