import { describe, expect, it } from 'vitest'
import { createBridge } from '../../../preload/bridge.ts'
import { eventNames, requestNames } from '../../../preload/channels.ts'

const setUp = () => {
  const invoked: unknown[][] = []
  const listeners = new Map<string, Set<(event: unknown, payload: unknown) => void>>()
  const bridge = createBridge({
    invoke: async (...args) => {
      invoked.push(args)
      return { ok: true, value: 'answer' }
    },
    on: (channel, listener) => listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener)),
    removeListener: (channel, listener) => listeners.get(channel)?.delete(listener),
  })
  const push = (channel: string, payload: unknown): void => {
    for (const listener of listeners.get(channel) ?? []) listener({ sender: 'ipcRenderer' }, payload)
  }
  /** As a page could call it, whatever the types say. */
  const call = (method: 'request' | 'on', ...args: unknown[]): unknown =>
    Reflect.apply(Reflect.get(bridge, method), undefined, args)
  return { bridge, call, invoked, listeners, push }
}

describe('window.sesame', () => {
  it('has request and on, and nothing else', () => {
    expect(Object.keys(setUp().bridge)).toEqual(['request', 'on'])
  })

  it('passes on every request of the contract', async () => {
    const { call, invoked } = setUp()
    for (const name of requestNames) await call('request', name, 'argument')
    expect(invoked).toEqual(requestNames.map((name) => [name, 'argument']))
  })

  it.each([
    'session.refreshToken',
    'ELECTRON_BROWSER_GET',
    '',
    'toString',
    '__proto__',
    42,
    undefined,
    ['app.load'],
  ])('sends nothing for the name %s', async (name) => {
    const { call, invoked, listeners } = setUp()
    await expect(call('request', name)).rejects.toThrow('unknown request')
    expect(() => call('on', name, () => {})).toThrow('unknown event')
    expect(invoked).toEqual([])
    expect(listeners.size).toBe(0)
  })

  it('gives a listener the payload, never the event with its sender', () => {
    const { bridge, push } = setUp()
    const got: unknown[][] = []
    for (const name of eventNames) bridge.on(name, (...args) => got.push(args))
    for (const name of eventNames) push(name, name)
    expect(got).toEqual(eventNames.map((name) => [name]))
  })

  it('stops telling a listener that stopped listening, and goes on telling the others', () => {
    const { bridge, push } = setUp()
    const got: string[] = []
    const stop = bridge.on('clock.changed', () => got.push('first'))
    bridge.on('clock.changed', () => got.push('second'))
    stop()
    push('clock.changed', { offsetMs: 1 })
    expect(got).toEqual(['second'])
  })

  it('refuses a listener that is not a function', () => {
    expect(() => setUp().call('on', 'clock.changed', 'alert(1)')).toThrow('not a function')
  })
})
