/** The stand-in's small rules as tables: no app is started here. */
import { expect, test } from 'playwright/test'
import { findChromium } from './src/chromium/find.ts'
import { chromiumFlags } from './src/chromium/flags.ts'
import { readCommandLine } from './src/command-line.ts'
import { originOf, policyToShown, protocol, toReal, toShown } from './src/web/app-scheme.ts'

test.describe('Chromium is found', () => {
  const on =
    (...paths: string[]) =>
    (path: string) =>
      paths.includes(path)

  test('where CHROMIUM_PATH says, and nowhere else', () => {
    const env = { CHROMIUM_PATH: '/opt/mine', PATH: '/usr/bin' }
    expect(findChromium(false, 'linux', env, on('/opt/mine', '/usr/bin/chromium'))).toEqual({
      kind: 'found',
      path: '/opt/mine',
    })
    expect(findChromium(false, 'linux', env, on('/usr/bin/chromium'))).toEqual({
      kind: 'missing',
      message: 'CHROMIUM_PATH names /opt/mine, which is not an executable file.',
    })
  })

  const cases: [NodeJS.Platform, Record<string, string>, string][] = [
    ['linux', { PATH: '/usr/bin' }, '/usr/lib/chromium/chromium'],
    ['linux', { PATH: '/nowhere:/usr/local/bin' }, '/usr/local/bin/google-chrome'],
    ['darwin', {}, '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
    ['win32', { PROGRAMFILES: 'C:\\Programs' }, 'C:\\Programs\\Google\\Chrome\\Application\\chrome.exe'],
  ]
  for (const [platform, env, path] of cases) {
    test(`on ${platform} at ${path}`, () => {
      expect(findChromium(false, platform, env, on(path))).toEqual({ kind: 'found', path })
    })
  }

  test('without a browser around it, unless a person is to see it', () => {
    const both = on('/usr/lib/chromium/chromium', '/usr/lib/chromium/chromium-headless-shell')
    const pathOf = (isVisible: boolean) => findChromium(isVisible, 'linux', {}, both)
    expect(pathOf(false)).toEqual({ kind: 'found', path: '/usr/lib/chromium/chromium-headless-shell' })
    expect(pathOf(true)).toEqual({ kind: 'found', path: '/usr/lib/chromium/chromium' })
  })

  test('or the message names what to install', () => {
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      expect(findChromium(false, platform, { PATH: '/usr/bin' }, on())).toEqual({
        kind: 'missing',
        message: expect.stringMatching(/^no Chromium found: .*install.*CHROMIUM_PATH.*\.$/),
      })
    }
  })
})

test.describe('Chromium is started', () => {
  const start = { isVisible: false, isRoot: false, profile: '/tmp/p', switches: new Map<string, string>() }

  test('without its sandbox only as root', () => {
    expect(chromiumFlags(start)).not.toContain('--no-sandbox')
    expect(chromiumFlags({ ...start, isRoot: true })).toContain('--no-sandbox')
  })

  test('headless unless a person looks at it', () => {
    expect(chromiumFlags(start)).toContain('--headless=new')
    expect(chromiumFlags({ ...start, isVisible: true })).not.toContain('--headless=new')
  })

  test('with its own profile, whatever the user-data folder of the app is', () => {
    const flags = chromiumFlags({ ...start, switches: new Map([['user-data-dir', '/home/me']]) })
    expect(flags.filter((flag) => flag.startsWith('--user-data-dir'))).toEqual(['--user-data-dir=/tmp/p'])
  })

  test('with the switches of the command line, and one list of disabled features', () => {
    const switches = new Map([
      ['lang', 'de'],
      ['inspect', '0'],
      ['disable-features', 'A,B'],
      ['mute-audio', ''],
    ])
    const flags = chromiumFlags({ ...start, switches })
    expect(flags).toEqual(expect.arrayContaining(['--lang=de', '--mute-audio']))
    expect(flags).not.toContain('--inspect=0')
    expect(flags.filter((flag) => flag.startsWith('--disable-features'))).toEqual(['--disable-features=A,B'])
  })
})

test('the command line ends at the app, and the rest is the app’s own', () => {
  const read = readCommandLine(['-r', 'loader.js', '--inspect=0', '--user-data-dir=/u', 'app', '--mine', 'x'])
  expect(read.preloads).toEqual(['loader.js'])
  expect([...read.switches]).toEqual([
    ['inspect', '0'],
    ['user-data-dir', '/u'],
  ])
  expect(read.target).toBe('app')
  expect(readCommandLine([]).target).toBe('.')
})

test('an address of the app is shown to Chromium as https, and read back', () => {
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }])
  protocol.handle('app', () => new Response())
  const pairs = [
    ['app://sesame', 'https://sesame.app.invalid/', 'app://sesame/'],
    ['app://sesame/a/b?c#d', 'https://sesame.app.invalid/a/b?c#d', 'app://sesame/a/b?c#d'],
    ['https://example.org/', 'https://example.org/', 'https://example.org/'],
    ['file:///tmp/x', 'file:///tmp/x', 'file:///tmp/x'],
  ] as const
  for (const [real, shown, readBack] of pairs) {
    expect(toShown(real)).toBe(shown)
    expect(toReal(shown)).toBe(readBack)
  }
  expect(toReal('https://sesame.app.invalid.evil.example/')).toBe('https://sesame.app.invalid.evil.example/')
  expect(policyToShown("default-src 'self' app: data:; img-src app:")).toBe(
    "default-src 'self' https://*.app.invalid data:; img-src https://*.app.invalid",
  )
  expect(originOf('app://sesame/a')).toBe('app://sesame')
  expect(originOf('about:blank')).toBe('null')
})
