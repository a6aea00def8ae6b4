// Measures in a process with a keyring's environment: a session written by the vault as the app opens it, keytar in its helper,
// beside the bare keytar calls that such a write needs. Answers with the milliseconds of a write of ours, and
// its ratio to the bare one's.
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createLockFiles } from '../../main/locks/lock-files.ts'
import { systemClock as clock } from '../../main/sessions/system-clock.ts'
import { createHelperKeytar } from '../../main/vault/helper-keytar.ts'
import { loadKeytar } from '../../main/vault/keytar.ts'
import { startNodeHelper } from '../../main/vault/node-helper.ts'
import { openKeychainVault } from '../../main/vault/open-vault.ts'
import { sampleProfile, sampleRecord } from '../unit/vault/samples.ts'
import { timeInTurns } from './measure.ts'

const helper = fileURLToPath(new URL('../../main/vault/keychain-helper.ts', import.meta.url))
const vault = openKeychainVault({
  directory: process.argv[2] ?? '',
  defaultDirectory: '',
  clock,
  lock: createLockFiles({ folder: join(process.argv[2] ?? '', 'locks'), clock }),
  loadKeytar: async () => createHelperKeytar(startNodeHelper(helper)),
})
const profile = sampleProfile({ id: randomUUID() })
let generation = 0

const writeOurs = async (): Promise<void> => {
  generation += 1
  const written = await vault.sessions.writeSession(profile, sampleRecord(profile.id, generation))
  if (written.kind !== 'saved') throw new Error(`the vault answered ${JSON.stringify(written)}`)
}

const bare = await loadKeytar()
const value = JSON.stringify(sampleRecord(profile.id))
let current = 'one'

/** Which of the two places is free, the write, whether it is there, and the old one's removal. */
const writeBare = async (): Promise<void> => {
  const free = current === 'one' ? 'other' : 'one'
  await bare.getPassword('bare', current)
  await bare.getPassword('bare', free)
  await bare.setPassword('bare', free, value)
  if ((await bare.getPassword('bare', free)) !== value) throw new Error('keytar kept something else')
  await bare.deletePassword('bare', current)
  current = free
}

await writeOurs()
await bare.setPassword('bare', current, value)
const time = await timeInTurns(
  [
    ['ours', writeOurs],
    ['bare', writeBare],
  ],
  { rounds: 41, roundMs: 100 },
)
process.send?.({ ms: time.of('ours'), ratio: time.ratio('ours', 'bare') })
process.disconnect()
