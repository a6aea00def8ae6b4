// Rules of the agent and the command as tables.
import { describe, expect, test } from 'vitest'
import { type AddressInput, agentAddress } from '../../../main/agent/address.ts'
import { defaultConfigDir } from '../../../main/agent/config-dir.ts'
import { findProfile } from '../../../main/agent/find-profile.ts'
import { statusOf } from '../../../main/agent/router.ts'
import { failure } from '../../../main/failure.ts'

describe('where the agent listens', () => {
  const linux: AddressInput = {
    configDir: '/home/ana/.config/Sesame',
    platform: 'linux',
    env: { XDG_RUNTIME_DIR: '/run/user/1000' },
    uid: 1000,
    isOwnFolder: () => false,
  }
  const long = `/${'x'.repeat(120)}`

  test.each<[what: string, change: Partial<AddressInput>, path: RegExp]>([
    ['the runtime folder', {}, /^\/run\/user\/1000\/sesame-[0-9a-f]{16}\/agent\.sock$/],
    [
      "systemd's, where cron has no variable",
      { env: {}, isOwnFolder: () => true },
      /^\/run\/user\/1000\/sesame-/,
    ],
    [
      'the configuration folder without one',
      { env: {} },
      /^\/home\/ana\/\.config\/Sesame\/agent\/agent\.sock$/,
    ],
    [
      'a short path where that is too long',
      { env: {}, configDir: long },
      /^\/tmp\/sesame-1000-[0-9a-f]{16}\/agent\.sock$/,
    ],
    [
      'also on macOS',
      { platform: 'darwin', env: {}, configDir: `/${'x'.repeat(90)}` },
      /^\/tmp\/sesame-1000-/,
    ],
    [
      'a named pipe on Windows',
      { platform: 'win32', uid: undefined, configDir: 'C:\\Users\\ana' },
      /^\\\\\.\\pipe\\sesame-[0-9a-f]{16}$/,
    ],
  ])('%s', (_what, change, path) => {
    const address = agentAddress({ ...linux, ...change })
    expect(address.path).toMatch(path)
    expect(Buffer.byteLength(address.path)).toBeLessThan(104)
  })

  test('one place per configuration folder', () => {
    const paths = ['/a', '/b', '/home/ana/.config/Sesame'].map(
      (configDir) => agentAddress({ ...linux, configDir }).path,
    )
    expect(new Set(paths).size).toBe(3)
  })
})

test.each([
  ['linux', { XDG_CONFIG_HOME: '/cfg' }, '/home/ana', '/cfg/Sesame'],
  ['linux', {}, '/home/ana', '/home/ana/.config/Sesame'],
  ['darwin', {}, '/Users/ana', '/Users/ana/Library/Application Support/Sesame'],
  [
    'win32',
    { APPDATA: 'C:\\Users\\ana\\AppData\\Roaming' },
    'C:\\Users\\ana',
    'C:\\Users\\ana\\AppData\\Roaming\\Sesame',
  ],
] as const)("on %s the configuration folder is Electron's", (platform, env, home, path) => {
  expect(defaultConfigDir({ platform, env, home })).toBe(path)
})

describe('a profile is found', () => {
  const profiles = [
    { id: '11111111-0000-4000-8000-000000000000', name: 'acme' },
    { id: '22222222-0000-4000-8000-000000000000', name: 'acme-staging' },
    { id: '33333333-0000-4000-8000-000000000000', name: 'Zoë' },
  ]
  test.each([
    ['acme', 'acme'],
    ['ACME-S', 'acme-staging'],
    ['3333', 'Zoë'],
    ['zoe\u0308', 'Zoë'],
    ['22222222-0000-4000-8000-000000000000', 'acme-staging'],
  ])('by %s', (reference, name) => {
    expect(findProfile(profiles, reference)).toMatchObject({ ok: true, value: { name } })
  })
  test.each([
    ['acm', 'profile.ambiguous-name'],
    ['nobody', 'profile.unknown-name'],
    ['', 'profile.unknown-name'],
  ])('not by "%s"', (reference, code) => {
    expect(findProfile(profiles, reference)).toMatchObject({ ok: false, failure: { code } })
  })
})

test.each([
  ['session.none', 401],
  ['session.revoked', 401],
  ['profile.not-available', 403],
  ['profile.unknown-name', 404],
  ['network.offline', 503],
  ['vault.locked', 503],
  ['credentials.role', 502],
  ['internal.bug', 500],
] as const)('%s is HTTP %i', (code, status) => {
  expect(statusOf(failure(code))).toBe(status)
})
