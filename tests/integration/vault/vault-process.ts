// A process with a keychain vault in it, driven by its parent: keytar is in process, so that a locked, absent or hung keyring
// needs a process of its own with that keyring's environment.

import { assertNever } from '../../../main/failure.ts'
import { systemClock } from '../../../main/sessions/system-clock.ts'
import { createHelperKeytar } from '../../../main/vault/helper-keytar.ts'
import { startNodeHelper } from '../../../main/vault/node-helper.ts'
import { openKeychainVault } from '../../../main/vault/open-vault.ts'
import type { Encryption } from '../../../main/vault/spill.ts'
import type { VaultCall, VaultProcessOptions, VaultReply } from './vault-child.ts'

const { directory, timeoutMs, helper, encrypts }: VaultProcessOptions = JSON.parse(process.argv[2] ?? '')

/** Enough to tell what it wrote from what it did not; a real key is the platform's affair. */
const encryption: Encryption = {
  isReal: async () => true,
  encrypt: async (text) => Buffer.from(text).toReversed(),
  decrypt: async (bytes) => Buffer.from(bytes.toReversed()).toString(),
}

const vault = openKeychainVault({
  directory,
  defaultDirectory: `${directory}/elsewhere`,
  clock: systemClock,
  timeoutMs,
  ...(encrypts ? { encryption } : {}),
  ...(helper === undefined ? {} : { loadKeytar: async () => createHelperKeytar(startNodeHelper(helper)) }),
})

const answer = async (call: VaultCall): Promise<unknown> => {
  const { sessions, items } = vault
  switch (call.kind) {
    case 'probe':
      return sessions.probe()
    case 'state':
      return sessions.state
    case 'readSession':
      return sessions.readSession(call.profile)
    case 'writeSession':
      return sessions.writeSession(call.profile, call.record)
    case 'removeSession':
      return sessions.removeSession(call.profileId)
    case 'readClientSecret':
      return sessions.readClientSecret(call.profile)
    case 'writeClientSecret':
      return sessions.writeClientSecret(call.profile, call.secret)
    case 'accounts':
      return items.accounts('')
    case 'unsaved':
      return items.unsaved()
    case 'exit':
      return process.exit(0)
    case 'nextState':
      return new Promise((resolve) => {
        const stop = sessions.onStateChange((state) => {
          stop()
          resolve(state)
        })
      })
    default:
      return assertNever(call)
  }
}

process.on('message', (message: { id: number; call: VaultCall }) => {
  const reply = (value: VaultReply): void => {
    if (process.connected) process.send?.(value)
  }
  answer(message.call).then(
    (value) => reply({ id: message.id, value }),
    (error: unknown) => reply({ id: message.id, error: String(error) }),
  )
})
