/** Which windows exist and which page belongs to which; the one place that all parts of a window may look things up. */
import type { Browser } from '../chromium/browser.ts'
import type { BrowserWindow } from './browser-window.ts'
import type { WebContents } from './web-contents.ts'

export const browserWindows: BrowserWindow[] = []

export const focusedWindow = (): BrowserWindow | null =>
  browserWindows.find((window) => window.isFocused()) ?? null

/** A main frame has the identifier of its target. */
export const pagesByTarget = new Map<string, WebContents>()

let resolveBrowser: (browser: Browser) => void
const started = new Promise<Browser>((resolve) => {
  resolveBrowser = resolve
})

/** Resolves when Chromium runs; windows may be made before. */
export const whenBrowser = (): Promise<Browser> => started

export function browserStarted(browser: Browser): void {
  resolveBrowser(browser)
}

let lastId = 0
export const nextId = (): number => ++lastId
