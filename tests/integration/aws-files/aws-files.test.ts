// The shared files on a real disk: links, modes, other processes, a kill in the middle, and what AWS's own readers make of them.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadSharedConfigFiles } from '@smithy/core/config'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { editAwsFile } from '../../../main/credentials/aws-files/edit-file.ts'
import { type AwsFilesWriter, awsFilePaths } from '../../../main/credentials/aws-files/index.ts'
import { ok } from '../../../main/failure.ts'
import type { AwsFiles } from '../../../main/profiles/profile.ts'
import { anyFile, readableFile } from '../../unit/aws-files/generated.ts'
import { profileOf } from '../../unit/cognito/support.ts'
import { draw, sampleCredentials, seed } from '../../unit/credentials/samples.ts'
import { valueOf } from '../cognito/support.ts'
import { output, programs } from '../credentials/programs.ts'
import { filesIn, lockFor, locksOf } from './files.ts'

let folder: string
let credentials: string
let config: string
let files: AwsFilesWriter
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sesame-aws-'))
  credentials = join(folder, 'credentials')
  config = join(folder, 'config')
  files = filesIn(folder)
})
afterEach(async () => {
  for (const path of [folder, locksOf(folder)]) await rm(path, { recursive: true, force: true })
})

const profile = profileOf({ name: 'acme-staging · ana', availableToCommandLine: true })
const asSection: AwsFiles = { kind: 'credentials-section', section: 'ours' }
const asProcess: AwsFiles = { kind: 'credential-process', section: 'ours' }
const input = (awsFiles = asSection) => ({ profile, awsFiles, credentials: sampleCredentials })
const apply = async (awsFiles = asSection, takeOver = false) =>
  valueOf(await files.apply(input(awsFiles), { takeOver }))

test('the variables say where the files are, a tilde included', () => {
  expect(awsFilePaths({}, '/home/ana')).toEqual({
    credentials: '/home/ana/.aws/credentials',
    config: '/home/ana/.aws/config',
  })
  expect(awsFilePaths({ AWS_SHARED_CREDENTIALS_FILE: '/x/y', AWS_CONFIG_FILE: '~/z' }, '/home/ana')).toEqual({
    credentials: '/x/y',
    config: '/home/ana/z',
  })
})

describe.skipIf(process.platform === 'win32')('the file itself', () => {
  test('is made for its owner alone, folder included', async () => {
    const path = join(folder, 'new', 'credentials')
    valueOf(await editAwsFile(path, () => ok('[a]\n'), lockFor(folder)))
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect((await stat(join(folder, 'new'))).mode & 0o777).toBe(0o700)
    expect(await readdir(join(folder, 'new'))).toEqual(['credentials'])
  })

  test.each([0o600, 0o640, 0o664, 0o444 | 0o200])('keeps its mode %o', async (mode) => {
    await writeFile(credentials, '[a]\n')
    await chmod(credentials, mode)
    await apply()
    expect((await stat(credentials)).mode & 0o777).toBe(mode)
  })

  test('stays where a link leads, a link to a file that is yet to be made too', async () => {
    await mkdir(join(folder, 'dotfiles'))
    await symlink(join('dotfiles', 'credentials'), credentials)
    await symlink(join('dotfiles', 'config'), config)
    await writeFile(join(folder, 'dotfiles', 'credentials'), '[a]\n')
    await apply()
    await apply({ kind: 'credential-process', section: 'two' })
    expect((await lstat(credentials)).isSymbolicLink()).toBe(true)
    expect((await lstat(config)).isSymbolicLink()).toBe(true)
    expect(await readFile(join(folder, 'dotfiles', 'credentials'), 'utf8')).toBe('[a]\n')
    expect(await readFile(join(folder, 'dotfiles', 'config'), 'utf8')).toContain('[profile two]')
  })

  test('is not touched where nothing changes', async () => {
    await apply()
    const before = await stat(credentials)
    await apply()
    expect((await stat(credentials)).ino).toBe(before.ino)
  })

  test.each([
    ['UTF-16', Buffer.from('\uFEFF[a]\n', 'utf16le')],
    ['lone carriage returns', Buffer.from('[a]\rb = c\r')],
  ])('is left as it is where it is no ordinary text: %s', async (_, bytes) => {
    await writeFile(credentials, bytes)
    expect(await files.apply(input(), { takeOver: true })).toMatchObject({
      ok: false,
      failure: { code: 'aws-files.unusual' },
    })
    expect(await readFile(credentials)).toEqual(bytes)
  })

  test('keeps bytes that are no UTF-8', async () => {
    const bytes = Buffer.from([0x23, 0x20, 0xe9, 0xff, 0x0a])
    await writeFile(credentials, bytes)
    await apply()
    expect((await readFile(credentials)).subarray(0, bytes.length)).toEqual(bytes)
    await apply({ kind: 'off' })
    expect(await readFile(credentials)).toEqual(bytes)
  })
})

describe('a profile', () => {
  test('moves from one file to the other, and leaves nothing behind', async () => {
    await apply()
    await apply(asProcess)
    expect(await readFile(credentials, 'utf8')).toBe('')
    expect(await readFile(config, 'utf8')).toContain(
      `credential_process = sesame credential-process ${profile.id}`,
    )
    valueOf(await files.remove(profile.id))
    expect(await readFile(config, 'utf8')).toBe('')
  })

  test('is shown what will be written before it is, without its secrets', async () => {
    const shown = valueOf(await files.preview(input()))
    expect(shown).toMatchObject({ isTaken: false, files: [{ path: credentials, change: 'create' }] })
    expect(shown.files[0]?.text).toContain('[ours]\n# Sesame keeps this section')
    expect(shown.files[0]?.text).toContain(sampleCredentials.accessKeyId)
    expect(JSON.stringify(shown)).not.toContain(sampleCredentials.secretAccessKey)
    expect(JSON.stringify(shown)).not.toContain(sampleCredentials.sessionToken.slice(0, 40))
    expect(await readdir(folder)).toEqual([])

    await apply()
    expect(valueOf(await files.preview(input())).files).toMatchObject([{ change: 'update' }])
    expect(valueOf(await files.preview(input(asProcess))).files).toMatchObject([
      { path: credentials, change: 'remove' },
      { path: config, change: 'create' },
    ])
  })

  test('is told whose section it would take, and which keys would win over its own', async () => {
    await writeFile(credentials, '[ours]\naws_access_key_id = AKIA\n')
    expect(valueOf(await files.preview(input()))).toMatchObject({
      isTaken: true,
      files: [{ change: 'take-over' }],
    })
    const shown = valueOf(await files.preview(input(asProcess)))
    expect(shown.warnings.join()).toContain('win over credential_process')
  })

  test('is refused a section of somebody else, unless told to take it', async () => {
    await writeFile(credentials, '[ours]\naws_access_key_id = AKIA\n')
    expect(await files.apply(input(), { takeOver: false })).toMatchObject({
      failure: { code: 'aws-files.taken' },
    })
    expect(await readFile(credentials, 'utf8')).toBe('[ours]\naws_access_key_id = AKIA\n')
    await apply(asSection, true)
    expect(await readFile(credentials, 'utf8')).toContain(sampleCredentials.accessKeyId)
  })
})

const writerPath = fileURLToPath(new URL('writer.ts', import.meta.url))
const startWriter = (id: string, section: string, times: number): ChildProcess =>
  spawn(process.execPath, [writerPath, folder, id, section, String(times)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
const idOf = (digit: number): string => `0000000${digit}-9d0f-4e27-8f0e-3f6f1f1b1a01`

test('processes that write at the same time lose nothing, nor does whoever writes by hand', async () => {
  await writeFile(credentials, '# mine\n')
  const writers = [1, 2, 3].map((digit) => startWriter(idOf(digit), `section-${digit}`, 15))
  const done = Promise.all(writers.map((writer) => once(writer, 'exit')))
  for (let line = 1; line <= 10; line += 1) {
    const added = await editAwsFile(credentials, (text) => ok(`${text}# by hand ${line}\n`), lockFor(folder))
    expect(added).toMatchObject({ ok: true })
  }
  expect((await done).map(([code]) => code)).toEqual([0, 0, 0])
  const text = await readFile(credentials, 'utf8')
  for (const digit of [1, 2, 3]) expect(text.split(`[section-${digit}]`)).toHaveLength(2)
  expect(text.match(/token-15\n/g)).toHaveLength(3)
  for (let line = 1; line <= 10; line += 1) expect(text.split(`# by hand ${line}\n`)).toHaveLength(2)
  expect((await readdir(folder)).toSorted()).toEqual(['credentials'])
})

test('what a program that knows no lock wrote between reading and replacing stays', async () => {
  await writeFile(credentials, '[a]\n')
  let calls = 0
  valueOf(
    await editAwsFile(
      credentials,
      (text) => {
        calls += 1
        // Once before the lock, then with it: here the other program strikes.
        if (calls === 2) writeFileSync(credentials, '[a]\n[theirs]\n')
        return ok(`${text}[ours]\n`)
      },
      lockFor(folder),
    ),
  )
  expect(await readFile(credentials, 'utf8')).toBe('[a]\n[theirs]\n[ours]\n')
})

test('a kill in the midst of 200 writes leaves the old file or the new one, and the next writer carries on', async () => {
  const foreign = `# mine\n[default]\nregion = eu-west-1\n${'# long\n'.repeat(500)}`
  await writeFile(credentials, foreign)
  let killed = 0
  for (let round = 0; round < 8; round += 1) {
    const writer = startWriter(idOf(1), 'killed', 200)
    const exit = once(writer, 'exit')
    const { stdout } = writer
    if (stdout === null) throw new Error('no output')
    let lines = 0
    for await (const chunk of stdout) {
      lines += String(chunk).split('\n').length - 1
      // Another write each time, and another moment of it.
      if (lines > 3 + round * 7) writer.kill('SIGKILL')
    }
    const [, signal] = await exit
    if (signal === 'SIGKILL') killed += 1
    const text = await readFile(credentials, 'utf8')
    expect(text.startsWith(foreign)).toBe(true)
    const section =
      /^\n\[killed\]\n# Sesame.*\n# Expires .*\naws_access_key_id = ASIA0*(\d+)\naws_secret_access_key = secret-s{2000}-(\d+)\naws_session_token = token-(\d+)\nregion = eu-west-1\n$/
    const [, a, b, c] = section.exec(text.slice(foreign.length)) ?? []
    expect(a).toBeDefined()
    expect([b, c]).toEqual([a, a])
  }
  expect(killed).toBe(8)
  valueOf(await files.apply(input(), { takeOver: false }))
  expect(await readFile(credentials, 'utf8')).toContain('[ours]')
  expect((await readdir(folder)).toSorted()).toEqual(['credentials'])
})

/** What botocore found in a file, or why it does not read it. */
const readFileSchema = z.union([z.record(z.string(), z.unknown()), z.string()])

describe('AWS\u2019s own readers find what they found before, and ours', () => {
  const ours = {
    aws_access_key_id: sampleCredentials.accessKeyId,
    aws_secret_access_key: sampleCredentials.secretAccessKey,
    aws_session_token: sampleCredentials.sessionToken,
    region: 'eu-west-1',
  }
  const process = { credential_process: `sesame credential-process ${profile.id}`, region: 'eu-west-1' }
  /** Files that every reader takes, then whatever may lie there: byte order marks, duplicates, bytes that are no UTF-8. */
  const drawn = (kind: 'credentials' | 'config', count: number): string[] => [
    ...draw(readableFile(kind), count),
    ...draw(anyFile, count),
  ]
  const pairs = async (count: number) => {
    const written = []
    const before = { credentials: drawn('credentials', count), config: drawn('config', count) }
    for (let at = 0; at < 2 * count; at += 1) {
      for (const [kind, awsFiles] of [
        ['credentials', asSection],
        ['config', asProcess],
      ] as const) {
        const base = join(folder, `${kind}-${at}`)
        const bytes = Buffer.from(before[kind][at] ?? '', 'latin1')
        await writeFile(`${base}.before`, bytes)
        await writeFile(`${base}.after`, bytes)
        const paths = { credentials: `${base}.none`, config: `${base}.none`, [kind]: `${base}.after` }
        valueOf(await filesIn(folder, paths).apply(input(awsFiles), { takeOver: false }))
        written.push({ kind, base })
      }
    }
    return written
  }

  test.skipIf(programs.python === undefined)('botocore', async () => {
    const written = await pairs(25)
    const script = `
import json, sys, botocore.configloader as loader
def read(path):
  try:
    return loader.raw_config_parse(path)
  except Exception as error:
    return type(error).__name__
print(json.dumps([[read(base + '.before'), read(base + '.after')] for base in json.loads(sys.stdin.read())]))`
    const parsed = z.array(z.tuple([readFileSchema, readFileSchema])).parse(
      JSON.parse(
        output(programs.python ?? '', ['-c', script], {
          env: { PATH: globalThis.process.env['PATH'], LC_ALL: 'C.UTF-8' },
          input: JSON.stringify(written.map(({ base }) => base)),
        }),
      ),
    )
    const expected = (before: object | string, kind: string) => {
      if (typeof before === 'string') return before
      return kind === 'config' ? { ...before, 'profile ours': process } : { ...before, ours }
    }
    expect(parsed.filter(([before]) => typeof before !== 'string').length).toBeGreaterThanOrEqual(50)
    expect(parsed.filter(([before]) => typeof before === 'string').length).toBeGreaterThan(5)
    for (const [at, [before, after]] of parsed.entries()) {
      expect(after, `with seed ${seed}`).toEqual(expected(before, written[at]?.kind ?? ''))
    }
  })

  test('the SDK for JavaScript', async () => {
    const load = async (kind: string, path: string) => {
      const none = join(folder, 'none')
      const loaded = await loadSharedConfigFiles({
        filepath: kind === 'credentials' ? path : none,
        configFilepath: kind === 'config' ? path : none,
        ignoreCache: true,
      })
      return kind === 'config' ? loaded.configFile : loaded.credentialsFile
    }
    for (const { kind, base } of await pairs(25)) {
      const before = await load(kind, `${base}.before`)
      const after = await load(kind, `${base}.after`)
      expect(after, `with seed ${seed}`).toEqual({ ...before, ours: kind === 'config' ? process : ours })
    }
  })
})
