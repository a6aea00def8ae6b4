/**
 * Runs in the isolated world before the page's scripts: the sandboxed half of Electron's renderer (ipcRenderer,
 * contextBridge, a `require` of four modules), then the app's real preload, unmodified.
 */
import { decode, decodeList, encode } from '../ipc/codec.ts'
import {
  type FromPage,
  type PermissionQuestion,
  RECEIVE_FUNCTION,
  SEND_BINDING,
  type ToPage,
} from '../ipc/wire.ts'
import { loud, NotCovered } from '../loud.ts'
import { createBridge } from './bridge.ts'
import { type HostFunctions, hostKey, toPageEvent, toPreloadEvent } from './channel.ts'
import { EventEmitter } from './emitter.ts'

/** `process` as a sandboxed preload sees it. */
declare const STAND_IN_PROCESS: Readonly<Record<string, unknown>>
/** The preload's path, or null when the window has none or it could not be read. */
declare const STAND_IN_PRELOAD_PATH: string | null
/** What the window's title ends with while a person looks at it. */
declare const STAND_IN_TITLE_NOTICE: string
/** The app's preload, wrapped as CommonJS. */
declare function STAND_IN_PRELOAD(
  require: (name: string) => unknown,
  process: object,
  exports: object,
  module: object,
  global: object,
  setImmediate: (callback: () => void) => unknown,
  clearImmediate: (id: number) => void,
): void

interface Settlers {
  readonly channel: string
  resolve(value: unknown): void
  reject(error: Error): void
}

class Transport {
  readonly ipcRenderer: EventEmitter
  private readonly send: (text: string) => void
  private readonly pending = new Map<number, Settlers>()
  private lastId = 0

  constructor() {
    const send: unknown = Reflect.get(globalThis, SEND_BINDING)
    if (typeof send !== 'function')
      throw new Error('stand-in: the preload world has no way to the main process')
    // Taken and hidden: the app's preload must not find it.
    this.send = (text) => Reflect.apply(send, undefined, [text])
    Reflect.deleteProperty(globalThis, SEND_BINDING)
    this.ipcRenderer = loud('ipcRenderer', createIpcRenderer(this))
    Object.defineProperty(globalThis, RECEIVE_FUNCTION, {
      value: (text: string) => this.receive(JSON.parse(text)),
    })
  }

  post(message: FromPage): void {
    this.send(JSON.stringify(message))
  }

  ask(channel: string, message: (id: number) => FromPage): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const id = ++this.lastId
      this.post(message(id))
      this.pending.set(id, { channel, resolve, reject })
    })
  }

  private receive(message: ToPage): void {
    if (message.kind === 'event') {
      const event = { sender: this.ipcRenderer, ports: [] }
      this.ipcRenderer.emit(message.channel, event, ...decodeList(message.body))
      return
    }
    const settlers = this.pending.get(message.id)
    this.pending.delete(message.id)
    if (message.kind === 'result') settlers?.resolve(decode(message.body))
    // Electron's wrapping: the error's class is lost, its text is kept.
    else settlers?.reject(new Error(`Error invoking remote method '${settlers.channel}': ${message.message}`))
  }
}

/** Functions that need no `this`: Electron's can be passed around unbound. */
function createIpcRenderer(transport: Transport): EventEmitter {
  const send = (channel: string, ...args: unknown[]): void => {
    transport.post({ kind: 'send', channel, body: encode(args) })
  }
  return Object.assign(new EventEmitter(), {
    send,
    async invoke(channel: string, ...args: unknown[]): Promise<unknown> {
      const body = encode(args)
      return await transport.ask(channel, (id) => ({ kind: 'invoke', id, channel, body }))
    },
    postMessage(channel: string, message: unknown, transfer: readonly unknown[] = []): void {
      if (transfer.length > 0) throw new NotCovered('MessagePort transfer')
      send(channel, message)
    },
  } satisfies Partial<Record<keyof Electron.IpcRenderer, unknown>>)
}

function modulesOf(electron: object): Map<string, unknown> {
  const events = Object.assign(EventEmitter, { EventEmitter })
  const timers = { setTimeout, clearTimeout, setInterval, clearInterval }
  const url = { URL, URLSearchParams }
  return new Map<string, unknown>([
    ['electron', electron],
    ['electron/renderer', electron],
    ['electron/common', electron],
    ['events', events],
    ['node:events', events],
    ['timers', timers],
    ['node:timers', timers],
    ['url', url],
    ['node:url', url],
  ])
}

/** Reports the document's title, and writes the notice behind it while a person looks at it. */
function watchTitle(transport: Transport): void {
  let told = ''
  const tell = (): void => {
    const title = document.title.replace(STAND_IN_TITLE_NOTICE, '')
    if (title !== told) transport.post({ kind: 'title', title })
    told = title
    if (!document.title.endsWith(STAND_IN_TITLE_NOTICE)) document.title = title + STAND_IN_TITLE_NOTICE
  }
  document.addEventListener('DOMContentLoaded', () => {
    tell()
    new MutationObserver(tell).observe(document.head, { subtree: true, childList: true, characterData: true })
  })
}

function runPreload(path: string, transport: Transport, electron: object): void {
  const modules = modulesOf(electron)
  const require = (name: string): unknown => {
    if (modules.has(name)) return modules.get(name)
    throw new Error(`module not found: ${name}`)
  }
  const exports = {}
  const process = Object.assign(new EventEmitter(), STAND_IN_PROCESS)
  try {
    STAND_IN_PRELOAD(
      require,
      process,
      exports,
      { exports },
      globalThis,
      (callback) => setTimeout(callback, 0),
      (id) => clearTimeout(id),
    )
  } catch (error) {
    console.error(`Unable to load preload script: ${path}`)
    console.error(error)
    transport.post({ kind: 'preload-error', path, body: encode(error) })
  }
}

function start(): void {
  const transport = new Transport()
  const bridge = createBridge(toPreloadEvent, toPageEvent)
  const ask = (question: PermissionQuestion): Promise<boolean> =>
    transport
      .ask('permission', (id) => ({ kind: 'permission', id, ...question }))
      .then((isGranted) => isGranted === true)
  bridge.expose(hostKey, {
    openWindow: (url, name, features) => transport.post({ kind: 'window-open', url, name, features }),
    closeWindow: () => transport.post({ kind: 'window-close' }),
    askPermission: (action, permission, mediaTypes) =>
      ask({
        action: action === 'check' ? 'check' : 'request',
        permission,
        mediaTypes: mediaTypes.filter((type) => type === 'audio' || type === 'video'),
      }),
  } satisfies HostFunctions)
  watchTitle(transport)

  const taken = new Set<string>()
  const contextBridge = {
    exposeInMainWorld(key: string, api: unknown): void {
      if (taken.has(key))
        throw new Error('Cannot bind an API on top of an existing property on the window object')
      taken.add(key)
      bridge.expose(key, api)
    },
  } satisfies Partial<Electron.ContextBridge>
  const electron = loud('electron/renderer', {
    ipcRenderer: transport.ipcRenderer,
    contextBridge: loud('contextBridge', contextBridge),
  })
  if (STAND_IN_PRELOAD_PATH !== null) runPreload(STAND_IN_PRELOAD_PATH, transport, electron)
}

if (window.top === window) start()
