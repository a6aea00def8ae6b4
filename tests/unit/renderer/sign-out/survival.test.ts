import { describe, expect, test } from 'vitest'
import { failure } from '../../../../main/failure.ts'
import type { SessionView, SignOutOutcome } from '../../../../preload/views.ts'
import { describeOutcome, summarise } from '../../../../renderer/features/sign-out/outcome.ts'
import { advance, markOfOutcome, rowMarks } from '../../../../renderer/features/sign-out/progress.ts'
import {
  describeSurvival,
  isLive,
  survivalOf,
  survivalOfOutcomes,
} from '../../../../renderer/features/sign-out/survival.ts'
import type { LiveSession } from '../../../../renderer/state/index.ts'
import { sampleLive, sampleNow, sampleProfile, sampleView } from '../samples.ts'

const minute = 60_000
const at = (minutes: number) => sampleNow + minutes * minute

const live = (tokensMin: number, credentialsMin?: number): LiveSession => {
  const { lifetimes, ...rest } = sampleLive()
  const credentials =
    credentialsMin === undefined ? undefined : { obtainedAt: sampleNow, expiresAt: at(credentialsMin) }
  const tokens = { issuedAt: sampleNow, expiresAt: at(tokensMin) }
  return { status: 'active', ...rest, lifetimes: { ...lifetimes, tokens, credentials } }
}

const outcome = (reached: SignOutOutcome['reached'], more: Partial<SignOutOutcome> = {}): SignOutOutcome => ({
  profileId: 'p',
  reached,
  ...more,
})

describe('what survives a sign-out', () => {
  test.each([
    ['nothing is signed in', [], {}],
    [
      'the latest of each kind counts',
      [live(48, 20), live(10, 55)],
      { tokensUntil: at(48), credentialsUntil: at(55) },
    ],
    ['no credentials were issued', [live(48)], { tokensUntil: at(48) }],
    ['what has expired does not survive', [live(-1, 55)], { credentialsUntil: at(55) }],
  ])('%s', (_name, sessions, expected) => {
    expect(survivalOf(sessions, sampleNow)).toEqual(expected)
  })

  test('afterwards main’s own figures are used', () => {
    expect(
      survivalOfOutcomes(
        [
          outcome('everywhere', { tokensValidUntil: at(5), credentialsValidUntil: at(-1) }),
          outcome('pending', { tokensValidUntil: at(9) }),
        ],
        sampleNow,
      ),
    ).toEqual({ tokensUntil: at(9) })
  })

  test('it is said in the words of the mockup, and nothing where nothing survives', () => {
    const formatAt = (instant: number) => (instant === at(48) ? '15:42' : '15:49')
    expect(describeSurvival({ tokensUntil: at(48), credentialsUntil: at(55) }, formatAt)).toBe(
      'Services that verify tokens offline accept them until 15:42. AWS credentials already issued work until 15:49.',
    )
    expect(describeSurvival({}, formatAt)).toBeUndefined()
  })
})

test.each<[SessionView, boolean]>([
  [live(48), true],
  [{ ...live(48), status: 'offline', failure: failure('network.offline') }, true],
  [{ status: 'signed-out', revocationPending: true }, false],
  [{ status: 'ended', username: 'ops', failure: failure('session.ended') }, false],
])('a session counts as live exactly when somebody is signed in (%o)', (session, expected) => {
  expect(isLive(sampleView(sampleProfile(1), session))).toBe(expected)
})

describe('what a sign-out came to', () => {
  test('a global one that was refused says why and what to do', () => {
    const refused = outcome('device-only', { failure: failure('token.scope-missing') })
    const words = describeOutcome(refused, 'acme')
    expect(words).toMatchObject({ tone: 'warn', title: 'acme is signed out of this device only.' })
    expect(words.text).toContain('aws.cognito.signin.user.admin')
  })

  test('an offline one says that it is completed later', () => {
    expect(describeOutcome(outcome('pending'), 'acme')).toMatchObject({
      tone: 'warn',
      text: 'Sesame revokes the session as soon as the endpoint can be reached.',
    })
  })

  test('many are counted by kind, best first', () => {
    expect(
      summarise([outcome('pending'), outcome('everywhere'), outcome('everywhere'), outcome('device-only')]),
    ).toEqual([
      '2 sessions signed out of all devices.',
      '1 session signed out of this device only.',
      '1 session cleared here; Cognito is told when it can be reached.',
    ])
  })
})

test('a row follows the events of its own profile', () => {
  const first = advance(new Map(), { profileId: 'a', state: 'signing-out' })
  const second = advance(first, { profileId: 'b', state: 'when-online' })
  expect([...second]).toEqual([
    ['a', 'signing-out'],
    ['b', 'when-online'],
  ])
  expect(first.size).toBe(1)
})

test.each([
  ['everywhere', 'done'],
  ['device-only', 'this device only'],
  ['pending', 'when online'],
] as const)('a row that reached %s ends as "%s"', (reached, text) => {
  expect(markOfOutcome(outcome(reached)).text).toBe(text)
  expect(rowMarks.done.tone).toBe('ok')
})
