import { expect, test } from 'vitest'
import { VaultUnavailableError } from '../../../main/vault/key-value-storage.ts'
import { openMemoryVault, openStoreVault } from '../../../main/vault/open-vault.ts'
import { createFakeStore } from './fake-store.ts'
import { createManualClock } from './manual-clock.ts'

const clock = createManualClock()
const key = 'CognitoIdentityServiceProvider.4k2v9q1t.ana@example.com.idToken'

test('an item is there until it is removed, the empty text included', async () => {
  const storage = openMemoryVault(clock).keyValueStorage('amplify')
  expect(await storage.getItem(key)).toBeNull()
  await storage.setItem(key, 'token')
  expect(await storage.getItem(key)).toBe('token')
  await storage.setItem(key, '')
  expect(await storage.getItem(key)).toBe('')
  await storage.removeItem(key)
  expect(await storage.getItem(key)).toBeNull()
})

test('clear empties its own namespace and no other', async () => {
  const vault = openMemoryVault(clock)
  const one = vault.keyValueStorage('one')
  const other = vault.keyValueStorage('one/more')
  await one.setItem('a', '1')
  await one.setItem('b', '2')
  await other.setItem('a', '3')
  await one.clear()
  expect([await one.getItem('a'), await one.getItem('b'), await other.getItem('a')]).toEqual([
    null,
    null,
    '3',
  ])
})

test('a keychain that cannot say rejects, so that nobody takes it for signed out', async () => {
  const store = createFakeStore()
  store.refusal = 'locked'
  const storage = openStoreVault(store, { directory: undefined, clock }).keyValueStorage('amplify')
  const refused = storage.getItem(key)
  await expect(refused).rejects.toThrow(VaultUnavailableError)
  await expect(refused).rejects.toMatchObject({ failure: { code: 'vault.locked' } })
  await storage.setItem(key, 'token')
  expect(await storage.getItem(key)).toBe('token')
})

test('keys that look like the vault’s own names are apart', async () => {
  const storage = openStoreVault(createFakeStore({ itemBytes: 2_560 }), {
    directory: undefined,
    clock,
  }).keyValueStorage('amplify')
  const keys = ['k', 'k#2', 'k#1.1', 'k%232']
  for (const key of keys) await storage.setItem(key, key.repeat(900))
  for (const key of keys) expect(await storage.getItem(key)).toBe(key.repeat(900))
  await storage.removeItem('k')
  expect(await storage.getItem('k#2')).toBe('k#2'.repeat(900))
})
