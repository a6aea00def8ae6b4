// Real shells run the blocks that Sesame copies, with any text in place of the credentials.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ExportedCredentials, formatCredentials } from '../../../main/credentials/formats.ts'
import type { CredentialFormat } from '../../../main/profiles/profile.ts'
import { anyCredentials, awsCredentials, draw, seed } from '../../unit/credentials/samples.ts'
import { type Home, makeHome, output, programs } from './programs.ts'

const separator = '\u0001'

interface Shell {
  readonly name: string
  readonly program: string | undefined
  readonly args: readonly string[]
  readonly format: CredentialFormat
  /** Before the first block: what an interactive shell has on and a script has not. */
  readonly prelude: string
  /** Prints the three variables, each ended by the separator. */
  readonly print: string
}

const variables = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN']
const quoted = variables.map((name) => `"$${name}"`).join(' ')

const shells: readonly Shell[] = [
  {
    name: 'bash',
    program: programs.bash,
    args: ['--norc'],
    format: 'bash',
    prelude: 'set -o history -o histexpand\n',
    print: `printf '%s\\001' ${quoted}\n`,
  },
  {
    name: 'zsh',
    program: programs.zsh,
    args: ['-f'],
    format: 'bash',
    prelude: 'setopt EXTENDED_GLOB INTERACTIVE_COMMENTS MAGIC_EQUAL_SUBST RC_QUOTES\n',
    print: `printf '%s\\001' ${quoted}\n`,
  },
  {
    name: 'fish',
    program: programs.fish,
    args: ['--no-config'],
    format: 'fish',
    prelude: '',
    print: `printf '%s\\001' ${quoted}\n`,
  },
  {
    name: 'bash sourcing a .env file',
    program: programs.bash,
    args: ['--norc'],
    format: 'dotenv',
    prelude: '',
    print: `printf '%s\\001' ${quoted}\n`,
  },
]

describe.for(shells)('$name', ({ program, args, format, prelude, print }) => {
  let home: Home
  beforeAll(() => {
    home = makeHome()
  })
  afterAll(() => home.remove())

  /** All in one run of the shell; what comes back otherwise than it went in. */
  const changed = (all: readonly ExportedCredentials[]): unknown[] => {
    const written = all.flatMap((credentials) => {
      const options = { format, region: 'eu-west-1', sectionName: 'x', platform: 'linux' } as const
      const text = formatCredentials(credentials, options)
      return text.ok ? [{ credentials, text: text.value }] : []
    })
    const script = join(home.directory, 'script')
    writeFileSync(script, prelude + written.map(({ text }) => text + print).join(''))
    const read = output(program ?? '', [...args, script], { env: home.env }).split(separator)
    return written.flatMap(({ credentials }, at) => {
      const values = [credentials.accessKeyId, credentials.secretAccessKey, credentials.sessionToken]
      const back = read.slice(3 * at, 3 * at + 3)
      return isDeepStrictEqual(back, values) ? [] : [{ values, back }]
    })
  }

  test.skipIf(program === undefined)('every value that is not refused comes back', () => {
    expect(changed(draw(anyCredentials, 1_000)), `with seed ${seed}`).toEqual([])
  })

  test.skipIf(program === undefined)('credentials as AWS issues them come back', () => {
    expect(changed(draw(awsCredentials, 200)), `with seed ${seed}`).toEqual([])
  })
})
