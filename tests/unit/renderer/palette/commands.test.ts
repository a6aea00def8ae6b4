import { describe, expect, test } from 'vitest'
import { failure } from '../../../../main/failure.ts'
import type { Profile } from '../../../../main/profiles/profile.ts'
import type { ProfileView, SessionView } from '../../../../preload/views.ts'
import {
  formatCommands,
  generalCommands,
  profileCommands,
} from '../../../../renderer/features/palette/commands.ts'
import { sampleFailure, sampleLive, sampleProfile, sampleView } from '../samples.ts'

const names = (commands: readonly { name: string }[]) => commands.map(({ name }) => name)

const active: SessionView = { status: 'active', ...sampleLive() }
const signedOut: SessionView = { status: 'signed-out', revocationPending: false }
const endedSession: SessionView = { status: 'ended', username: 'ops', failure: failure('session.ended') }

const view = (n: number, changes: Partial<Profile>, session: SessionView = active) =>
  sampleView(sampleProfile(n, changes), session)

const staging = view(3, { name: 'acme-staging · ana', username: 'ana@acme.io' })
const prod = view(1, {
  name: 'acme-prod · support',
  environment: 'production',
  username: 'support@acme.io',
})
const ended = view(2, { name: 'northwind-prod', username: 'ops' }, endedSession)
const views = [prod, ended, staging]

describe('what can be done with a profile', () => {
  const table: readonly [string, ProfileView, string[]][] = [
    [
      'signed in',
      staging,
      [
        'Copy AWS credentials',
        'Copy AWS credentials as…',
        'Copy ID token',
        'Copy access token',
        'Copy Bearer header',
        'Refresh',
        'Test credentials',
        'Sign out of this device',
        'Sign out of all devices',
        'Edit profile…',
        'Duplicate profile',
        'Remove profile…',
      ],
    ],
    [
      'signed out',
      view(3, {}, signedOut),
      ['Sign in…', 'Edit profile…', 'Duplicate profile', 'Remove profile…'],
    ],
    ['ended', ended, ['Sign in…', 'Edit profile…', 'Duplicate profile', 'Remove profile…']],
    [
      'still loading',
      view(3, {}, { status: 'loading' }),
      ['Edit profile…', 'Duplicate profile', 'Remove profile…'],
    ],
  ]
  test.each(table)('%s', (_name, each, expected) => {
    expect(names(profileCommands(each))).toEqual(expected)
  })

  test('without an identity pool there are no AWS credentials to copy or test', () => {
    const offered = names(profileCommands(view(3, { identityPoolId: undefined })))
    expect(offered.filter((name) => /credentials/.test(name))).toEqual([])
    expect(offered).toContain('Copy ID token')
  })

  test('a session that wants attention can be signed in to again', () => {
    const session: SessionView = { status: 'attention', ...sampleLive(), failure: sampleFailure() }
    expect(names(profileCommands(view(3, {}, session)))).toContain('Sign in again…')
  })

  test('the first one carries the profile, its format and its key, as in the mockup', () => {
    expect(profileCommands(staging)[0]).toMatchObject({ detail: 'acme-staging · ana · bash', key: 'C' })
  })
})

test('signing out everywhere is offered where somebody is signed in', () => {
  expect(names(generalCommands(views, 'system'))).toEqual([
    'Add profile…',
    'Import profiles…',
    'Export profiles…',
    'Sign out everywhere…',
    'Copy diagnostics',
    'Use the light theme',
    'Use the dark theme',
  ])
  expect(names(generalCommands([ended], 'dark'))).not.toContain('Sign out everywhere…')
})

test('every format can be copied as', () => {
  expect(formatCommands(staging).map(({ run }) => run)).toHaveLength(7)
})
