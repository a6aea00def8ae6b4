// Owns the traffic of one sign-in dialog with main: sends, matches answers to their request, cancels what is left behind.
// Passwords and codes pass through as arguments and are kept nowhere.
import type { Result } from '../../../main/failure.ts'
import type { RequestArgs, SesameBridge } from '../../../preload/contract.ts'
import type { BrowserWishes, SignInAnswer, SignInStep } from '../../../preload/views.ts'
import { type FlowEvent, type FlowState, initialFlow, reduceFlow } from './flow.ts'

export interface Attempt {
  readonly getState: () => FlowState
  readonly subscribe: (listener: () => void) => () => void
  readonly begin: (input: RequestArgs<'signIn.begin'>[1]) => Promise<void>
  readonly answer: (answer: SignInAnswer) => Promise<void>
  /** Asks Cognito for a code that sets a new password, from the first stage. */
  readonly forgotPassword: (username: string) => Promise<void>
  /** Sends another code for the open step. Answers whether it went out. */
  readonly resendCode: () => Promise<boolean>
  /** Goes on in the system browser, from any stage; the step that was open ends only once the browser is open. */
  readonly openBrowser: (wishes: BrowserWishes) => Promise<void>
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

  const openAttempt = (): string | undefined =>
    state.stage.kind === 'challenge' ? state.stage.challenge.attemptId : undefined

  /** The browser comes back whatever else was tried meanwhile; only leaving its step makes it late. */
  const awaitBrowser = async (attemptId: string): Promise<void> => {
    const result = await request('signIn.awaitBrowser', attemptId)
    if (openAttempt() === attemptId || (result.ok && result.value.kind === 'signed-in'))
      settle(state.turn, result, false)
  }

  const settle = (turn: number, result: Result<SignInStep>, stays?: boolean): void => {
    if (!result.ok) {
      const { failure } = result
      dispatch({ kind: 'refused', turn, failure, ...(stays !== undefined && { stays }) })
      return
    }
    const step = result.value
    if (step.kind !== 'signed-in' && turn !== state.turn) {
      cancel(step.attemptId)
      return
    }
    const before = openAttempt()
    dispatch({ kind: 'answered', turn, step })
    const now = openAttempt()
    if (before !== undefined && now !== undefined && before !== now) cancel(before)
    if (step.kind === 'browser') void awaitBrowser(step.attemptId)
  }

  /** Answers whether the request was sent and worked. */
  const send = async (
    event: FlowEvent,
    ask: () => Promise<Result<SignInStep>>,
    stays?: boolean,
  ): Promise<boolean> => {
    if (!dispatch(event)) return false
    const { turn } = state
    const result = await ask()
    settle(turn, result, stays)
    return result.ok
  }

  const dropChallenge = (event: FlowEvent): void => {
    const left = openAttempt()
    if (dispatch(event) && left !== undefined) cancel(left)
  }

  return {
    getState: () => state,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    begin: async (input) => {
      await send({ kind: 'sent', username: input.username }, () => request('signIn.begin', profileId, input))
    },
    answer: async (answer) => {
      const attemptId = openAttempt()
      if (attemptId !== undefined)
        await send({ kind: 'sent' }, () => request('signIn.answer', attemptId, answer))
    },
    forgotPassword: async (username) => {
      await send({ kind: 'sent', username }, () => request('signIn.forgotPassword', profileId, username))
    },
    resendCode: async () => {
      const attemptId = openAttempt()
      if (attemptId === undefined) return false
      return send({ kind: 'sent' }, () => request('signIn.resendCode', attemptId))
    },
    openBrowser: async (wishes) => {
      const { loginHint } = wishes
      await send(
        { kind: 'sent', ...(loginHint !== undefined && { username: loginHint }) },
        () => request('signIn.openBrowser', profileId, wishes),
        true,
      )
    },
    leave: () => dropChallenge({ kind: 'went-back' }),
    runOut: () => dropChallenge({ kind: 'ran-out' }),
  }
}
