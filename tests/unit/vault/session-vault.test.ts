import { expect, test } from 'vitest'
import { encodeItem } from '../../../main/vault/item.ts'
import { createItemIndex } from '../../../main/vault/item-index.ts'
import { createSessionVault } from '../../../main/vault/session-vault.ts'
import { createVaultItems } from '../../../main/vault/vault-items.ts'
import { createFakeStore } from './fake-store.ts'
import { sampleProfile, sampleRecord } from './samples.ts'

const profile = sampleProfile()
const account = `session/${profile.id}`

const world = (stored: Record<string, string> = {}) => {
  const store = createFakeStore(new Map(Object.entries(stored)))
  const clock = { now: () => Date.UTC(2026, 1, 3, 4, 5, 6) }
  return {
    store,
    vault: createSessionVault(createVaultItems(store, createItemIndex(undefined, clock)), clock),
  }
}

test('one session is one item that names its generation', async () => {
  const { store, vault } = world()
  await vault.writeSession(profile, sampleRecord(profile.id, 9))
  expect([...store.values.keys()]).toEqual([account])
  expect(JSON.parse(store.values.get(account) ?? '')).toMatchObject({ sesame: 1, generation: 9 })
})

test('session and client secret of a profile are apart', async () => {
  const { vault } = world()
  await vault.writeClientSecret(profile, 'app client secret')
  await vault.writeSession(profile, sampleRecord(profile.id))
  await vault.removeSession(profile.id)
  expect(await vault.readSession(profile)).toEqual({ kind: 'absent' })
  expect(await vault.readClientSecret(profile)).toEqual({ kind: 'found', value: 'app client secret' })
  await vault.removeClientSecret(profile.id)
  expect(await vault.readClientSecret(profile)).toEqual({ kind: 'absent' })
})

test('devices of a profile outlive its session', async () => {
  const { store, vault } = world()
  const device = { key: 'k', groupKey: 'g', password: 'device password', username: 'ana', loginId: 'ana' }
  expect(await vault.readDevices(profile)).toEqual({ kind: 'absent' })
  await vault.writeSession(profile, sampleRecord(profile.id))
  await vault.writeDevices(profile, [device])
  await vault.removeSession(profile.id)
  expect(await vault.readDevices(profile)).toEqual({ kind: 'found', value: [device] })
  await vault.removeDevices(profile.id)
  expect(store.values.size).toBe(0)
})

const { tokens: _tokens, ...withoutTokens } = sampleRecord(profile.id)

test.for([
  ['text cut short', '{"sesame":1,"generation":1,"bo'],
  ['a record without tokens', encodeItem(1, withoutTokens)],
  ["another profile's record", encodeItem(1, sampleRecord('00000000-0000-4000-8000-000000000000'))],
] as const)('%s is set aside under another name, and then the session is absent', async ([, damaged]) => {
  const { store, vault } = world({ [account]: damaged })
  expect(await vault.readSession(profile)).toEqual({ kind: 'unavailable', reason: 'corrupt' })
  expect(await vault.readSession(profile)).toEqual({ kind: 'absent' })
  expect([...store.values]).toEqual([[`set-aside/20260203T040506Z/${account}`, damaged]])
})
