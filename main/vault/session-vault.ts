// Owns sessions and client secrets as items: one account each, checked when read. Implements the vault that sessions/ names;
// which keychain is behind it, and what a generation is, are the items' affair. Each is stored with the audience it is meant for: a
// profile that points elsewhere meanwhile does not have it.
import * as z from 'zod'
import { type Audience, audienceOf, audienceSchema, isSecretFor, isSessionFor } from '../profiles/audience.ts'
import type { SessionVault, VaultRead } from '../sessions/ports.ts'
import { takingPlaceOf } from '../sessions/replaced.ts'
import { rememberedDeviceSchema, sessionRecordSchema } from '../sessions/session.ts'
import { clientSecretAccount, devicesAccount, sessionAccount } from './accounts.ts'
import type { VaultItems } from './vault-items.ts'

const devicesSchema = z.object({ devices: z.array(rememberedDeviceSchema) })
const audience = audienceSchema.optional()
const clientSecretSchema = z.object({ clientSecret: z.string().min(1), audience })
const storedSessionSchema = sessionRecordSchema.extend({ audience })

const recordOf = (id: string) => storedSessionSchema.refine(({ profileId }) => profileId === id)

/** What is meant for somebody else is not there. What was stored before audiences were is taken for the profile's. */
const ifMeant = <T extends { readonly audience?: Audience | undefined }>(
  read: VaultRead<T>,
  isMeant: (audience: Audience) => boolean,
): VaultRead<T> =>
  read.kind === 'found' && read.value.audience !== undefined && !isMeant(read.value.audience)
    ? { kind: 'absent' }
    : read

/** What was stored before audiences were is taken for the profile's. */
const isSameAudience = (one: Audience | undefined, other: Audience | undefined): boolean =>
  one === undefined ||
  other === undefined ||
  (one.clientId === other.clientId && one.issuer === other.issuer && one.login === other.login)

/** A session that was begun while the one before could not be read takes up what that one leaves to be revoked, at the same client. */
export const completionOf = (body: unknown): ((there: unknown) => unknown) | undefined => {
  const session = storedSessionSchema.safeParse(body)
  if (!session.success || session.data.replacesUnread !== true) return undefined
  const { audience: meant, ...record } = session.data
  return (there) => {
    const stored = storedSessionSchema.safeParse(there)
    const isOurs = isSameAudience(stored.data?.audience, meant)
    return { ...takingPlaceOf(record, isOurs ? stored.data : undefined), audience: meant }
  }
}

export const createSessionVault = (items: VaultItems): SessionVault => ({
  get state() {
    return items.state
  },
  probe: () => items.probe(),
  onStateChange: (listener) => items.onStateChange(listener),

  readSession: async (profile) => {
    const { id, storage } = profile
    const stored = await items.read(sessionAccount(id), recordOf(id), storage)
    const read = ifMeant(stored, (meant) => isSessionFor(meant, profile))
    if (read.kind !== 'found') return read
    const { audience: _, ...record } = read.value
    return { kind: 'found', value: record }
  },
  writeSession: (profile, record) =>
    items.write(sessionAccount(profile.id), { ...record, audience: audienceOf(profile) }, profile.storage),
  removeSession: (profileId) => items.remove(sessionAccount(profileId)),
  hasSession: async (profileId) => {
    const account = sessionAccount(profileId)
    return (await items.accounts(account)).includes(account)
  },
  unsavedSession: (profileId) => items.waiting(sessionAccount(profileId)),

  readClientSecret: async (profile) => {
    const { id, storage } = profile
    const stored = await items.read(clientSecretAccount(id), clientSecretSchema, storage)
    const read = ifMeant(stored, (meant) => isSecretFor(meant, profile))
    return read.kind === 'found' ? { kind: 'found', value: read.value.clientSecret } : read
  },
  writeClientSecret: (profile, clientSecret) =>
    items.write(
      clientSecretAccount(profile.id),
      { clientSecret, audience: audienceOf(profile) },
      profile.storage,
    ),
  removeClientSecret: (profileId) => items.remove(clientSecretAccount(profileId)),

  readDevices: async ({ id, storage }) => {
    const read = await items.read(devicesAccount(id), devicesSchema, storage)
    return read.kind === 'found' ? { kind: 'found', value: read.value.devices } : read
  },
  writeDevices: ({ id, storage }, devices) => items.write(devicesAccount(id), { devices }, storage),
  removeDevices: (profileId) => items.remove(devicesAccount(profileId)),
})
