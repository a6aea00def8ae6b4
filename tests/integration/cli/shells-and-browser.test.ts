// Completion in real shells, the console link in a browser, and the preflight.
import { spawn } from 'node:child_process'
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

interface Shell {
  readonly start: string
  readonly setUp: readonly string[]
  /** What the line reads after the words typed and a tab. */
  readonly completed: readonly (readonly [typed: string, line: string])[]
}

/** Each has a key of its own that tells what stands on its line: what a person would see. */
const interactive: Readonly<Record<'bash' | 'zsh', Shell>> = {
  bash: {
    start: 'bash --norc --noprofile -i',
    setUp: [
      'bind "set bell-style none"',
      'tell() { echo; echo "line=<$READLINE_LINE>"; }',
      `bind -x '"\\C-t": tell'`,
      'source <(sesame completion bash)',
    ],
    completed: [
      ['sesame prof', 'sesame profiles '],
      ['sesame cred', 'sesame credential'],
      ['sesame profiles e', 'sesame profiles export '],
      ['sesame token --k', 'sesame token --kind '],
      ['sesame token --kind a', 'sesame token --kind access '],
      ['sesame completion f', 'sesame completion fish '],
      ['sesame token ac', 'sesame token acme\\ ana '],
      ['sesame token acme\\ a', 'sesame token acme\\ ana '],
      ['sesame profiles import /etc/hostn', 'sesame profiles import /etc/hostname '],
      ['sesame exec acme -- hostn', 'sesame exec acme -- hostname'],
    ],
  },
  zsh: {
    start: 'zsh -f -i',
    setUp: [
      'unsetopt beep zle_bracketed_paste 2>/dev/null; unset zle_bracketed_paste; setopt no_auto_menu',
      'tell() { print; print -r -- "line=<$BUFFER>" }; zle -N tell; bindkey "^T" tell',
      'autoload -U compinit; compinit -u -D',
      'source <(sesame completion zsh)',
    ],
    completed: [
      ['sesame prof', 'sesame profiles '],
      ['sesame cred', 'sesame credential'],
      ['sesame profiles e', 'sesame profiles export '],
      ['sesame token --k', 'sesame token --kind '],
      ['sesame token --kind a', 'sesame token --kind access '],
      ['sesame completion f', 'sesame completion fish '],
      ['sesame token ac', 'sesame token acme\\ ana '],
      ['sesame token acme\\ a', 'sesame token acme\\ ana '],
      ['sesame profiles import /etc/hostn', 'sesame profiles import /etc/hostname '],
    ],
  },
}

describe.each(['bash', 'zsh'] as const)('%s completes what is typed into it', (name) => {
  const { start, setUp, completed } = interactive[name]
  let lines: readonly string[] = []
  beforeAll(async () => {
    if (programs[name] === undefined) return
    const child = spawn('script', ['-qec', start, '/dev/null'], { env: { ...env, TERM: 'dumb', PS1: '' } })
    let shown = ''
    const waiting = new Set<() => void>()
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      shown += chunk
      for (const look of waiting) look()
    })
    const shows = (pattern: RegExp): Promise<string> =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = pattern.exec(shown)
          if (found === null) return
          waiting.delete(look)
          shown = ''
          resolve(found[1] ?? '')
        }
        waiting.add(look)
        look()
      })
    child.stdin.write(`${[...setUp, 'echo lo""aded'].join('\n')}\n`)
    await shows(/(loaded)/)
    const read: string[] = []
    for (const [typed] of completed) {
      child.stdin.write(`${typed}\t\u0014`)
      read.push(await shows(/line=<(.*)>/))
      // Away with the line, for the next one.
      child.stdin.write('\u0015')
    }
    lines = read
    child.kill('SIGKILL')
  }, 60_000)
  test.skipIf(programs[name] === undefined).each(completed.map((each, index) => [...each, index] as const))(
    '%s',
    (_typed, line, index) => {
      expect(lines[index]).toBe(line)
    },
  )
})

describe.skipIf(programs.fish === undefined)('fish completes', () => {
  const typed: readonly (readonly [line: string, offered: readonly string[]])[] = [
    ['sesame cred', ['credential-process', 'credentials']],
    ['sesame profiles e', ['export']],
    ['sesame token --k', ['--kind']],
    ['sesame token --kind ', ['access', 'id']],
    ['sesame completion f', ['fish']],
    ['sesame token ac', ['acme ana']],
    ['sesame profiles import /etc/hostn', ['/etc/hostname']],
  ]
  test('what is typed into it', async () => {
    const lines = typed.map(([line]) => `complete -C ${JSON.stringify(line)}; echo`)
    const script = ['sesame completion fish | source', ...lines].join('\n')
    const { stdout, stderr } = await runProgram('fish', ['--no-config', '-c', script], { env })
    expect(stderr).toBe('')
    const offered = stdout.split('\n\n').map((part) =>
      part
        .trim()
        .split('\n')
        .map((each) => each.split('\t')[0] ?? '')
        .toSorted(),
    )
    expect(typed.map(([line], index) => [line, offered[index]])).toEqual(typed)
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
  expect(bad.stdout).toMatch(/FAILS +The identity pool answers +AWS does not know .* not found\.\)\n/)
  expect(bad.stdout).toMatch(/\n\nCompare .*: sesame profiles change broken --identity-pool ID\n$/)
})
