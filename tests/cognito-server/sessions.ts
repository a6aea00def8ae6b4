// Owns the Session strings between a challenge and its answer: whose they are, for which challenge, until when, and that
// each is used once. Knows nothing of what an answer has to prove.
import { codeMismatch, invalidParameter, notAuthorized } from './errors.ts'
import type { RandomSource } from './random.ts'
import type { SrpExchange } from './srp.ts'
import type { User } from './users.ts'

/** What the server remembers about a challenge it has sent. */
export type Challenge =
  | {
      readonly name: 'PASSWORD_VERIFIER'
      readonly exchange: SrpExchange
      readonly secretBlock: string
      /** CUSTOM_AUTH with SRP goes on to the Lambda's rounds. */
      readonly leadsTo: 'sign-in' | 'custom'
    }
  | { readonly name: 'SELECT_CHALLENGE' | 'PASSWORD' | 'PASSWORD_SRP' | 'WEB_AUTHN' }
  | { readonly name: 'CUSTOM_CHALLENGE'; readonly round: number; readonly wrongAnswers: number }
  | { readonly name: 'INVENTED'; readonly shownAs: string; readonly answer: string }
  | {
      readonly name: 'DEVICE_PASSWORD_VERIFIER'
      readonly exchange: SrpExchange
      readonly secretBlock: string
      readonly deviceKey: string
    }
  | { readonly name: 'DEVICE_SRP_AUTH' }
  | { readonly name: 'NEW_PASSWORD_REQUIRED' }
  | { readonly name: 'SOFTWARE_TOKEN_MFA' }
  | { readonly name: 'SMS_MFA' | 'SMS_OTP'; readonly code: string }
  | {
      readonly name: 'EMAIL_OTP'
      readonly code: string
      /** Whether the code stands for a password, a second factor, or the address of one being set up. */
      readonly role: 'first' | 'second' | 'set-up'
      readonly address?: string
    }
  | { readonly name: 'SELECT_MFA_TYPE' }
  | { readonly name: 'MFA_SETUP'; readonly secret?: string; readonly verified?: boolean }

export type ChallengeName = Challenge['name']

export interface PendingChallenge<C extends Challenge = Challenge> {
  readonly challenge: C
  readonly clientId: string
  /** The user's own name; for an unknown one under PreventUserExistenceErrors, the name as typed. */
  readonly username: string
  /** Missing only for such an unknown user. */
  readonly user: User | undefined
  /** Milliseconds since the epoch. */
  readonly expiresAt: number
  /** What this sign-in has shown so far. */
  readonly passed: Passed
  /** The DEVICE_KEY of this sign-in, where the answer before it carried one. */
  readonly deviceKey?: string
}

/** What a sign-in has shown besides its first factor. */
export interface Passed {
  readonly mfa: boolean
  readonly device: boolean
  readonly invented: boolean
}

export const NOTHING_PASSED: Passed = { mfa: false, device: false, invented: false }

interface Stored {
  readonly pending: PendingChallenge
  used: boolean
}

/** Marks a Session as used. Until then a wrong code may be followed by another try, as Cognito allows. */
export interface OpenSession<C extends Challenge> {
  readonly pending: PendingChallenge<C>
  consume(): void
}

/** The Sessions of one server. */
export class ChallengeSessions {
  readonly #random: RandomSource
  readonly #stored = new Map<string, Stored>()
  /** Of PASSWORD_VERIFIER alone. */
  readonly #bySecretBlock = new Map<string, string>()

  constructor(random: RandomSource) {
    this.#random = random
  }

  /** Remembers a challenge and names it. */
  issue(pending: PendingChallenge): string {
    const session = `AYABe${this.#random(420).toString('base64url')}`
    this.#stored.set(session, { pending, used: false })
    if (pending.challenge.name === 'PASSWORD_VERIFIER') {
      this.#bySecretBlock.set(pending.challenge.secretBlock, session)
    }
    return session
  }

  /** The Session issued with a SECRET_BLOCK: clients older than Sessions answer PASSWORD_VERIFIER with the block alone. */
  sessionOfSecretBlock(secretBlock: string): string | undefined {
    return this.#bySecretBlock.get(secretBlock)
  }

  /** The name under which a challenge that no client knows was sent. */
  inventedName(session: string | undefined): string | undefined {
    const challenge = this.#stored.get(session ?? '')?.pending.challenge
    return challenge?.name === 'INVENTED' ? challenge.shownAs : undefined
  }

  /** The app client a Session was issued to, for operations that do not name one. */
  clientOf(session: string): string | undefined {
    return this.#stored.get(session)?.pending.clientId
  }

  /**
   * Finds what a Session stands for. NotAuthorizedException where it is unknown, used, expired, or was issued to another
   * app client or for another challenge.
   */
  open<N extends ChallengeName>(
    session: string | undefined,
    expected: { readonly clientId: string; readonly name: N },
    now: number,
  ): OpenSession<Extract<Challenge, { name: N }>> {
    if (session === undefined || session === '') throw invalidParameter('Missing required parameter Session')
    const stored = this.#stored.get(session)
    if (stored === undefined || stored.pending.clientId !== expected.clientId) {
      throw notAuthorized('Invalid session for the user.')
    }
    if (stored.used) throw notAuthorized('Invalid session for the user, session can only be used once.')
    if (now >= stored.pending.expiresAt) {
      throw notAuthorized('Invalid session for the user, session is expired.')
    }
    if (!isFor(stored.pending, expected.name)) throw codeMismatch()
    return {
      pending: stored.pending,
      consume: () => {
        stored.used = true
      },
    }
  }
}

function isFor<N extends ChallengeName>(
  pending: PendingChallenge,
  name: N,
): pending is PendingChallenge<Extract<Challenge, { name: N }>> {
  return pending.challenge.name === name
}
