// Owns sessions and client secrets as items: one item each, checked when read, set aside when damaged. Implements the vault that
// sessions/ names; which keychain is behind it is the items' affair.
import * as z from 'zod'
import { fileStamp } from '../files.ts'
import type { SessionVault, VaultRead } from '../sessions/ports.ts'
import { rememberedDeviceSchema, sessionRecordSchema } from '../sessions/session.ts'
import { asideAccount, clientSecretAccount, devicesAccount, sessionAccount } from './accounts.ts'
import { decodeItem, encodeItem } from './item.ts'
import { unavailable } from './secret-store.ts'
import type { Storage, VaultItems } from './vault-items.ts'

const devicesSchema = z.object({ devices: z.array(rememberedDeviceSchema) })
const clientSecretSchema = z.object({ clientSecret: z.string().min(1) })

export const createSessionVault = (items: VaultItems, clock: { now(): number }): SessionVault => {
  const readItem = async <T>(
    account: string,
    storage: Storage,
    schema: z.ZodType<T>,
    belongs: (body: T) => boolean,
  ): Promise<VaultRead<T>> => {
    const item = await items.read(account, storage)
    if (item.kind !== 'found') return item
    const decoded = decodeItem(item.value, schema)
    if (decoded.kind === 'whole' && belongs(decoded.body)) return { kind: 'found', value: decoded.body }
    await items.setAside(account, asideAccount(fileStamp(clock.now()), account), item.value)
    return unavailable('corrupt')
  }

  return {
    get state() {
      return items.state
    },
    probe: () => items.probe(),
    onStateChange: (listener) => items.onStateChange(listener),

    readSession: ({ id, storage }) =>
      readItem(sessionAccount(id), storage, sessionRecordSchema, ({ profileId }) => profileId === id),
    writeSession: ({ id, storage }, record) =>
      items.write(sessionAccount(id), encodeItem(record.generation, record), storage),
    removeSession: (profileId) => items.remove(sessionAccount(profileId)),

    readClientSecret: async ({ id, storage }) => {
      const read = await readItem(clientSecretAccount(id), storage, clientSecretSchema, () => true)
      return read.kind === 'found' ? { kind: 'found', value: read.value.clientSecret } : read
    },
    writeClientSecret: ({ id, storage }, clientSecret) =>
      items.write(clientSecretAccount(id), encodeItem(1, { clientSecret }), storage),
    removeClientSecret: (profileId) => items.remove(clientSecretAccount(profileId)),

    readDevices: async ({ id, storage }) => {
      const read = await readItem(devicesAccount(id), storage, devicesSchema, () => true)
      return read.kind === 'found' ? { kind: 'found', value: read.value.devices } : read
    },
    writeDevices: ({ id, storage }, devices) =>
      items.write(devicesAccount(id), encodeItem(1, { devices }), storage),
    removeDevices: (profileId) => items.remove(devicesAccount(profileId)),
  }
}
