import { expect, test } from 'vitest'
import { createHelperKeytar } from '../../../main/vault/helper-keytar.ts'
import type { HelperReply, HelperRequest } from '../../../main/vault/keychain-protocol.ts'

const world = () => {
  const helpers: {
    requests: HelperRequest[]
    reply: (reply: HelperReply) => void
    die: () => void
    isEnded: boolean
  }[] = []
  const keytar = createHelperKeytar((onReply, onEnd) => {
    const helper = { requests: [] as HelperRequest[], reply: onReply, die: onEnd, isEnded: false }
    helpers.push(helper)
    return {
      send: (request) => void helper.requests.push(request),
      end: () => {
        helper.isEnded = true
      },
    }
  })
  return { keytar, helpers }
}

const turn = () => new Promise(setImmediate)

test('one helper answers each call by its number, whatever the order', async () => {
  const { keytar, helpers } = world()
  const one = keytar.getPassword('Test', 'a')
  const other = keytar.deletePassword('Test', 'b')
  await turn()
  const [helper] = helpers
  const [first, second] = helper?.requests ?? []
  expect([first, second]).toEqual([
    { id: 1, method: 'getPasswords', service: 'Test', accounts: ['a'] },
    { id: 2, method: 'deletePassword', service: 'Test', account: 'b' },
  ])
  helper?.reply({ id: second?.id ?? 0, value: true })
  helper?.reply({ id: first?.id ?? 0, value: ['secret'] })
  expect([await one, await other, helpers.length]).toEqual(['secret', true, 1])
})

test('what is asked together crosses once', async () => {
  const { keytar, helpers } = world()
  const both = keytar.getPasswords('Test', ['a', 'b'])
  const stored = keytar.storePassword('Test', 'a', 'secret')
  await turn()
  expect(helpers[0]?.requests).toEqual([
    { id: 1, method: 'getPasswords', service: 'Test', accounts: ['a', 'b'] },
    { id: 2, method: 'storePassword', service: 'Test', account: 'a', password: 'secret' },
  ])
  helpers[0]?.reply({ id: 1, value: ['secret', null] })
  helpers[0]?.reply({ id: 2, value: 'secret' })
  expect([await both, await stored]).toEqual([['secret', null], 'secret'])
})

test('what keytar rejects with is rejected in its words', async () => {
  const { keytar, helpers } = world()
  const call = keytar.setPassword('Test', 'a', 'secret')
  await turn()
  helpers[0]?.reply({ id: 1, error: 'Cannot create an item in a locked collection' })
  await expect(call).rejects.toThrow('locked collection')
})

test('a helper that dies rejects what waits, and the next call starts another', async () => {
  const { keytar, helpers } = world()
  const call = keytar.getPassword('Test', 'a')
  await turn()
  helpers[0]?.die()
  await expect(call).rejects.toThrow('helper ended')
  const next = keytar.getPassword('Test', 'a')
  await turn()
  helpers[1]?.reply({ id: 2, value: [null] })
  expect(await next).toBeNull()
})

test('a restart rejects what hangs and ends the helper', async () => {
  const { keytar, helpers } = world()
  const call = keytar.getPassword('Test', 'a')
  await turn()
  keytar.restart()
  await expect(call).rejects.toThrow('helper ended')
  expect(helpers[0]?.isEnded).toBe(true)
  // Its end comes late, and is not taken for that of the next one.
  const next = keytar.getPassword('Test', 'a')
  await turn()
  helpers[0]?.die()
  helpers[1]?.reply({ id: 2, value: ['secret'] })
  expect(await next).toBe('secret')
})

test('a helper that cannot be started is a call that rejects', async () => {
  const keytar = createHelperKeytar(() => {
    throw new Error('no such file')
  })
  await expect(keytar.getPassword('Test', 'a')).rejects.toThrow('helper ended')
})
