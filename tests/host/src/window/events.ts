/** The events of windows and pages: names and arguments. The compile gate refuses a listener for any other name. */
import type { HostEvent } from '../host-event.ts'
import type { IpcMainEvent } from '../ipc/ipc-main.ts'
import type { BrowserWindow } from './browser-window.ts'
import type { WebContents } from './web-contents.ts'
import type { WebFrameMain } from './web-frame-main.ts'

export interface NavigationDetails {
  readonly url: string
  readonly isSameDocument: boolean
  readonly isMainFrame: boolean
  readonly frame: WebFrameMain | null
  readonly initiator: WebFrameMain | null
}
type NavigationEvent = HostEvent & NavigationDetails

export interface ConsoleMessage {
  readonly level: 'info' | 'warning' | 'error' | 'debug'
  readonly message: string
  /** Counted from 1; 0 when unknown. */
  readonly lineNumber: number
  /** The script's address; empty when unknown. */
  readonly sourceId: string
}

export interface WebContentsEvents {
  'did-start-navigation': [details: NavigationEvent, url: string, isInPlace: boolean, isMainFrame: boolean]
  'will-navigate': [details: NavigationEvent, url: string, isInPlace: boolean, isMainFrame: boolean]
  'will-redirect': [details: NavigationEvent, url: string, isInPlace: boolean, isMainFrame: boolean]
  'will-frame-navigate': [details: NavigationEvent]
  'did-navigate': [event: HostEvent, url: string, httpResponseCode: number, httpStatusText: string]
  'did-navigate-in-page': [event: HostEvent, url: string, isMainFrame: boolean]
  'did-create-window': [window: BrowserWindow, details: { url: string; frameName: string }]
  'dom-ready': [event: HostEvent]
  'did-finish-load': [event: HostEvent]
  'did-stop-loading': []
  'did-fail-load': [event: HostEvent, code: number, description: string, url: string, isMainFrame: boolean]
  'page-title-updated': [event: HostEvent, title: string, explicitSet: boolean]
  'console-message': [details: HostEvent & ConsoleMessage]
  'ipc-message': [event: IpcMainEvent, channel: string, ...args: unknown[]]
  'preload-error': [event: HostEvent, preloadPath: string, error: Error]
  'render-process-gone': [event: HostEvent, details: Electron.RenderProcessGoneDetails]
  destroyed: []

  // Nothing here fires them, a test may emit them. Webviews are refused before they could be attached.
  'will-attach-webview': [
    event: HostEvent,
    preferences: Electron.WebPreferences,
    params: Record<string, string>,
  ]
  'did-attach-webview': [event: HostEvent, webContents: WebContents]
  'will-prevent-unload': [event: HostEvent]
  unresponsive: []
  responsive: []
}

export interface BrowserWindowEvents {
  'ready-to-show': []
  'page-title-updated': [event: HostEvent, title: string, explicitSet: boolean]
  show: []
  hide: []
  focus: []
  blur: []
  close: [event: HostEvent]
  closed: []
  resize: []
  move: []
  minimize: []
  restore: []
  maximize: []
  unmaximize: []
  'enter-full-screen': []
  'leave-full-screen': []

  // Nothing here fires them, a test may emit them.
  resized: []
  moved: []
  unresponsive: []
  responsive: []
  'session-end': [event: HostEvent]
  'query-session-end': [event: HostEvent]
}
