import { expect, test } from 'vitest'
import { createItemIndex } from '../../../main/vault/item-index.ts'
import { createKeyValueStorage, VaultUnavailableError } from '../../../main/vault/key-value-storage.ts'
import { openMemoryVault } from '../../../main/vault/open-vault.ts'
import { createVaultItems } from '../../../main/vault/vault-items.ts'
import { createFakeStore } from './fake-store.ts'

const key = 'CognitoIdentityServiceProvider.4k2v9q1t.ana@example.com.idToken'

test('an item is there until it is removed, the empty text included', async () => {
  const storage = openMemoryVault({ now: () => 0 }).keyValueStorage('amplify')
  expect(await storage.getItem(key)).toBeNull()
  await storage.setItem(key, 'token')
  expect(await storage.getItem(key)).toBe('token')
  await storage.setItem(key, '')
  expect(await storage.getItem(key)).toBe('')
  await storage.removeItem(key)
  expect(await storage.getItem(key)).toBeNull()
})

test('clear empties its own namespace and no other', async () => {
  const vault = openMemoryVault({ now: () => 0 })
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
  const items = createVaultItems(store, createItemIndex(undefined, { now: () => 0 }))
  const storage = createKeyValueStorage(items, 'amplify')
  const refused = storage.getItem(key)
  await expect(refused).rejects.toThrow(VaultUnavailableError)
  await expect(refused).rejects.toMatchObject({ failure: { code: 'vault.locked' } })
  await storage.setItem(key, 'token')
  expect(await storage.getItem(key)).toBe('token')
})
