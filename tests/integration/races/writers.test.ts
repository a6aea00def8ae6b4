// Several vaults write the same item at the same time, as processes do that hold no session lock: a sign-in in the window and one in the
// command line. Each has its own queue and its own locks; only the store and the folder are shared.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createLockFiles } from '../../../main/locks/lock-files.ts'
import { systemClock as clock } from '../../../main/sessions/system-clock.ts'
import { openStoreVault } from '../../../main/vault/open-vault.ts'
import { sampleProfile, sampleRecord } from '../../unit/vault/samples.ts'
import { createFileStore, itemsIn } from '../file-store.ts'

const profile = sampleProfile()
const writes = 40

test.for([
  ['items of any size', undefined],
  ['items as small as on Windows', 2_560],
] as const)(
  'of three who write one session at a time, in %s, each wins whole: a reader never sees half of one, or none',
  async ([, itemBytes]) => {
    const directory = await mkdtemp(join(tmpdir(), 'sesame-writers-'))
    const folder = join(directory, 'store')
    const open = () =>
      openStoreVault(createFileStore(folder, itemBytes), {
        directory,
        clock,
        lock: createLockFiles({ folder: join(directory, 'locks'), clock }),
      }).sessions
    const recordOf = (writer: number, number: number) => ({
      ...sampleRecord(profile.id, number),
      username: `writer ${writer}`,
    })
    const write = async (writer: number): Promise<void> => {
      const vault = open()
      for (let number = 1; number <= writes; number += 1) {
        expect(await vault.writeSession(profile, recordOf(writer, number))).toEqual({ kind: 'saved' })
      }
    }
    try {
      await open().writeSession(profile, recordOf(0, 1))
      const writers = { areDone: false }
      const writing = Promise.all([write(1), write(2), write(3)]).finally(() => {
        writers.areDone = true
      })
      const reader = open()
      while (!writers.areDone) {
        const read = await reader.readSession(profile)
        if (read.kind !== 'found') throw new Error(`a reader found it ${JSON.stringify(read)}`)
        const writer = Number(read.value.username.slice('writer '.length))
        expect(read.value).toEqual(recordOf(writer, read.value.generation))
      }
      await writing
      // Whoever came last, it was with the last of their own.
      expect(await open().readSession(profile)).toMatchObject({ value: { generation: writes } })
      const heads = (await itemsIn(folder)).filter((name) => /^session\/[^#]*(#2)?$/.test(name))
      expect(heads).toHaveLength(1)
      expect((await itemsIn(folder)).filter((name) => name.startsWith('set-aside/'))).toEqual([])
    } finally {
      await rm(directory, { recursive: true, force: true })
    }
  },
)
