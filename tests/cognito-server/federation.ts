// Owns the federation endpoint behind a console sign-in: getSigninToken for temporary credentials, and the login that takes
// it. Source: IAM guide, "Enable custom identity broker access to the AWS console".
import { timingSafeEqual } from 'node:crypto'
import { ServiceError } from './errors.ts'
import type { IssuedCredentials } from './identity/credentials.ts'
import { isRecord } from './input.ts'
import { errorPage, messagePage } from './oauth/pages.ts'
import { html, json, target } from './oauth/replies.ts'
import type { Call, Reply } from './protocol.ts'
import { randomDigits } from './random.ts'
import type { SignedRequest } from './sigv4.ts'
import type { World } from './world.ts'

const TOKEN_LIFETIME_MS = 15 * 60_000

/** Sign-in tokens that are out; each is good once. */
export class SigninTokens {
  readonly #tokens = new Map<
    string,
    { readonly credentials: IssuedCredentials; readonly expiresAt: number }
  >()

  issue(token: string, credentials: IssuedCredentials, now: number): string {
    this.#tokens.set(token, { credentials, expiresAt: now + TOKEN_LIFETIME_MS })
    return token
  }

  take(token: string, now: number): IssuedCredentials | undefined {
    const found = this.#tokens.get(token)
    this.#tokens.delete(token)
    return found !== undefined && now < found.expiresAt ? found.credentials : undefined
  }
}

/** The call a request makes on the federation endpoint, or undefined where it makes none. */
export function federationCall(world: World, request: SignedRequest): Call | undefined {
  const { path, query } = target(request)
  if (path !== '/federation') return undefined
  const form = new URLSearchParams(request.method === 'POST' ? request.body.toString('utf8') : query)
  const action = form.get('Action') ?? 'unknown'
  return {
    subject: { operation: action },
    run: async () => run(world, action, form),
    refuse: (error) => html(errorPage(error.message), error.status),
  }
}

function run(world: World, action: string, form: URLSearchParams): Reply {
  if (action === 'getSigninToken') return json({ SigninToken: issueSigninToken(world, form) })
  if (action === 'login') return logIn(world, form)
  throw new ServiceError('BadRequest', 'Action is not valid')
}

/** Credentials of an assumed role bring their own end: a SessionDuration beside them is refused. */
function issueSigninToken(world: World, form: URLSearchParams): string {
  if (form.has('SessionDuration')) throw new ServiceError('BadRequest', 'SessionDuration is not valid here')
  const credentials = world.credentials.find(member(form.get('Session'), 'sessionId') ?? '')
  const now = world.clock.now()
  const isTheirs =
    credentials !== undefined &&
    now < credentials.expiresAt &&
    isSame(credentials.secretAccessKey, member(form.get('Session'), 'sessionKey')) &&
    isSame(credentials.sessionToken, member(form.get('Session'), 'sessionToken'))
  if (!isTheirs) throw new ServiceError('BadRequest', 'Session is not valid')
  return world.signinTokens.issue(`VCQG${randomDigits(world.random, 60)}`, credentials, now)
}

function logIn(world: World, form: URLSearchParams): Reply {
  const credentials = world.signinTokens.take(form.get('SigninToken') ?? '', world.clock.now())
  if (credentials === undefined)
    throw new ServiceError('BadRequest', 'SigninToken is not valid or has expired')
  const destination = form.get('Destination') ?? ''
  if (!/^https:\/\/([\w-]+\.)*console\.(aws\.amazon\.com|amazonaws\.cn)(\/|$)/.test(destination)) {
    throw new ServiceError('BadRequest', 'Destination is not valid')
  }
  // The console itself is not here; who it would have greeted is.
  return html(messagePage('AWS console', `${credentials.assumedRoleArn} at ${destination}`))
}

function member(text: string | null, name: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '')
    const found = isRecord(value) ? value[name] : undefined
    return typeof found === 'string' ? found : undefined
  } catch {
    return undefined
  }
}

function isSame(expected: string, given: string | undefined): boolean {
  const [left, right] = [Buffer.from(expected), Buffer.from(given ?? '')]
  return left.length === right.length && timingSafeEqual(left, right)
}
