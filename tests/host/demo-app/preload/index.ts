/** The demo's bridge: wide open on purpose, since it is the host that is under test. */
import { contextBridge, ipcRenderer } from 'electron'

/** What a sandboxed preload must not be able to do. */
function tryNode(): string {
  try {
    // Hidden from the bundler, which would resolve it.
    const load: (name: string) => unknown = require
    load('fs')
    return 'loaded'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

Object.assign(globalThis, { preloadSecret: 42 })

function subscribe(channel: string) {
  return (callback: (value: unknown) => void) => {
    const listener = (_event: unknown, value: unknown): void => callback(value)
    ipcRenderer.on(channel, listener)
    return () => {
      ipcRenderer.removeListener(channel, listener)
    }
  }
}

const api = {
  invoke: (channel: string, ...args: unknown[]): Promise<unknown> => ipcRenderer.invoke(channel, ...args),
  send: (channel: string, ...args: unknown[]): void => ipcRenderer.send(channel, ...args),
  onTick: subscribe('tick'),
  onMenu: subscribe('menu'),
  onPong: subscribe('pong'),
  add: (a: number, b: number) => a + b,
  give: (value: unknown): unknown => value,
  throwError: () => {
    throw new RangeError('from preload')
  },
  world: {
    requireError: tryNode(),
    isSandboxed: process.sandboxed,
    isIsolated: process.contextIsolated,
    readyState: document.readyState,
  },
}

export type Api = typeof api

contextBridge.exposeInMainWorld('api', api)
