// Every fault at every step. The table says what is expected; docs/faults.md is made of it (`SESAME_WRITE_DOCS=1 npm test -- tests/integration/faults`, or
// SESAME_WRITE_DOCS=1 with this test), and this test fails when the page says something else.
import type * as fs from 'node:fs/promises'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { devNull, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test, vi } from 'vitest'
import { createActivityFile } from '../../../main/activity/activity-file.ts'
import { createLockFiles } from '../../../main/locks/lock-files.ts'
import type { Clock } from '../../../main/sessions/ports.ts'
import { systemClock } from '../../../main/sessions/system-clock.ts'
import { openStoreVault } from '../../../main/vault/open-vault.ts'
import type { Encryption } from '../../../main/vault/spill.ts'
import { stage, startMachine } from '../sessions/support.ts'
import { createFailingStore, createSilence } from './failing-store.ts'
import { type FaultKind, type FaultName, faults } from './faults.ts'
import { disk } from './full-disk.ts'
import { faultsPage } from './page.ts'
import { realFaults } from './real.ts'
import { quickly } from './stages.ts'
import { type Seen, type Step, type StepName, steps } from './steps.ts'
import { expected } from './table.ts'

vi.mock('node:fs/promises', async (original) => {
  const { filesOn } = await import('./full-disk.ts')
  return filesOn(await original<typeof fs>())
})

/** Enough to tell what it wrote from what it did not; a real key is the platform's affair. */
const encryption: Encryption = {
  isReal: async () => true,
  encrypt: async (text) => Buffer.from(text).toReversed(),
  decrypt: async (bytes) => Buffer.from(bytes.toReversed()).toString(),
}

/** The configuration folder, where the fault is about it. */
const directoryFor = async (kind: FaultKind): Promise<string | undefined> => {
  // Nothing can be made below a device, whoever runs this.
  if (kind.at === 'folder') return join(devNull, 'sesame')
  const hasFiles = kind.at === 'disk' || (kind.at === 'keychain' && kind.spills)
  return hasFiles ? mkdtemp(join(tmpdir(), 'sesame-faults-')) : undefined
}

const seen = async (step: Step, kind: FaultKind, directory: string | undefined): Promise<Seen> => {
  const { store, refuse } = createFailingStore()
  const silence = createSilence()
  const { options, settings } = await (step.surroundings ?? quickly)()
  const openVault = (clock: Clock) => openStoreVault(store, { directory, clock, encryption }).sessions
  const around =
    directory === undefined
      ? {}
      : {
          lock: createLockFiles({ folder: join(directory, 'locks'), clock: systemClock }),
          archive: createActivityFile({ folder: join(directory, 'activity') }),
        }
  const deadlines = kind.at === 'silence' ? { deadlines: silence.after } : {}
  await using s = await stage(step.client, options, settings, openVault, {
    ...around,
    ...deadlines,
  })
  await step.prepare(s)
  const result = await step.run(s, {
    begin(operation) {
      const match = { operation, times: 'always' } as const
      if (kind.at === 'server') s.server.faults.add({ match, fault: kind.fault })
      if (kind.at === 'silence') s.server.faults.add({ match, fault: silence.fault })
      if (kind.at === 'keychain') refuse(kind.reason, kind.from)
      if (kind.at !== 'disk') return
      refuse(kind.reason)
      disk.isFull = true
      disk.except = kind.except
    },
    async end() {
      s.server.faults.clear()
      silence.end()
      refuse(undefined)
      disk.isFull = false
      await s.vault.probe()
      s.sessions.wake('vault')
    },
  })
  await s.sessions.stop()
  expect(s.bugs).toEqual([])
  // Whatever happened, the next start finds it as it was left.
  const next = await startMachine(s.clock, [s.profile], openVault(s.clock))
  expect(next.sessions.view(s.profile.id)?.session.status, 'after a restart').toBe(result.end)
  await next.sessions.stop()
  return result
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.keys forgets the table's own keys
const stepNames = Object.keys(steps) as StepName[]
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
const faultNames = Object.keys(faults) as FaultName[]

describe.each(faultNames)('%s', (fault) => {
  test.each(stepNames.filter((step) => expected[fault][step] !== undefined))('at %s', async (step) => {
    const directory = await directoryFor(faults[fault])
    try {
      const { sentence } = await seen(steps[step], faults[fault], directory)
      expect(sentence, `what was seen: ${sentence}`).toBe(expected[fault][step])
    } finally {
      disk.isFull = false
      if (directory?.startsWith(tmpdir())) await rm(directory, { recursive: true, force: true })
    }
  })
})

test.each(realFaults)('$file has the test "$test"', async ({ file, test: name }) => {
  const text = await readFile(new URL(`../../../${file}`, import.meta.url), 'utf8')
  expect(text).toContain(`'${name}'`)
})

test('no cell says that a session is lost', () => {
  const cells = Object.values(expected).flatMap((row) => Object.values(row))
  expect(cells.filter((cell) => /\blost\b/.test(cell))).toEqual([])
})

test('at every step a connection breaks, an answer is lost, and none ever comes', () => {
  const always = [
    'connection reset',
    'answer lost, work done',
    'no answer until the deadline, work done',
  ] as const
  const missing = always.flatMap((fault) => stepNames.filter((step) => expected[fault][step] === undefined))
  expect(missing).toEqual([])
})

test('docs/faults.md says what this table says', async () => {
  const path = fileURLToPath(new URL('../../../docs/faults.md', import.meta.url))
  const page = faultsPage()
  if (process.env['SESAME_WRITE_DOCS'] !== undefined) await writeFile(path, page)
  expect(await readFile(path, 'utf8')).toBe(page)
})
