// Owns one user of a pool: attributes, password, second factor, status and failed attempts.
import type { SecondFactor, UserConfig, UserStatus } from './config.ts'
import { afterFailure, isLockedOut, type LockoutState, NO_FAILURES } from './lockout.ts'
import { type RandomSource, randomUuid } from './random.ts'
import { createVerifier, type SrpVerifier } from './srp.ts'
import { matchingStep } from './totp.ts'

export type { SecondFactor } from './config.ts'

export class User {
  readonly username: string
  readonly sub: string
  readonly attributes: Map<string, string>
  groups: ReadonlySet<string> = new Set()
  status: UserStatus
  disabled: boolean
  totpSecret: string | undefined
  readonly codeFactors: readonly SecondFactor[]
  readonly preferredFactor: SecondFactor | undefined
  readonly #poolName: string
  readonly #random: RandomSource
  readonly #usedTotpSteps = new Set<number>()
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
    this.codeFactors = config.codeFactors ?? []
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

  hasPassword(password: string): boolean {
    return password === this.#password
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
