import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLockFiles } from '../../../main/locks/lock-files.ts'
import { ownIdentity } from '../../../main/locks/process-identity.ts'
import { systemClock } from '../../../main/sessions/system-clock.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sesame-locks-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const make = (patienceMs = 10_000) => createLockFiles({ folder, clock: systemClock, patienceMs })

/** A lock file as another process would have left it. */
const leave = async (number: number, owner: object | string): Promise<void> => {
  await make().hold('a', async () => undefined)
  const text = typeof owner === 'string' ? owner : JSON.stringify({ key: 'of another', ...owner })
  await writeFile(join(folder, 'a', `${number}.lock`), text)
}

/** The process that started this one runs, and takes no locks. */
const runningOwner = async () => {
  const stat = await readFile(`/proc/${process.ppid}/stat`, 'utf8').catch(() => undefined)
  const start = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  return JSON.stringify({ ...(await ownIdentity()), pid: process.ppid, start, key: 'of another' })
}

test('one at a time holds a lock, whichever instance asks', async () => {
  const instances = [make(), make(), make()] as const
  let inside = 0
  let most = 0
  let entered = 0
  const work = async (): Promise<void> => {
    inside += 1
    entered += 1
    most = Math.max(most, inside)
    await new Promise((resolve) => setImmediate(resolve))
    inside -= 1
  }
  const asked = instances.flatMap((lock) => Array.from({ length: 20 }, () => lock.hold('a', work)))
  await Promise.all(asked)
  expect([entered, most]).toEqual([60, 1])
})

test('locks of different names do not wait for each other', async () => {
  const lock = make()
  const both = await lock.hold('a', () => lock.hold('b', async () => 'inside'))
  expect(both).toEqual({ kind: 'done', value: { kind: 'done', value: 'inside' } })
})

test('what throws inside lets go', async () => {
  const lock = make()
  await expect(lock.hold('a', () => Promise.reject(new Error('inside')))).rejects.toThrow('inside')
  expect(await lock.hold('a', async () => 1)).toEqual({ kind: 'done', value: 1 })
})

test('a running process is waited for, then reported busy without doing the work', async () => {
  await leave(7, await runningOwner())
  let isDone = false
  const held = await make(50).hold('a', async () => {
    isDone = true
  })
  expect([held.kind, isDone]).toEqual(['busy', false])
})

test.each([
  ['ended', { pid: 2 ** 22 + 1 }],
  ['ended, and whose number another one has', { pid: process.ppid, start: 'long ago' }],
  ['ran before the machine was started', { pid: process.ppid, boot: 'another run' }],
  ['crashed while writing', '{"pid":'],
  ['had our own number before us', { pid: process.pid, start: 'long ago' }],
])('a lock of a process that %s is free', async (_, owner) => {
  await leave(7, owner)
  expect(await make(0).hold('a', async () => 'mine')).toEqual({ kind: 'done', value: 'mine' })
  expect(await readdir(join(folder, 'a'))).toEqual(['8.lock'])
})

test('what was held here is held again, by the next number', async () => {
  const lock = make(0)
  for (const number of [1, 2, 3]) {
    expect(await lock.hold('a', async () => 'mine')).toEqual({ kind: 'done', value: 'mine' })
    expect(await readdir(join(folder, 'a'))).toEqual([`${number}.lock`])
  }
})

test.each([
  ['the next number', [2]],
  ['a later one', [3]],
  ['the first, of a folder made anew', [1]],
])('but not while somebody else has %s', async (_, numbers) => {
  const lock = make(0)
  await lock.hold('a', async () => undefined)
  if (numbers.includes(1)) {
    await rm(join(folder, 'a'), { recursive: true })
    await mkdir(join(folder, 'a'))
  }
  const owner = await runningOwner()
  for (const number of numbers) await writeFile(join(folder, 'a', `${number}.lock`), owner)
  let isDone = false
  const held = await lock.hold('a', async () => {
    isDone = true
  })
  expect([held.kind, isDone]).toEqual(['busy', false])
  for (const number of numbers)
    expect(await readFile(join(folder, 'a', `${number}.lock`), 'utf8')).toBe(owner)
})

test('a folder that was removed meanwhile is made anew', async () => {
  const lock = make(0)
  await lock.hold('a', async () => undefined)
  await rm(join(folder, 'a'), { recursive: true })
  expect(await lock.hold('a', async () => 'mine')).toEqual({ kind: 'done', value: 'mine' })
})

test('a folder that takes no files leaves the work unprotected, says so once, and does it', async () => {
  await writeFile(join(folder, 'file'), '')
  const reasons: string[] = []
  const lock = createLockFiles({
    folder: join(folder, 'file'),
    clock: systemClock,
    onUnprotected: (reason) => reasons.push(reason),
  })
  const answers = [await lock.hold('a', async () => 1), await lock.hold('a', async () => 2)]
  expect(answers).toEqual([
    { kind: 'done', value: 1 },
    { kind: 'done', value: 2 },
  ])
  expect(reasons).toEqual(['ENOTDIR'])
})
