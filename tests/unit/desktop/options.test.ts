import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readOptions } from '../../../main/desktop/options.ts'

const keychain = { configDir: undefined, vault: 'keychain' }

describe('how Sesame is started', () => {
  it.each<[string, string[], Record<string, string>, object]>([
    ['plainly', [], {}, keychain],
    ['with a folder', ['--config-dir', '/tmp/a'], {}, { ...keychain, configDir: '/tmp/a' }],
    ['with a folder after =', ['--config-dir=/tmp/a'], {}, { ...keychain, configDir: '/tmp/a' }],
    ['with a relative folder', ['--config-dir', 'a'], {}, { ...keychain, configDir: resolve('a') }],
    [
      'with a folder from the environment',
      [],
      { SESAME_CONFIG_DIR: '/tmp/b' },
      { ...keychain, configDir: '/tmp/b' },
    ],
    [
      'with both: the command line wins',
      ['--config-dir=/a'],
      { SESAME_CONFIG_DIR: '/b' },
      { ...keychain, configDir: '/a' },
    ],
    ['with a folder forgotten', ['--config-dir'], {}, keychain],
    ['with an empty folder', ['--config-dir='], { SESAME_CONFIG_DIR: '' }, keychain],
    ['in memory', ['--memory-vault'], {}, { ...keychain, vault: 'memory' }],
    ['in memory by the environment', [], { SESAME_VAULT: 'memory' }, { ...keychain, vault: 'memory' }],
    ['with a vault nobody knows', [], { SESAME_VAULT: 'cloud' }, keychain],
    [
      'by Playwright and Chromium',
      [
        '--inspect=0',
        '--remote-debugging-port=0',
        '.',
        '--no-sandbox',
        '--config-dir',
        '/a',
        '-psn_0_1',
        '--',
        'x',
      ],
      {},
      { ...keychain, configDir: '/a' },
    ],
  ])('%s', (_name, args, env, expected) => {
    expect(readOptions(['/opt/electron', ...args], env)).toEqual(expected)
  })
})
