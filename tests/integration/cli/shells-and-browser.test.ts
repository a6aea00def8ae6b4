// Completion in real shells, the console link in a browser, and the preflight.
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cli, runProgram, startWorld, type TestWorld } from '../agent/support.ts'
import { programs } from '../credentials/programs.ts'

let world: TestWorld
let env: NodeJS.ProcessEnv
beforeAll(async () => {
  world = await startWorld()
  await world.signIn(await world.add({ name: 'acme ana' }))
  const bin = join(world.directory, 'bin')
  mkdirSync(bin)
  env = { ...world.env, PATH: `${bin}${delimiter}${world.env['PATH']}`, SESAME_CONFIG_DIR: world.configDir }
  for (const [name, script] of [
    ['sesame', `exec '${process.execPath}' '${cli}' "$@"`],
    [
      'browser',
      `echo "$1" > ${join(world.directory, 'asked')}; curl -s -o /dev/null -w '%{redirect_url}' "$1" > ${join(world.directory, 'led-to')}`,
    ],
  ] as const) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`)
    chmodSync(join(bin, name), 0o755)
  }
})
afterAll(() => world[Symbol.asyncDispose]())

const typed: readonly (readonly [line: string, offered: readonly string[]])[] = [
  ['sesame cred', ['credential-process', 'credentials']],
  ['sesame profiles e', ['export']],
  ['sesame token --k', ['--kind']],
]

describe.skipIf(programs.bash === undefined)('bash completes', () => {
  const complete = async (line: string): Promise<string[]> => {
    const script = `source <(sesame completion bash)
read -ra COMP_WORDS <<< ${JSON.stringify(line)}; COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _sesame; printf '%s\\n' "\${COMPREPLY[@]}"`
    const { stdout, stderr } = await runProgram('bash', ['--norc', '-c', script], { env })
    expect(stderr).toBe('')
    return stdout.trim().split('\n').toSorted()
  }
  test.each(typed)('%s', async (line, offered) => {
    expect(await complete(line)).toEqual(offered)
  })
  test('the name of a profile, quoted', async () => {
    expect(await complete('sesame token ac')).toEqual(['acme\\ ana'])
  })
})

describe.skipIf(programs.fish === undefined)('fish completes', () => {
  const complete = async (line: string): Promise<string[]> => {
    const script = `sesame completion fish | source; complete -C ${JSON.stringify(line)}`
    const { stdout, stderr } = await runProgram('fish', ['--no-config', '-c', script], { env })
    expect(stderr).toBe('')
    return stdout
      .trim()
      .split('\n')
      .map((each) => each.split('\t')[0] ?? '')
      .toSorted()
  }
  test.each(typed)('%s', async (line, offered) => {
    expect(await complete(line)).toEqual(offered)
  })
  test('the name of a profile', async () => {
    expect(await complete('sesame token ac')).toEqual(['acme ana'])
  })
})

describe.skipIf(programs.zsh === undefined)('zsh', () => {
  test('takes the script', async () => {
    const script = 'autoload -U compinit; compinit -u; source <(sesame completion zsh); whence -w _sesame'
    expect((await runProgram('zsh', ['-f', '-c', script], { env })).stdout).toBe('_sesame: function\n')
  })
})

test('the console link is printed, or opened without standing in a process list', async () => {
  const printed = await world.sesame(['console', 'acme ana'])
  expect(printed).toMatchObject({ code: 0, stderr: '' })
  expect(printed.stdout).toMatch(/SigninToken=/)
  const opened = await world.sesame(['console', 'acme ana', '--open'], {
    env: { BROWSER: join(world.directory, 'bin/browser') },
  })
  expect(opened).toMatchObject({ code: 0, stdout: 'Opened the AWS console in the browser.\n' })
  expect(readFileSync(join(world.directory, 'asked'), 'utf8')).toMatch(
    /^http:\/\/127\.0\.0\.1:\d+\/[\w-]{22}\n$/,
  )
})

test('the preflight names the step that fails, and what to change', async () => {
  const good = await world.sesame(['doctor', 'acme ana'])
  expect(good).toMatchObject({ code: 0, stderr: '' })
  expect(good.stdout).not.toContain('FAILS')
  await world.signIn(
    await world.add({
      name: 'broken',
      clientId: 'terminalclient',
      identityPoolId: 'eu-west-1:00000000-90ab-cdef-1234-567890abcdef',
    }),
  )
  const bad = await world.sesame(['doctor', 'broken'])
  expect(bad.code).toBe(6)
  expect(bad.stdout).toMatch(/FAILS +\S[\s\S]*\n\n\S.*identity pool/)
})
