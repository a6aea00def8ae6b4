/** The demo's one window, hardened as an app's should be. */
import { join } from 'node:path'
import { app, BrowserWindow, shell } from 'electron'
import { log } from './log.ts'
import { appOrigin, buildFolder } from './serve.ts'

/** Milliseconds between two pushes to the page. */
const TICK_MS = 250

let current: BrowserWindow | null = null

export const window = (): BrowserWindow | null => current

export function showWindow(): void {
  current?.show()
  current?.focus()
}

export async function openWindow(): Promise<void> {
  const window = new BrowserWindow({
    width: 900,
    height: 640,
    show: false,
    title: 'Demo',
    webPreferences: {
      preload: join(buildFolder, 'preload/index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
    },
  })
  current = window
  window.once('ready-to-show', () => {
    log.push('ready-to-show')
    window.show()
  })
  window.on('closed', () => {
    current = null
  })
  keepInside(window)
  pushTicks()
  await window.loadURL(`${appOrigin}/index.html`)
}

/** Navigation and new windows are refused; web addresses go to the person's browser. */
function keepInside({ webContents }: BrowserWindow): void {
  webContents.setWindowOpenHandler(({ url }) => {
    log.push(`window-open:${url}`)
    if (url.startsWith('https:')) void shell.openExternal(url)
    return { action: 'deny' }
  })
  webContents.on('will-navigate', (event, url) => {
    log.push(`will-navigate:${url}`)
    if (!url.startsWith(`${appOrigin}/`)) event.preventDefault()
  })
  webContents.on('preload-error', (_event, _path, error) => log.push(`preload-error:${error.message}`))
}

function pushTicks(): void {
  let count = 0
  const timer = setInterval(() => {
    count += 1
    current?.webContents.send('tick', { count, at: new Date() })
  }, TICK_MS)
  app.on('will-quit', () => clearInterval(timer))
}
