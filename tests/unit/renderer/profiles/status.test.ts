import { describe, expect, it } from 'vitest'
import type { SessionView } from '../../../../preload/views.ts'
import {
  canSignIn,
  listLine,
  listStatus,
  loginOf,
  monogramOf,
  placeOf,
  statusBadge,
} from '../../../../renderer/features/profiles/status.ts'
import { sampleFailure, sampleLive, sampleNow, sampleProfile, sampleView } from '../samples.ts'

const live = sampleLive()
const minute = 60_000

const sessions: [string, SessionView, string, string, string][] = [
  ['loading', { status: 'loading' }, '…', 'neutral', 'Reading the keychain'],
  ['signed out', { status: 'signed-out', revocationPending: false }, '—', 'neutral', 'Signed out'],
  [
    'signed out offline',
    { status: 'signed-out', revocationPending: true },
    'Pending',
    'warn',
    'Signed out, revocation pending',
  ],
  [
    'locked',
    { status: 'unavailable', failure: sampleFailure({ code: 'vault.locked' }) },
    'Locked',
    'warn',
    'Keychain locked',
  ],
  [
    'unreadable',
    { status: 'unavailable', failure: sampleFailure({ code: 'vault.corrupt' }) },
    'Unread',
    'warn',
    'Not readable',
  ],
  ['active', { status: 'active', ...live }, '48 m', 'ok', 'Active'],
  ['refreshing', { status: 'refreshing', ...live }, 'Refreshing', 'accent', 'Refreshing'],
  ['offline', { status: 'offline', ...live, failure: sampleFailure() }, 'Offline', 'warn', 'Offline'],
  [
    'throttled',
    { status: 'offline', ...live, failure: sampleFailure({ code: 'service.throttled' }) },
    'Retrying',
    'warn',
    'Retrying',
  ],
  [
    'attention',
    { status: 'attention', ...live, failure: sampleFailure({ code: 'config.client-secret' }) },
    'Attention',
    'warn',
    'Needs attention',
  ],
  [
    'ended',
    { status: 'ended', username: 'ops', failure: sampleFailure({ code: 'session.revoked' }) },
    'Sign in',
    'bad',
    'Session ended',
  ],
]

describe('every state of a session has a word and a colour', () => {
  it.each(sessions)('%s', (_name, session, word, tone, badge) => {
    expect(listStatus(session, sampleNow)).toEqual({ text: word, tone })
    expect(statusBadge(session).text).toBe(badge)
  })

  it('says that tokens have expired when no refresh came in time', () => {
    expect(listStatus({ status: 'active', ...live }, sampleNow + 49 * minute)).toEqual({
      text: 'Expired',
      tone: 'bad',
    })
  })

  it('offers signing in wherever it leads on, and where a session cannot be read too', () => {
    const offered = sessions.filter(([, session]) => canSignIn(session)).map(([name]) => name)
    expect(offered).toEqual(['signed out', 'signed out offline', 'locked', 'unreadable', 'ended'])
  })
})

describe('the second line of the list says who and where', () => {
  const out: SessionView = { status: 'signed-out', revocationPending: false }
  const failure = sampleFailure()
  it.each([
    ['who is signed in', {}, { status: 'active', ...live } as const, 'ana@acme.io'],
    ['who would be', { username: 'kim' }, out, 'kim'],
    ['nobody', {}, out, undefined],
    ['who was', {}, { status: 'ended', username: 'ops', failure } as const, 'ops'],
  ])('%s', (_name, changes, session, login) => {
    expect(loginOf(sampleView(sampleProfile(1, changes), session))).toBe(login)
  })

  it.each([
    ['http://127.0.0.1:9229', 'local'],
    ['http://localhost:9229', 'local'],
    ['http://[::1]:9229', 'local'],
    ['https://127.0.0.1.example.com', 'eu-west-1'],
    ['https://cognito.example.com', 'eu-west-1'],
    [undefined, 'eu-west-1'],
  ])('an endpoint %s is %s', (userPool, place) => {
    expect(placeOf(sampleView(sampleProfile(1, { endpoints: { userPool } }), out))).toBe(place)
  })

  it('reads "not signed in" where nobody is', () => {
    expect(listLine(sampleView(sampleProfile(1), out))).toBe('not signed in · eu-west-1')
  })

  it.each<SessionView>([{ status: 'loading' }, { status: 'unavailable', failure }])(
    'claims nothing about who while the session is $status',
    (session) => {
      expect(listLine(sampleView(sampleProfile(1), session))).toBe('eu-west-1')
    },
  )
})

describe('a monogram is two letters of the name, or a sign where it has none', () => {
  it.each([
    ['acme-prod · support', 'AC'],
    ['local demo pool', 'LO'],
    ['9-lives', '9L'],
    ['é · test', 'ÉT'],
    ['·', '·'],
    ['🔑 🚀', '🔑'],
    ['👩🏽‍🚀', '👩🏽‍🚀'],
    ['x', 'X'],
  ])('%s: %s', (name, monogram) => {
    expect(monogramOf(name)).toBe(monogram)
  })
})
