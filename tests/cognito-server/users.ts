// Owns one user of a pool: attributes, password, second factor, status and failed attempts.
import type { SecondFactor, UserConfig, UserStatus } from './config.ts'
import { afterFailure, isLockedOut, type LockoutState, NO_FAILURES } from './lockout.ts'
import { type RandomSource, randomUuid } from './random.ts'
import { afterSending, type CodeState, type CodeVerdict, NO_CODES, tryCode } from './sent-codes.ts'
import { createVerifier, type SrpVerifier } from './srp.ts'
import { matchingStep } from './totp.ts'

export type { SecondFactor } from './config.ts'

/** What a code that was sent outside a sign-in is for. */
export type CodePurpose = 'reset' | 'sign-up'

export class User {
  readonly username: string
  readonly sub: string
  readonly attributes: Map<string, string>
  groups: ReadonlySet<string> = new Set()
  status: UserStatus
  disabled: boolean
  totpSecret: string | undefined
  /** What the person called their authenticator. */
  totpDeviceName: string | undefined
  codeFactors: readonly SecondFactor[]
  readonly preferredFactor: SecondFactor | undefined
  readonly hasPasskey: boolean
  readonly inventedChallenge: UserConfig['inventedChallenge']
  readonly #poolName: string
  readonly #random: RandomSource
  readonly #usedTotpSteps = new Set<number>()
  readonly #codes: Record<CodePurpose, CodeState> = { reset: NO_CODES, 'sign-up': NO_CODES }
  #password: string
  #verifier: SrpVerifier | undefined
  #passwordFailures: LockoutState = NO_FAILURES
  #codeFailures: LockoutState = NO_FAILURES

  constructor(config: UserConfig, poolName: string, random: RandomSource) {
    this.username = config.username
    this.sub = config.sub ?? randomUuid(random)
    this.attributes = new Map(Object.entries(config.attributes ?? {}))
    this.status = config.status ?? 'CONFIRMED'
    this.disabled = config.disabled ?? false
    this.totpSecret = config.totpSecret
    this.totpDeviceName = config.totpDeviceName
    this.codeFactors = config.codeFactors ?? []
    this.hasPasskey = config.hasPasskey ?? false
    this.inventedChallenge = config.inventedChallenge
    this.preferredFactor = config.preferredFactor
    this.#password = config.password
    this.#poolName = poolName
    this.#random = random
  }

  /** Every second factor that is set up. */
  get secondFactors(): readonly SecondFactor[] {
    return this.totpSecret === undefined ? this.codeFactors : [...this.codeFactors, 'SOFTWARE_TOKEN_MFA']
  }

  /** Salt and verifier, made when SRP first asks for them: it costs milliseconds, and most users of a test never do. */
  get srpVerifier(): SrpVerifier {
    const salt = () => BigInt(`0x${this.#random(16).toString('hex')}`)
    const identity = { poolName: this.#poolName, userId: this.username }
    this.#verifier ??= createVerifier(identity, this.#password, salt())
    return this.#verifier
  }

  /** Makes an address that was proven a second factor. */
  addEmailFactor(address: string): void {
    this.attributes.set('email', address)
    this.attributes.set('email_verified', 'true')
    this.codeFactors = [...this.codeFactors, 'EMAIL_OTP']
  }

  /** Whether a code may be sent at `now`; if so it is the only good one. */
  rememberCode(purpose: CodePurpose, code: string, lifetimeSeconds: number, now: number): boolean {
    const state = afterSending(this.#codes[purpose], code, lifetimeSeconds, now)
    if (state === undefined) return false
    this.#codes[purpose] = state
    return true
  }

  tryCode(purpose: CodePurpose, code: string, now: number): CodeVerdict {
    const { verdict, state } = tryCode(this.#codes[purpose], code, now)
    this.#codes[purpose] = state
    return verdict
  }

  hasPassword(password: string): boolean {
    return password === this.#password && this.status !== 'EXTERNAL_PROVIDER'
  }

  setPassword(password: string): void {
    this.#password = password
    this.#verifier = undefined
    this.#passwordFailures = NO_FAILURES
  }

  isPasswordLocked(now: number): boolean {
    return isLockedOut(this.#passwordFailures, now)
  }

  notePassword(right: boolean, now: number): void {
    this.#passwordFailures = right ? NO_FAILURES : afterFailure(this.#passwordFailures, now)
  }

  /**
   * Checks a TOTP code at `now` (milliseconds). `locked` after too many wrong ones, `reused` for a step that was taken
   * before (RFC 6238, section 5.2) unless `allowReuse`.
   */
  takeTotpCode(code: string, now: number, allowReuse: boolean): 'right' | 'wrong' | 'reused' | 'locked' {
    const step = this.totpSecret === undefined ? undefined : matchingStep(this.totpSecret, code, now)
    const verdict = this.takeCode(step !== undefined, now)
    if (verdict !== 'right' || step === undefined) return verdict
    if (this.#usedTotpSteps.has(step) && !allowReuse) return 'reused'
    this.#usedTotpSteps.add(step)
    return 'right'
  }

  /** Counts a code of any second factor that turned out `right` or not; `locked` where it is not even looked at. */
  takeCode(right: boolean, now: number): 'right' | 'wrong' | 'locked' {
    if (isLockedOut(this.#codeFailures, now)) return 'locked'
    this.#codeFailures = right ? NO_FAILURES : afterFailure(this.#codeFailures, now)
    return right ? 'right' : 'wrong'
  }
}
