/** The module `electron` as the compile gate gives it to a preload: the two members that worlds/preload-world.ts makes. */

export type IpcRendererEvent = Electron.IpcRendererEvent

type Covered = Pick<
  Electron.IpcRenderer,
  | 'addListener'
  | 'invoke'
  | 'off'
  | 'on'
  | 'once'
  | 'postMessage'
  | 'removeAllListeners'
  | 'removeListener'
  | 'send'
>

export declare const ipcRenderer: Covered
export declare const contextBridge: Pick<Electron.ContextBridge, 'exposeInMainWorld'>
