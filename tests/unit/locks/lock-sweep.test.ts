import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLockFiles } from '../../../main/locks/lock-files.ts'
import { sweepLocks } from '../../../main/locks/lock-sweep.ts'
import { systemClock } from '../../../main/sessions/system-clock.ts'

const hour = 60 * 60_000
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sesame-locks-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const lock = () => createLockFiles({ folder, clock: systemClock, patienceMs: 0 })

/** Sweeps `hours` from now, which is when all was left that is there. */
const sweep = (hours: number): Promise<void> =>
  sweepLocks({
    folder,
    lock: lock(),
    isForgotten: (name) => name !== 'known',
    now: Date.now() + hours * hour,
  })

test('the folder of a lock that nobody asks for goes after a day; one that is known stays', async () => {
  for (const name of ['gone', 'known']) await lock().hold(name, async () => undefined)
  await sweep(23)
  expect((await readdir(folder)).toSorted()).toEqual(['gone', 'known'])
  await sweep(25)
  expect(await readdir(folder)).toEqual(['known'])
  expect(await lock().hold('gone', async () => 'as ever')).toEqual({ kind: 'done', value: 'as ever' })
})

test('a lock that is held stays', async () => {
  const held = await lock().hold('gone', async () => {
    await sweep(25)
    return lock().hold('gone', async () => undefined)
  })
  expect(held).toEqual({ kind: 'done', value: { kind: 'busy' } })
})

test('a temporary file of a process that was killed goes after an hour, and the lock stays', async () => {
  await lock().hold('known', async () => undefined)
  await writeFile(join(folder, 'known', 'of-another.tmp'), '')
  const before = await readdir(join(folder, 'known'))
  const fresh = join(folder, 'known', 'fresh.tmp')
  await writeFile(fresh, '')
  await utimes(fresh, Date.now() / 1_000 + 3_600, Date.now() / 1_000 + 3_600)
  await sweep(1.5)
  expect((await readdir(join(folder, 'known'))).toSorted()).toEqual(
    [...before.filter((name) => !name.endsWith('.tmp')), 'fresh.tmp'].toSorted(),
  )
})

test('a folder that is not there is nothing to sweep', async () => {
  await rm(folder, { recursive: true })
  await sweep(25)
  await expect(readdir(folder)).rejects.toThrow('ENOENT')
})
