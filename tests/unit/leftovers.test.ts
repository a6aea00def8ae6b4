import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sweepLeftovers } from '../../main/leftovers.ts'
import { createLockFiles } from '../../main/locks/lock-files.ts'
import { systemClock } from '../../main/sessions/system-clock.ts'
import { lockName } from '../../main/vault/accounts.ts'
import { sampleProfile } from './vault/samples.ts'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sesame-leftovers-'))
})
afterEach(() => rm(directory, { recursive: true, force: true }))

const profile = sampleProfile()
const removed = sampleProfile({ id: '8f1f3c52-0d1b-4b7e-9a42-3f6f6f0c9b11' })
const gone = '9f1f3c52-0d1b-4b7e-9a42-3f6f6f0c9b11'

test('a day later only what nobody needs is gone: temporary files, and locks of profiles and items that are no more', async () => {
  const configDir = join(directory, 'config')
  const aws = join(directory, 'aws')
  const locks = { folder: join(configDir, 'locks'), clock: systemClock }
  const folders = [configDir, join(configDir, 'vault-index'), join(configDir, 'vault-waiting'), aws]
  for (const folder of folders) {
    await mkdir(folder, { recursive: true })
    for (const name of ['credentials', 'credentials.417-3.tmp']) await writeFile(join(folder, name), '')
  }
  const kept = [
    'profiles',
    'aws-0123456789abcdef',
    profile.id,
    removed.id,
    lockName(`session/${profile.id}`),
    lockName(`devices/${removed.id}`),
    lockName('kv/amplify/key'),
  ]
  const forgotten = [gone, lockName(`session/${gone}`), lockName('kv/amplify/old')]
  const lock = createLockFiles(locks)
  for (const name of [...kept, ...forgotten]) await lock.hold(name, async () => undefined)

  await sweepLeftovers({
    configDir,
    files: [join(aws, 'credentials')],
    locks: { ...locks, clock: { ...systemClock, now: () => Date.now() + 25 * 60 * 60_000 } },
    profiles: { list: () => [profile], removed: () => [removed] },
    items: { accounts: async () => ['kv/amplify/key'] },
  })
  for (const folder of folders) expect(await readdir(folder)).toContain('credentials')
  for (const folder of folders) expect(await readdir(folder)).not.toContain('credentials.417-3.tmp')
  expect((await readdir(locks.folder)).toSorted()).toEqual(kept.toSorted())
})
