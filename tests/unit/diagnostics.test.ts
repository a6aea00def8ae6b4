import { expect, test } from 'vitest'
import { type Diagnosed, diagnosticsOf } from '../../main/diagnostics.ts'
import { failure } from '../../main/failure.ts'
import { liveSession, sampleView } from './ipc/sample-views.ts'

const facts: Diagnosed = {
  version: '0.1.0',
  host: 'electron',
  versions: { electron: '45.4.1', chrome: '150.0', node: '24.21.0' },
  system: 'linux 6.1.0 x64',
  vault: { kind: 'locked', backend: 'Secret Service' },
  profiles: [
    sampleView(1, liveSession()),
    sampleView(2, { status: 'unavailable', failure: failure('vault.locked', { detail: 'acme-canary' }) }),
    sampleView(3, liveSession(), { signInMethod: 'browser' }),
  ],
  notices: [{ id: 'profiles', tone: 'bad', failure: failure('profiles.damaged', { detail: 'acme-canary' }) }],
  clockOffsetMs: 61_000,
  ownFolder: true,
  proxy: false,
}

test('diagnostics tell versions, states and counts, a line each', () => {
  expect(diagnosticsOf(facts)).toBe(`\
Sesame: 0.1.0 on Electron 45.4.1
Runs on: Node 24.21.0, Chromium 150.0
System: linux 6.1.0 x64
Keychain: Secret Service, locked
Configuration folder: the usual one
Profiles: 3
Sessions: 2 active, 1 unavailable
Failures: 1 vault.locked
Sign-in: 1 browser, 2 srp
Notices: 1 profiles.damaged
Clock: 61000 ms behind Cognito's
Proxy: none
`)
})

test('diagnostics hold nothing by which a person, a pool or a profile is known', () => {
  const text = diagnosticsOf(facts)
  const known = facts.profiles.flatMap(({ profile, session }) => [
    profile.id,
    profile.name,
    profile.userPoolId,
    profile.clientId,
    profile.identityPoolId,
    ...('username' in session ? [session.username] : []),
    ...('roles' in session ? [session.userId, session.loginId, ...session.roles, ...session.groups] : []),
  ])
  for (const value of [...known, 'acme-canary']) expect(text).not.toContain(value)
})

test('what is not known yet is said to be so', () => {
  const text = diagnosticsOf({
    ...facts,
    profiles: [],
    notices: [],
    clockOffsetMs: undefined,
    vault: { kind: 'memory' },
  })
  expect(text).toContain('Keychain: not used\n')
  expect(text).toContain('Sessions: none\n')
  expect(text).toContain('Clock: not compared yet\n')
})
