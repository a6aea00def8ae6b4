// Owns what crosses the bridge: requests and events by the names of channels.ts, and nothing else. Imports no electron, so that
// a test can hold it; index.ts hands it the real ipcRenderer.
import { type EventName, eventNames, type RequestName, requestNames } from './channels.ts'
import type { SesameBridge } from './contract.ts'

/** The three members of Electron's ipcRenderer that the bridge uses. */
export interface IpcRendererPort {
  invoke(channel: string, ...args: unknown[]): Promise<unknown>
  on(channel: string, listener: (event: unknown, payload: unknown) => void): unknown
  removeListener(channel: string, listener: (event: unknown, payload: unknown) => void): unknown
}

const isRequest = (name: unknown): name is RequestName => requestNames.some((known) => known === name)
const isEvent = (name: unknown): name is EventName => eventNames.some((known) => known === name)

/** What `window.sesame` is. A name that is not in channels.ts never reaches main; the event object never reaches the page. */
export const createBridge = (ipc: IpcRendererPort): SesameBridge => {
  const request = async (name: unknown, ...args: unknown[]): Promise<unknown> => {
    if (!isRequest(name)) throw new TypeError('window.sesame.request: unknown request')
    return ipc.invoke(name, ...args)
  }
  const on = (name: unknown, listener: unknown): (() => void) => {
    if (!isEvent(name)) throw new TypeError('window.sesame.on: unknown event')
    if (typeof listener !== 'function') {
      throw new TypeError('window.sesame.on: the listener is not a function')
    }
    const forward = (_event: unknown, payload: unknown): void => {
      listener(payload)
    }
    ipc.on(name, forward)
    return () => {
      ipc.removeListener(name, forward)
    }
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- main validates both directions by the contract's schemas
  return { request, on } as SesameBridge
}
