import { expect, test } from 'vitest'
import { bodyText, encodeWhole } from '../../../main/vault/item.ts'
import { openStoreVault } from '../../../main/vault/open-vault.ts'
import { createFakeStore } from './fake-store.ts'
import { createManualClock } from './manual-clock.ts'
import { sampleProfile, sampleRecord } from './samples.ts'

const profile = sampleProfile()
const account = `session/${profile.id}`

const world = (stored: Record<string, string> = {}) => {
  const store = createFakeStore({ values: new Map(Object.entries(stored)) })
  const clock = createManualClock(Date.UTC(2026, 1, 3, 4, 5, 6))
  return { store, vault: openStoreVault(store, { directory: undefined, clock }).sessions }
}

test('one session is one item', async () => {
  const { store, vault } = world()
  const record = sampleRecord(profile.id, 9)
  await vault.writeSession(profile, record)
  expect([...store.values.keys()]).toEqual([account])
  expect(JSON.parse(store.values.get(account) ?? '')).toMatchObject({ sesame: 1, body: record })
})

test('a session of version 0.1 is read', async () => {
  const record = sampleRecord(profile.id, 4)
  const { vault } = world({ [account]: JSON.stringify({ sesame: 1, generation: 4, body: record }) })
  expect(await vault.readSession(profile)).toEqual({ kind: 'found', value: record })
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

test('a session is listed until somebody removes it, whatever becomes of the keychain', async () => {
  const { store, vault } = world()
  expect(await vault.hasSession(profile.id)).toBe(false)
  await vault.writeSession(profile, sampleRecord(profile.id))
  expect(await vault.hasSession(profile.id)).toBe(true)
  store.values.clear()
  expect(await vault.readSession(profile)).toEqual({ kind: 'absent' })
  expect(await vault.hasSession(profile.id)).toBe(true)
  await vault.removeSession(profile.id)
  expect(await vault.hasSession(profile.id)).toBe(false)
  store.refusal = 'locked'
  await vault.writeSession(profile, sampleRecord(profile.id))
  expect(await vault.hasSession(profile.id), 'it waits').toBe(true)
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
  ['a record without tokens', encodeWhole(1, bodyText(withoutTokens))],
  [
    "another profile's record",
    encodeWhole(1, bodyText(sampleRecord('00000000-0000-4000-8000-000000000000'))),
  ],
] as const)('%s is set aside under another name, and then the session is absent', async ([, damaged]) => {
  const { store, vault } = world({ [account]: damaged })
  expect(await vault.readSession(profile)).toEqual({ kind: 'unavailable', reason: 'corrupt' })
  expect(await vault.readSession(profile)).toEqual({ kind: 'absent' })
  expect([...store.values]).toEqual([[`set-aside/20260203T040506Z/${account}`, damaged]])
})

test('a session and a client secret are there only for the addresses they were meant for', async () => {
  const { vault } = world()
  const record = sampleRecord(profile.id)
  await vault.writeSession(profile, record)
  await vault.writeClientSecret(profile, 'app client secret')
  const elsewhere = [
    { ...profile, clientId: 'another' },
    { ...profile, endpoints: { userPool: 'https://evil.example' } },
    { ...profile, endpoints: { userPool: 'https://evil.execute-api.eu-west-1.amazonaws.com' } },
  ]
  for (const pointed of elsewhere) {
    expect(await vault.readSession(pointed)).toEqual({ kind: 'absent' })
    expect(await vault.readClientSecret(pointed)).toEqual({ kind: 'absent' })
  }
  const login = { ...profile, domain: 'https://evil.example' }
  expect(await vault.readClientSecret(login)).toEqual({ kind: 'absent' })
  expect(await vault.readSession(profile)).toEqual({ kind: 'found', value: record })
  expect(await vault.readClientSecret(profile)).toEqual({ kind: 'found', value: 'app client secret' })
})

test('secrets that end with this process are told by profile, sessions apart', async () => {
  const store = createFakeStore()
  const clock = createManualClock(Date.UTC(2026, 1, 3, 4, 5, 6))
  const vault = openStoreVault(store, { directory: undefined, clock })
  const { sessions } = vault
  const device = { key: 'k', groupKey: 'g', password: 'device password', username: 'ana', loginId: 'ana' }
  store.refusal = 'locked'
  await sessions.writeSession(profile, sampleRecord(profile.id))
  await sessions.writeClientSecret(profile, 'app client secret')
  await sessions.writeDevices(profile, [device])
  await vault.keyValueStorage('client-secret').setItem('key', 'value')
  expect(vault.unsavedSecrets()).toEqual([
    { kind: 'client-secret', profileId: profile.id },
    { kind: 'devices', profileId: profile.id },
  ])
  store.refusal = undefined
  await sessions.probe()
  expect(vault.unsavedSecrets()).toEqual([])
})

test('a session begun while the one before could not be read takes up its token when the keychain is open', async () => {
  const { store, vault } = world()
  const before = sampleRecord(profile.id, 1)
  await vault.writeSession(profile, before)
  store.refusal = 'locked'
  const tokens = { ...before.tokens, refreshToken: 'the new one' }
  const signedInAt = before.signedInAt + 1
  const begun = { ...before, generation: 2, tokens, signedInAt, replacesUnread: true }
  expect(await vault.writeSession(profile, begun)).toMatchObject({ kind: 'unsaved' })
  store.refusal = undefined
  await vault.probe()
  const { replacesUnread: _, ...stored } = begun
  expect(await vault.readSession(profile)).toEqual({
    kind: 'found',
    value: { ...stored, owedRevocations: [before.tokens.refreshToken] },
  })
})

test('but not one of another app client', async () => {
  const { store, vault } = world()
  const before = sampleRecord(profile.id, 1)
  await vault.writeSession({ ...profile, clientId: 'another' }, before)
  store.refusal = 'locked'
  const signedInAt = before.signedInAt + 1
  await vault.writeSession(profile, { ...before, generation: 2, signedInAt, replacesUnread: true })
  store.refusal = undefined
  await vault.probe()
  expect(await vault.readSession(profile)).toMatchObject({ kind: 'found', value: { signedInAt } })
  expect(await vault.readSession(profile)).not.toMatchObject({
    value: { owedRevocations: [expect.any(String)] },
  })
})
