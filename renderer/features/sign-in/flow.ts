// Owns the rules of a sign-in dialog: which stage it is at, and what each answer does to it. Pure; holds no password.
import type { Failure } from '../../../main/failure.ts'
import type { SignInStep } from '../../../preload/views.ts'
import { unreachable } from '../../format/unreachable.ts'

/** A step that Cognito asks for after the username and password. */
export type Challenge = Exclude<SignInStep, { kind: 'signed-in' }>

export type Stage =
  | { readonly kind: 'credentials' }
  | { readonly kind: 'challenge'; readonly challenge: Challenge }
  | { readonly kind: 'signed-in' }

export interface FlowState {
  readonly stage: Stage
  /** The username of the last try, so that coming back keeps it. */
  readonly username: string
  readonly busy: boolean
  /** Numbers the requests; an answer to an earlier one changes nothing. */
  readonly turn: number
  /** What the last request at this stage came to. A new object each time, so that the same failure twice is announced twice. */
  readonly failure?: Failure
  /** Why the dialog is back at its first stage. */
  readonly notice?: Failure
}

export type FlowEvent =
  | { readonly kind: 'sent'; readonly username?: string }
  | { readonly kind: 'answered'; readonly turn: number; readonly step: SignInStep }
  | {
      readonly kind: 'refused'
      readonly turn: number
      readonly failure: Failure
      /** Whether the open step outlives this failure, where its code alone does not say. */
      readonly stays?: boolean
    }
  /** The deadline of the challenge passed. */
  | { readonly kind: 'ran-out' }
  | { readonly kind: 'went-back' }

/** Said when the deadline passes here, before Cognito says so: the words of main's table. */
export const stepRanOut: Failure = {
  code: 'sign-in.step-expired',
  message: 'This step stayed open too long, or was already answered.',
  remedy: 'Start the sign-in again; what you typed is kept.',
}

const answerableAgain: ReadonlySet<Failure['code']> = new Set<Failure['code']>([
  'input.invalid',
  'config.invalid-parameter',
  'sign-in.wrong-code',
  'sign-in.password-policy',
  'sign-in.lambda',
  'sign-in.code-not-sent',
  'sign-in.too-many-tries',
  'sign-in.passkey',
  'service.throttled',
  'service.unavailable',
  'vault.locked',
  'vault.absent',
  'vault.timed-out',
  'vault.sealed',
  'vault.app-only',
  'session.busy',
  // Nothing was answered: the request did not get that far, or another one is on its way.
  'request.refused',
  'session.superseded',
  'internal.bug',
])

/** Whether main keeps the attempt after this failure, so that the same step can be answered again; else only a new start helps. */
export const keepsStep = (code: Failure['code']): boolean =>
  answerableAgain.has(code) || code.startsWith('network.')

export const initialFlow = (username: string): FlowState => ({
  stage: { kind: 'credentials' },
  username,
  busy: false,
  turn: 0,
})

const firstStage = (state: FlowState, notice?: Failure): FlowState => ({
  stage: { kind: 'credentials' },
  username: state.username,
  busy: false,
  turn: state.turn + 1,
  ...(notice && { notice }),
})

/** The session exists already at the question about the device: however that ends, somebody is signed in. */
export const isSignedIn = (stage: Stage): boolean =>
  stage.kind === 'signed-in' || (stage.kind === 'challenge' && stage.challenge.kind === 'remember-device')

const signedIn = ({ username, turn }: FlowState, failure?: Failure): FlowState => ({
  stage: { kind: 'signed-in' },
  username,
  busy: false,
  turn,
  ...(failure && { failure }),
})

const stageOf = (step: SignInStep): Stage =>
  step.kind === 'signed-in' ? { kind: 'signed-in' } : { kind: 'challenge', challenge: step }

/**
 * The next state of a sign-in dialog. What is typed lives in the inputs, so a failure that stays at its stage loses
 * nothing; after going back or running out, drafts.ts puts it back.
 */
export const reduceFlow = (state: FlowState, event: FlowEvent): FlowState => {
  const { stage, username, turn } = state
  switch (event.kind) {
    case 'sent':
      if (state.busy || stage.kind === 'signed-in') return state
      return { stage, username: event.username ?? username, busy: true, turn: turn + 1 }
    case 'answered':
      // Being signed in counts however late it is learnt; a challenge counts only for the request under way.
      if (event.turn !== turn && event.step.kind !== 'signed-in') return state
      return { stage: stageOf(event.step), username, busy: false, turn }
    case 'refused':
      if (event.turn !== turn || stage.kind === 'signed-in') return state
      if (stage.kind === 'challenge' && !(event.stays ?? keepsStep(event.failure.code)))
        return isSignedIn(stage) ? signedIn(state, event.failure) : firstStage(state, event.failure)
      return { stage, username, busy: false, turn, failure: { ...event.failure } }
    case 'ran-out':
      // An answer under way may still be in time: Cognito decides, not our clock.
      if (stage.kind !== 'challenge' || state.busy) return state
      return isSignedIn(stage) ? signedIn(state) : firstStage(state, stepRanOut)
    case 'went-back':
      return stage.kind === 'challenge' || (stage.kind === 'credentials' && state.busy)
        ? firstStage(state)
        : state
    default:
      return unreachable(event)
  }
}
