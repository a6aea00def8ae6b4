// Every fault at every step. The table says what is expected; docs/faults.md is made of it (`SESAME_WRITE_DOCS=1 npm test -- tests/integration/faults`, or
// SESAME_WRITE_DOCS=1 with this test), and this test fails when the page says something else.
import { readFile, writeFile } from 'node:fs/promises'
import { devNull } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { openStoreVault } from '../../../main/vault/open-vault.ts'
import { createFakeStore } from '../../unit/vault/fake-store.ts'
import { stage, startMachine } from '../sessions/support.ts'
import { type FaultKind, type FaultName, faults } from './faults.ts'
import { faultsPage } from './page.ts'
import { type Seen, type Step, type StepName, steps } from './steps.ts'
import { expected } from './table.ts'

const seen = async (step: Step, kind: FaultKind): Promise<Seen> => {
  const store = createFakeStore()
  // Nothing can be made below a device, whoever runs this.
  const directory = kind.at === 'folder' ? join(devNull, 'sesame') : undefined
  await using s = await stage(
    step.client,
    {},
    {},
    (clock) => openStoreVault(store, { directory, clock }).sessions,
  )
  await step.prepare(s)
  const result = await step.run(s, {
    begin(operation) {
      if (kind.at === 'server')
        s.server.faults.add({ match: { operation, times: 'always' }, fault: kind.fault })
      if (kind.at === 'keychain') store.refusal = kind.reason
    },
    async end() {
      s.server.faults.clear()
      store.refusal = undefined
      await s.vault.probe()
      s.sessions.wake('vault')
    },
  })
  await s.sessions.stop()
  expect(s.bugs).toEqual([])
  // Whatever happened, the next start finds it as it was left.
  const next = await startMachine(
    s.clock,
    [s.profile],
    openStoreVault(store, { directory, clock: s.clock }).sessions,
  )
  expect(next.sessions.view(s.profile.id)?.session.status, 'after a restart').toBe(result.end)
  await next.sessions.stop()
  return result
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.keys forgets the table's own keys
const stepNames = Object.keys(steps) as StepName[]
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
const faultNames = Object.keys(faults) as FaultName[]

describe.each(faultNames)('%s', (fault) => {
  test.each(stepNames)('at %s', async (step) => {
    const { sentence } = await seen(steps[step], faults[fault])
    expect(sentence, `what was seen: ${sentence}`).toBe(expected[fault][step])
  })
})

test('no cell says that a session is lost', () => {
  expect(JSON.stringify(expected)).not.toContain('lost"')
})

test('docs/faults.md says what this table says', async () => {
  const path = fileURLToPath(new URL('../../../docs/faults.md', import.meta.url))
  const page = faultsPage()
  if (process.env['SESAME_WRITE_DOCS'] !== undefined) await writeFile(path, page)
  expect(await readFile(path, 'utf8')).toBe(page)
})
