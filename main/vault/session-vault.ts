// Owns sessions and client secrets as items: one account each, checked when read. Implements the vault that sessions/ names;
// which keychain is behind it, and what a generation is, are the items' affair.
import * as z from 'zod'
import type { SessionVault } from '../sessions/ports.ts'
import { rememberedDeviceSchema, sessionRecordSchema } from '../sessions/session.ts'
import { clientSecretAccount, devicesAccount, sessionAccount } from './accounts.ts'
import type { VaultItems } from './vault-items.ts'

const devicesSchema = z.object({ devices: z.array(rememberedDeviceSchema) })
const clientSecretSchema = z.object({ clientSecret: z.string().min(1) })

const recordOf = (id: string) => sessionRecordSchema.refine(({ profileId }) => profileId === id)

export const createSessionVault = (items: VaultItems): SessionVault => ({
  get state() {
    return items.state
  },
  probe: () => items.probe(),
  onStateChange: (listener) => items.onStateChange(listener),

  readSession: ({ id, storage }) => items.read(sessionAccount(id), recordOf(id), storage),
  writeSession: ({ id, storage }, record) => items.write(sessionAccount(id), record, storage),
  removeSession: (profileId) => items.remove(sessionAccount(profileId)),
  unsavedSession: (profileId) => items.waiting(sessionAccount(profileId)),

  readClientSecret: async ({ id, storage }) => {
    const read = await items.read(clientSecretAccount(id), clientSecretSchema, storage)
    return read.kind === 'found' ? { kind: 'found', value: read.value.clientSecret } : read
  },
  writeClientSecret: ({ id, storage }, clientSecret) =>
    items.write(clientSecretAccount(id), { clientSecret }, storage),
  removeClientSecret: (profileId) => items.remove(clientSecretAccount(profileId)),

  readDevices: async ({ id, storage }) => {
    const read = await items.read(devicesAccount(id), devicesSchema, storage)
    return read.kind === 'found' ? { kind: 'found', value: read.value.devices } : read
  },
  writeDevices: ({ id, storage }, devices) => items.write(devicesAccount(id), { devices }, storage),
  removeDevices: (profileId) => items.remove(devicesAccount(profileId)),
})
