// Owns what a browser sign-in leaves behind: codes to be exchanged once and soon, and the cookie by which a browser need
// not ask again. Knows nothing of HTTP or tokens.
import { createHash } from 'node:crypto'
import { type RandomSource, randomUuid } from '../random.ts'
import type { AuthorizationRequest } from './authorization-request.ts'

/** What a code stands for; times are milliseconds since the epoch. */
export interface Grant {
  readonly poolId: string
  readonly clientId: string
  readonly sub: string
  readonly request: AuthorizationRequest
  readonly expiresAt: number
}

/** A browser that has signed in. */
export interface BrowserSession {
  readonly poolId: string
  readonly sub: string
  /** `COGNITO` or the name of a federated provider. */
  readonly identityProvider: string
  readonly expiresAt: number
}

const CODE_LIFETIME_MS = 5 * 60_000
const BROWSER_LIFETIME_MS = 60 * 60_000

export class Grants {
  readonly #random: RandomSource
  readonly #codes = new Map<string, Grant>()
  readonly #browsers = new Map<string, BrowserSession>()

  constructor(random: RandomSource) {
    this.#random = random
  }

  issueCode(grant: Omit<Grant, 'expiresAt'>, now: number): string {
    const code = randomUuid(this.#random)
    this.#codes.set(code, { ...grant, expiresAt: now + CODE_LIFETIME_MS })
    return code
  }

  /** What a code stands for, once; undefined for one that is unknown, used or too old. */
  takeCode(code: string, now: number): Grant | undefined {
    const grant = this.#codes.get(code)
    this.#codes.delete(code)
    return grant !== undefined && now < grant.expiresAt ? grant : undefined
  }

  rememberBrowser(session: Omit<BrowserSession, 'expiresAt'>, now: number): string {
    const cookie = randomUuid(this.#random)
    this.#browsers.set(cookie, { ...session, expiresAt: now + BROWSER_LIFETIME_MS })
    return cookie
  }

  browser(cookie: string | undefined, now: number): BrowserSession | undefined {
    const session = this.#browsers.get(cookie ?? '')
    return session !== undefined && now < session.expiresAt ? session : undefined
  }

  forgetBrowser(cookie: string | undefined): void {
    this.#browsers.delete(cookie ?? '')
  }
}

/** Whether a code_verifier is the one behind a challenge (RFC 7636, section 4.6); neither may come without the other. */
export function provesChallenge(challenge: string | undefined, verifier: string | undefined): boolean {
  if (challenge === undefined || verifier === undefined) return challenge === verifier
  if (!/^[\w.~-]{43,128}$/.test(verifier)) return false
  return createHash('sha256').update(verifier).digest('base64url') === challenge
}
