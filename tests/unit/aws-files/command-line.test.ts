// What a `credential_process` line says, and that each reader of it starts the same: botocore's own splitters, a real sh.
import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { commandLine, type Machine, sesameWords } from '../../../main/credentials/aws-files/command-line.ts'
import { programs } from '../../integration/credentials/programs.ts'

const linux: Machine = {
  platform: 'linux',
  execPath: '/opt/electron/electron',
  isNode: false,
  folder: '/home/ana/sesame/out/main',
  resources: '/opt/electron/resources',
  path: '/usr/local/bin:bin:/usr/bin',
  exists: () => false,
}
const having =
  (...files: string[]) =>
  (file: string): boolean =>
    files.includes(file)

describe('the command is', () => {
  const clone = '/home/ana/sesame/out/main/cli.js'
  const table: [string, Partial<Machine>, readonly string[] | undefined][] = [
    [
      'the launcher of an installed app',
      {
        resources: '/opt/Sesame/resources',
        folder: '/opt/Sesame/resources/app.asar/out/main',
        exists: having('/opt/Sesame/resources/bin/sesame', '/usr/bin/sesame'),
      },
      ['/opt/Sesame/resources/bin/sesame'],
    ],
    [
      'on Windows its .cmd',
      {
        platform: 'win32',
        resources: 'C:\\Program Files\\Sesame\\resources',
        folder: 'C:\\Program Files\\Sesame\\resources\\app.asar\\out\\main',
        path: 'C:\\Windows',
        exists: having('C:\\Program Files\\Sesame\\resources\\bin\\sesame.cmd'),
      },
      ['C:\\Program Files\\Sesame\\resources\\bin\\sesame.cmd'],
    ],
    [
      'the built command with the PATH’s Node, from a clone',
      { exists: having(clone, '/usr/bin/node') },
      ['/usr/bin/node', clone],
    ],
    [
      'with the Node that runs it already',
      { isNode: true, execPath: '/n/node', exists: having(clone, '/usr/bin/node') },
      ['/n/node', clone],
    ],
    [
      'the same from source',
      {
        isNode: true,
        execPath: '/n/node',
        folder: '/home/ana/sesame/main/credentials',
        exists: having(clone),
      },
      ['/n/node', clone],
    ],
    [
      'the PATH’s sesame, by its whole path',
      { exists: having('/usr/bin/sesame', 'bin/sesame') },
      ['/usr/bin/sesame'],
    ],
    ['never Electron itself', { exists: having(clone) }, undefined],
    ['none where there is none', {}, undefined],
  ]
  test.each(table)('%s', (_, machine, words) => {
    expect(sesameWords({ ...linux, ...machine })).toEqual(words)
  })
})

const posix: [string, string | undefined][] = [
  ['/usr/bin/sesame', '/usr/bin/sesame'],
  ['/home/Ana Lytics/sesame', "'/home/Ana Lytics/sesame'"],
  ['/home/josé/sesame', "'/home/josé/sesame'"],
  ['/a$HOME/`b`\\c"d!/%e/(f)&g', "'/a$HOME/`b`\\c\"d!/%e/(f)&g'"],
  ["/home/o'brien/sesame", '"/home/o\'brien/sesame"'],
  ['/a#b;c', "'/a#b;c'"],
  ["/o'b$x", undefined],
  ['/a #b', undefined],
  ['/a\nb', undefined],
  ['', undefined],
]
const windows: [string, string | undefined][] = [
  ['C:\\Sesame\\sesame.cmd', 'C:\\Sesame\\sesame.cmd'],
  ['C:\\Program Files (x86)\\Sesame\\sesame.cmd', '"C:\\Program Files (x86)\\Sesame\\sesame.cmd"'],
  ['C:\\a&b^c\\sesame.cmd', '"C:\\a&b^c\\sesame.cmd"'],
  ['C:\\Users\\Ana Lytics\\', undefined],
  ['C:\\%TEMP%\\x', undefined],
  ['C:\\Jos\u00E9\\x', undefined],
]

describe('a word is written', () => {
  test.each(posix)('%s on POSIX', (word, line) => {
    expect(commandLine([word], 'darwin')).toBe(line)
  })
  test.each(windows)('%s on Windows', (word, line) => {
    expect(commandLine([word], 'win32')).toBe(line)
  })
  const written = (table: [string, string | undefined][]): string[] =>
    table.flatMap(([word, line]) => (line === undefined ? [] : [word]))

  test.skipIf(process.platform === 'win32')('so that sh reads the same words', () => {
    const words = written(posix)
    const { stdout } = spawnSync('sh', ['-c', `printf '%s\\n' ${commandLine(words, 'linux')}`], {
      encoding: 'utf8',
    })
    expect(stdout).toBe(`${words.join('\n')}\n`)
  })

  test.skipIf(programs.python === undefined)('so that botocore reads the same words', () => {
    const script = `
import json, sys
from botocore.compat import compat_shell_split
print(json.dumps([compat_shell_split(line, platform) for line, platform in json.load(sys.stdin)]))`
    const lines = [
      [commandLine(written(posix), 'linux'), 'linux'],
      [commandLine(written(windows), 'win32'), 'win32'],
    ]
    const { stdout } = spawnSync(programs.python ?? '', ['-c', script], {
      input: JSON.stringify(lines),
      encoding: 'utf8',
    })
    expect(JSON.parse(stdout)).toEqual([written(posix), written(windows)])
  })
})
