// Owns the requests of a page that is faster than the engine: each waits until its handler is there. Judges nothing; the handler does.
import { requestNames } from '../../preload/channels.ts'
import type { IpcMainPort } from './port.ts'

type Listener = Parameters<IpcMainPort['handle']>[1]

/** Takes every request from now on. Handlers are given to the port that comes back, once they can be loaded. */
export const createEarlyPort = (ipcMain: IpcMainPort): IpcMainPort => {
  const listeners = new Map<string, PromiseWithResolvers<Listener>>()
  for (const name of requestNames) {
    const listener = Promise.withResolvers<Listener>()
    listeners.set(name, listener)
    ipcMain.handle(name, async (event, ...args) => (await listener.promise)(event, ...args))
  }
  return {
    handle(channel, listener) {
      listeners.get(channel)?.resolve(listener)
    },
  }
}
