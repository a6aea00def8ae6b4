/** Lets a page's request make a BrowserWindow without the page's code importing that class, which imports the page's. */
import type { BrowserWindow } from './browser-window.ts'

type Factory = (options: Electron.BrowserWindowConstructorOptions) => BrowserWindow

let factory: Factory | undefined

export function setWindowFactory(create: Factory): void {
  factory = create
}

export function createWindow(options: Electron.BrowserWindowConstructorOptions): BrowserWindow {
  if (factory === undefined) throw new Error('stand-in: no window was ever made')
  return factory(options)
}
