// Owns the course of a sign-in in a terminal: one step after the other until somebody is signed in, and nothing left behind where
// nobody is.
import type { SignInStep } from '../../../preload/views.ts'
import { emptySchema, signInStepSchema } from '../../agent/answers.ts'
import type { AgentRequest } from '../../agent/ask-socket.ts'
import { ok, type Result } from '../../failure.ts'
import { keepsAttempt } from '../../sessions/verdicts.ts'
import { printable } from '../printable.ts'
import type { World } from '../world.ts'
import { type Challenge, type Reply, replyTo, type StepContext } from './steps.ts'

/** How requests about an attempt are addressed. */
export const attemptPath = (attemptId: string, action = ''): string =>
  `/v1/sign-in/${encodeURIComponent(attemptId)}${action}`

export const giveUp = async (world: World, { attemptId }: Challenge): Promise<void> => {
  await world.ask(emptySchema, { method: 'DELETE', path: attemptPath(attemptId) })
}

const requestFor = ({ attemptId }: Challenge, reply: Reply): AgentRequest =>
  reply === 'resend'
    ? { method: 'POST', path: attemptPath(attemptId, '/resend') }
    : { method: 'POST', path: attemptPath(attemptId), body: reply }

export const walk = async (world: World, context: StepContext, first: SignInStep): Promise<Result<void>> => {
  const { note } = world.terminal
  let step = first
  while (step.kind !== 'signed-in') {
    const here: Challenge = step
    const reply = await replyTo(context, here).catch(async (interruption: unknown) => {
      await giveUp(world, here)
      throw interruption
    })
    if (!reply.ok) {
      await giveUp(world, here)
      return reply
    }
    const next = await world.ask(signInStepSchema, requestFor(here, reply.value))
    if (next.ok) {
      if (reply.value === 'resend') note('Another code is on its way.')
      step = next.value
      continue
    }
    const { message, remedy, detail } = next.failure
    const words = printable(`${message}${detail === undefined ? '' : ` (${detail})`} ${remedy}`)
    if (context.source.isPerson && keepsAttempt(next.failure.code)) {
      note(words)
      continue
    }
    await giveUp(world, here)
    if (here.kind !== 'remember-device') return next
    // The session is there; what failed was only the device.
    note(words)
    return ok(undefined)
  }
  return ok(undefined)
}
