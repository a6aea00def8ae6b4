import { describe, expect, test } from 'vitest'
import { type FailureCode, failure } from '../../../../main/failure.ts'
import { keepsAttempt } from '../../../../main/sessions/verdicts.ts'
import { failureSchema } from '../../../../preload/views.ts'
import {
  type Challenge,
  type FlowEvent,
  type FlowState,
  initialFlow,
  keepsStep,
  reduceFlow,
  stepRanOut,
} from '../../../../renderer/features/sign-in/flow.ts'

const failureCodes = failureSchema.shape.code.options

const totp: Challenge = { kind: 'totp', attemptId: 'a-1', step: 2, username: 'ana', expiresAt: 180_000 }
const newPassword: Challenge = {
  kind: 'new-password',
  attemptId: 'a-2',
  step: 3,
  username: 'ana',
  expiresAt: 180_000,
  requiredAttributes: [],
  knownAttributes: {},
}
const wrongPassword = failure('sign-in.wrong-password')
const expired = failure('sign-in.step-expired')

const browser: Challenge = {
  kind: 'browser',
  attemptId: 'a-3',
  step: 1,
  username: 'ana',
  expiresAt: 180_000,
  url: 'https://login.example.com/oauth2/authorize',
  isOpen: true,
}
const rememberDevice: Challenge = {
  kind: 'remember-device',
  attemptId: 'a-1',
  step: 3,
  username: 'ana',
  expiresAt: 180_000,
  deviceName: 'ana-laptop',
}

const start = initialFlow('ana@acme.io')
const sent: FlowState = { ...start, username: 'ana', busy: true, turn: 1 }
const atTotp: FlowState = {
  stage: { kind: 'challenge', challenge: totp },
  username: 'ana',
  busy: false,
  turn: 1,
}
const answering: FlowState = { ...atTotp, busy: true, turn: 2 }
const atBrowser: FlowState = { ...atTotp, stage: { kind: 'challenge', challenge: browser } }
const atRemember: FlowState = { ...atTotp, stage: { kind: 'challenge', challenge: rememberDevice } }
const timedOut = failure('sign-in.browser-timed-out')
const noDomain = failure('config.no-domain')
const signedIn: FlowState = { stage: { kind: 'signed-in' }, username: 'ana', busy: false, turn: 2 }
const backAtFirst: FlowState = { stage: { kind: 'credentials' }, username: 'ana', busy: false, turn: 2 }

const table: readonly [string, FlowState, FlowEvent, FlowState][] = [
  ['sending keeps the username and waits', start, { kind: 'sent', username: 'ana' }, sent],
  ['sending again while waiting changes nothing', sent, { kind: 'sent', username: 'eve' }, sent],
  [
    'sending clears the last failure',
    { ...atTotp, failure: failure('sign-in.wrong-code') },
    { kind: 'sent' },
    answering,
  ],
  [
    'a wrong password stays at the first stage',
    sent,
    { kind: 'refused', turn: 1, failure: wrongPassword },
    { ...sent, busy: false, failure: wrongPassword },
  ],
  ['a challenge replaces the first stage', sent, { kind: 'answered', turn: 1, step: totp }, atTotp],
  [
    'a challenge may follow a challenge',
    answering,
    { kind: 'answered', turn: 2, step: newPassword },
    { stage: { kind: 'challenge', challenge: newPassword }, username: 'ana', busy: false, turn: 2 },
  ],
  [
    'the last answer signs in',
    answering,
    { kind: 'answered', turn: 2, step: { kind: 'signed-in' } },
    signedIn,
  ],
  [
    'a wrong code stays at its step',
    answering,
    { kind: 'refused', turn: 2, failure: failure('sign-in.wrong-code') },
    { ...answering, busy: false, failure: failure('sign-in.wrong-code') },
  ],
  [
    'an expired step starts over, keeps the username and says why',
    answering,
    { kind: 'refused', turn: 2, failure: expired },
    { ...backAtFirst, turn: 3, notice: expired },
  ],
  [
    'an attempt main no longer knows starts over too',
    answering,
    { kind: 'refused', turn: 2, failure: failure('sign-in.attempt-not-found') },
    { ...backAtFirst, turn: 3, notice: failure('sign-in.attempt-not-found') },
  ],
  [
    'a deadline that passes starts over and says why',
    atTotp,
    { kind: 'ran-out' },
    { ...backAtFirst, notice: stepRanOut },
  ],
  [
    'a deadline that passes while an answer is under way waits for it',
    answering,
    { kind: 'ran-out' },
    answering,
  ],
  ['the first stage has no deadline', start, { kind: 'ran-out' }, start],
  ['back keeps the username and says nothing', atTotp, { kind: 'went-back' }, backAtFirst],
  [
    'back while an answer is under way stops waiting',
    answering,
    { kind: 'went-back' },
    { ...backAtFirst, turn: 3 },
  ],
  [
    'leaving the first stage while it is under way stops waiting',
    sent,
    { kind: 'went-back' },
    { ...backAtFirst, turn: 2 },
  ],
  ['the first stage has no way back', start, { kind: 'went-back' }, start],
  [
    'a challenge for an abandoned request is ignored',
    backAtFirst,
    { kind: 'answered', turn: 1, step: totp },
    backAtFirst,
  ],
  [
    'a failure of an abandoned request is ignored',
    backAtFirst,
    { kind: 'refused', turn: 1, failure: wrongPassword },
    backAtFirst,
  ],
  [
    'being signed in counts however late it is learnt',
    backAtFirst,
    { kind: 'answered', turn: 1, step: { kind: 'signed-in' } },
    signedIn,
  ],
  [
    'nothing takes back that somebody is signed in',
    signedIn,
    { kind: 'refused', turn: 2, failure: wrongPassword },
    signedIn,
  ],
  [
    'a browser that cannot be opened leaves the step that was open',
    answering,
    { kind: 'refused', turn: 2, failure: noDomain, stays: true },
    { ...answering, busy: false, failure: noDomain },
  ],
  [
    'a browser that never came back starts over, whatever kind of failure it was',
    atBrowser,
    { kind: 'refused', turn: 1, failure: failure('network.offline'), stays: false },
    { ...backAtFirst, notice: failure('network.offline') },
  ],
  [
    'a browser that timed out starts over',
    atBrowser,
    { kind: 'refused', turn: 1, failure: timedOut },
    { ...backAtFirst, notice: timedOut },
  ],
  ['back from the browser is back at the first stage', atBrowser, { kind: 'went-back' }, backAtFirst],
  [
    'the question about the device is no reason to lose the session when it runs out',
    atRemember,
    { kind: 'ran-out' },
    { ...signedIn, turn: 1 },
  ],
  [
    'nor when its answer is refused for good',
    { ...atRemember, busy: true },
    { kind: 'refused', turn: 1, failure: failure('sign-in.attempt-not-found') },
    { ...signedIn, turn: 1, failure: failure('sign-in.attempt-not-found') },
  ],
  [
    'while the network is away that question stays',
    { ...atRemember, busy: true },
    { kind: 'refused', turn: 1, failure: failure('network.offline') },
    { ...atRemember, failure: failure('network.offline') },
  ],
  ['nothing is sent once signed in', signedIn, { kind: 'sent' }, signedIn],
]

describe('each event of a sign-in leads where it must', () => {
  test.each(table)('%s', (_name, state, event, expected) => {
    expect(reduceFlow(state, event)).toEqual(expected)
  })
})

test('the same failure twice is two different objects, so that it is announced twice', () => {
  const once = reduceFlow(sent, { kind: 'refused', turn: 1, failure: wrongPassword })
  const again = reduceFlow(reduceFlow(once, { kind: 'sent' }), {
    kind: 'refused',
    turn: 2,
    failure: wrongPassword,
  })
  expect(again.failure).toEqual(once.failure)
  expect(again.failure).not.toBe(once.failure)
})

test('a step that runs out here is told in the same words as one that ran out at Cognito', () => {
  expect(stepRanOut).toEqual(expired)
})

// Failures of getting a request through at all, which main never answers a step with by itself.
const transport: readonly FailureCode[] = ['request.refused', 'session.superseded', 'internal.bug']

test.each(failureCodes.filter((code) => !transport.includes(code)))(
  'after %s the dialog stays at its step exactly when main keeps the attempt',
  (code) => {
    expect(keepsStep(code)).toBe(keepsAttempt(code))
  },
)
