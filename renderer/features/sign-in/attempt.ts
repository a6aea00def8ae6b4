// Owns the traffic of one sign-in dialog with main: sends, matches answers to their request, cancels what is left behind.
// Passwords and codes pass through as arguments and are kept nowhere.
import type { Result } from '../../../main/failure.ts'
import type { SesameBridge } from '../../../preload/contract.ts'
import type { SignInAnswer, SignInStep } from '../../../preload/views.ts'
import { type FlowEvent, type FlowState, initialFlow, reduceFlow } from './flow.ts'

export interface Attempt {
  readonly getState: () => FlowState
  readonly subscribe: (listener: () => void) => () => void
  readonly begin: (input: { username: string; password: string }) => Promise<void>
  readonly answer: (answer: SignInAnswer) => Promise<void>
  /** Back to the first stage, or away for good: main forgets the open challenge, and one that is still on its way. */
  readonly leave: () => void
  /** The deadline of the open challenge passed. */
  readonly runOut: () => void
}

/**
 * Starts a sign-in dialog's conversation for one profile. Nothing is sent before `begin`.
 * @param request the bridge's, one that never rejects
 */
export const createAttempt = (
  profileId: string,
  username: string,
  request: SesameBridge['request'],
): Attempt => {
  let state = initialFlow(username)
  const listeners = new Set<() => void>()

  const dispatch = (event: FlowEvent): boolean => {
    const before = state
    state = reduceFlow(before, event)
    if (state === before) return false
    for (const listener of listeners) listener()
    return true
  }

  // A cancel that fails changes nothing for the person: the attempt runs out by itself.
  const cancel = (attemptId: string): void => void request('signIn.cancel', attemptId)

  const settle = (turn: number, result: Result<SignInStep>): void => {
    if (!result.ok) {
      dispatch({ kind: 'refused', turn, failure: result.failure })
      return
    }
    const step = result.value
    if (step.kind !== 'signed-in' && turn !== state.turn) cancel(step.attemptId)
    else dispatch({ kind: 'answered', turn, step })
  }

  const send = async (event: FlowEvent, ask: () => Promise<Result<SignInStep>>): Promise<void> => {
    if (!dispatch(event)) return
    const { turn } = state
    settle(turn, await ask())
  }

  const dropChallenge = (event: FlowEvent): void => {
    const { stage } = state
    if (dispatch(event) && stage.kind === 'challenge') cancel(stage.challenge.attemptId)
  }

  return {
    getState: () => state,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    begin: (input) =>
      send({ kind: 'sent', username: input.username }, () => request('signIn.begin', profileId, input)),
    answer: async (answer) => {
      if (state.stage.kind !== 'challenge') return
      const { attemptId } = state.stage.challenge
      await send({ kind: 'sent' }, () => request('signIn.answer', attemptId, answer))
    },
    leave: () => dropChallenge({ kind: 'went-back' }),
    runOut: () => dropChallenge({ kind: 'ran-out' }),
  }
}
