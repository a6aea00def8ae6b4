import { mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sweepTemporaryFiles } from '../../main/temporary-files.ts'

const now = Date.UTC(2026, 1, 3, 4, 5, 6)
const minute = 60_000
let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sesame-sweep-'))
})
afterEach(() => rm(directory, { recursive: true, force: true }))

const leave = async (name: string, agoMs: number): Promise<void> => {
  const path = join(directory, name)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, '')
  await utimes(path, (now - agoMs) / 1_000, (now - agoMs) / 1_000)
}
const left = async (): Promise<string[]> =>
  (await readdir(directory, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .toSorted()

test.for([
  ['profiles.json.417-3.tmp', 90 * minute, 'goes'],
  ['profiles.json.417-3.tmp', 5 * minute, 'stays'],
  // The clock was set back.
  ['profiles.json.417-3.tmp', -90 * minute, 'stays'],
  ['profiles.json', 90 * minute, 'stays'],
  ['profiles.tmp', 90 * minute, 'stays'],
  ['not-ours/profiles.json.417-3.tmp', 90 * minute, 'stays'],
] as const)('%s, of %i ms ago, %s', async ([name, agoMs, fate]) => {
  await leave(name, agoMs)
  await sweepTemporaryFiles({ folders: [directory, join(directory, 'missing')], files: [], now })
  expect(await left()).toEqual(fate === 'goes' ? [] : [name])
})

test('in a folder that others use, only what is beside our file goes, also behind a link', async () => {
  const old = 90 * minute
  await leave('real/credentials', old)
  await leave('real/credentials.417-3.tmp', old)
  await leave('real/other.417-3.tmp', old)
  await leave('aws/credentials.417-3.tmp', old)
  await symlink(join(directory, 'real/credentials'), join(directory, 'aws/credentials'))
  await sweepTemporaryFiles({ folders: [], files: [join(directory, 'aws/credentials')], now })
  expect(await left()).toEqual(['aws/credentials.417-3.tmp', 'real/credentials', 'real/other.417-3.tmp'])
})
