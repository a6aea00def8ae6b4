import { describe, expect, test } from 'vitest'
import { failure } from '../../../main/failure.ts'
import { noTries } from '../../../main/sessions/lifetimes.ts'
import { sessionOfRecord } from '../../../main/sessions/record.ts'
import {
  type LiveSession,
  reduce,
  type SessionEvent,
  type SessionState,
} from '../../../main/sessions/state.ts'
import { fakeProfile, fakeRecord, fakeTokens, valueOf } from './fakes.ts'

const profile = fakeProfile()
const generation = (n: number): LiveSession =>
  valueOf(sessionOfRecord(fakeRecord(profile, fakeTokens({ issuedAt: 0 }), { generation: n }), 0.5))

const offline = failure('network.offline')
const threeTries = { attempts: 3, hasty: 2 }
const first = generation(1)
const second = valueOf(
  sessionOfRecord(fakeRecord(profile, fakeTokens({ issuedAt: 60_000 }), { generation: 2 }), 0.5),
)
/** What stays of the first tokens: no refresh token. */
const { idToken, accessToken } = first.record.tokens
const shownBefore = { idToken, accessToken }
const earlierStill = { idToken: 'id-0', accessToken: 'access-0' }

const loading: SessionState = { status: 'loading' }
const signedOut: SessionState = { status: 'signed-out', isRevocationPending: false }
const owing: SessionState = { status: 'signed-out', isRevocationPending: true }
const unavailable: SessionState = { status: 'unavailable', failure: failure('vault.locked') }
const active: SessionState = { status: 'live', session: first, health: { kind: 'good' } }
const refreshing: SessionState = {
  status: 'live',
  session: first,
  health: { kind: 'refreshing', tries: noTries, earlier: undefined },
}
const waiting: SessionState = {
  status: 'live',
  session: first,
  health: { kind: 'offline', failure: offline, retryAt: 500, tries: threeTries },
}
const attention: SessionState = {
  status: 'live',
  session: first,
  health: { kind: 'attention', failure: failure('config.client-secret') },
}
const ended: SessionState = { status: 'ended', record: first.record, failure: failure('session.ended') }

const delayed = (basedOn: number): SessionEvent => ({
  kind: 'refresh-delayed',
  basedOn,
  failure: offline,
  retryAt: 500,
  tries: threeTries,
})

describe('moves', () => {
  test.each<[string, SessionState, SessionEvent, SessionState]>([
    ['what was stored becomes active', loading, { kind: 'restored', session: first }, active],
    ['what could not be read becomes active', unavailable, { kind: 'restored', session: first }, active],
    [
      'nothing stored is signed out',
      loading,
      { kind: 'found-nothing', isRevocationPending: false },
      signedOut,
    ],
    ['a stored sign-out is still owed', loading, { kind: 'found-nothing', isRevocationPending: true }, owing],
    [
      'a locked keychain is said so',
      loading,
      { kind: 'unreadable', failure: failure('vault.locked') },
      unavailable,
    ],
    [
      'a session that ended stays ended',
      loading,
      { kind: 'found-ended', record: first.record, failure: failure('session.ended') },
      ended,
    ],
    ['a sign-in after a sign-out', signedOut, { kind: 'signed-in', session: first }, active],
    ['a sign-in over an ended session', ended, { kind: 'signed-in', session: first }, active],
    ['a sign-in with the keychain locked', unavailable, { kind: 'signed-in', session: first }, active],
    ['a refresh begins', active, { kind: 'refresh-started' }, refreshing],
    [
      'a refresh brings new tokens',
      refreshing,
      { kind: 'refreshed', basedOn: 1, session: second },
      { ...active, session: { ...second, origin: 1, before: shownBefore } },
    ],
    [
      'another generation of the same tokens replaces nothing',
      { ...active, session: { ...first, before: earlierStill } },
      { kind: 'refreshed', basedOn: 1, session: { ...first, record: { ...first.record, generation: 2 } } },
      {
        ...active,
        session: { ...first, record: { ...first.record, generation: 2 }, before: earlierStill },
      },
    ],
    ['a refresh fails for now', refreshing, delayed(1), waiting],
    [
      'a refresh fails until something changes',
      refreshing,
      { kind: 'refresh-refused', basedOn: 1, failure: failure('config.client-secret') },
      attention,
    ],
    [
      'Cognito ends the session',
      refreshing,
      { kind: 'ended', basedOn: 1, record: first.record, failure: failure('session.ended') },
      ended,
    ],
    ['a sign-out during a refresh', refreshing, { kind: 'signed-out', isRevocationPending: true }, owing],
    ['the revocation went through', owing, { kind: 'revocation-settled' }, signedOut],
    ['a person changed something', attention, { kind: 'reconsidered' }, active],
  ])('%s', (_, before, event, after) => {
    expect(reduce(before, event)).toEqual(after)
  })

  test('the failures in a row are counted over a new try', () => {
    const again = reduce(waiting, { kind: 'refresh-started' })
    expect(again).toEqual({
      ...waiting,
      health: { kind: 'refreshing', tries: threeTries, earlier: offline },
    })
  })

  test('setting the clock moves what is by our own clock, and nothing of the server', () => {
    const moved = reduce(waiting, { kind: 'clock-set', byMs: -100 })
    expect(moved).toMatchObject({ session: { offsetMs: 100, facts: first.facts }, health: { retryAt: 400 } })
  })
})

describe('a stored offset to fall back on', () => {
  const restored: SessionState = { ...refreshing, session: { ...first, fallbackOffsetMs: -9_000 } }

  test('is gone by once a refresh has failed to measure', () => {
    const after = reduce(restored, delayed(1))
    expect(after).toMatchObject({ session: { offsetMs: -9_000, fallbackOffsetMs: undefined } })
  })

  test.each([0, -9_000])('is nothing any more once %i was measured', (offsetMs) => {
    const measured = reduce(restored, { kind: 'offset-measured', offsetMs })
    const after = reduce(measured, delayed(1))
    expect(after).toMatchObject({ session: { offsetMs, fallbackOffsetMs: undefined } })
  })

  test('moves with a clock that is set', () => {
    const after = reduce(restored, { kind: 'clock-set', byMs: -100 })
    expect(after).toMatchObject({ session: { offsetMs: 100, fallbackOffsetMs: -8_900 } })
  })
})

describe('what came too late is dropped', () => {
  test.each<[string, SessionState, SessionEvent]>([
    [
      'a refresh of a session signed out meanwhile',
      signedOut,
      { kind: 'refreshed', basedOn: 1, session: second },
    ],
    [
      'a refresh of a session replaced meanwhile',
      { ...active, session: second },
      { kind: 'refreshed', basedOn: 1, session: generation(2) },
    ],
    ['a failure of a session signed out meanwhile', signedOut, delayed(1)],
    ['a failure of a session replaced meanwhile', { ...active, session: second }, delayed(1)],
    [
      'a refusal of a session replaced meanwhile',
      { ...active, session: second },
      { kind: 'refresh-refused', basedOn: 1, failure: offline },
    ],
    [
      'the end of a session replaced meanwhile',
      { ...active, session: second },
      { kind: 'ended', basedOn: 1, record: first.record, failure: failure('session.ended') },
    ],
    ['a stored record after a sign-out', signedOut, { kind: 'restored', session: first }],
    ['a stored record after a sign-in', active, { kind: 'restored', session: second }],
    ['an empty keychain after a sign-in', active, { kind: 'found-nothing', isRevocationPending: false }],
    ['a locked keychain after a sign-in', active, { kind: 'unreadable', failure: offline }],
    [
      'a write of an earlier generation',
      { ...active, session: second },
      { kind: 'stored', generation: 1, unsaved: 'in-memory' },
    ],
    [
      'credentials of the user before',
      { ...active, session: second },
      {
        kind: 'credentials-issued',
        origin: 1,
        held: {
          credentials: {
            accessKeyId: '',
            secretAccessKey: '',
            sessionToken: '',
            expiresAt: 0,
            obtainedAt: 0,
            roleArn: undefined,
          },
          identityId: '',
          identityPoolId: '',
          askedRoleArn: undefined,
          askedWay: 'enhanced',
          renewAt: 0,
        },
      },
    ],
    ['a refresh that begins after a sign-out', signedOut, { kind: 'refresh-started' }],
    ['a second thought about a session that is fine', active, { kind: 'reconsidered' }],
  ])('%s', (_, state, event) => {
    expect(reduce(state, event)).toBe(state)
  })
})
