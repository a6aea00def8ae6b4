// `--json` everywhere: what every command of the parser's tree answers, and what it says where it refuses.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createProgram } from '../../../main/cli/program.ts'
import { run } from '../../../main/cli/run.ts'
import { password, startWorld, type TestWorld } from '../agent/support.ts'

let world: TestWorld
beforeAll(async () => {
  world = await startWorld()
  await world.add({ name: 'ana' })
  writeFileSync(
    join(world.directory, 'shared.json'),
    JSON.stringify({ kind: 'sesame-profiles', version: 1, profiles: [{ name: 'ana' }] }),
  )
})
afterAll(() => world[Symbol.asyncDispose]())

const sesame = async (args: readonly string[], input = '') => {
  let stdout = ''
  let stderr = ''
  const code = await run(['--config-dir', world.configDir, '--json', ...args], {
    env: {},
    isInteractive: false,
    columns: undefined,
    out: (text) => {
      stdout += text
    },
    note: (text) => {
      stderr += `${text}\n`
    },
    readInput: async () => input,
    askSecret: () => Promise.reject(new Error('nobody is there')),
    askLine: () => Promise.reject(new Error('nobody is there')),
    onInterrupt: () => () => undefined,
    now: () => Date.now(),
  })
  return { code, stdout, stderr }
}

const leaves = (command: Command, path: readonly string[] = []): string[] =>
  command.commands.length === 0
    ? [path.join(' ')]
    : command.commands.flatMap((sub) => leaves(sub, [...path, sub.name()]))

const pool = '--user-pool eu-west-1_Terminal1 --client secretclient --storage memory'
/** In the order in which somebody might use them. */
const calls: readonly (readonly [command: string, rest: string, answer: object, input?: string])[] = [
  ['profiles add', `--name added ${pool} --client-secret-stdin`, { name: 'added' }, 'canary'],
  ['profiles change', 'added --environment staging', { environment: 'staging' }],
  ['profiles set-client-secret', 'added --client-secret-stdin', { saved: true }, 'canary'],
  ['profiles list', '', [{ name: 'ana' }, { name: 'added' }]],
  ['profiles show', 'added', { clientId: 'secretclient', environment: 'staging' }],
  ['profiles export', 'added', { kind: 'sesame-profiles', profiles: [{ name: 'added' }] }],
  ['profiles import', 'FOLDER/shared.json --dry-run', { profiles: [{ action: 'incomplete' }] }],
  ['profiles remove', 'added --yes', { removed: true }],
  ['sign-in', 'ana --password-stdin', { signedIn: true }, password],
  ['whoami', 'ana', { username: 'ana' }],
  ['claims', 'ana', { verification: { kind: 'verified' } }],
  ['token', 'ana', { kind: 'access' }],
  ['refresh', 'ana', { refreshed: true }],
  ['credentials', 'ana', { format: 'bash' }],
  ['credential-process', 'ana', { Version: 1 }],
  ['console', 'ana', { url: expect.stringContaining('SigninToken') }],
  ['doctor', 'ana', { steps: expect.arrayContaining([expect.objectContaining({ outcome: 'passed' })]) }],
  ['doctor', '--socket', { socket: expect.stringMatching(/agent\.sock$/) }],
  ['completion', 'zsh', { shell: 'zsh' }],
  ['sign-out', 'ana', { reached: 'device' }],
]
const all = leaves(createProgram('0', () => undefined))

test('every command there is answers here; exec alone leaves standard output to its child', () => {
  expect(all.filter((command) => !calls.some(([called]) => called === command))).toEqual(['exec'])
})

test('each answers JSON and nothing else', async () => {
  for (const [command, rest, answer, input] of calls) {
    const args = `${command} ${rest}`.trim().replace('FOLDER', world.directory).split(' ')
    const { code, stdout, stderr } = await sesame(args, input)
    expect({ args, code, stderr }).toEqual({ args, code: 0, stderr: '' })
    expect(JSON.parse(stdout)).toMatchObject(answer)
    expect(stdout).not.toContain('canary')
  }
})

describe('refusals are JSON too', () => {
  test.each(all)('of %s', async (command) => {
    const { code, stdout, stderr } = await sesame([...command.split(' '), '--no-such-option'])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(JSON.parse(stderr)).toMatchObject({
      error: { code: 'cli.usage', remedy: `See: sesame ${command} --help` },
    })
  })
  test.each(calls.filter(([, rest]) => /^(?:ana|added)\b/.test(rest)).map(([command]) => command))(
    'of %s about a profile that is not there',
    async (command) => {
      const { code, stdout, stderr } = await sesame(
        [...command.split(' '), 'zeta', '--yes'].filter(
          (word) => word !== '--yes' || command === 'profiles remove',
        ),
      )
      expect({ code, stdout }).toEqual({ code: 5, stdout: '' })
      expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'profile.unknown-name' } })
    },
  )
  test('of an unknown command, with the one that was meant', async () => {
    const { stderr } = await sesame(['sign-on'])
    expect(JSON.parse(stderr)).toMatchObject({
      error: { message: "unknown command 'sign-on' (Did you mean sign-in?)", remedy: 'See: sesame --help' },
    })
  })
})
