// Owns AWS's federation endpoint: a sign-in token for temporary credentials, and the redirect it is worth. Source: IAM guide, "Enable
// custom identity broker access to the AWS console". Knows nothing of HTTP.
import { ServiceError } from './errors.ts'
import { isRecord } from './input.ts'
import type { World } from './world.ts'

const TOKEN_LIFETIME_MS = 15 * 60_000

// [inf] The endpoint answers refusals with pages whose words are not on record.
const refused = () => new ServiceError('BadRequest', 'Bad Request', 400)

export type FederationAnswer =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'redirect'; readonly location: string }

/** Answers `/federation?Action=…`; ServiceError with status 400 for credentials that are not ours, unexpired and whole. */
export function federate(world: World, query: URLSearchParams): FederationAnswer {
  const now = world.clock.now()
  if (query.get('Action') === 'login') {
    const expiresAt = world.signinTokens.get(query.get('SigninToken') ?? '') ?? 0
    const location = query.get('Destination')
    if (now >= expiresAt || location === null) throw refused()
    return { kind: 'redirect', location }
  }
  // Credentials of a role that was assumed with other temporary ones do not go with SessionDuration.
  if (query.get('Action') !== 'getSigninToken' || query.has('SessionDuration')) throw refused()
  const session = parse(query.get('Session') ?? '')
  const credentials = world.credentials.find(String(session['sessionId']))
  const isWhole =
    credentials !== undefined &&
    session['sessionKey'] === credentials.secretAccessKey &&
    session['sessionToken'] === credentials.sessionToken
  if (!isWhole || now >= credentials.expiresAt) throw refused()
  const token = world.random(96).toString('base64url')
  world.signinTokens.set(token, now + TOKEN_LIFETIME_MS)
  return { kind: 'token', token }
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : {}
  } catch {
    return {}
  }
}
