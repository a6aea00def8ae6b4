// Owns the one window: hardened, shown when it has something to show, back where it was, and hidden rather than closed.
import { BrowserWindow, screen } from 'electron'
import type { Log } from '../logging/log.ts'
import type { Appearance } from './appearance.ts'
import { createLostPageRule } from './lost-page.ts'
import type { SettingsFile } from './settings.ts'
import { fitBounds, minimumSize } from './window-bounds.ts'

export interface MainWindowOptions {
  /** Absolute path of the built preload script. */
  readonly preload: string
  readonly packaged: boolean
  readonly settings: SettingsFile
  readonly appearance: Appearance
  readonly log: Log
  /** Whether closing the window should only hide it, asked each time. */
  readonly staysWhenClosed: () => boolean
  /** The page died a second time within a minute; it has not been loaded again. */
  readonly onPageLost: () => void
}

export interface MainWindow {
  load(): void
  /** Brings the window to the front from wherever it is. */
  show(): void
  send(channel: string, payload: unknown): void
  /** Whether a webContents id is this window's page. */
  isSender(webContentsId: number): boolean
  reload(): void
  /** Notes where the window is, for the next start. */
  remember(): void
}

/** Makes the window, hidden until its page has painted. Call after ready. */
export const createMainWindow = (options: MainWindowOptions): MainWindow => {
  const { settings, appearance, log } = options
  const saved = settings.current.window
  const window = new BrowserWindow({
    ...fitBounds(
      saved?.bounds,
      screen.getAllDisplays().map((display) => display.workArea),
    ),
    minWidth: minimumSize.width,
    minHeight: minimumSize.height,
    title: 'Sesame',
    show: false,
    backgroundColor: appearance.backgroundColor,
    autoHideMenuBar: true,
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      webSecurity: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      disableDialogs: true,
      devTools: !options.packaged,
    },
  })
  const { webContents } = window
  const contentsId = webContents.id

  window.once('ready-to-show', () => {
    if (saved?.maximized) window.maximize()
    window.show()
  })
  const remember = (): void => {
    if (!window.isDestroyed()) {
      settings.change({ window: { bounds: window.getNormalBounds(), maximized: window.isMaximized() } })
    }
  }
  window.on('close', (event) => {
    remember()
    if (!options.staysWhenClosed()) return
    event.preventDefault()
    window.hide()
  })
  appearance.onChange(() => {
    if (!window.isDestroyed()) window.setBackgroundColor(appearance.backgroundColor)
  })

  const lostPage = createLostPageRule(() => performance.now())
  webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return
    log.error('page.gone', { reason, exitCode })
    if (lostPage() === 'reload') webContents.reload()
    else options.onPageLost()
  })
  webContents.on('console-message', ({ level, message, sourceId, lineNumber }) => {
    if (level === 'error' || level === 'warning') log.warn('page.console', { message, sourceId, lineNumber })
  })
  webContents.on('preload-error', (_event, path, error) => log.error('preload.failed', { path, error }))

  return {
    load() {
      window.loadURL('app://sesame/').catch((error: unknown) => log.error('page.not-loaded', { error }))
    },
    show() {
      if (window.isDestroyed()) return
      if (window.isMinimized()) window.restore()
      window.show()
      window.focus()
    },
    send(channel, payload) {
      if (!webContents.isDestroyed()) webContents.send(channel, payload)
    },
    isSender: (webContentsId) => webContentsId === contentsId,
    reload: () => webContents.reload(),
    remember,
  }
}
