// Owns the step of a user who signed up and was never confirmed: the code of that sign-up, then the sign-in from its start with
// what was typed.
import type { CodeDelivery } from '../../../preload/views.ts'
import { ok, type Result } from '../../failure.ts'
import { type Ask, asking, type Move, type Question, type Turn } from './challenge.ts'
import { deliveryOf, whose, withResendRemedy } from './sent-codes.ts'
import { typedCode } from './words.ts'

/** The code lives a day; the password that waits with it here does not have to. */
const lifetimeMs = 15 * 60_000

const confirm = async (code: string, password: string, turn: Turn): Promise<Result<Move>> => {
  const confirmed = await turn.pool.confirmSignUp({ ...whose(turn), ConfirmationCode: typedCode(code) })
  const isConfirmed = confirmed.ok || confirmed.failure.code === 'sign-in.already-confirmed'
  if (!isConfirmed) return { ok: false, failure: withResendRemedy(confirmed.failure) }
  return ok({ kind: 'begin', password })
}

const resend = async (password: string, turn: Turn): Promise<Result<Ask>> => {
  const sent = await turn.pool.resendConfirmationCode(whose(turn))
  return sent.ok ? asking(unconfirmed(password, deliveryOf(sent.value.value))) : sent
}

/**
 * After UserNotConfirmedException.
 *
 * @param password what was typed, kept in main while the step is open so that it need not be typed again.
 */
export const unconfirmed = (password: string, delivery: CodeDelivery = {}): Question => ({
  challenge: { kind: 'confirm-sign-up', delivery, canResend: true },
  lifetimeMs,
  answer: (given, turn) =>
    given.kind === 'confirm-sign-up' ? confirm(given.code, password, turn) : undefined,
  resend: (turn) => resend(password, turn),
})
