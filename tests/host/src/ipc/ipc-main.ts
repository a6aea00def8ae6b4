/** `ipcMain`, and the same for one window (`webContents.ipc`): who handles which channel. Carries nothing itself. */
import { EventEmitter } from 'node:events'
import type { HostEvent } from '../host-event.ts'
import { loud } from '../loud.ts'
import type { WebContents } from '../window/web-contents.ts'
import type { WebFrameMain } from '../window/web-frame-main.ts'

export interface IpcMainInvokeEvent extends HostEvent {
  readonly type: 'frame'
  readonly processId: number
  readonly frameId: number
  readonly sender: WebContents
  readonly senderFrame: WebFrameMain | null
}

export interface IpcMainEvent extends IpcMainInvokeEvent {
  readonly ports: readonly never[]
  reply(channel: string, ...args: unknown[]): void
}

/**
 * `never[]`: a handler says what it wants to be given, as in `(event, id: string) => …`. Nothing checks that the page
 * sends that; Electron types the arguments `any`, which leaves the same gap without showing it.
 */
export type InvokeHandler = (event: IpcMainInvokeEvent, ...args: never[]) => unknown

/** Members that hand the app our own events cannot be held against Electron's types: only their names are. */
type Covered = Record<Extract<keyof Electron.IpcMain, 'handle' | 'handleOnce' | 'removeHandler'>, unknown>

export class IpcMain extends EventEmitter implements Covered {
  private readonly handlers = new Map<string, InvokeHandler>()

  constructor() {
    super()
    // A page may send on a channel named "error", which must not end the process.
    this.on('error', () => {})
  }

  handle(channel: string, handler: InvokeHandler): void {
    if (this.handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    if (typeof handler !== 'function') {
      throw new TypeError(`Expected handler to be a function, but found type '${typeof handler}'`)
    }
    this.handlers.set(channel, handler)
  }

  handleOnce(channel: string, handler: InvokeHandler): void {
    this.handle(channel, (event, ...args) => {
      this.removeHandler(channel)
      return handler(event, ...args)
    })
  }

  removeHandler(channel: string): void {
    this.handlers.delete(channel)
  }

  /** For the stand-in: names that begin with "host" are not Electron's. */
  hostHandler(channel: string): InvokeHandler | undefined {
    return this.handlers.get(channel)
  }
}

export const ipcMain = loud('ipcMain', new IpcMain())
