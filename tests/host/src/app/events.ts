/** The events of `app`: names and arguments. The compile gate refuses a listener for any other name. */
import { EventEmitter } from 'node:events'
import type { HostEvent } from '../host-event.ts'
import type { BrowserWindow } from '../window/browser-window.ts'
import type { WebContents } from '../window/web-contents.ts'

export interface AppEvents {
  ready: [event: HostEvent, launchInfo: Record<string, unknown>]
  'window-all-closed': []
  'before-quit': [event: HostEvent]
  'will-quit': [event: HostEvent]
  quit: [event: HostEvent, exitCode: number]
  'second-instance': [event: HostEvent, argv: string[], workingDirectory: string, additionalData: unknown]
  'browser-window-created': [event: HostEvent, window: BrowserWindow]
  'browser-window-focus': [event: HostEvent, window: BrowserWindow]
  'browser-window-blur': [event: HostEvent, window: BrowserWindow]
  'web-contents-created': [event: HostEvent, webContents: WebContents]
  'render-process-gone': [
    event: HostEvent,
    webContents: WebContents,
    details: Electron.RenderProcessGoneDetails,
  ]

  // The operating system's: nothing here fires them, a test may emit them.
  activate: [event: HostEvent, hasVisibleWindows: boolean]
  'open-url': [event: HostEvent, url: string]
  'open-file': [event: HostEvent, path: string]
  'child-process-gone': [event: HostEvent, details: Electron.Details]
  'certificate-error': [
    event: HostEvent,
    webContents: WebContents,
    url: string,
    error: string,
    certificate: Electron.Certificate,
    callback: (isTrusted: boolean) => void,
    isMainFrame: boolean,
  ]
}

/** The emitter under `app`. Playwright's loader replaces `app.emit`, so all events must go through this one object. */
export const appEvents = new EventEmitter<AppEvents>().setMaxListeners(0)
