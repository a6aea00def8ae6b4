import { describe, expect, test } from 'vitest'
import { describeServer, SEEDS } from '../../cognito-server/seeds.ts'
import { FLOWS, withCallbackUrls } from '../../cognito-server/seeds-all-flows.ts'

const { pools } = SEEDS['all-flows']

describe('the seed all-flows', () => {
  test('no two app clients share an id, and every pool has all three kinds', () => {
    const clients = pools.flatMap((pool) => pool.clients)
    expect(new Set(clients.map(({ id }) => id)).size).toBe(clients.length)
    for (const pool of pools) {
      const kinds = pool.clients.map(({ secret, rotation }) => [secret !== undefined, rotation !== undefined])
      expect(kinds).toEqual([
        [false, false],
        [true, false],
        [true, true],
      ])
    }
  })

  test('no two users share an address to sign in with', () => {
    const phones =
      FLOWS.everything.users?.flatMap(({ attributes }) => attributes?.['phone_number'] ?? []) ?? []
    expect(new Set(phones).size).toBe(phones.length)
  })

  test('can be given the callbacks of a test, which it then describes', () => {
    const callbacks = ['http://localhost:50000/callback']
    const { pools: described } = describeServer(
      'http://127.0.0.1:1',
      withCallbackUrls(SEEDS['all-flows'], callbacks),
    )
    expect(described).toHaveLength(pools.length * 3)
    for (const { domain, callbackUrls } of described) {
      expect({ domain, callbackUrls }).toEqual({ domain: 'http://127.0.0.1:1', callbackUrls: callbacks })
    }
  })
})
