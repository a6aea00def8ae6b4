// Rules of the command as tables.
import type { Command, Option } from 'commander'
import { describe, expect, test } from 'vitest'
import { cleanEnvironment } from '../../../main/cli/commands/exec.ts'
import { errorText } from '../../../main/cli/error-text.ts'
import { exitCodeOf } from '../../../main/cli/exit-codes.ts'
import { openerFor } from '../../../main/cli/open-link.ts'
import { createProgram } from '../../../main/cli/program.ts'
import { readQuickCall } from '../../../main/cli/quick.ts'
import { refuseSecrets } from '../../../main/cli/secret-arguments.ts'
import { table, timeLeft } from '../../../main/cli/table.ts'
import { failureTexts } from '../../../main/failure-texts/index.ts'

describe('the fast path', () => {
  test.each<[args: string[], name: string, configDir: string | undefined]>([
    [['credential-process', 'ana'], 'ana', undefined],
    [['credential-process', '--config-dir', '/x', 'ana'], 'ana', '/x'],
    [['--config-dir=/x', 'credential-process', 'ana'], 'ana', '/x'],
  ])('is taken by %j', (args, name, configDir) => {
    expect(readQuickCall(args)).toEqual({ name, configDir })
  })
  test.each([
    [['credential-process']],
    [['credential-process', '--help']],
    [['credential-process', 'a', 'b']],
    [['token', 'a']],
    [['--json', 'credential-process', 'a']],
    [['credential-process', 'a', '--config-dir']],
  ])('is left to the parser by %j', (args) => {
    expect(readQuickCall(args)).toBeUndefined()
  })
})

test('every failure but a bug has an exit code of its kind', () => {
  const unkind = Object.keys(failureTexts).filter((code) => exitCodeOf(code) === 1)
  // The second one is of the window, which the command never meets.
  expect(unkind.toSorted()).toEqual(['internal.bug', 'request.refused'])
})

test.each([
  [['sign-in', 'x', '--password', 'p'], false],
  [['sign-in', 'x', '--password=p'], false],
  [['profiles', 'add', '--client-secret=s'], false],
  [['sign-in', 'x', '--password-stdin'], true],
  [['exec', 'x', '--', 'mysql', '--password=p'], true],
])('secrets as arguments: %j', (args, isFine) => {
  expect(refuseSecrets(args).ok).toBe(isFine)
})

test('what another side says cannot move the cursor or write to the clipboard', () => {
  const detail = 'no\u001B]52;c;ZXZpbA==\u0007\u009B2J\r'
  const text = errorText({ message: 'It failed.', remedy: 'Try again.', detail })
  expect(text).toMatch(/^sesame: It failed\. \(no.*\)\nTry again\.\n$/)
  expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
})

test('a table lines up, whatever the width of its letters, and cannot move the cursor', () => {
  expect(
    table([
      ['NAME', 'X'],
      ['東京', 'y'],
      ['a\u001b[2Jb', 'z'],
    ]),
  ).toBe('NAME    X\n東京    y\na�[2Jb  z\n')
})

test.each([
  [0, 'ended'],
  [30_000, 'under 1 min'],
  [48 * 60_000, '48 min'],
  [125 * 60_000, '2 h 5 min'],
  [72 * 3_600_000, '3 d'],
])('%i ms left read as %s', (left, text) => {
  expect(timeLeft(left, 0)).toBe(text)
})

test('a child gets no credentials but ours', () => {
  expect(
    cleanEnvironment({
      PATH: '/bin',
      AWS_PROFILE: 'x',
      aws_session_token: 'y',
      AWS_CA_BUNDLE: 'z',
      NO: undefined,
    }),
  ).toEqual({
    PATH: '/bin',
    AWS_CA_BUNDLE: 'z',
  })
})

test('BROWSER wins over the platform', () => {
  expect(openerFor('linux', { DISPLAY: ':0' })).toEqual(['xdg-open'])
  expect(openerFor('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toEqual(['xdg-open'])
  // Nobody would see the text browser that xdg-open falls back to.
  expect(openerFor('linux', {})).toBeUndefined()
  expect(openerFor('darwin', { BROWSER: 'firefox' })).toEqual(['firefox'])
})

test('no option takes a secret, which would stand in every process list', () => {
  const optionsOf = (command: Command): readonly Option[] => [
    ...command.options,
    ...command.commands.flatMap(optionsOf),
  ]
  const options = optionsOf(createProgram('0', () => undefined))
  const values = options.filter(({ required, optional }) => required || optional).map(({ long }) => long)
  expect(values.length).toBeGreaterThan(20)
  // One-time codes are worth nothing a moment later, and the issue asks for them.
  expect(values.filter((name) => /pass|secret|token|credential|key|session/i.test(name ?? ''))).toEqual([])
  for (const name of ['--password', '--client-secret', '--new-password'])
    expect(refuseSecrets(['sign-in', 'x', name, 'canary'])).toMatchObject({ ok: false })
})
