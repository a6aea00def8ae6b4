// Owns the step of a forgotten password, or of one that an administrator wants reset: a code and a new password, then the
// sign-in from its start with that.
import type { CodeDelivery } from '../../../preload/views.ts'
import { ok, type Result } from '../../failure.ts'
import { type Ask, asking, type Move, type Question, type Turn } from './challenge.ts'
import { deliveryOf, whose, withResendRemedy } from './sent-codes.ts'
import { typedCode } from './words.ts'

/** How long Cognito takes a reset code (user pool guide, "Passwords, account recovery, and password policies"). */
const lifetimeMs = 60 * 60_000

type Reason = 'forgotten' | 'required'

const question = (reason: Reason, delivery: CodeDelivery): Question => {
  /** The code is good once: where only the sign-in after it failed, answering again goes on from there. */
  let isReset = false
  const reset = async (code: string, newPassword: string, turn: Turn): Promise<Result<Move>> => {
    if (!isReset) {
      const confirmed = await turn.pool.confirmForgotPassword({
        ...whose(turn),
        ConfirmationCode: typedCode(code),
        Password: newPassword,
      })
      if (!confirmed.ok) return { ok: false, failure: withResendRemedy(confirmed.failure) }
      isReset = true
    }
    return ok({ kind: 'begin', password: newPassword })
  }
  return {
    challenge: { kind: 'reset-password', reason, delivery, canResend: true },
    lifetimeMs,
    answer: (given, turn) =>
      given.kind === 'reset-password' ? reset(given.code, given.newPassword, turn) : undefined,
    resend: (turn) => forgottenPassword(turn, reason),
  }
}

/** Has Cognito send a code, and asks for it. An unknown user gets an answer like any other where the pool keeps quiet. */
export const forgottenPassword = async (turn: Turn, reason: Reason = 'forgotten'): Promise<Result<Ask>> => {
  const sent = await turn.pool.forgotPassword(whose(turn))
  return sent.ok ? asking(question(reason, deliveryOf(sent.value.value))) : sent
}

/** After PasswordResetRequiredException: the administrator's reset has sent a code already. */
export const requiredReset = (): Question => question('required', {})
