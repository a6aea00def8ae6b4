import { expect, test } from 'vitest'
import { createEarlyPort } from '../../../main/ipc/early-port.ts'
import type { IpcMainPort } from '../../../main/ipc/port.ts'
import { requestNames } from '../../../preload/channels.ts'

type Listener = Parameters<IpcMainPort['handle']>[1]

const event = { senderFrame: { url: 'app://sesame/', parent: null }, sender: { id: 1 } }

const page = () => {
  const listeners = new Map<string, Listener>()
  const port = createEarlyPort({ handle: (channel, listener) => void listeners.set(channel, listener) })
  return { listeners, port, ask: (name: string, ...args: unknown[]) => listeners.get(name)?.(event, ...args) }
}

test('every request of the contract is taken before there is a handler', () => {
  expect([...page().listeners.keys()]).toEqual([...requestNames])
})

test('a request that came early is answered by its handler, with the sender and the arguments as they came', async () => {
  const { port, ask } = page()
  const answer = ask('signIn.cancel', 'attempt')
  port.handle('signIn.cancel', (from, ...args) => [from, args])
  expect(await answer).toEqual([event, ['attempt']])
})

test('a request that comes later goes to the same handler, and no other', async () => {
  const { port, ask } = page()
  port.handle('app.load', () => 'loaded')
  port.handle('vault.retry', () => 'retried')
  expect(await ask('app.load')).toBe('loaded')
})
