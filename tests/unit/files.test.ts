import { execFileSync } from 'node:child_process'
import { lstat, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fileStamp, readTextFile, replaceFile, setFileAside } from '../../main/files.ts'

let directory: string
let path: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sesame-files-'))
  path = join(directory, 'state.json')
})
afterEach(() => rm(directory, { recursive: true, force: true }))

test('a file is replaced whole, and nothing is left beside it', async () => {
  expect(await replaceFile(path, 'one')).toEqual({ ok: true })
  expect(await replaceFile(path, 'two')).toEqual({ ok: true })
  expect(await readTextFile(path)).toEqual({ kind: 'found', text: 'two' })
  expect(await readdir(directory)).toEqual(['state.json'])
})

// The kernel's limit on a file's size does what a full disk does: the first write is cut short, the next one fails. A writer that
// does not look at how much was written renames half a file and reports success: write-file-atomic 7 does on a full tmpfs.
test.skipIf(process.platform === 'win32')(
  'a disk that takes only a part of the text leaves the old file',
  async () => {
    await writeFile(path, 'the last good text')
    const files = fileURLToPath(new URL('../../main/files.ts', import.meta.url))
    const script = `import { replaceFile } from ${JSON.stringify(files)}
    console.log(JSON.stringify(await replaceFile(${JSON.stringify(path)}, 'x'.repeat(100_000))))`
    const limited = 'trap "" XFSZ && ulimit -f 16 && exec "$0" --input-type=module --eval "$1"'
    const answer = execFileSync('/bin/sh', ['-c', limited, process.execPath, script], { encoding: 'utf8' })
    expect(JSON.parse(answer)).toMatchObject({ ok: false, reason: expect.stringContaining('EFBIG') })
    expect(await readFile(path, 'utf8')).toBe('the last good text')
    expect(await readdir(directory)).toEqual(['state.json'])
  },
)

test.skipIf(process.platform === 'win32')(
  'a link that waits where the new file will be made leads nowhere',
  async () => {
    const victim = join(directory, 'victim')
    await writeFile(victim, 'untouched', { mode: 0o644 })
    const nameOf = (number: number): string => `${path}.${process.pid}-${number}.tmp`
    const waiting = Array.from({ length: 40 }, (_, number) => nameOf(number))
    await Promise.all(waiting.map((name) => symlink(victim, name)))
    expect(await replaceFile(path, 'secret')).toEqual({ ok: true })
    expect(await readFile(victim, 'utf8')).toBe('untouched')
    expect((await lstat(path)).isSymbolicLink()).toBe(false)
    expect((await lstat(path)).mode & 0o777).toBe(0o600)
  },
)

test('a file that cannot be opened is not one that is not there', async () => {
  expect(await readTextFile(path)).toEqual({ kind: 'absent' })
  expect(await readTextFile(directory)).toMatchObject({ kind: 'unreadable' })
})

test('a file is set aside under a new name each time, with the same bytes', async () => {
  await writeFile(path, 'one')
  const first = await setFileAside(path, Date.UTC(2026, 1, 3, 4, 5, 6))
  await replaceFile(path, 'two')
  const second = await setFileAside(path, Date.UTC(2026, 1, 3, 4, 5, 6))
  expect(first).toBe(join(directory, 'state.damaged-20260203T040506Z.json'))
  expect(second).toBe(join(directory, 'state.damaged-20260203T040506Z-2.json'))
  expect([await readFile(first ?? '', 'utf8'), await readFile(second ?? '', 'utf8')]).toEqual(['one', 'two'])
})

test('a file that is not there cannot be set aside', async () => {
  expect(await setFileAside(path, 0)).toBeUndefined()
})

test('a stamp sorts by time and is a file name everywhere', () => {
  expect(fileStamp(Date.UTC(2026, 1, 3, 4, 5, 6, 789))).toBe('20260203T040506Z')
})
